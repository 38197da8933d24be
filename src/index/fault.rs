//! How an index was found, and what can go wrong with one.

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
