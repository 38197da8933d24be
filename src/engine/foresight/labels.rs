//! What contacts are about, numbered: an issue with its product, a product alone, or an issue alone.
//!
//! Numbers depend on the order of arrival and never leave the learner; what has to be the same whatever the order
//! goes by `mark`, which is made from the names.

use super::keys::{of_text, paired};
use crate::tip::{IssueId, SectionId};
use std::collections::HashMap;

/// Number of a label.
pub(super) type Label = u32;

/// What a contact is about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct About {
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
}

#[derive(Clone, Debug)]
pub(super) struct Known {
    pub about: About,
    /// Made from the names alone: the same in every learner.
    pub mark: u64,
    /// Mark of the product alone; 0 where none is known.
    pub product: u64,
    /// The number of the issue, whatever the product: the first label that it got. None of a product alone.
    pub issue: Option<Label>,
}

/// All labels, by number and by name.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    known: Vec<Known>,
    /// Contacts about each; a label without any is as good as unknown.
    contacts: Vec<u32>,
    in_use: usize,
    numbers: HashMap<About, Label>,
    /// Labels of one issue, whatever the product.
    by_issue: HashMap<IssueId, Vec<Label>>,
}

/// Mark of a product.
pub(super) fn product_mark(product: Option<&SectionId>) -> u64 {
    product.map_or(0, |p| of_text(p.as_str()))
}

impl Labels {
    /// The label's number, a new one where it was not known; none once all numbers are taken.
    pub(super) fn intern(&mut self, about: About) -> Option<Label> {
        if let Some(number) = self.numbers.get(&about) {
            return Some(*number);
        }
        let number = Label::try_from(self.known.len()).ok()?;
        let product = product_mark(about.product.as_ref());
        let mark = paired(product, about.issue.as_ref().map_or(0, |i| of_text(i.as_str())));
        let issue = about.issue.as_ref().map(|issue| {
            let labels = self.by_issue.entry(issue.clone()).or_default();
            labels.push(number);
            labels[0]
        });
        self.numbers.insert(about.clone(), number);
        self.known.push(Known { about, mark, product, issue });
        self.contacts.push(0);
        Some(number)
    }

    /// One contact more about `label`.
    pub(super) fn came(&mut self, label: Label) {
        let contacts = &mut self.contacts[label as usize];
        self.in_use += usize::from(*contacts == 0);
        *contacts = contacts.saturating_add(1);
    }

    /// One contact less.
    pub(super) fn gone(&mut self, label: Label) {
        let contacts = &mut self.contacts[label as usize];
        *contacts = contacts.saturating_sub(1);
        self.in_use -= usize::from(*contacts == 0);
    }

    /// Labels that contacts are about.
    pub(super) fn len(&self) -> usize {
        self.in_use
    }

    pub(super) fn get(&self, label: Label) -> &Known {
        &self.known[label as usize]
    }

    pub(super) fn all(&self) -> impl Iterator<Item = (Label, &Known)> {
        (0..).zip(&self.known).filter(|(label, _)| self.used(*label))
    }

    fn used(&self, label: Label) -> bool {
        self.contacts[label as usize] > 0
    }

    pub(super) fn find(&self, product: Option<&SectionId>, issue: &IssueId) -> Option<Label> {
        let number = self.numbers.get(&About { product: product.cloned(), issue: Some(issue.clone()) });
        number.copied().filter(|label| self.used(*label))
    }

    /// The number of `issue`, which gets one where no contact was about it yet. None once all numbers are taken.
    pub(super) fn issue(&mut self, issue: &IssueId) -> Option<Label> {
        let known = self.by_issue.get(issue).and_then(|labels| labels.first().copied());
        known.or_else(|| self.intern(About { product: None, issue: Some(issue.clone()) }))
    }

    /// Labels of `issue`, whatever the product.
    pub(super) fn of_issue(&self, issue: &IssueId) -> Vec<Label> {
        let all = self.by_issue.get(issue).into_iter().flatten().copied();
        all.filter(|label| self.used(*label)).collect()
    }
}
