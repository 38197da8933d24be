//! Work that takes long, done on a thread on which no question waits.

use super::record::RecordError;
use super::write::WriteError;

/// Does the work, and gives back what came of it.
///
/// # Errors
/// Where it panicked.
pub(super) async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RecordError> {
    tokio::task::spawn_blocking(work).await.map_err(failed)
}

/// Work that panicked.
pub(super) fn failed(error: tokio::task::JoinError) -> RecordError {
    WriteError::Io(std::io::Error::other(error)).into()
}
