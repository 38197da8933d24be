//! Where answers leave what is to be noted, without waiting for anybody to write it down.

use crate::ledger::{Exposure, Missed, SuggestionNote};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
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

/// Notes that wait at most; what comes while more wait is not noted, and counted. At a thousand answers a second, four
/// seconds of a ledger that is away.
const WAITING: usize = 4_096;

/// Where answers leave their notes.
#[derive(Default)]
pub(in crate::app) struct Notes {
    sender: OnceLock<Sender<Note>>,
    lost: AtomicU64,
}

impl Notes {
    /// The other end, for the one who writes them down. Whoever opens first gets them.
    pub fn open(&self) -> Option<Receiver<Note>> {
        let (sender, receiver) = channel(WAITING);
        self.sender.set(sender).ok().map(|()| receiver)
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
