//! How an index was found, and what can go wrong with one.

use std::panic::{AssertUnwindSafe, catch_unwind};

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
    #[error("the cursor is not one of ours, or is of another search or an older version: start again without it")]
    Cursor,
    #[error("the index could not be read: {0}")]
    Read(String),
    /// It made the program that reads it stumble.
    #[error("the index could not be worked with: {0}")]
    Stumbled(String),
}

/// What is wrong with the files of an index that is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// A sentence for the log.
    pub reason: String,
    /// True where a file holds something else now, so that views of it may give wrong answers or none. Of files that
    /// are merely gone, views keep what they opened.
    pub in_place: bool,
}

/// Does something with an index. Whatever reads a damaged file can panic on it, which is an error like any other here:
/// the index can be built anew.
pub fn guarded<T>(work: impl FnOnce() -> Result<T, IndexError>) -> Result<T, IndexError> {
    // Whoever gets the error lets go of what was worked on.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<&str>().copied();
        let text = text.or_else(|| panic.downcast_ref::<String>().map(String::as_str));
        Err(IndexError::Stumbled(text.unwrap_or("without a message").to_owned()))
    })
}

impl From<tantivy::TantivyError> for IndexError {
    fn from(error: tantivy::TantivyError) -> Self {
        IndexError::Read(error.to_string())
    }
}

impl From<std::io::Error> for IndexError {
    fn from(error: std::io::Error) -> Self {
        IndexError::Read(error.to_string())
    }
}
