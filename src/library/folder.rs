//! A library as a folder with a path, and what keeps it from being used.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("there is no library at {0}")]
    Missing(PathBuf),
    /// The folder is there, and nothing in it may be seen.
    #[error("the library {} cannot be read: {}", .path.display(), why(.source))]
    Unreadable { path: PathBuf, source: std::io::Error },
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
    /// `Missing` where `root` is not a folder, `Unreadable` where it may not be looked into.
    pub fn open(root: &Path) -> Result<Library, LibraryError> {
        let absolute = std::path::absolute(root).map_err(|_| LibraryError::Missing(root.to_owned()))?;
        looked_into(&absolute, root)?;
        Ok(Library { root: absolute })
    }

    /// Whether the folder is there and can be read right now.
    ///
    /// # Errors
    /// As for `open`.
    pub fn readable(&self) -> Result<(), LibraryError> {
        looked_into(&self.root, &self.root)
    }

    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// Looks into a folder, which is `named` to whoever has to mend it.
fn looked_into(folder: &Path, named: &Path) -> Result<(), LibraryError> {
    std::fs::read_dir(folder).map(drop).map_err(|source| match source.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => LibraryError::Missing(named.to_owned()),
        _ => LibraryError::Unreadable { path: named.to_owned(), source },
    })
}

/// EMFILE, by the same number on Linux and macOS.
const TOO_MANY_OPEN: i32 = 24;

/// A cause in words, and what to do about it.
fn why(error: &std::io::Error) -> String {
    match (error.kind(), error.raw_os_error()) {
        (ErrorKind::PermissionDenied, _) => "permission denied; let the user that stemwire runs as read it".to_owned(),
        (_, Some(TOO_MANY_OPEN)) => {
            "too many files are open; raise that limit (LimitNOFILE= of systemd, ulimit -n)".to_owned()
        }
        _ => error.to_string(),
    }
}
