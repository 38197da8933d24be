//! A question becomes one tip: the snapshot's lens, the index's candidates, the engine's decision.

use super::App;
use crate::engine::{Answer, Question, Situation};
use crate::index::IndexError;
use chrono::{DateTime, Utc};

/// The answer with what it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    /// UUIDv7; the only part, with `took_us`, that differs between two same questions on the same library.
    pub id: String,
    pub situation: Situation,
    pub answer: Answer,
    /// Fingerprint of the library that answered.
    pub library: String,
    pub took_us: u64,
}

impl App {
    pub fn suggest(&self, _question: &Question, _now: DateTime<Utc>) -> Result<Suggested, IndexError> {
        Err(IndexError::Read("not wired yet".into()))
    }
}
