//! Names in reported contacts that the library does not know: the most frequent of them are told at the end, since a
//! misspelt column of an export is a thousand contacts that teach nothing.

use crate::tip::{IssueId, SectionId, Sections};
use std::collections::HashMap;

/// Names that are counted one by one, of products and of issues: more than that is no list of names.
const MOST: usize = 1_000;

/// Names that are told, of products and of issues.
const TOLD: usize = 50;

/// What the library does not know, of products or of issues.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UnknownNames {
    /// Contacts with such a name.
    pub contacts: u64,
    /// Different names; one more than are counted stands for any number above.
    pub names: u64,
    /// The most frequent, each with its contacts.
    pub first: Vec<(String, u64)>,
}

#[derive(Default)]
pub(super) struct Tallies {
    products: Tally,
    issues: Tally,
}

#[derive(Default)]
struct Tally {
    contacts: u64,
    names: HashMap<String, u64>,
    more: bool,
}

impl Tallies {
    /// Counts one contact's names where they are unknown.
    pub fn note(&mut self, sections: &Sections, product: Option<&SectionId>, issue: Option<&IssueId>) {
        if let Some(product) = product.filter(|id| sections.get(id).is_none()) {
            self.products.add(product.as_str());
        }
        if let Some(issue) = issue.filter(|id| sections.issue_title(id).is_none()) {
            self.issues.add(issue.as_str());
        }
    }

    /// The products and the issues.
    pub fn told(self) -> (UnknownNames, UnknownNames) {
        (self.products.told(), self.issues.told())
    }
}

impl Tally {
    fn add(&mut self, name: &str) {
        self.contacts += 1;
        if let Some(count) = self.names.get_mut(name) {
            *count += 1;
        } else if self.names.len() < MOST {
            self.names.insert(name.to_owned(), 1);
        } else {
            self.more = true;
        }
    }

    fn told(self) -> UnknownNames {
        let names = self.names.len() as u64 + u64::from(self.more);
        let mut first: Vec<(String, u64)> = self.names.into_iter().collect();
        first.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        first.truncate(TOLD);
        UnknownNames { contacts: self.contacts, names, first }
    }
}
