//! Opening a library, and keeping what is served in step with the folder.

use crate::engine::Lens;
use crate::index::{IndexError, Searcher};
use crate::tip::Sections;
use std::path::PathBuf;
use std::sync::Arc;

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

/// Something that happened to the library, numbered without gaps from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: u64,
    pub kind: EventKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Ids of tips that changed and that are gone, and the library's new fingerprint.
    Library { fingerprint: String, changed: Vec<String>, removed: Vec<String> },
}

/// What is served: swapped whole; a request keeps the one it started with.
pub(super) struct Snapshot {
    pub sections: Sections,
    pub lens: Arc<Lens>,
    pub searcher: Arc<Searcher>,
    pub fingerprint: String,
    pub read_at: chrono::DateTime<chrono::Utc>,
}

/// The use cases of one library.
pub struct App {
    pub(super) settings: Settings,
    pub(super) snapshot: arc_swap::ArcSwap<Snapshot>,
}

impl App {
    /// Opens the library once, brings the index up to date with the folder, and does not watch. For one-shot commands.
    /// `progress` is told (done, total) while an index is built.
    pub fn open(_settings: Settings, _progress: &(dyn Fn(usize, usize) + Sync)) -> Result<App, OpenError> {
        Err(OpenError::Library("not wired yet".into()))
    }

    /// Opens what the index has at once, then brings it up to date with the folder and keeps watching, in threads
    /// of its own that end when the `App` is dropped.
    pub fn serve(_settings: Settings, _progress: &(dyn Fn(usize, usize) + Sync)) -> Result<Arc<App>, OpenError> {
        Err(OpenError::Library("not wired yet".into()))
    }

    /// True from the moment that an index is served.
    pub fn ready(&self) -> bool {
        true
    }

    /// Events after `last`, oldest first, or `None` where the past is gone and a client must start anew;
    /// and a receiver of those to come.
    pub fn live(&self, _last: Option<u64>) -> (Option<Vec<Event>>, tokio::sync::broadcast::Receiver<Event>) {
        let (_, receiver) = tokio::sync::broadcast::channel(1);
        (None, receiver)
    }
}
