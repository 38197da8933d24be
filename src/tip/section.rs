//! Sections: folders of the library with what their `_index.md` says, and the tree of all of them.

use super::nearest::{fold, nearest};
use super::{IssueId, Link, Review, SectionId};
use std::collections::{BTreeMap, HashMap};

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
    /// The whole file, and the links and images of its body with their places in it.
    pub text: String,
    pub links: Vec<Link>,
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
    /// Sections by each folded name they go by: last part of the id and aliases, and apart from these the title.
    names: HashMap<String, Vec<SectionId>>,
    titles: HashMap<String, Vec<SectionId>>,
}

/// Why a product's name gives no section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoProduct {
    /// Nothing is called that; ids of the nearest sections, best first, at most three.
    Unknown(Vec<SectionId>),
    /// All of these are called that.
    Ambiguous(Vec<SectionId>),
}

/// An issue as seen from one section: the owner's title, and the words of every section from the root down to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeenIssue {
    pub id: IssueId,
    pub title: String,
    pub says: Vec<String>,
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
        let (mut names, mut titles) = (HashMap::new(), HashMap::new());
        for section in by_id.values().filter(|section| section.id != SectionId::root()) {
            let called = std::iter::once(section.id.name()).chain(section.aliases.iter().map(String::as_str));
            called.for_each(|name| enter(&mut names, name, &section.id));
            enter(&mut titles, &section.title, &section.id);
        }
        Self { by_id, names, titles }
    }

    /// The one goal everybody serves: plain text of the first paragraph in the root's body.
    pub fn directive(&self) -> Option<String> {
        let root = self.get(&SectionId::root())?;
        super::body::read(&root.body, 0).say.map(|said| said.text)
    }

    /// The section that `text` names, seen from `from`: by id, last part of the id or alias, else by title; case,
    /// hyphens and the form of letters do not matter. Where several are called that, the one in which `from` lies
    /// is meant.
    ///
    /// # Errors
    /// The nearest ones where nothing is called that, and all where several are.
    pub fn resolve_product(&self, from: &SectionId, text: &str) -> Result<SectionId, NoProduct> {
        let path = text.trim().trim_matches('/');
        let id = SectionId::new(path);
        if !path.is_empty() && self.by_id.contains_key(&id) {
            return Ok(id);
        }
        let name = fold(path);
        let Some(called) = self.names.get(&name).or_else(|| self.titles.get(&name)) else {
            return self.by_folded_id(&name).ok_or_else(|| NoProduct::Unknown(self.near_products(path)));
        };
        let around: Vec<&SectionId> = called.iter().filter(|id| id.contains(from)).collect();
        match (called.as_slice(), around.as_slice()) {
            ([one], _) => Ok(one.clone()),
            (_, [one]) => Ok((*one).clone()),
            _ => Err(NoProduct::Ambiguous(called.clone())),
        }
    }

    /// True where a name that leads to a section here may lead to another one, or to none for certain, in `new`. A name that
    /// is new, or leads to nothing there, changes no tip that is served: it keeps its last good version.
    pub fn lead_elsewhere(&self, new: &Sections) -> bool {
        let (before, now) = (self.leads(), new.leads());
        before.iter().any(|(name, was)| now.get(name).is_some_and(|is| is != was))
    }

    /// Where each folded name may lead, as `resolve_product` looks: to sections by their whole id, and to those that are
    /// called that, else to those with that title.
    fn leads(&self) -> HashMap<String, (Vec<&SectionId>, &[SectionId])> {
        let mut all: HashMap<String, (Vec<&SectionId>, &[SectionId])> = HashMap::new();
        for (name, called) in self.titles.iter().chain(&self.names) {
            all.entry(name.clone()).or_default().1 = called;
        }
        for id in self.by_id.keys() {
            all.entry(fold(id.as_str())).or_default().0.push(id);
        }
        all
    }

    fn by_folded_id(&self, name: &str) -> Option<SectionId> {
        if !name.contains('/') {
            return None;
        }
        self.by_id.keys().find(|id| fold(id.as_str()) == name).cloned()
    }

    fn near_products(&self, text: &str) -> Vec<SectionId> {
        let called = self.names.keys().chain(self.titles.keys()).map(String::as_str);
        let ids = self.by_id.keys().map(SectionId::as_str).filter(|id| !id.is_empty());
        let mut near: Vec<SectionId> = Vec::new();
        for name in nearest(text, called.chain(ids), 6) {
            let known = self.names.get(name).or_else(|| self.titles.get(name)).cloned();
            for id in known.unwrap_or_else(|| vec![SectionId::new(name)]) {
                if !near.contains(&id) {
                    near.push(id);
                }
            }
        }
        near.truncate(3);
        near
    }

    /// Every issue that a tip of `section` can name, with its words merged: from the root down, in the files' order.
    pub fn issues_at(&self, section: &SectionId) -> Vec<SeenIssue> {
        let mut down: Vec<&Section> = self.upwards(section).collect();
        down.reverse();
        let mut seen: Vec<SeenIssue> = Vec::new();
        for section in down {
            for issue in &section.issues {
                match seen.iter_mut().find(|known| same_name(known.id.name(), &issue.name)) {
                    Some(known) => {
                        let new = issue.says.iter().filter(|word| !known.says.contains(word)).cloned();
                        let new: Vec<String> = new.collect();
                        known.says.extend(new);
                    }
                    None => seen.push(SeenIssue {
                        id: IssueId::of(&section.id, &issue.name),
                        title: issue.title.clone(),
                        says: issue.says.clone(),
                    }),
                }
            }
        }
        seen
    }

    /// Short or full names of issues near to one that `section` does not know, best first, at most three: those it
    /// can name, then those of sections elsewhere.
    pub fn near_issues(&self, section: &SectionId, name: &str) -> Vec<String> {
        let here = self.issues_at(section);
        let mut near: Vec<String> =
            nearest(name, here.iter().map(|issue| issue.id.name()), 3).into_iter().map(str::to_owned).collect();
        let short = name.rsplit(':').next().unwrap_or(name);
        let elsewhere = self.iter().filter(|other| !other.id.contains(section));
        let same = elsewhere.flat_map(|other| {
            let called = other.issues.iter().filter(|issue| same_name(&issue.name, short));
            called.map(|issue| IssueId::of(&other.id, &issue.name).to_string())
        });
        near.extend(same);
        near.truncate(3);
        near
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
    /// sections below only add words to it. `name` may be a full id; the section in it may go by a former or another
    /// name, and may have the issue from above. Case, hyphens and spaces do not matter. None where nothing defines it.
    pub fn resolve_issue(&self, section: &SectionId, name: &str) -> Option<IssueId> {
        let Some((owner, short)) = name.rsplit_once(':') else { return self.owner_of(section, name) };
        let id = SectionId::new(owner.trim());
        let known = self.by_id.contains_key(&id).then_some(id);
        self.owner_of(&known.or_else(|| self.resolve_product(&SectionId::root(), owner).ok())?, short)
    }

    fn owner_of(&self, section: &SectionId, name: &str) -> Option<IssueId> {
        let called = |s: &Section| s.issues.iter().find(|issue| same_name(&issue.name, name)).map(|i| i.name.clone());
        let (owner, name) = self.upwards(section).filter_map(|s| Some((&s.id, called(s)?))).last()?;
        Some(IssueId::of(owner, &name))
    }

    /// Title of an issue by its full id: the owner's.
    pub fn issue_title(&self, id: &IssueId) -> Option<&str> {
        let section = self.by_id.get(&id.section())?;
        section.issues.iter().find(|i| i.name == id.name()).map(|i| i.title.as_str())
    }
}

fn enter(names: &mut HashMap<String, Vec<SectionId>>, name: &str, id: &SectionId) {
    let ids = names.entry(fold(name)).or_default();
    if !ids.contains(id) {
        ids.push(id.clone());
    }
}

/// Names of issues compare without case, and with `-`, `_` and a space as one.
fn same_name(a: &str, b: &str) -> bool {
    let even = |byte: u8| match byte {
        b'-' | b'_' => b' ',
        byte => byte.to_ascii_lowercase(),
    };
    if a.is_ascii() && b.is_ascii() { a.bytes().map(even).eq(b.bytes().map(even)) } else { fold(a) == fold(b) }
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
