//! A question read once, before any tip is looked at; and each candidate as the signals see it.

use super::asked::{self, Asked, Said};
use super::expected::{Expected, expected};
use super::fit::{Fit, certainty, chance, fit};
use super::grave::Grave;
use super::occasions::Occasions;
use super::tone::{self, Read};
use super::{Candidate, Known, Moment, Question, ReviewState, Situation, review_state};
use crate::tip::{IssueId, Mood, Stage, Tip};
use chrono::NaiveDate;
use std::collections::BTreeSet;
use std::sync::Arc;

/// What is known before any tip is looked at.
pub struct Reading<'a> {
    pub(super) question: &'a Question,
    pub(super) situation: &'a Situation,
    pub(super) moment: Moment,
    pub(super) known: Known<'a>,
    pub(super) mood: Option<Read<Mood>>,
    pub(super) stage: Option<Read<Stage>>,
    pub(super) occasions: Occasions,
    pub(super) grave: Option<Grave>,
    pub(super) said: Said,
    /// Nothing was said beyond a product.
    pub(super) bare: bool,
}

impl<'a> Reading<'a> {
    pub(super) fn new(question: &'a Question, situation: &'a Situation, moment: Moment, known: Known<'a>) -> Self {
        let said = Said::new(&question.text, situation);
        Self {
            question,
            situation,
            moment,
            known,
            mood: question.mood.map(Read::given).or_else(|| tone::mood(&question.text)),
            stage: question.stage.map(Read::given).or_else(|| tone::stage(&question.text)),
            occasions: Occasions::new(&question.occasions, &question.text),
            grave: Grave::heard(&question.text),
            bare: question.issues.is_empty() && situation.bare,
            said,
        }
    }
}

/// One candidate with all that the signals look at.
pub struct View<'a> {
    pub(super) reading: &'a Reading<'a>,
    pub(super) tip: &'a Arc<Tip>,
    /// How well the question's words match the tip's text, 0 to 1.
    pub(super) words: f32,
    pub(super) fit: Fit,
    pub(super) asked: Asked,
    pub(super) expected: Option<Expected>,
    /// How much likelier the next issue is than in all such contacts, because what was said points to this tip more
    /// than to the others; 1 where it does not. See `point`.
    pub(super) pointed: f32,
    pub(super) review: ReviewState,
    pub(super) review_by: Option<NaiveDate>,
}

impl<'a> View<'a> {
    /// `usual` are the issues in which a product that was only named is usually the matter.
    pub(super) fn new(reading: &'a Reading<'a>, candidate: &'a Candidate, usual: &BTreeSet<IssueId>) -> Self {
        let tip = &candidate.tip;
        let bare = reading.bare && tip.when.iter().any(|issue| usual.contains(issue));
        let words = chance(candidate.words);
        let (review, review_by) = review_state(tip, reading.moment.today);
        Self {
            reading,
            tip,
            words,
            fit: fit(tip, reading.situation, words, bare),
            asked: asked::asked(candidate, reading.situation, &reading.said),
            expected: expected(tip, reading.situation, &reading.known),
            pointed: 1.0,
            review,
            review_by,
        }
    }

    /// The chance that this very contact leads to the issue that the tip prevents: that it is such a contact, times
    /// how often the issue follows in those, more where what was said points to it. None where the tip prevents nothing.
    pub(super) fn chance_here(&self) -> Option<f32> {
        self.expected.map(|e| (e.chance * self.pointed).min(1.0) * self.fit.joint)
    }

    /// Chance that the contact is about the likeliest of the issues that the tip names, whatever the product.
    pub(super) fn heard_issue(&self) -> f32 {
        let named = self.reading.situation.issues.iter().filter(|i| self.tip.when.contains(&i.id));
        named.map(certainty).fold(0.0, f32::max)
    }

    /// True where this customer has heard the tip, under any id it ever had.
    pub(super) fn told(&self) -> bool {
        let told = &self.reading.question.told;
        told.contains(&self.tip.id)
            || self.tip.aliases.iter().any(|old| told.contains(old))
            || self.reading.question.remembered.has_heard(self.tip)
    }

    /// True where the tip was dismissed as wrong or unsafe, and no editor has looked at it since.
    pub(super) fn flagged(&self) -> bool {
        self.reading.question.remembered.is_flagged(self.tip)
    }

    /// True where the customer was drawn into the group that is not told this tip.
    pub(super) fn held_out(&self) -> bool {
        self.reading.question.remembered.is_held_out(self.tip)
    }

    /// True where the contact is grave and the tip has nothing to say to that.
    pub(super) fn out_of_place(&self) -> bool {
        self.reading.grave.is_some_and(|grave| !grave.is_spoken_of(self.tip))
    }

    /// True where the tip is for customers of whom a fact is known, and none of those facts is.
    pub(super) fn lacks_occasion(&self) -> bool {
        let occasions = &self.tip.occasions;
        !occasions.is_empty() && occasions.iter().all(|o| self.reading.occasions.heard(o).is_none())
    }
}

/// What was said makes a tip's issue at most so many times likelier: "in hospital" turns one gift in seven into about
/// one in three, and what hardly ever happens stays unlikely. A judgement, held by the cases.
pub(super) const POINTED_MOST: f32 = 3.0;

/// How fast: each tenth (of 1) by which words match a tip better than any other makes its issue half as likely again.
/// In the sample library a telling word makes three to four tenths, and other words less than one.
const POINTED_BY: f32 = 5.0;

/// Words have to match better by this much before they point at all: less is chance.
const NO_POINT: f32 = 0.1;

/// Sets `pointed` of the tip that the words single out, if any. An editor's guess is about all contacts in the
/// situation; words that stand in one tip and in no other that fits as well pick those contacts in which its issue is
/// likelier. Words that tips share, such as the product's name, point to none.
pub(super) fn point(views: &mut [View<'_>]) {
    let Some(best) = (0..views.len()).filter(|i| views[*i].fit.joint > 0.0).max_by(|a, b| {
        let (a, b) = (&views[*a], &views[*b]);
        a.words.total_cmp(&b.words).then_with(|| b.tip.id.cmp(&a.tip.id))
    }) else {
        return;
    };
    let enough = views[best].fit.joint / 2.0;
    let rivals = views.iter().enumerate().filter(|(i, v)| *i != best && v.fit.joint >= enough);
    if let Some(next) = rivals.map(|(_, v)| v.words).reduce(f32::max) {
        let beyond = views[best].words - next - NO_POINT;
        views[best].pointed = (1.0 + POINTED_BY * beyond.max(0.0)).min(POINTED_MOST);
    }
}
