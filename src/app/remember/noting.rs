//! What was suggested and what was looked for in vain, noted in the background: no answer waits for it, and a crash
//! may lose its last second.

use super::super::App;
use super::super::memory::Note;
use std::time::Duration;
use tokio::sync::mpsc::Receiver;
use tokio_util::sync::CancellationToken;

/// Notes that are written together, and how long the first of them waits for others.
const BATCH: usize = 500;
const PATIENCE: Duration = Duration::from_millis(200);

/// Writes notes down until `stop`, then those that are left.
pub(super) async fn keep_noting(app: &App, notes: Option<Receiver<Note>>, stop: CancellationToken) {
    let Some(mut notes) = notes else { return };
    let mut batch = Vec::with_capacity(BATCH);
    let mut typing = Typing::default();
    while !stop.is_cancelled() {
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(TYPING), if !typing.0.is_empty() => {
                batch.extend(typing.done(chrono::Utc::now().timestamp_millis()));
                write(app, std::mem::take(&mut batch)).await;
            }
            _ = notes.recv_many(&mut batch, BATCH) => {
                tokio::time::sleep(PATIENCE).await;
                while batch.len() < BATCH && let Ok(note) = notes.try_recv() {
                    batch.push(note);
                }
                typing.take(&mut batch);
                batch.extend(typing.done(chrono::Utc::now().timestamp_millis()));
                write(app, std::mem::take(&mut batch)).await;
            }
        }
    }
    notes.close();
    while notes.recv_many(&mut batch, BATCH).await > 0 {}
    batch.extend(typing.done(i64::MAX));
    write(app, batch).await;
}

/// Words that found nothing and may still be going on: who types asks with every letter, and means the last.
#[derive(Default)]
struct Typing(Vec<(String, i64)>);

/// Nobody pauses longer than this in the middle of a question.
const TYPING: Duration = Duration::from_secs(10);

impl Typing {
    /// Takes the misses out of `batch`; one that goes on where another ended stands in its place.
    fn take(&mut self, batch: &mut Vec<Note>) {
        for note in batch.extract_if(.., |note| matches!(note, Note::Missed(..))) {
            let Note::Missed(words, at_ms) = note else { continue };
            self.0.retain(|(before, _)| *before == words || !words.starts_with(before.as_str()));
            self.0.push((words, at_ms));
        }
    }

    /// Those that nobody went on with.
    fn done(&mut self, now_ms: i64) -> Vec<Note> {
        let patience = i64::try_from(TYPING.as_millis()).unwrap_or(i64::MAX);
        let over = |(_, at_ms): &mut (String, i64)| at_ms.saturating_add(patience) <= now_ms;
        self.0.extract_if(.., over).map(|(words, at_ms)| Note::Missed(words, at_ms)).collect()
    }
}

async fn write(app: &App, batch: Vec<Note>) {
    let count = batch.len() as u64;
    let (mut suggested, mut exposed, mut missed) = (Vec::new(), Vec::new(), Vec::new());
    for note in batch {
        match note {
            Note::Suggested(note) => suggested.push(note),
            Note::Exposed(note) => exposed.push(note),
            Note::Missed(words, at_ms) => missed.push((words, at_ms)),
        }
    }
    let Ok(ledger) = app.memory.ledger() else { return };
    let done = async {
        if !exposed.is_empty() {
            ledger.record_exposures(&exposed).await?;
        }
        if !suggested.is_empty() {
            ledger.record_suggestions(&suggested).await?;
        }
        if !missed.is_empty() {
            ledger.record_misses(&missed).await?;
        }
        Ok(())
    };
    if let Err(error) = app.memory.seen(done.await) {
        app.memory.notes.lose(count);
        tracing::warn!(%error, count, "what was suggested could not be noted");
    }
}
