//! What the engine is handed beside the question: tips that might be worth saying, and the moment.

use crate::tip::Tip;
use chrono::NaiveDate;
use std::sync::Arc;

/// A tip that might be worth saying, with what the index knows about it and this question.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    pub tip: Arc<Tip>,
    /// How well the question's words match the tip's text, 0 to 1: BM25 over its greatest possible value.
    pub words: f32,
    /// How well the question's words match what the tip answers (its question and `asks`), 0 to 1.
    pub asked: f32,
}

/// What the engine must be told about the moment: it has no clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moment {
    pub today: NaiveDate,
    /// Serve drafts too.
    pub drafts: bool,
}
