//! Whether the ledger takes what is written to it, and whether the file that is open is still the one in its place.
//! Told to the log once when it no longer is so, and once when it is again.

use super::error::LedgerError;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

pub(super) struct Taking {
    /// True from a write that failed for lack of space, or since nothing took it, until one succeeds.
    refused: AtomicBool,
    /// Megabytes that a SQLite file is bounded to.
    megabytes: Option<u64>,
    file: Option<Opened>,
}

/// A SQLite file as it was opened.
struct Opened {
    path: PathBuf,
    /// None where the system has no such thing.
    node: Option<(u64, u64)>,
}

impl Taking {
    /// `file` is that of a SQLite ledger, which was opened a moment ago.
    pub(super) fn new(file: Option<&Path>, most_bytes: Option<u64>) -> Taking {
        let file = file.map(|path| Opened { path: path.to_owned(), node: node(path) });
        Taking { refused: AtomicBool::new(false), megabytes: most_bytes.map(|bytes| bytes >> 20), file }
    }

    pub(super) fn refused(&self) -> bool {
        self.refused.load(Ordering::Relaxed)
    }

    /// What is written to a file that is no longer in its place would be gone with the process.
    ///
    /// # Errors
    /// `Away` where it is gone, or another lies there.
    pub(super) fn there(&self) -> Result<(), LedgerError> {
        let Some(Opened { path, node: opened }) = &self.file else { return Ok(()) };
        let found = node(path);
        if path.exists() && found == *opened {
            return Ok(());
        }
        let what = if path.exists() { "another file was put in the place of" } else { "nothing is left of" };
        Err(LedgerError::Away(format!(
            "{what} {}, which was moved or deleted while it was open. Put it back; or start the server again, which opens \
             what lies there and makes a new ledger where there is none",
            path.display()
        )))
    }

    /// Passes on what came of a write, and notes where nothing takes it.
    pub(super) fn noting<T, E: Into<LedgerError>>(&self, done: Result<T, E>) -> Result<T, LedgerError> {
        done.map_err(|error| {
            let error = match error.into() {
                LedgerError::Full { .. } => LedgerError::Full { megabytes: self.megabytes },
                other => other,
            };
            let passes = matches!(error, LedgerError::Full { .. } | LedgerError::Away(_));
            if passes && !self.refused.swap(true, Ordering::Relaxed) {
                tracing::error!(%error, "nothing can be recorded; reports are refused until it can");
            }
            error
        })
    }

    /// Something was written. What began before the file was moved may end after that, and says nothing of it.
    pub(super) fn took(&self) {
        if self.refused() && self.there().is_ok() && self.refused.swap(false, Ordering::Relaxed) {
            tracing::info!("the ledger takes what is recorded again");
        }
    }
}

#[cfg(unix)]
fn node(path: &Path) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata(path).ok().map(|meta| (meta.dev(), meta.ino()))
}

#[cfg(not(unix))]
fn node(_: &Path) -> Option<(u64, u64)> {
    None
}
