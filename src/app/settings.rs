//! What an operator chose, and why a library cannot be opened with it.

use crate::index::IndexError;
use crate::library::{Library, LibraryError};
use std::path::PathBuf;

/// What an operator chose, as far as the use cases need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub library: PathBuf,
    pub index: PathBuf,
    /// A Model2Vec folder instead of the table that is compiled in.
    pub model: Option<PathBuf>,
    /// Serve drafts too.
    pub drafts: bool,
}

impl Settings {
    /// # Errors
    /// Where there is no library, or it may not be looked into.
    pub fn there(&self) -> Result<(), OpenError> {
        self.folder().map(drop)
    }

    pub(super) fn folder(&self) -> Result<Library, OpenError> {
        Library::open(&self.library).map_err(|error| match error {
            LibraryError::Missing(path) => OpenError::NoLibrary(path),
            other => OpenError::Library(other.to_string()),
        })
    }
}

#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    #[error("there is no library at {0}")]
    NoLibrary(PathBuf),
    #[error("{0}")]
    Library(String),
    #[error("{0}")]
    Model(String),
    #[error(transparent)]
    Index(#[from] IndexError),
}
