//! What is served at a moment, and what those who keep it and those who read it share.

use super::live::Live;
use crate::engine::Lens;
use crate::index::Searcher;
use crate::tip::{Problem, Sections};
use arc_swap::ArcSwap;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::Notify;

/// What is served: swapped whole; a request keeps the one it started with.
#[derive(Clone)]
pub(super) struct Snapshot {
    pub sections: Arc<Sections>,
    pub lens: Arc<Lens>,
    pub searcher: Arc<Searcher>,
    pub fingerprint: String,
    pub read_at: chrono::DateTime<chrono::Utc>,
}

/// What the keeper writes and requests read.
pub(super) struct Shared {
    pub snapshot: Arc<ArcSwap<Snapshot>>,
    pub live: Live,
    /// The problems that keep files from being served, by file.
    pub broken: ArcSwap<Vec<Problem>>,
    /// Paths of what cannot even be read, beside those of `broken`.
    pub left_out: ArcSwap<BTreeSet<String>>,
    /// The folder could not be read the last time: what was served stays served.
    pub away: AtomicBool,
    /// Grows whenever anything in the folder turned out to have changed, served or not.
    pub changes: AtomicU64,
    /// The index's files were changed under what is served: its answers may be wrong until it is built anew.
    pub spoilt: AtomicBool,
    /// Something went wrong where it should not: the index is to be looked at.
    pub doubted: AtomicBool,
    /// Wakes the one who learns: something else is served.
    pub swapped: Notify,
    /// Taken to put a snapshot in place of another.
    swapping: Mutex<()>,
}

impl Shared {
    pub(super) fn new(first: Snapshot) -> Arc<Shared> {
        Arc::new(Shared {
            snapshot: Arc::new(ArcSwap::from_pointee(first)),
            live: Live::default(),
            broken: ArcSwap::default(),
            left_out: ArcSwap::default(),
            away: AtomicBool::new(false),
            changes: AtomicU64::new(0),
            spoilt: AtomicBool::new(false),
            doubted: AtomicBool::new(false),
            swapped: Notify::new(),
            swapping: Mutex::new(()),
        })
    }

    /// Puts a changed copy of the snapshot in its place. Two who change different parts at once lose neither.
    pub(super) fn swap(&self, change: impl FnOnce(&mut Snapshot)) {
        let _guard = self.swapping.lock().unwrap_or_else(PoisonError::into_inner);
        let mut next = Snapshot::clone(&self.snapshot.load());
        change(&mut next);
        self.snapshot.store(Arc::new(next));
        self.swapped.notify_one();
    }

    /// Has the keeper look at the index: something stumbled over it.
    pub(super) fn doubt(&self) {
        self.doubted.store(true, Ordering::Release);
    }

    pub(super) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::Release);
    }
}
