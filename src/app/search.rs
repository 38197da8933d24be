//! Search: what is looked for, found.

use super::App;
use crate::index::{Found, IndexError};

/// What was found, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchAnswer {
    pub found: Found,
    /// Products and issues that were asked for and do not exist, with the nearest known.
    pub unknown: Vec<crate::engine::Unknown>,
    pub library: String,
    pub took_us: u64,
}

/// A search as asked: products and issues by id, name or alias.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Asked {
    pub text: String,
    pub products: Vec<String>,
    pub issues: Vec<String>,
    pub tags: Vec<String>,
    pub kind: Option<crate::tip::Kind>,
    pub limit: usize,
    pub cursor: Option<String>,
}

impl App {
    pub fn search(&self, _asked: &Asked) -> Result<SearchAnswer, IndexError> {
        Err(IndexError::Read("not wired yet".into()))
    }
}
