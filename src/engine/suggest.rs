//! From a question, its situation and the candidates to one tip or silence.

use super::fit::chance;
use super::grave::Grave;
use super::reading::{Reading, View, point};
use super::signal::{self, Signal};
use super::signals::{FOR_ANSWERS, FOR_CRAFT, FOR_TIPS};
use super::silence::{Gate, gate, held_out, silence, understood};
use super::suggestion::POINTS;
use super::usual::usual;
use super::{Answer, Candidate, Known, Moment, Question, Silence, SilenceCode, Situation, Suggestion, craft, why};
use crate::tip::{IssueId, Kind, SectionId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Answers at most: what is read at a glance above the tip.
pub const ANSWERS: usize = 3;

/// A tip is listed among the others where the chance that it is such a contact is this or more, as for the gate: an
/// agent looks at five to find one.
const LISTED_FIT: f32 = 0.2;

/// Or where its words match this well and it is for no other product: half of what was said, by weight.
const LISTED_WORDS: f32 = 0.5;

/// An asked tip is an answer only where the customer more likely has its product than not: what keeps roses from
/// leaning answers nothing about tulips.
const SAME_PRODUCT: f32 = 0.5;

/// Scores the candidates, keeps asked and unasked apart, and decides between one tip and silence.
///
/// The order of the candidates does not matter; one that comes twice counts once, with its best match. Nothing is known
/// of the past.
pub fn suggest(question: &Question, situation: &Situation, candidates: &[Candidate], moment: Moment) -> Answer {
    suggest_knowing(question, situation, candidates, moment, Known::default())
}

/// The same, with what contacts have taught and what this customer had before.
pub fn suggest_knowing(
    question: &Question,
    situation: &Situation,
    candidates: &[Candidate],
    moment: Moment,
    known: Known<'_>,
) -> Answer {
    let reading = Reading::new(question, situation, moment, known);
    let served = once_each(candidates, moment.drafts);
    let usual = usual(&served, situation);
    let views = served.iter().map(|candidate| View::new(&reading, candidate, &usual));
    let (craft, tips): (Vec<View<'_>>, Vec<View<'_>>) = views.partition(|v| v.tip.kind == Kind::Craft);
    let (asked, mut unasked): (Vec<View<'_>>, Vec<View<'_>>) = tips.into_iter().partition(|v| v.asked.is_asked());
    point(&mut unasked);

    let alone = alone(&asked);
    let answers = ranked(asked.into_iter().filter(|v| answers(v, &alone)), FOR_ANSWERS);
    keep_to_the_question(&mut unasked, &answers);
    let unasked = ranked(unasked, FOR_TIPS);
    let craft = ranked(craft.into_iter().filter(in_place).filter(craft::called_for), FOR_CRAFT);
    let chosen = decide(&reading, &unasked, answers.first());

    let others = unasked
        .iter()
        .enumerate()
        .filter(|(i, scored)| chosen.as_ref() != Ok(i) && scored.listed() && in_place(&scored.view))
        .take(question.limit)
        .map(|(_, scored)| scored.suggestion(FOR_TIPS, why::of_tip))
        .collect();
    Answer {
        tip: chosen.map(|i| unasked[i].suggestion(FOR_TIPS, why::of_tip)),
        others,
        answers: answers.iter().take(ANSWERS).map(|s| s.suggestion(FOR_ANSWERS, why::of_answer)).collect(),
        craft: craft.first().map(|s| s.suggestion(FOR_CRAFT, why::of_craft)),
    }
}

/// Issues that one tip alone prevents, of those that are asked for: it is what the library knows about them.
fn alone(asked: &[View<'_>]) -> BTreeSet<IssueId> {
    let mut tips: BTreeMap<&IssueId, usize> = BTreeMap::new();
    for prevented in asked.iter().filter_map(|v| v.tip.prevents.as_ref()) {
        *tips.entry(prevented).or_default() += 1;
    }
    tips.into_iter().filter(|(_, n)| *n == 1).map(|(issue, _)| issue.clone()).collect()
}

/// True where an asked tip is an answer: it is their question word for word; or they more likely have its product than
/// not, and it is their question in other words, or has to do with the issue that they are in touch about.
fn answers(view: &View<'_>, alone: &BTreeSet<IssueId>) -> bool {
    let asked = view.asked;
    let alone = view.tip.prevents.as_ref().is_some_and(|issue| alone.contains(issue));
    let same_product = view.fit.product >= SAME_PRODUCT;
    in_place(view)
        && !view.flagged()
        && (asked.is_verbatim() || same_product && (asked.is_worded() || asked.to_the_point || alone))
}

/// False where somebody may be in danger, and the tip does not speak of it.
fn in_place(view: &View<'_>) -> bool {
    !view.reading.grave.is_some_and(Grave::is_danger) || !view.out_of_place()
}

/// Whose question is a tip's own, word for word, has that tip's product: what is for another is not volunteered.
fn keep_to_the_question(unasked: &mut Vec<View<'_>>, answers: &[Scored<'_>]) {
    let Some(answer) = answers.first().map(|a| &a.view).filter(|v| v.asked.is_verbatim()) else { return };
    let related = |p: &SectionId| answer.tip.products.iter().any(|of| of.contains(p) || p.contains(of));
    unasked.retain(|view| view.tip.products.is_empty() || view.tip.products.iter().any(related));
}

/// The candidates by id, each once, without drafts unless they are served.
fn once_each(candidates: &[Candidate], drafts: bool) -> Vec<Candidate> {
    let mut served: Vec<Candidate> = candidates
        .iter()
        .filter(|c| drafts || !c.tip.draft)
        .map(|c| Candidate { tip: Arc::clone(&c.tip), words: chance(c.words), asked: chance(c.asked) })
        .collect();
    served.sort_by(|a, b| a.tip.id.cmp(&b.tip.id).then(b.words.total_cmp(&a.words)).then(b.asked.total_cmp(&a.asked)));
    served.dedup_by(|again, first| {
        let same = again.tip.id == first.tip.id;
        if same {
            first.asked = first.asked.max(again.asked);
        }
        same
    });
    served
}

/// A view with its points.
struct Scored<'a> {
    view: View<'a>,
    points: i64,
}

/// The views, most points first, ties by id.
fn ranked<'a>(views: impl IntoIterator<Item = View<'a>>, by: &[Signal]) -> Vec<Scored<'a>> {
    let mut all: Vec<Scored<'a>> =
        views.into_iter().map(|view| Scored { points: signal::points(by, &view), view }).collect();
    all.sort_by(|a, b| b.points.cmp(&a.points).then_with(|| a.view.tip.id.cmp(&b.view.tip.id)));
    all
}

/// Which of the ranked tips is volunteered: the first that passes all gates. Else the reason to stay silent.
fn decide(reading: &Reading<'_>, ranked: &[Scored<'_>], answer: Option<&Scored<'_>>) -> Result<usize, Silence> {
    let clear = understood(reading.situation);
    let mut shut: Option<(&View<'_>, SilenceCode)> = None;
    for (at, scored) in ranked.iter().enumerate() {
        match gate(&scored.view) {
            Gate::Open if clear || scored.view.fit.by_words => return Ok(at),
            // Nothing else is told in its place: the comparison is with silence.
            Gate::HeldOut if clear || scored.view.fit.by_words => {
                return Err(held_out(scored.view.tip));
            }
            Gate::Shut(code) if shut.is_none() => shut = Some((&scored.view, code)),
            _ => {}
        }
    }
    let all: Vec<&View<'_>> = ranked.iter().map(|scored| &scored.view).collect();
    Err(silence(reading, shut, answer.map(|a| &a.view), &all))
}

impl Scored<'_> {
    /// True where an agent who wants more should see it.
    fn listed(&self) -> bool {
        let by_words = self.view.words >= LISTED_WORDS && self.view.fit.product > 0.0;
        let near = self.view.fit.joint >= LISTED_FIT || by_words;
        near && self.points > 0 && !self.view.told() && !self.view.flagged() && !self.view.held_out()
    }

    fn suggestion(&self, by: &[Signal], why: fn(&View<'_>) -> Vec<String>) -> Suggestion {
        let contributions = signal::contributions(by, &self.view);
        Suggestion {
            tip: Arc::clone(self.view.tip),
            score: self.points as f32 / POINTS,
            contributions,
            why: why(&self.view),
            review: self.view.review,
            review_by: self.view.review_by,
        }
    }
}
