//! What the server remembers: the ledger, and what was learned from it, held ready so that no question waits.
//!
//! The ledger may be away at any time. Questions are answered all the same, from what was learned so far.

mod lately;
mod notes;

pub(super) use notes::{Answered, KEPT, Note, Notes};

use super::kept::Kept;
use super::tallied::Tallied;
use crate::engine::Flagged;
use crate::engine::experiment::Lot;
use crate::engine::foresight::{Foresight, Learner};
use crate::ledger::{Ledger, LedgerError};
use crate::tip::{IssueId, SectionId, Sections, Substance, TipId};
use arc_swap::{ArcSwap, ArcSwapOption};
use lately::Lately;
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;
use tokio_util::task::TaskTracker;

/// How long a sign of life may take: whoever asks for one asks every few seconds.
const SIGN_OF_LIFE: Duration = Duration::from_secs(1);

/// What customers came back about.
#[derive(Default)]
pub(super) struct Returned {
    /// Contacts by what they were about.
    pub about: BTreeMap<(Option<SectionId>, IssueId), u64>,
    /// Days that they were counted in.
    pub days: f64,
}

/// One for each `App`.
#[derive(Default)]
pub(super) struct Memory {
    /// None until it was reached for the first time.
    pub(super) ledger: ArcSwapOption<Ledger>,
    /// True from the moment that a ledger was named.
    pub(super) wanted: AtomicBool,
    /// True while the last call found it away.
    pub(super) away: AtomicBool,
    /// None until something was learned.
    pub(super) foresight: ArcSwapOption<Foresight>,
    pub(super) flagged: ArcSwap<Flagged>,
    pub(super) lot: ArcSwapOption<Lot>,
    pub(super) notes: Notes,
    pub(super) lately: Lately,
    pub(super) balloon_hours: AtomicU32,
    pub(super) tallied: Kept<Tallied>,
    /// The sections by which the names in the ledger were understood last.
    pub(super) named_by: ArcSwapOption<Sections>,
    /// Contacts that came back, by what about.
    pub(super) returned: Kept<Returned>,
    /// What works in the background.
    pub(super) tasks: TaskTracker,
}

impl Memory {
    /// The ledger.
    ///
    /// # Errors
    /// `Away` where none was named or it was not reached yet.
    pub(super) fn ledger(&self) -> Result<Arc<Ledger>, LedgerError> {
        let away = match self.wanted.load(Ordering::Relaxed) {
            true => "it has not been reached yet since this server started",
            false => "this server was started without one",
        };
        self.ledger.load_full().ok_or_else(|| LedgerError::Away(away.to_owned()))
    }

    /// True where a ledger was named, reached, and not found away the last time anybody looked.
    pub(super) fn is_away(&self) -> bool {
        self.wanted.load(Ordering::Relaxed) && (self.ledger.load().is_none() || self.away.load(Ordering::Relaxed))
    }

    /// Notes whether the ledger did what it was asked, and passes the result on.
    pub(super) fn seen<T>(&self, done: Result<T, LedgerError>) -> Result<T, LedgerError> {
        match &done {
            Ok(_) => self.away.store(false, Ordering::Relaxed),
            // What is full or busy is there: who was told is known.
            Err(LedgerError::Away(_)) => self.away.store(true, Ordering::Relaxed),
            Err(_) => {}
        }
        done
    }

    /// Takes a tip out at once: somebody dismissed it as wrong or unsafe.
    pub(super) fn flag(&self, tip: &TipId, substance: Option<String>) {
        let substance = substance.map(Substance::from_text);
        self.flagged.rcu(|flagged| {
            let mut flagged = Flagged::clone(flagged);
            flagged.entry(tip.clone()).or_default().push(substance.clone());
            flagged
        });
    }

    /// Takes the flags that were read from the ledger. False, and nothing is taken, where they are others by now than they
    /// were `before` that: what was flagged while they were read must not be lost.
    pub(super) fn flagged_anew(&self, before: &Arc<Flagged>, read: Flagged) -> bool {
        let there = self.flagged.compare_and_swap(before, Arc::new(read));
        Arc::ptr_eq(&there, before)
    }

    /// The tips that wait for an editor.
    pub(super) fn flagged(&self) -> Arc<Flagged> {
        self.flagged.load_full()
    }

    /// What contacts have taught; none where nothing was learned.
    pub(super) fn learned(&self) -> Option<Arc<Foresight>> {
        self.foresight.load_full()
    }

    /// False while the contacts of a ledger that was named are not counted yet.
    pub(super) fn has_learned(&self) -> bool {
        !self.wanted.load(Ordering::Relaxed) || self.foresight.load().is_some()
    }

    /// What contacts have taught so far.
    pub(super) fn foresight(&self) -> Arc<Foresight> {
        self.foresight.load_full().unwrap_or_else(|| Arc::new(Learner::default().foresight()))
    }

    /// Draws customers into the experiment; none where there is none.
    pub(super) fn lot(&self) -> Option<Arc<Lot>> {
        self.lot.load_full()
    }

    /// Share of customers that is held out of each tip.
    pub(super) fn held_out(&self) -> f64 {
        self.lot.load().as_ref().map_or(0.0, |lot| lot.share())
    }

    /// # Errors
    /// `Away` where a ledger was named and gives no sign of life; `Full` where nothing can be recorded for lack of space.
    pub(super) async fn reachable(&self) -> Result<(), LedgerError> {
        match self.wanted()? {
            None => Ok(()),
            Some(ledger) => {
                self.soon(ledger.reachable()).await?;
                self.soon(ledger.writable()).await
            }
        }
    }

    /// The ledger; none where none was named.
    ///
    /// # Errors
    /// `Away` where one was named and was not reached yet.
    pub(super) fn wanted(&self) -> Result<Option<Arc<Ledger>>, LedgerError> {
        self.wanted.load(Ordering::Relaxed).then(|| self.ledger()).transpose()
    }

    /// What the ledger answers to a question that is asked every few seconds.
    ///
    /// # Errors
    /// `Away` where it does not answer within a second.
    pub(super) async fn soon<T>(&self, asked: impl Future<Output = Result<T, LedgerError>>) -> Result<T, LedgerError> {
        let late = |_| LedgerError::Away("it did not answer in time".to_owned());
        self.seen(tokio::time::timeout(SIGN_OF_LIFE, asked).await.unwrap_or_else(|e| Err(late(e))))
    }

    /// Hours on working days after which a balloon that waits has floated away.
    pub(super) fn balloon_hours(&self) -> u32 {
        self.balloon_hours.load(Ordering::Relaxed)
    }
}
