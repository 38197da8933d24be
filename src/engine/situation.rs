//! The products and issues a contact is about, read from what was given and said.

use crate::tip::{IssueId, SectionId};

/// What was understood. Both lists are ordered by confidence, best first, at most five, ties by id.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Situation {
    pub products: Vec<Recognised<SectionId>>,
    pub issues: Vec<Recognised<IssueId>>,
    /// What was given and could not be resolved.
    pub unknown: Vec<Unknown>,
    /// Nothing was said beyond the names of products, a greeting, and that they are wanted.
    pub bare: bool,
}

/// One product or issue, with the calibrated chance (0 to 1) that it is what the contact is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Recognised<Id> {
    pub id: Id,
    pub title: String,
    pub confidence: f32,
    pub from: Origin,
}

/// Where it comes from: somebody named it in a field of its own, or it was read from the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    Given,
    Text,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Unknown {
    pub given: String,
    pub field: Field,
    /// Ids that come nearest, best first, at most three.
    pub nearest: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Product,
    Issue,
}

impl Origin {
    /// The word the API answers with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Text => "text",
        }
    }
}

impl Situation {
    /// Confidence of the best issue; 0 where none was recognised.
    pub fn issue_confidence(&self) -> f32 {
        self.issues.first().map_or(0.0, |i| i.confidence)
    }

    /// Confidence of the best product; 0 where none was recognised.
    pub fn product_confidence(&self) -> f32 {
        self.products.first().map_or(0.0, |p| p.confidence)
    }
}
