//! A question becomes one tip: the snapshot's lens, the index's candidates, the engine's decision.

use super::App;
use crate::engine::lens::Given;
use crate::engine::{self, Answer, Candidate, Moment, Question, Situation};
use crate::index::{IndexError, Wanted};
use crate::tip::Kind;
use chrono::{DateTime, Utc};
use std::time::Instant;

/// Tips that the index hands to the engine at most, where no word was said and each costs next to nothing to choose:
/// a product with more tips than this should have sections.
pub const CANDIDATES: usize = 100;

/// And where words were said. Reading the candidates from disk is most of an answer's time in a large library, so they
/// are as few as leave room, after gates and answers, for the tip, the others that were asked for, and those that the
/// index chose by words alone.
pub const CANDIDATES_BY_WORDS: usize = 40;

/// Candidates beside those, for each of the others that are asked for.
const FOR_EACH_OTHER: usize = 2;

/// Craft tips that the index hands to the engine at most: a library of craft has some dozens.
pub const CRAFT_CANDIDATES: usize = 64;

/// The answer with what it was made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggested {
    /// UUIDv7; the only part, with `took_us`, that differs between two same questions on the same library.
    pub id: String,
    pub situation: Situation,
    pub answer: Answer,
    /// Fingerprint of the library that answered.
    pub library: String,
    pub took_us: u64,
}

impl App {
    /// Answers `question` as of `now` from the snapshot that is served at this moment. Writes nothing.
    pub fn suggest(&self, question: &Question, now: DateTime<Utc>) -> Result<Suggested, IndexError> {
        let start = Instant::now();
        let snapshot = self.snapshot.load();
        let given = Given { text: &question.text, products: &question.products, issues: &question.issues };
        let situation = snapshot.lens.recognise(given);
        let mut candidates: Vec<Candidate> =
            snapshot.searcher.candidates(&wanted(question, &situation, Kind::Tip, most(question)))?;
        if engine::calls_for_craft(question, &situation) {
            candidates.extend(snapshot.searcher.candidates(&wanted(
                question,
                &situation,
                Kind::Craft,
                CRAFT_CANDIDATES,
            ))?);
        }
        let moment = Moment { today: now.date_naive(), drafts: self.settings.drafts };
        let answer = engine::suggest(question, &situation, &candidates, moment);
        Ok(Suggested {
            id: uuid::Uuid::now_v7().to_string(),
            situation,
            answer,
            library: snapshot.fingerprint.clone(),
            took_us: u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX),
        })
    }
}

/// Candidates that are worth looking at for `question`.
fn most(question: &Question) -> usize {
    match question.text.trim() {
        "" => CANDIDATES,
        _ => (CANDIDATES_BY_WORDS + FOR_EACH_OTHER * question.limit).min(CANDIDATES),
    }
}

fn wanted(question: &Question, situation: &Situation, kind: Kind, limit: usize) -> Wanted {
    Wanted {
        text: question.text.clone(),
        products: situation.products.iter().map(|p| (p.id.clone(), p.confidence)).collect(),
        issues: situation.issues.iter().map(|i| (i.id.clone(), i.confidence)).collect(),
        limit,
        kind: Some(kind),
    }
}
