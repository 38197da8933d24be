//! Where answers leave what is to be noted, without waiting for anybody to write it down.

use crate::ledger::{Exposure, Missed, SuggestionNote};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};
use tokio::sync::mpsc::{Receiver, Sender, channel};

/// An answer that was given.
pub(in crate::app) struct Answered {
    /// What was said: to know who goes on typing, and dropped then.
    pub text: String,
    pub suggestion: SuggestionNote,
    /// Where a customer came into question for the experiment.
    pub exposure: Option<Exposure>,
    /// False where nothing was found for what was said.
    pub understood: bool,
}

/// Something to note.
pub(in crate::app) enum Note {
    Answered(Box<Answered>),
    /// Words that nothing was found for.
    Missed(Missed),
}

/// Notes on their way to the one who writes them down; what comes while more wait is not noted, and counted.
const WAITING: usize = 16_384;

/// Notes that are kept at most while the ledger is away, some thirty megabytes: more than an hour of a hundred agents. The
/// oldest give way, and are counted.
pub(in crate::app) const KEPT: usize = 50_000;

/// Where answers leave their notes.
#[derive(Default)]
pub(in crate::app) struct Notes {
    sender: OnceLock<Sender<Note>>,
    receiver: Mutex<Option<Receiver<Note>>>,
    lost: AtomicU64,
}

impl Notes {
    /// From now on notes are kept, also before anybody writes them down.
    pub fn begin(&self) {
        let (sender, receiver) = channel(WAITING);
        if self.sender.set(sender).is_ok() {
            *self.receiver.lock().unwrap_or_else(PoisonError::into_inner) = Some(receiver);
        }
    }

    /// The other end, for the one who writes them down. Whoever opens first gets them.
    pub fn open(&self) -> Option<Receiver<Note>> {
        self.begin();
        self.receiver.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    pub fn leave(&self, note: Note) {
        if self.sender.get().is_some_and(|sender| sender.try_send(note).is_err()) {
            self.lost.fetch_add(1, Ordering::Relaxed);
        }
    }

    pub fn lost(&self) -> u64 {
        self.lost.load(Ordering::Relaxed)
    }

    /// Counts notes that could not be written down.
    pub fn lose(&self, count: u64) {
        self.lost.fetch_add(count, Ordering::Relaxed);
    }
}
