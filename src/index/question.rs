//! What can be asked of the index, and what it answers.

use crate::tip::{IssueId, Kind, SectionId, Tip};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A search as meant: limits are applied before it is made.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Search {
    pub text: String,
    /// A tip must be for one of these sections or lie below one. Empty: any.
    pub products: Vec<SectionId>,
    /// A tip must be volunteered in, or prevent, one of these issues. Empty: any.
    pub issues: Vec<IssueId>,
    /// A tip must have one of these tags. Empty: any.
    pub tags: Vec<String>,
    pub kind: Option<Kind>,
    pub limit: usize,
    /// As an earlier answer's `next` gave it.
    pub cursor: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Default)]
pub struct Found {
    pub hits: Vec<Hit>,
    pub next: Option<String>,
    pub total: usize,
    /// Facet name (`product`, `issue`) to values with their counts, most frequent first, ties by value.
    pub facets: BTreeMap<&'static str, Vec<Facet>>,
    /// The words as they were understood where misspellings were forgiven.
    pub corrected: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facet {
    pub value: String,
    pub count: usize,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    pub tip: Arc<Tip>,
    pub score: f32,
    pub highlights: Highlights,
}

/// Escaped HTML with `<mark>` round what matched. `detail` is a piece of the text; empty where nothing matched.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Highlights {
    pub question: String,
    pub say: String,
    pub detail: String,
}

/// Which tips might be worth saying: asked by `app::suggest`.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Wanted {
    pub text: String,
    /// Recognised products with their confidence, best first.
    pub products: Vec<(SectionId, f32)>,
    /// Recognised issues with their confidence, best first.
    pub issues: Vec<(IssueId, f32)>,
    /// Candidates at most; craft tips are asked for apart.
    pub limit: usize,
    pub kind: Option<Kind>,
}
