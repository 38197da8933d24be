//! Reaching the ledger, now or as soon as it can be reached, and setting to work on it.

use super::super::App;
use super::super::record::RecordError;
use super::{learn, noting};
use crate::engine::experiment::Lot;
use crate::ledger::{BELIEVED_AFTER_HOURS, Ledger, LedgerError, Options, Removed, Retention, Tidied};
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;
use tokio_util::sync::CancellationToken;

/// What an operator chose about the ledger.
#[derive(Clone, Debug)]
pub struct Remembering {
    /// `sqlite:PATH` or `postgres://…`.
    pub url: String,
    pub options: Options,
    /// Share of customers held out of each tip, 0 to 1; at 0 there is no experiment.
    pub held_out: f64,
    /// How long each kind of record is kept.
    pub retention: Retention,
    /// Hours on working days after which a balloon that waits has floated away.
    pub balloon_hours: u32,
}

/// How long to wait before the ledger is tried again: a restarted database is back within seconds.
const AGAIN: Duration = Duration::from_secs(2);

/// How long a stopping server waits for the ledger: its own answers are given by then.
const SETTLE: Duration = Duration::from_secs(3);

/// How often what is missing may rise as a balloon: whoever looks for it has a cup of tea meanwhile.
const RISE_EVERY: Duration = Duration::from_secs(300);

/// What is past its retention is dropped every so many times: once an hour, since it is about days.
const TIDY_EVERY: u32 = 12;

impl App {
    /// Opens the ledger and keeps learning from it until `stop`. Where it cannot be reached, goes on trying; the server
    /// suggests meanwhile.
    ///
    /// # Errors
    /// What waiting does not mend: a wrong address, a newer ledger, another key.
    pub async fn remember(self: &Arc<Self>, how: Remembering, stop: CancellationToken) -> Result<(), LedgerError> {
        self.memory.wanted.store(true, Ordering::Relaxed);
        self.memory.balloon_hours.store(how.balloon_hours, Ordering::Relaxed);
        self.memory.notes.begin();
        match reach(how.clone()).await {
            Ok(ledger) => {
                self.take_up(ledger, how, stop);
                Ok(())
            }
            Err(error) if error.passes() => {
                tracing::warn!(%error, "the ledger is away; tips are suggested without what it knows");
                let app = Arc::clone(self);
                self.memory.tasks.spawn(async move { app.keep_trying(how, stop).await });
                Ok(())
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the ledger for a one-shot command: nothing is learned in the background.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub async fn remember_once(&self, how: &Remembering) -> Result<(), LedgerError> {
        self.remember_unlearned(how).await?;
        learn::catch_up(self).await
    }

    /// Opens the ledger for a one-shot command that asks nothing of what contacts teach, so that none are read.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub async fn remember_unlearned(&self, how: &Remembering) -> Result<(), LedgerError> {
        self.open_ledger(how).await?;
        if let Err(error) = self.understand_names(false).await {
            tracing::warn!(%error, "names that the library knows by now could not be given to the contacts that use them");
        }
        Ok(())
    }

    /// Opens the ledger for a question, and counts what contacts teach: what they stand under stays as it is.
    ///
    /// # Errors
    /// Where it cannot be opened.
    pub async fn remember_for_a_question(&self, how: &Remembering) -> Result<(), LedgerError> {
        self.open_ledger(how).await?;
        learn::catch_up(self).await
    }

    async fn open_ledger(&self, how: &Remembering) -> Result<(), LedgerError> {
        let memory = &self.memory;
        memory.wanted.store(true, Ordering::Relaxed);
        memory.balloon_hours.store(how.balloon_hours, Ordering::Relaxed);
        let ledger = reach(how.clone()).await?;
        memory.lot.store(lot(&ledger, how).map(Arc::new));
        memory.ledger.store(Some(Arc::new(ledger)));
        Ok(())
    }

    /// Ends the connections to the ledger, at the end of a one-shot command.
    pub async fn leave_ledger(&self) {
        if let Ok(ledger) = self.memory.ledger() {
            ledger.close().await;
        }
    }

    /// Waits until what was to be noted is written down, once the server was told to stop.
    pub async fn settle(&self) {
        let tasks = &self.memory.tasks;
        tasks.close();
        if tokio::time::timeout(SETTLE, tasks.wait()).await.is_err() {
            tracing::warn!("stopped before everything that was suggested was noted");
        }
    }

    async fn keep_trying(self: Arc<Self>, how: Remembering, stop: CancellationToken) {
        loop {
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(AGAIN) => {}
            }
            match reach(how.clone()).await {
                Ok(ledger) => {
                    tracing::info!("the ledger is back");
                    return self.take_up(ledger, how, stop);
                }
                Err(error) if error.passes() => tracing::debug!(%error, "the ledger is still away"),
                Err(error) => tracing::error!(%error, "the ledger cannot be used"),
            }
        }
    }

    fn take_up(self: &Arc<Self>, ledger: Ledger, how: Remembering, stop: CancellationToken) {
        let memory = &self.memory;
        let changes = ledger.changes();
        memory.lot.store(lot(&ledger, &how).map(Arc::new));
        memory.ledger.store(Some(Arc::new(ledger)));
        memory.away.store(false, Ordering::Relaxed);
        let (learning, noting, tidying) = (Arc::clone(self), Arc::clone(self), Arc::clone(self));
        let notes = memory.notes.open();
        let (one, two) = (stop.clone(), stop.clone());
        let tasks = &memory.tasks;
        tasks.spawn(async move { learn::keep_learning(&learning, changes, one).await });
        tasks.spawn(async move { noting::keep_noting(&noting, notes, two).await });
        tasks.spawn(async move { tidying.keep_tidy(how.retention, stop).await });
    }

    /// Drops what is past its retention and lets gaps rise, on one server of several.
    async fn keep_tidy(&self, retention: Retention, stop: CancellationToken) {
        for turn in 0_u32.. {
            // Under a name of before, what a tip prevents looks as if none did.
            let understood = async {
                while !self.names_are_understood() {
                    tokio::time::sleep(AGAIN).await;
                }
            };
            let understood = tokio::select! {
                () = stop.cancelled() => return,
                done = tokio::time::timeout(RISE_EVERY, understood) => done.is_ok(),
            };
            let done = async {
                let Some(_lead) = self.memory.ledger()?.try_lead("upkeep").await else { return Ok(()) };
                if turn.is_multiple_of(TIDY_EVERY) {
                    self.tidy(&retention, turn > 0).await?;
                }
                if understood {
                    self.raise_gaps(chrono::Utc::now()).await?;
                }
                Ok(())
            };
            if let Err(error) = done.await {
                let error: RecordError = error;
                tracing::warn!(%error, "old records could not be dropped, or gaps not rise; it is tried again later");
            }
            tokio::select! {
                () = stop.cancelled() => return,
                () = tokio::time::sleep(RISE_EVERY) => {}
            }
        }
    }

    async fn tidy(&self, retention: &Retention, hour_later: bool) -> Result<(), RecordError> {
        let ledger = self.memory.ledger()?;
        let now = chrono::Utc::now();
        match ledger.tidy(now.timestamp_millis(), retention, hour_later).await? {
            Tidied::Removed(removed) if removed == Removed::default() => {}
            Tidied::Removed(removed) => tracing::info!(
                contacts = removed.contacts,
                outcomes = removed.outcomes,
                suggestions = removed.suggestions,
                exposures = removed.exposures,
                balloons = removed.balloons,
                promises = removed.promises,
                misses = removed.misses,
                answers = removed.answers,
                "records past their retention were erased"
            ),
            Tidied::Doubted { last_ms, hours } => tracing::warn!(
                last = %chrono::DateTime::from_timestamp_millis(last_ms).unwrap_or_default().format("%F %H:%M UTC"),
                now = %now.format("%F %H:%M UTC"),
                hours_left = BELIEVED_AFTER_HOURS - hours,
                "the clock is far from when the ledger was last tidied: nothing past its retention is erased. Set it right \
                 if it is wrong; it is believed once it has been so for a week of running, of all servers together"
            ),
        }
        Ok(())
    }
}

/// Opens the ledger in a thread of its own: the database library's migrations cannot be shown to the compiler to cross
/// threads while they wait.
pub(in crate::app) async fn reach(how: Remembering) -> Result<Ledger, LedgerError> {
    let here = tokio::runtime::Handle::current();
    let opened = tokio::task::spawn_blocking(move || here.block_on(Ledger::open(&how.url, how.options)));
    opened.await.unwrap_or_else(|error| Err(LedgerError::Broken(error.to_string())))
}

fn lot(ledger: &Ledger, how: &Remembering) -> Option<Lot> {
    (how.held_out > 0.0).then(|| Lot::new(ledger.seed("lot"), how.held_out))
}
