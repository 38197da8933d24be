//! Sections: folders of the library with what their `_index.md` says, and the tree of all of them.

use super::{IssueId, Review, SectionId};
use std::collections::BTreeMap;

/// One folder. A folder without `_index.md` is a section named after the folder.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Section {
    pub id: SectionId,
    /// Path of its `_index.md` below the library; none where there is no such file.
    pub file: Option<String>,
    pub title: String,
    pub aliases: Vec<String>,
    /// Issues that this section itself defines or adds words to, by short name, in the file's order.
    pub issues: Vec<Issue>,
    /// Markdown of the body. At the root, its first paragraph is the directive.
    pub body: String,
    /// Defaults for everything below.
    pub lang: Option<String>,
    pub review: Option<Review>,
    pub owner: Option<String>,
}

/// What a contact can be about, as one section words it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Issue {
    pub name: String,
    pub title: String,
    pub says: Vec<String>,
}

/// All sections of a library. Every ancestor of a section is present; the root always is.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Sections {
    by_id: BTreeMap<SectionId, Section>,
}

impl Sections {
    /// Builds the tree from sections that have a file, adding plain ones for `folders` and for ancestors without.
    pub fn new(written: impl IntoIterator<Item = Section>, folders: impl IntoIterator<Item = SectionId>) -> Self {
        let mut by_id: BTreeMap<SectionId, Section> = written.into_iter().map(|s| (s.id.clone(), s)).collect();
        let mut wanted: Vec<SectionId> = by_id.keys().cloned().collect();
        wanted.extend(folders);
        wanted.push(SectionId::root());
        for id in wanted {
            let mut at = Some(id);
            while let Some(id) = at {
                at = id.parent();
                by_id.entry(id.clone()).or_insert_with(|| Section { title: title_of(&id), id, ..Section::default() });
            }
        }
        Self { by_id }
    }

    pub fn get(&self, id: &SectionId) -> Option<&Section> {
        self.by_id.get(id)
    }

    /// All sections, by id.
    pub fn iter(&self) -> impl Iterator<Item = &Section> {
        self.by_id.values()
    }

    pub fn len(&self) -> usize {
        self.by_id.len()
    }

    pub fn is_empty(&self) -> bool {
        self.by_id.is_empty()
    }

    /// `id` and the sections above it, nearest first, the root last.
    pub fn upwards<'a>(&'a self, id: &SectionId) -> impl Iterator<Item = &'a Section> {
        let mut at = Some(id.clone());
        std::iter::from_fn(move || {
            while let Some(id) = at.take() {
                at = id.parent();
                if let Some(section) = self.by_id.get(&id) {
                    return Some(section);
                }
            }
            None
        })
    }

    /// The issue that `name` means seen from `section`: the topmost ancestor that defines it owns it, and
    /// sections below only add words to it. `name` may be a full id. None where nothing defines it.
    pub fn resolve_issue(&self, section: &SectionId, name: &str) -> Option<IssueId> {
        if name.contains(':') {
            let full = IssueId::new(name);
            let owner = self.by_id.get(&full.section())?;
            return owner
                .issues
                .iter()
                .any(|i| i.name == full.name())
                .then(|| self.owner_of(&owner.id, full.name()))?;
        }
        self.owner_of(section, name)
    }

    fn owner_of(&self, section: &SectionId, name: &str) -> Option<IssueId> {
        self.upwards(section)
            .filter(|s| s.issues.iter().any(|i| i.name == name))
            .last()
            .map(|owner| IssueId::of(&owner.id, name))
    }

    /// Title of an issue by its full id: the owner's.
    pub fn issue_title(&self, id: &IssueId) -> Option<&str> {
        let section = self.by_id.get(&id.section())?;
        section.issues.iter().find(|i| i.name == id.name()).map(|i| i.title.as_str())
    }
}

/// A readable title for a folder or an issue without one: `home-internet` becomes `Home internet`.
pub(crate) fn title_of(id: &SectionId) -> String {
    let words = id.name().replace(['-', '_'], " ");
    let mut letters = words.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Library".to_owned(),
    }
}
