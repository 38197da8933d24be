//! A library as a folder with a path, and what keeps it from being used.

use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("there is no library at {0}")]
    Missing(PathBuf),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("the folder cannot be watched: {0}")]
    Watch(String),
    #[error("{0} is there already; it was left as it is")]
    Exists(String),
    /// A file that a write or a delete may not touch; the text says why.
    #[error("{0}")]
    Refused(String),
}

/// A library's folder.
#[derive(Clone, Debug)]
pub struct Library {
    /// As the operator named it, made absolute; it may itself be a link, and what it leads to may change.
    pub(super) root: PathBuf,
}

impl Library {
    /// # Errors
    /// `Missing` where `root` is not a folder.
    pub fn open(root: &Path) -> Result<Library, LibraryError> {
        let absolute = std::path::absolute(root).map_err(|_| LibraryError::Missing(root.to_owned()))?;
        if !absolute.is_dir() {
            return Err(LibraryError::Missing(root.to_owned()));
        }
        Ok(Library { root: absolute })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }
}
