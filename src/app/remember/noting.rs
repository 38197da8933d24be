//! What was suggested and what was looked for in vain, noted in the background: no answer waits for it, and a crash
//! may lose its last second. While the ledger is away it is kept, up to a bound, and written once the ledger is back.

use super::super::App;
use super::super::memory::{Answered, KEPT, Note, Notes};
use crate::ledger::{Ledger, LedgerError, Missed};
use std::collections::VecDeque;
use std::time::{Duration, Instant};
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

/// Notes that are written together, and how long the first of them waits for others.
const BATCH: usize = 500;
const PATIENCE: Duration = Duration::from_millis(200);

/// How long to wait before a ledger that took nothing is tried again: less than erasing a customer waits before it looks
/// for what was just being written down.
const AGAIN: Duration = Duration::from_millis(500);

/// Who types asks with every letter, and looks at what stands still: an answer counts once nobody went on typing for so
/// long. Letters come some 0.2 s apart; with `PATIENCE` it makes a second.
const STANDS_MS: i64 = 800;

/// Words that nothing was found for wait longer: nobody pauses for more than this in the middle of a question.
const TYPING_MS: i64 = 10_000;

/// Writes notes down until `stop`, then those that are left.
pub(super) async fn keep_noting(app: &App, notes: Option<Receiver<Note>>, stop: CancellationToken) {
    let Some(mut notes) = notes else { return };
    let mut batch = Vec::with_capacity(BATCH);
    let mut typing = Typing::default();
    let mut waiting = Waiting::default();
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PATIENCE), if typing.waits() || waiting.waits() => {}
            _ = notes.recv_many(&mut batch, BATCH) => {
                tokio::time::sleep(PATIENCE).await;
                while batch.len() < BATCH && let Ok(note) = notes.try_recv() {
                    batch.push(note);
                }
            }
        }
        typing.take(batch.drain(..));
        waiting.take(&app.memory.notes, typing.done(chrono::Utc::now().timestamp_millis()));
        waiting.write(app).await;
    }
    notes.close();
    while notes.recv_many(&mut batch, BATCH).await > 0 {}
    typing.take(batch.drain(..));
    waiting.take(&app.memory.notes, typing.done(i64::MAX));
    waiting.again = None;
    waiting.write(app).await;
    waiting.lose(&app.memory.notes, "the server stops, and the ledger does not take it");
}

/// What may still be going on: who types asks with every letter, and means the last.
#[derive(Default)]
struct Typing {
    answers: Vec<Answered>,
    /// Words that found nothing, and when.
    misses: Vec<Missed>,
}

/// What nobody went on with, oldest first.
#[derive(Default)]
struct Done {
    answers: VecDeque<Answered>,
    misses: Vec<Missed>,
}

impl Typing {
    fn waits(&self) -> bool {
        !self.answers.is_empty() || !self.misses.is_empty()
    }

    /// What goes on where another ended stands in its place.
    fn take(&mut self, notes: impl Iterator<Item = Note>) {
        for note in notes {
            match note {
                Note::Missed(missed) => self.missed(missed),
                Note::Answered(answered) => {
                    let Answered { text, suggestion, .. } = &*answered;
                    if !text.is_empty() {
                        self.misses.retain(|before| before.words == *text || !text.starts_with(before.words.as_str()));
                        // The same words again are somebody else's, where nobody says whose they are.
                        let again = suggestion.customer.is_some();
                        let goes_on = |before: &Answered| {
                            !before.text.is_empty()
                                && before.suggestion.customer == suggestion.customer
                                && text.starts_with(before.text.as_str())
                                && (again || text.len() > before.text.len())
                        };
                        self.answers.retain(|before| !goes_on(before));
                        if !answered.understood {
                            self.missed(Missed { words: text.clone(), at_ms: suggestion.at_ms, said: true });
                        }
                    }
                    self.answers.push(*answered);
                }
            }
        }
    }

    fn missed(&mut self, missed: Missed) {
        let words = &missed.words;
        self.misses.retain(|before| before.words == *words || !words.starts_with(before.words.as_str()));
        self.misses.push(missed);
    }

    fn done(&mut self, now_ms: i64) -> Done {
        let over = |at_ms: i64, wait_ms: i64| at_ms.saturating_add(wait_ms) <= now_ms;
        Done {
            answers: self.answers.extract_if(.., |one| over(one.suggestion.at_ms, STANDS_MS)).collect(),
            misses: self.misses.extract_if(.., |one| over(one.at_ms, TYPING_MS)).collect(),
        }
    }
}

/// Writes down what nobody goes on with, and keeps it while the ledger does not take it.
#[derive(Default)]
struct Waiting {
    done: Done,
    /// When to try again; none while the ledger takes what it is given.
    again: Option<Instant>,
    /// True from a write that failed until all that waits is written.
    late: bool,
}

impl Waiting {
    fn count(&self) -> usize {
        self.done.answers.len() + self.done.misses.len()
    }

    /// True where it is of use to try to write before anything else comes.
    fn waits(&self) -> bool {
        self.count() > 0
    }

    /// Adds what is to be written, and lets go of the oldest where that is too much.
    fn take(&mut self, notes: &Notes, done: Done) {
        self.done.answers.extend(done.answers);
        self.done.misses.extend(done.misses);
        let over = self.count().saturating_sub(KEPT);
        if over > 0 {
            let answers = over.min(self.done.answers.len());
            self.done.answers.drain(..answers);
            self.done.misses.drain(..over - answers);
            notes.lose(over as u64);
        }
    }

    async fn write(&mut self, app: &App) {
        if self.count() == 0 || self.again.is_some_and(|at| Instant::now() < at) {
            return;
        }
        let Ok(ledger) = app.memory.ledger() else { return };
        let written = self.write_to(&ledger).await;
        self.again = None;
        match app.memory.seen(written) {
            Ok(()) => {
                if std::mem::take(&mut self.late) {
                    tracing::info!("what was suggested while the ledger was away is noted");
                }
            }
            Err(error) if error.passes() => {
                if !std::mem::replace(&mut self.late, true) {
                    tracing::warn!(%error, "what is suggested cannot be noted now; it is kept until it can");
                }
                self.again = Some(Instant::now() + AGAIN);
            }
            Err(error) => self.lose_batch(&app.memory.notes, &error.to_string()),
        }
    }

    /// Writes in batches; what is written is let go of.
    async fn write_to(&mut self, ledger: &Ledger) -> Result<(), LedgerError> {
        while !self.done.answers.is_empty() {
            let batch = self.done.answers.len().min(BATCH);
            let suggested: Vec<_> = self.done.answers.range(..batch).map(|one| one.suggestion.clone()).collect();
            let exposed: Vec<_> = self.done.answers.range(..batch).filter_map(|one| one.exposure.clone()).collect();
            // Each is known again: an answer that is written twice counts once.
            ledger.record_noted(&suggested, &exposed).await?;
            self.done.answers.drain(..batch);
        }
        if !self.done.misses.is_empty() {
            ledger.record_misses(&self.done.misses).await?;
            self.done.misses.clear();
        }
        Ok(())
    }

    /// What the ledger will never take keeps nothing else from being written.
    fn lose_batch(&mut self, notes: &Notes, error: &str) {
        let batch = self.done.answers.len().min(BATCH);
        let count = if batch > 0 { batch } else { self.done.misses.len() };
        self.done.answers.drain(..batch);
        if batch == 0 {
            self.done.misses.clear();
        }
        notes.lose(count as u64);
        tracing::warn!(error, count, "what was suggested could not be noted");
    }

    fn lose(&mut self, notes: &Notes, error: &str) {
        let count = self.count() as u64;
        if count > 0 {
            notes.lose(count);
            tracing::warn!(error, count, "what was suggested could not be noted");
        }
        self.done = Done::default();
    }
}
