//! What happened lately, for those who watch: numbered events, the latest kept so that nobody who was away a moment
//! misses one.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::broadcast;

/// How many events are kept for clients that come back: at one save a second, a quarter of an hour.
const KEPT_EVENTS: usize = 1024;

/// How many ids all kept events may name together; a checkout of a whole library names all of its tips. At some 40
/// bytes an id this bounds the past to a few megabytes.
const KEPT_IDS: usize = 50_000;

/// Something that happened, numbered without gaps from 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    pub id: u64,
    pub kind: EventKind,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// Ids of tips that changed and that are gone, and the library's new fingerprint. Both lists are empty where only
    /// sections changed, or what is broken.
    Library { fingerprint: String, changed: Vec<String>, removed: Vec<String> },
    /// A balloon was given, or somebody decided about one.
    Balloon { id: String },
    /// Somebody reported what became of a tip.
    Outcome { id: String },
    /// A promise was made, settled or opened again.
    Promise { id: String },
}

impl EventKind {
    fn ids(&self) -> usize {
        match self {
            EventKind::Library { changed, removed, .. } => changed.len() + removed.len(),
            EventKind::Balloon { .. } | EventKind::Outcome { .. } | EventKind::Promise { .. } => 1,
        }
    }
}

pub(super) struct Live {
    past: Mutex<Past>,
    sender: broadcast::Sender<Event>,
}

#[derive(Default)]
struct Past {
    events: VecDeque<Event>,
    ids: usize,
    /// Id of the latest event; 0 before the first.
    last: u64,
}

impl Default for Live {
    fn default() -> Self {
        Live { past: Mutex::default(), sender: broadcast::channel(KEPT_EVENTS).0 }
    }
}

impl Live {
    pub(super) fn tell(&self, kind: EventKind) {
        let mut past = self.past();
        past.last += 1;
        past.ids += kind.ids();
        let event = Event { id: past.last, kind };
        past.events.push_back(event.clone());
        while past.events.len() > KEPT_EVENTS || (past.ids > KEPT_IDS && past.events.len() > 1) {
            let Some(oldest) = past.events.pop_front() else { break };
            past.ids -= oldest.kind.ids();
        }
        // Told under the lock, so that whoever asks for the past gets each event once. Nobody listening is no error.
        let _ = self.sender.send(event);
    }

    /// Events after `last`, oldest first, or none where some of them are gone; and a receiver of all later ones.
    pub(super) fn since(&self, last: Option<u64>) -> (Option<Vec<Event>>, broadcast::Receiver<Event>) {
        let past = self.past();
        let receiver = self.sender.subscribe();
        let Some(last) = last else { return (Some(Vec::new()), receiver) };
        let first_kept = past.events.front().map_or(past.last + 1, |e| e.id);
        let known = last <= past.last && last + 1 >= first_kept;
        (known.then(|| past.events.iter().filter(|e| e.id > last).cloned().collect()), receiver)
    }

    fn past(&self) -> MutexGuard<'_, Past> {
        // A panic between two lines above leaves nothing half-done that would matter.
        self.past.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
