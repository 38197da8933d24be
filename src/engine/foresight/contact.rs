//! One time a customer got in touch, as the learner takes it.
//!
//! It holds no text and no name: the customer is a short hash of a keyed hash.

use crate::tip::{IssueId, SectionId};

/// One contact. Where neither `at` nor `position` is known, the contact counts as the customer's first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Short hash of the customer; two contacts with the same number are one customer's.
    pub customer: u64,
    /// When, in milliseconds UTC.
    pub at: Option<i64>,
    /// Its place among this customer's contacts, where only the order is known.
    pub position: Option<i64>,
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
}

/// An issue that a customer had, with the product it was about where that is known.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Had {
    pub product: Option<SectionId>,
    pub issue: IssueId,
}
