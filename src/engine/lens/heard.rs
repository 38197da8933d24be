//! One piece of what was said, read and scored.

use super::beside::Beside;
use super::clauses::Piece;
use super::names::Found;
use super::reading::Reading;
use super::trained::Scores;

pub(super) struct Heard<'a> {
    pub piece: Piece<'a>,
    pub reading: Reading,
    /// Products that it names.
    pub found: Vec<Found>,
    /// Scores as they count.
    pub scores: Scores,
    /// What it says beside its products' names; none where it names none.
    pub beside: Option<Beside>,
}

impl Heard<'_> {
    /// Score of an issue, by the piece's weight.
    pub fn score(&self, issue: usize) -> f32 {
        self.weighed(&self.scores.by_issue, issue)
    }

    /// The same for the places after the first.
    pub fn later(&self, issue: usize) -> f32 {
        self.weighed(&self.scores.later, issue)
    }

    fn weighed(&self, scores: &[f32], issue: usize) -> f32 {
        let score = scores.get(issue).copied().unwrap_or(0.0);
        if score > 0.0 { score * self.piece.weight } else { score }
    }
}
