//! One piece of what was said, read and scored.

use super::beside::Beside;
use super::clauses::Piece;
use super::names::Found;
use super::reading::Reading;
use super::trained::Scores;
use crate::engine::tokens;

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

    /// True where it says something beyond the names of products and what goes with any of them, as "please".
    pub fn says_more(&self) -> bool {
        let named = |at: usize| self.found.iter().any(|f| (f.from..f.to).contains(&at));
        self.reading.words.iter().enumerate().any(|(at, word)| !named(at) && tokens::says_more(word))
    }

    fn weighed(&self, scores: &[f32], issue: usize) -> f32 {
        let score = scores.get(issue).copied().unwrap_or(0.0);
        if score > 0.0 { score * self.piece.weight } else { score }
    }
}
