//! The one craft tip beside the answer: for the person on the call, called for by mood, stage or issue.
//!
//! It never takes the tip's place, and there is none where nothing calls for one.

use super::reading::View;
use super::{Question, ReviewState, Situation, tone};

/// True where something known about this contact calls for the craft tip, and nothing known speaks against it.
///
/// A mood, stage, issue or occasion that the file names must hold; a stage nobody knows is forgiven where the mood
/// calls. Craft that names none of them suits any contact, and so none in particular.
pub(super) fn called_for(view: &View<'_>) -> bool {
    let (tip, reading) = (view.tip, view.reading);
    if view.told() || view.flagged() || view.review == ReviewState::Overdue || view.lacks_occasion() {
        return false;
    }
    let mood = !tip.moods.is_empty() && reading.mood.is_some_and(|m| tip.moods.contains(&m.what));
    let stage = !tip.stages.is_empty() && reading.stage.is_some_and(|s| tip.stages.contains(&s.what));
    let issue = view.heard_issue() >= SURE_ISSUE;
    if (!tip.moods.is_empty() && !mood) || (!tip.when.is_empty() && !issue) {
        return false;
    }
    if !tip.stages.is_empty() && !stage && (reading.stage.is_some() || !mood) {
        return false;
    }
    mood || stage || issue || !tip.occasions.is_empty()
}

/// True where some craft tip might be called for: a mood or stage is known, an issue more likely than not, or a fact
/// about the customer. Saves fetching craft that cannot be.
pub fn calls_for_craft(question: &Question, situation: &Situation) -> bool {
    question.mood.is_some()
        || question.stage.is_some()
        || !question.occasions.is_empty()
        || situation.issue_confidence() >= SURE_ISSUE
        || tone::mood(&question.text).is_some()
        || tone::stage(&question.text).is_some()
}

/// Craft for an issue is shown where the contact is more likely about it than not.
const SURE_ISSUE: f32 = 0.5;
