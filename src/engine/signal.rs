//! What a signal is, and how signals become points: the only place where a score is added up.

use super::Contribution;
use super::reading::View;
use super::suggestion::POINTS;
use super::weights::{Weight, Weights};

/// A reason to rank: how much of it a tip has, and how a person is told.
pub(super) struct Signal {
    pub name: &'static str,
    pub weight: fn(&Weights) -> Weight,
    /// -1 to 1; 0 says nothing.
    pub value: fn(&View<'_>) -> f32,
    /// What a person reads about it; asked only where the value counts.
    pub detail: fn(&View<'_>) -> String,
}

/// Points of `view` in units of 1/`POINTS`: the sum of what `contributions` lists.
pub(super) fn points(signals: &[Signal], view: &View<'_>) -> i64 {
    signals.iter().map(|s| s.points(view)).sum()
}

/// The contributions of those signals that count for `view`, in the signals' order.
pub(super) fn contributions(signals: &[Signal], view: &View<'_>) -> Vec<Contribution> {
    signals
        .iter()
        .filter_map(|s| match s.points(view) {
            0 => None,
            points => Some(Contribution { signal: s.name, value: points as f32 / POINTS, detail: (s.detail)(view) }),
        })
        .collect()
}

impl Signal {
    /// Weight times value, rounded to a whole number of points, so that what is printed adds up exactly.
    fn points(&self, view: &View<'_>) -> i64 {
        let value = (self.value)(view);
        let value = if value.is_nan() { 0.0 } else { value.clamp(-1.0, 1.0) };
        ((self.weight)(&Weights::STANDARD).get() * value * POINTS).round() as i64
    }
}
