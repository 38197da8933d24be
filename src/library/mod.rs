//! The folder of tips. This module alone reads and writes tip files; it does not know the index.

use crate::tip::Problem;
use chrono::NaiveDate;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A file as the folder shows it, unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Path below the library, with `/`.
    pub file: String,
    pub modified_ns: i64,
    pub size: u64,
}

/// All of a library's markdown files, and what was in the way of reading others.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scan {
    /// By path.
    pub files: Vec<Seen>,
    pub problems: Vec<Problem>,
}

#[derive(Debug, thiserror::Error)]
pub enum LibraryError {
    #[error("there is no library at {0}")]
    Missing(PathBuf),
    #[error("{path}: {source}")]
    Io { path: PathBuf, source: std::io::Error },
    #[error("the folder cannot be watched: {0}")]
    Watch(String),
}

/// A library's folder.
#[derive(Clone, Debug)]
pub struct Library {
    root: PathBuf,
}

impl Library {
    pub fn open(root: &Path) -> Result<Library, LibraryError> {
        Ok(Library { root: root.to_owned() })
    }

    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Every markdown file below the root, without reading one. Never leaves the root by a link.
    pub fn scan(&self) -> Scan {
        Scan::default()
    }

    /// A file's text as UTF-8, or the problem that keeps it from being text. `None` where it vanished.
    pub fn read(&self, _file: &str) -> Option<Result<(String, Seen), Problem>> {
        None
    }

    /// Day of each file's last commit, where git is there and knows.
    pub fn commit_days(&self) -> HashMap<String, NaiveDate> {
        HashMap::new()
    }
}
