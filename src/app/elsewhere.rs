//! Work that takes long, done on a thread on which no question waits.

use super::record::RecordError;
use super::write::WriteError;

/// Does the work, and gives back what came of it.
///
/// # Errors
/// Where it panicked.
pub(super) async fn elsewhere<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, RecordError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| WriteError::Io(std::io::Error::other(error)).into())
}
