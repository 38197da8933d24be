//! What the engine answers: suggestions with their reasons, or silence with its code.

use crate::tip::Tip;
use chrono::NaiveDate;
use std::sync::Arc;

/// Points in one: values are kept to four decimals, so that what is printed adds up exactly to the printed score.
pub(super) const POINTS: f32 = 10_000.0;

/// One reason to rank a tip, with its points. The score of a suggestion is the sum of these and nothing else.
#[derive(Clone, Debug, PartialEq)]
pub struct Contribution {
    /// The signal's name: the name of its file.
    pub signal: &'static str,
    pub value: f32,
    /// What a person reads about it.
    pub detail: String,
}

/// A tip worth volunteering.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    pub tip: Arc<Tip>,
    /// Sum of the contributions' values.
    pub score: f32,
    pub contributions: Vec<Contribution>,
    /// Sentences for a person.
    pub why: Vec<String>,
    pub review: ReviewState,
    pub review_by: Option<NaiveDate>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReviewState {
    Fresh,
    /// Falls due within thirty days.
    Due,
    Overdue,
    /// No review date is known.
    None,
}

/// Why nothing is volunteered.
#[derive(Clone, Debug, PartialEq)]
pub struct Silence {
    pub code: SilenceCode,
    pub detail: String,
    /// The tip that a gate kept back, where one did: for those who count, never for those who talk.
    pub kept_back: Option<Arc<Tip>>,
    /// True where somebody may be in danger: then nothing else is to be said.
    pub danger: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SilenceCode {
    /// No product and no issue was understood.
    NoSituation,
    /// The situation is clear and no tip fits it.
    NoTip,
    /// What the best tip prevents is not likely enough to follow.
    Unlikely,
    /// The customer has heard it.
    AlreadyTold,
    /// The customer asked just that: it is an answer, not a tip.
    Asked,
    /// The best tip is past its review.
    Overdue,
    /// The customer was drawn into the group that is not told. Set where experiments run.
    HeldOut,
}

impl ReviewState {
    /// The word the API answers with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Fresh => "fresh",
            Self::Due => "due",
            Self::Overdue => "overdue",
            Self::None => "none",
        }
    }
}

impl SilenceCode {
    /// Every code, in the order of the API's page.
    pub const ALL: [SilenceCode; 7] =
        [Self::NoSituation, Self::NoTip, Self::Unlikely, Self::AlreadyTold, Self::Asked, Self::Overdue, Self::HeldOut];

    /// The word the API answers with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoSituation => "no_situation",
            Self::NoTip => "no_tip",
            Self::Unlikely => "unlikely",
            Self::AlreadyTold => "already_told",
            Self::Asked => "asked",
            Self::Overdue => "overdue",
            Self::HeldOut => "held_out",
        }
    }
}

/// The whole answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The one tip worth volunteering now, or the reason to stay silent.
    pub tip: Result<Suggestion, Silence>,
    /// Further suggestions, best first.
    pub others: Vec<Suggestion>,
    /// What they did ask, answered from the library; at most three.
    pub answers: Vec<Suggestion>,
    /// One craft tip for the agent's manner.
    pub craft: Option<Suggestion>,
}

impl Answer {
    /// Every tip of it.
    pub fn tips(&self) -> impl Iterator<Item = &Arc<Tip>> + Clone {
        let suggested = self.tip.iter().chain(&self.others).chain(&self.answers).chain(&self.craft);
        suggested.map(|suggestion| &suggestion.tip)
    }
}
