//! The lens: from a customer's words to the products and issues beneath, with calibrated confidence.

use super::Situation;
use crate::tip::{IssueId, SectionId, Sections};

/// Words that belong to one tip and help to recognise its situation: its `says`, and where the tip has none of
/// its own issue words, its question.
#[derive(Clone, Debug, PartialEq)]
pub struct TipWords {
    pub products: Vec<SectionId>,
    pub when: Vec<IssueId>,
    pub says: Vec<String>,
}

/// A static embedding table in the Model2Vec format: token vectors and the WordPiece vocabulary.
pub struct Table;

/// What is asked of the lens.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub text: &'a str,
    pub products: &'a [String],
    pub issues: &'a [String],
}

/// Everything that is learned from a library's words. Immutable; made anew when sections or `says` change.
pub struct Lens;

impl Table {
    /// The table that is compiled in.
    pub fn embedded() -> &'static Table {
        &Table
    }

    /// Another Model2Vec folder's files.
    ///
    /// # Errors
    /// A sentence that says which file is not as expected, and how.
    pub fn from_bytes(_safetensors: &[u8], _tokenizer: &[u8], _config: &[u8]) -> Result<Table, String> {
        Ok(Table)
    }
}

impl Lens {
    pub fn build(_sections: &Sections, _words: &[TipWords], _table: &Table) -> Lens {
        Lens
    }

    pub fn recognise(&self, _given: Given<'_>) -> Situation {
        Situation::default()
    }
}
