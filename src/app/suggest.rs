//! A question becomes one tip: the snapshot's lens, the index's candidates, the engine's decision.

use super::App;
use super::memory::{Answered, Note};
use crate::engine::lens::Given;
use crate::engine::{self, Answer, Candidate, Known, Moment, Question, SilenceCode, Situation};
use crate::index::{IndexError, Wanted};
use crate::ledger::{Arm, Customer, Exposure, SuggestionNote};
use crate::tip::{Kind, SectionId};
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
    /// True where a ledger should have been asked and could not be: told before or not, nobody knows.
    pub ledger_away: bool,
}

impl App {
    /// Answers `question` as of `now` with all that is remembered of its customer, and notes in the background what was
    /// suggested.
    pub async fn answer(&self, mut question: Question, now: DateTime<Utc>) -> Result<Suggested, IndexError> {
        let recalled = self.recall(&mut question, now).await;
        let mut suggested = self.suggest(&question, now)?;
        suggested.ledger_away = recalled.away;
        self.note(&question, &suggested, recalled.customer, now);
        Ok(suggested)
    }

    fn note(&self, question: &Question, suggested: &Suggested, customer: Option<Customer>, now: DateTime<Utc>) {
        let at_ms = now.timestamp_millis();
        let (tip, silence) = match &suggested.answer.tip {
            Ok(suggestion) => (Some(&suggestion.tip), None),
            Err(silence) => (silence.kept_back.as_ref(), Some(silence.code)),
        };
        let held_out = silence == Some(SilenceCode::HeldOut);
        let product = suggested.situation.products.first().map(|product| product.id.clone());
        let drawn = (silence.is_none() || held_out) && tip.is_some_and(|tip| tip.takes_part());
        let draw = question.remembered.draw.as_ref().filter(|_| drawn);
        let arm = draw.map(|_| if held_out { Arm::HeldOut } else { Arm::Told });
        let exposure = match (draw, arm, &customer, tip) {
            (Some(draw), Some(arm), Some(customer), Some(tip)) => Some(Exposure {
                customer: customer.clone(),
                // As it was called when they were drawn first, so that nobody counts twice.
                tip: draw.name_of(tip).clone(),
                at_ms,
                arm,
                product: product.clone(),
                issue: tip.prevents.clone(),
                lot: self.memory.held_out(),
            }),
            _ => None,
        };
        // Why a customer came back is looked for in what was shown: all tips that prevent something. One that was kept
        // back may stand among the others, and is put down to what kept it back.
        let beside = suggested.answer.answers.iter().chain(&suggested.answer.others).map(|listed| &listed.tip);
        let beside = beside.filter(|beside| beside.prevents.is_some() && tip.is_none_or(|tip| tip.id != beside.id));
        let suggestion = SuggestionNote {
            id: suggested.id.clone(),
            at_ms,
            tip: tip.map(|tip| tip.id.clone()),
            silence: silence.map(|code| code.as_str().to_owned()),
            beside: beside.filter(|_| customer.is_some()).map(|beside| beside.id.clone()).collect(),
            product,
            issue: suggested.situation.issues.first().map(|issue| issue.id.clone()),
            arm,
            customer,
        };
        if let Some(customer) = &suggestion.customer {
            self.memory.lately.answered(&suggestion.id, customer);
        }
        let understood = silence != Some(SilenceCode::NoSituation);
        let text = question.text.trim().to_owned();
        self.leave_note(Note::Answered(Box::new(Answered { text, suggestion, exposure, understood })));
    }

    /// Answers `question` as of `now` from the snapshot that is served at this moment. Writes nothing.
    pub fn suggest(&self, question: &Question, now: DateTime<Utc>) -> Result<Suggested, IndexError> {
        let start = Instant::now();
        let snapshot = self.snapshot.load();
        let given = Given { text: &question.text, products: &question.products, issues: &question.issues };
        let mut situation = snapshot.lens.recognise(given);
        let title =
            |id: &SectionId| snapshot.sections.get(id).map_or_else(String::new, |section| section.title.clone());
        snapshot.searcher.homes().bring(&mut situation, title);
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
        let foresight = self.memory.learned();
        let sections = Some(&*snapshot.sections);
        let known = Known { foresight: foresight.as_deref(), had: &question.remembered.had, sections };
        let answer = engine::suggest_knowing(question, &situation, &candidates, moment, known);
        Ok(Suggested {
            id: uuid::Uuid::now_v7().to_string(),
            situation,
            answer,
            library: snapshot.fingerprint.clone(),
            took_us: u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX),
            ledger_away: false,
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
