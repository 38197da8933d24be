//! What is known beside the question: what contacts taught, what this customer got in touch about before, and what
//! sections and issues are called.
//!
//! All may be missing: then everything is decided by the editors' own expectations, and names stand for titles.

use super::foresight::{Foresight, Had};
use crate::tip::{IssueId, SectionId, Sections};

/// An issue of a customer's earlier contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub had: Had,
    /// Whole days since; none where only the order of their contacts is known.
    pub days_ago: Option<u32>,
}

/// What the engine is told about the past. The default knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    pub foresight: Option<&'a Foresight>,
    /// Issues of this customer's earlier contacts, oldest first.
    pub had: &'a [Earlier],
    /// Where titles stand.
    pub sections: Option<&'a Sections>,
}

impl Known<'_> {
    /// An issue as sentences speak of it: by its title, as the screens do; by its name where there is no title or that
    /// says the same.
    pub(super) fn issue(&self, id: &IssueId) -> String {
        self.sections.map_or_else(|| spoken(id.name()), |all| called(all.issue_title(id), id.name()))
    }

    /// A section as sentences speak of it: by its title.
    pub(super) fn section(&self, id: &SectionId) -> String {
        let title = self.sections.and_then(|all| all.get(id)).map(|section| section.title.clone());
        title.filter(|title| !title.is_empty()).unwrap_or_else(|| spoken(id.name()))
    }
}

fn called(title: Option<&str>, name: &str) -> String {
    let spoken = spoken(name);
    match title.map(str::trim) {
        Some(title) if !title.is_empty() && title.to_lowercase() != spoken.to_lowercase() => title.to_owned(),
        _ => spoken,
    }
}

/// A name as it is spoken: `who-sent-it` becomes `who sent it`.
pub(super) fn spoken(name: &str) -> String {
    name.replace(['-', '_'], " ")
}
