//! The one writer of the index, and opening what lies on disk.

use super::Searcher;
use crate::tip::Tip;
use std::path::Path;
use std::sync::Arc;

/// What a file looked like when it was read: a changed one differs in at least one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stamp {
    pub modified_ns: i64,
    pub size: u64,
    /// First 16 bytes of the BLAKE3 hash of path and text.
    pub hash: u128,
}

/// One change of the library, by file. Putting a file replaces what was known of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Tip { tip: Box<Tip>, source: String, stamp: Stamp },
    Section { file: String, source: String, stamp: Stamp },
    Remove { file: String },
}

/// How the index was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opening {
    /// It can be served as it is.
    Warm,
    /// It is empty and wants everything; the reason is a sentence for the log.
    Empty { reason: String },
}

#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    #[error(
        "another stemwire process is writing to the index in {0}; stop it, or give this one a folder of its own with --index"
    )]
    Busy(String),
    #[error("the index in {path} cannot be used: {reason}")]
    Unusable { path: String, reason: String },
    #[error("the cursor is not one of ours, or is of an older version: start again without it")]
    Cursor,
    #[error("the index could not be read: {0}")]
    Read(String),
}

pub struct Index;
pub struct Writer;

impl Index {
    /// Opens or makes the index in `dir`. What is missing, damaged, or made by another version or with another
    /// schema or analyzer is wiped and comes back `Empty`.
    pub fn open(_dir: &Path) -> Result<(Index, Opening), IndexError> {
        Ok((Index, Opening::Warm))
    }

    /// Whether tips that are drafts are found, listed and counted by searchers made from now on.
    pub fn serve_drafts(&mut self, _yes: bool) {}

    /// The one writer; kept for the life of a process that serves.
    pub fn writer(&self) -> Result<Writer, IndexError> {
        Ok(Writer)
    }

    /// A view of the last commit.
    pub fn searcher(&self) -> Result<Arc<Searcher>, IndexError> {
        Ok(Arc::new(Searcher))
    }
}

impl Writer {
    pub fn put(&mut self, _change: Change) -> Result<(), IndexError> {
        Ok(())
    }

    /// Makes every change so far visible at once and durable. `payload` is kept with it (the library's fingerprint).
    pub fn commit(&mut self, _payload: &str) -> Result<(), IndexError> {
        Ok(())
    }
}
