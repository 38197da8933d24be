//! What changed in the ledger, told to whoever listens in this process.
//! A notice is a hint to look, never the news itself: it may come twice, or stand for more than it names.

use tokio::sync::broadcast;

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ChangeKind {
    Outcome,
    Contacts,
    Balloon,
    Promise,
    Model,
    /// A customer, named by their hash, was forgotten, contacts were over their time, or they stand under other names now:
    /// what was learned from them has to be forgotten, too.
    Erased,
    /// What stood under one hash of a customer stands under a newer one now: `old:new`.
    Renamed,
    /// Something changed, and nobody can say what: look at all of it.
    Anything,
}

impl ChangeKind {
    pub fn as_str(self) -> &'static str {
        match self {
            ChangeKind::Outcome => "outcome",
            ChangeKind::Contacts => "contacts",
            ChangeKind::Balloon => "balloon",
            ChangeKind::Promise => "promise",
            ChangeKind::Model => "model",
            ChangeKind::Erased => "erased",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Anything => "anything",
        }
    }

    /// The kind that another server named; one that this version does not know is `Anything`.
    pub(super) fn named(name: &str) -> ChangeKind {
        use ChangeKind::{Anything, Balloon, Contacts, Erased, Model, Outcome, Promise, Renamed};
        let known = [Outcome, Contacts, Balloon, Promise, Model, Erased, Renamed];
        known.into_iter().find(|kind| kind.as_str() == name).unwrap_or(Anything)
    }
}

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    pub kind: ChangeKind,
    /// Of the outcome, balloon, promise, model or customer; empty where there is no single one.
    pub id: String,
}

/// How many notices a slow listener may lag behind before it is told that it lost some: a busy second's worth.
const KEPT: usize = 1024;

/// Where notices of one process meet.
#[derive(Clone)]
pub(super) struct Notices {
    sender: broadcast::Sender<Changed>,
    /// Names this process, so that its own notices are not heard twice by way of the database.
    pub(super) origin: String,
}

impl Notices {
    pub(super) fn new() -> Notices {
        let origin = uuid::Uuid::now_v7().simple().to_string();
        Notices { sender: broadcast::channel(KEPT).0, origin }
    }

    pub(super) fn send(&self, changed: Changed) {
        // Nobody listening is no fault.
        let _ = self.sender.send(changed);
    }

    pub(super) fn listen(&self) -> broadcast::Receiver<Changed> {
        self.sender.subscribe()
    }
}
