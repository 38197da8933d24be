//! Reading what is in the library: tips, sections, issues, counts.

use super::App;
use crate::index::{IndexError, Stored};
use crate::tip::{IssueId, Section, SectionId, Sections, Tip, TipId};
use chrono::{DateTime, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Something of the library as it was served at one moment.
#[derive(Clone, Debug)]
pub struct Served<T> {
    pub what: T,
    /// The library's fingerprint at that moment: it changes with what is served.
    pub library: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProductFacts {
    pub id: SectionId,
    pub title: String,
    pub aliases: Vec<String>,
    pub tips: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssueFacts {
    pub id: IssueId,
    pub title: String,
    /// All words of the issue: those of its own section and those that sections below add.
    pub says: Vec<String>,
    pub tips: usize,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LibraryFacts {
    pub tips: usize,
    pub sections: usize,
    pub issues: usize,
    /// Files and folders left out, with their last good version served where there is one.
    pub broken: usize,
    pub fingerprint: String,
    pub read_at: DateTime<Utc>,
    pub directive: Option<String>,
    pub title: String,
}

impl App {
    /// The tip with this id, or that has it among its aliases. A draft is none unless drafts are served.
    pub fn tip(&self, id: &TipId) -> Result<Option<Stored>, IndexError> {
        Ok(self.tip_or_draft(id)?.filter(|stored| self.settings.drafts || !stored.tip.draft))
    }

    /// The same for those who write tips: a draft too.
    pub fn tip_or_draft(&self, id: &TipId) -> Result<Option<Stored>, IndexError> {
        Ok(self.served_tip(id)?.what)
    }

    /// The same for those who have to say of which library it is.
    pub fn served_tip(&self, id: &TipId) -> Result<Served<Option<Stored>>, IndexError> {
        let snapshot = self.snapshot.load();
        Ok(Served { what: snapshot.searcher.tip(&id.composed())?, library: snapshot.fingerprint.clone() })
    }

    /// Tips that are not served yet.
    pub fn drafts(&self) -> Result<Vec<Arc<Tip>>, IndexError> {
        self.snapshot.load().searcher.drafts()
    }

    /// Tips by id, after `after`, at most `limit`.
    pub fn tips(&self, after: Option<&TipId>, limit: usize) -> Result<Vec<Arc<Tip>>, IndexError> {
        self.snapshot.load().searcher.list(after, limit)
    }

    /// The section files: path below the library, and text.
    pub fn section_files(&self) -> Result<Vec<(String, String)>, IndexError> {
        let sections = self.snapshot.load().searcher.sections()?;
        Ok(sections.into_iter().map(|(file, text, _)| (file, text)).collect())
    }

    /// Every section below the root, by id, with the number of tips that are for just it.
    pub fn products(&self) -> Result<Served<Vec<ProductFacts>>, IndexError> {
        let snapshot = self.snapshot.load();
        let counts: HashMap<SectionId, usize> = snapshot.searcher.counts()?.0.into_iter().collect();
        let facts = |section: &Section| ProductFacts {
            id: section.id.clone(),
            title: section.title.clone(),
            aliases: section.aliases.clone(),
            tips: counts.get(&section.id).copied().unwrap_or_default(),
        };
        let all = snapshot.sections.iter().filter(|s| s.id != SectionId::root()).map(facts).collect();
        Ok(Served { what: all, library: snapshot.fingerprint.clone() })
    }

    /// Every issue, by id, with the number of tips that are volunteered in it or prevent it.
    pub fn issues(&self) -> Result<Served<Vec<IssueFacts>>, IndexError> {
        let snapshot = self.snapshot.load();
        let counts: HashMap<IssueId, usize> = snapshot.searcher.counts()?.1.into_iter().collect();
        let mut issues = issues(&snapshot.sections);
        for issue in &mut issues {
            issue.tips = counts.get(&issue.id).copied().unwrap_or_default();
        }
        Ok(Served { what: issues, library: snapshot.fingerprint.clone() })
    }

    /// The one goal everybody serves, where the library states it.
    pub fn directive(&self) -> Option<String> {
        self.snapshot.load().sections.directive()
    }

    pub fn facts(&self) -> LibraryFacts {
        let snapshot = self.snapshot.load();
        let root = snapshot.sections.get(&SectionId::root());
        let mut broken = BTreeSet::clone(&self.shared.left_out.load());
        broken.extend(self.shared.broken.load().iter().map(|problem| problem.file.clone()));
        LibraryFacts {
            tips: snapshot.searcher.len(),
            sections: snapshot.sections.len(),
            issues: issues(&snapshot.sections).len(),
            broken: broken.len(),
            fingerprint: snapshot.fingerprint.clone(),
            read_at: snapshot.read_at,
            directive: snapshot.sections.directive(),
            title: root.map(|root| root.title.clone()).unwrap_or_default(),
        }
    }

    /// False where the folder could not be read the last time it was looked at: what was served stays served.
    pub fn library_readable(&self) -> bool {
        !self.shared.away.load(Ordering::Acquire)
    }

    /// What a tip shows or hands over from beside it, by its path below the library: bytes and content type. Only
    /// pictures, PDF and plain text, and nothing outside the library.
    pub fn file(&self, path: &str) -> Option<(Vec<u8>, &'static str)> {
        self.library.asset(path)
    }
}

/// All issues by id, none counted yet. Words of sections below follow those of the section that owns the issue.
fn issues(sections: &Sections) -> Vec<IssueFacts> {
    let mut found: BTreeMap<IssueId, IssueFacts> = BTreeMap::new();
    // By id, so each section comes after those above it, and an issue's owner first.
    for section in sections.iter() {
        for issue in &section.issues {
            let Some(id) = sections.resolve_issue(&section.id, &issue.name) else { continue };
            let title = sections.issue_title(&id).unwrap_or(&issue.title).to_owned();
            let new = IssueFacts { id: id.clone(), title, says: Vec::new(), tips: 0 };
            let says = &mut found.entry(id).or_insert(new).says;
            says.extend(issue.says.iter().filter(|say| !says.contains(say)).cloned().collect::<Vec<_>>());
        }
    }
    found.into_values().collect()
}
