//! How much each piece of evidence weighs, and from evidence to the chance that an issue is the next.
//!
//! A conditional logit (McFadden 1974): the chance of an issue is proportional to the exponential of the weighted sum of
//! its evidence. With the starting weights that is popularity and nothing else.
//!
//! The logit is one of two opinions. The other backs off from the exact history to popularity and learns no weights. They
//! are pooled linearly (Stone 1961), where past moments were ranked better so.

use super::evidence::{Evidence, PIECES, Support};

/// Sets of weights: one for all, one for each state of support, one for a last issue that nobody came back after.
pub(super) const BLOCKS: usize = 5;

/// The logit's weights, block by block. A history is ranked by the sum of the blocks that speak about it.
pub(super) type Weights = [f64; BLOCKS * PIECES];

/// What is learned from past moments.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Ranking {
    pub weights: Weights,
    /// Share of the opinion that backs off, 0 to 1: where a set is known by half, it has half of that.
    pub backed_off: f64,
}

impl Default for Ranking {
    /// Popularity alone: the first piece, whatever the support.
    fn default() -> Self {
        let mut weights = [0.0; BLOCKS * PIECES];
        weights[0] = 1.0;
        Self { weights, backed_off: 0.0 }
    }
}

/// The blocks that speak about a history with this support.
pub(super) fn blocks(support: Support) -> impl Iterator<Item = usize> + Clone {
    [0, 1 + support.set].into_iter().chain(support.unseen.then_some(4))
}

impl Ranking {
    /// The chance of each candidate to be the next issue, given that one comes: they sum to 1. `evidence` and
    /// `backed_off` are what is said of the candidates.
    pub(super) fn chances(&self, support: Support, evidence: &[Evidence], backed_off: &[f64]) -> Vec<f64> {
        let share = self.backed_off * support.known;
        let mut chances = chances(&of(&self.weights, support), evidence);
        chances
            .iter_mut()
            .zip(backed_off)
            .for_each(|(chance, other)| *chance = (1.0 - share) * *chance + share * other);
        chances
    }
}

/// The weights for one history.
pub(super) fn of(weights: &Weights, support: Support) -> [f64; PIECES] {
    let mut sum = [0.0; PIECES];
    for block in blocks(support) {
        for (sum, weight) in sum.iter_mut().zip(&weights[block * PIECES..]) {
            *sum += weight;
        }
    }
    sum
}

/// The logit's chances of the candidates: they sum to 1.
pub(super) fn chances(weights: &[f64; PIECES], evidence: &[Evidence]) -> Vec<f64> {
    let score = |e: &Evidence| -> f64 { e.iter().zip(weights).map(|(value, weight)| f64::from(*value) * weight).sum() };
    let mut chances: Vec<f64> = evidence.iter().map(score).collect();
    let most = chances.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let mut all = 0.0;
    for chance in &mut chances {
        *chance = (*chance - most).exp();
        all += *chance;
    }
    chances.iter_mut().for_each(|chance| *chance /= all);
    chances
}
