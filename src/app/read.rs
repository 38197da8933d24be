//! Reading what is in the library: tips, sections, issues, counts.

use super::App;
use crate::index::{IndexError, Stored};
use crate::tip::{IssueId, SectionId, Tip, TipId};
use chrono::{DateTime, Utc};
use std::sync::Arc;

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
    /// Files left out, with their last good version served where there is one.
    pub broken: usize,
    pub fingerprint: String,
    pub read_at: DateTime<Utc>,
    pub directive: Option<String>,
    pub title: String,
}

impl App {
    pub fn tip(&self, _id: &TipId) -> Result<Option<Stored>, IndexError> {
        Ok(None)
    }

    /// Tips by id, after `after`, at most `limit`.
    pub fn tips(&self, _after: Option<&TipId>, _limit: usize) -> Result<Vec<Arc<Tip>>, IndexError> {
        Ok(Vec::new())
    }

    /// The section files: path below the library, and text.
    pub fn section_files(&self) -> Result<Vec<(String, String)>, IndexError> {
        let sections = self.snapshot.load().searcher.sections()?;
        Ok(sections.into_iter().map(|(file, text, _)| (file, text)).collect())
    }

    pub fn products(&self) -> Result<Vec<ProductFacts>, IndexError> {
        Ok(Vec::new())
    }

    pub fn issues(&self) -> Result<Vec<IssueFacts>, IndexError> {
        Ok(Vec::new())
    }

    pub fn facts(&self) -> LibraryFacts {
        let snapshot = self.snapshot.load();
        LibraryFacts {
            tips: snapshot.searcher.len(),
            sections: snapshot.sections.len(),
            issues: 0,
            broken: 0,
            fingerprint: snapshot.fingerprint.clone(),
            read_at: snapshot.read_at,
            directive: None,
            title: self.settings.library.display().to_string(),
        }
    }
}
