//! What was suggested and what was looked for in vain, noted in the background: no answer waits for it, and a crash
//! may lose its last second.

use super::super::App;
use super::super::memory::{Answered, Note};
use crate::ledger::Missed;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

/// Notes that are written together, and how long the first of them waits for others.
const BATCH: usize = 500;
const PATIENCE: Duration = Duration::from_millis(200);

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
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(PATIENCE), if typing.waits() => {}
            _ = notes.recv_many(&mut batch, BATCH) => {
                tokio::time::sleep(PATIENCE).await;
                while batch.len() < BATCH && let Ok(note) = notes.try_recv() {
                    batch.push(note);
                }
            }
        }
        typing.take(batch.drain(..));
        write(app, typing.done(chrono::Utc::now().timestamp_millis())).await;
    }
    notes.close();
    while notes.recv_many(&mut batch, BATCH).await > 0 {}
    typing.take(batch.drain(..));
    write(app, typing.done(i64::MAX)).await;
}

/// What may still be going on: who types asks with every letter, and means the last.
#[derive(Default)]
struct Typing {
    answers: Vec<Answered>,
    /// Words that found nothing, and when.
    misses: Vec<Missed>,
}

/// What nobody went on with.
#[derive(Default)]
struct Done {
    answers: Vec<Answered>,
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
                        let goes_on = |before: &Answered| {
                            !before.text.is_empty()
                                && before.suggestion.customer == suggestion.customer
                                && text.starts_with(before.text.as_str())
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

async fn write(app: &App, done: Done) {
    let count = (done.answers.len() + done.misses.len()) as u64;
    let (mut suggested, mut exposed) = (Vec::new(), Vec::new());
    for Answered { suggestion, exposure, .. } in done.answers {
        suggested.push(suggestion);
        exposed.extend(exposure);
    }
    let Ok(ledger) = app.memory.ledger() else { return };
    let written = async {
        if !exposed.is_empty() {
            ledger.record_exposures(&exposed).await?;
        }
        if !suggested.is_empty() {
            ledger.record_suggestions(&suggested).await?;
        }
        if !done.misses.is_empty() {
            ledger.record_misses(&done.misses).await?;
        }
        Ok(())
    };
    if count > 0
        && let Err(error) = app.memory.seen(written.await)
    {
        app.memory.notes.lose(count);
        tracing::warn!(%error, count, "what was suggested could not be noted");
    }
}
