//! An immutable view of the index: requests under way keep the one they started with.

use super::{Found, IndexError, Search, Stamp, Wanted};
use crate::engine::Candidate;
use crate::engine::lens::TipWords;
use crate::tip::{SectionId, Tip, TipId};
use std::sync::Arc;

/// A tip as the index keeps it: its last good version.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub tip: Arc<Tip>,
    /// The file's text.
    pub source: Arc<str>,
    pub stamp: Stamp,
}

pub struct Searcher;

impl Searcher {
    /// Number of tips served.
    pub fn len(&self) -> usize {
        0
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    pub fn search(&self, _search: &Search) -> Result<Found, IndexError> {
        Ok(Found::default())
    }

    pub fn candidates(&self, _wanted: &Wanted) -> Result<Vec<Candidate>, IndexError> {
        Ok(Vec::new())
    }

    /// The tip with this id, or that has it among its aliases.
    pub fn tip(&self, _id: &TipId) -> Result<Option<Stored>, IndexError> {
        Ok(None)
    }

    /// Tips by id, after `after`, at most `limit`.
    pub fn list(&self, _after: Option<&TipId>, _limit: usize) -> Result<Vec<Arc<Tip>>, IndexError> {
        Ok(Vec::new())
    }

    /// Number of tips for each product and each issue (`when` or `prevents`), by id.
    pub fn counts(&self) -> Result<(Vec<(SectionId, usize)>, Vec<(crate::tip::IssueId, usize)>), IndexError> {
        Ok((Vec::new(), Vec::new()))
    }

    /// The section files: path below the library, text, stamp.
    pub fn sections(&self) -> Result<Vec<(String, String, Stamp)>, IndexError> {
        Ok(Vec::new())
    }

    /// Words of the tips that have `says` of their own.
    pub fn words(&self) -> Result<Vec<TipWords>, IndexError> {
        Ok(Vec::new())
    }

    /// Every file the index knows, with the stamp it had when it was read. Reads no text.
    pub fn stamps(&self) -> Result<Vec<(String, Stamp)>, IndexError> {
        Ok(Vec::new())
    }
}
