//! The signals: each a reason to rank, in a file of its own, returning its contribution.
//!
//! The score of a suggestion is the sum of these contributions; nothing else adds points. Each file says why its
//! signal exists, its formula and source, and what it means at 0 and at 1; each has its case in `tests/cases`.

mod asked;
mod expectation;
mod kind;
mod lang;
mod mood;
pub(super) mod occasion;
mod review;
mod situation;
mod stage;
mod unasked;
mod words;

use super::reading::View;
use super::weights::{Weight, Weights};
use super::{Contribution, suggestion::POINTS};

/// A reason to rank: how much of it a tip has, and how a person is told.
pub(super) struct Signal {
    pub name: &'static str,
    weight: fn(&Weights) -> Weight,
    /// -1 to 1; 0 says nothing.
    value: fn(&View<'_>) -> f32,
    /// What a person reads about it; asked only where the value counts.
    detail: fn(&View<'_>) -> String,
}

/// What ranks tips to volunteer.
pub(super) const FOR_TIPS: &[Signal] = &[
    situation::SIGNAL,
    expectation::SIGNAL,
    words::SIGNAL,
    unasked::SIGNAL,
    stage::SIGNAL,
    occasion::SIGNAL,
    review::SIGNAL,
    lang::SIGNAL,
    kind::SIGNAL,
];

/// What ranks answers to what was asked: being asked is their reason, and no next issue is expected.
pub(super) const FOR_ANSWERS: &[Signal] =
    &[asked::SIGNAL, situation::OF_ANSWERS, words::SIGNAL, review::SIGNAL, lang::SIGNAL];

/// What ranks craft: the person on the call, not the product.
pub(super) const FOR_CRAFT: &[Signal] = &[
    mood::SIGNAL,
    stage::SIGNAL,
    situation::OF_CRAFT,
    kind::SIGNAL,
    occasion::SIGNAL,
    words::SIGNAL,
    review::SIGNAL,
    lang::SIGNAL,
];

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
