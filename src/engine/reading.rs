//! A question read once, before any tip is looked at; and each candidate as the signals see it.

use super::asked::{self, Asked, Said};
use super::expected::{Expected, expected};
use super::fit::{Fit, certainty, chance, fit};
use super::occasions::Occasions;
use super::tone::{self, Read};
use super::{Candidate, Moment, Question, ReviewState, Situation, review_state};
use crate::tip::{Mood, Stage, Tip};
use chrono::NaiveDate;
use std::sync::Arc;

/// What is known before any tip is looked at.
pub struct Reading<'a> {
    pub(super) question: &'a Question,
    pub(super) situation: &'a Situation,
    pub(super) moment: Moment,
    pub(super) mood: Option<Read<Mood>>,
    pub(super) stage: Option<Read<Stage>>,
    pub(super) occasions: Occasions,
    pub(super) said: Said,
    /// Nothing was said beyond a product.
    pub(super) bare: bool,
}

/// Meaningful words up to which a text only names a product: "gerber daisies", "wifi router".
const BARE_WORDS: usize = 2;

impl<'a> Reading<'a> {
    pub(super) fn new(question: &'a Question, situation: &'a Situation, moment: Moment) -> Self {
        let said = Said::new(&question.text, situation);
        Self {
            question,
            situation,
            moment,
            mood: question.mood.map(Read::given).or_else(|| tone::mood(&question.text)),
            stage: question.stage.map(Read::given).or_else(|| tone::stage(&question.text)),
            occasions: Occasions::new(&question.occasions, &question.text),
            bare: question.issues.is_empty() && said.words <= BARE_WORDS,
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
    pub(super) review: ReviewState,
    pub(super) review_by: Option<NaiveDate>,
}

impl<'a> View<'a> {
    pub(super) fn new(reading: &'a Reading<'a>, candidate: &'a Candidate) -> Self {
        let tip = &candidate.tip;
        let words = chance(candidate.words);
        let (review, review_by) = review_state(tip, reading.moment.today);
        Self {
            reading,
            tip,
            words,
            fit: fit(tip, reading.situation, words, reading.bare),
            asked: asked::asked(candidate, reading.situation, &reading.said),
            expected: expected(tip),
            review,
            review_by,
        }
    }

    /// The chance that this very contact leads to the issue that the tip prevents: that it is such a contact, times
    /// how often the issue follows in those. None where the tip prevents nothing.
    pub(super) fn chance_here(&self) -> Option<f32> {
        self.expected.map(|e| e.chance * self.fit.joint)
    }

    /// Chance that the contact is about the likeliest of the issues that the tip names, whatever the product.
    pub(super) fn heard_issue(&self) -> f32 {
        let named = self.reading.situation.issues.iter().filter(|i| self.tip.when.contains(&i.id));
        named.map(certainty).fold(0.0, f32::max)
    }

    /// True where this customer has heard the tip, under any id it ever had.
    pub(super) fn told(&self) -> bool {
        let told = &self.reading.question.told;
        told.contains(&self.tip.id) || self.tip.aliases.iter().any(|old| told.contains(old))
    }

    /// True where the tip is for customers of whom a fact is known, and none of those facts is.
    pub(super) fn lacks_occasion(&self) -> bool {
        let occasions = &self.tip.occasions;
        !occasions.is_empty() && occasions.iter().all(|o| self.reading.occasions.heard(o).is_none())
    }
}
