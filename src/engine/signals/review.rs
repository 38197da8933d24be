//! How far the tip can be relied on today.
//!
//! Why: prices, forms and opening hours change, and a stale tip breaks a promise. Formula: nothing off while the
//! review is fresh or none is set, a quarter off while it falls due within 30 days, all off once it is overdue.
//! An overdue tip is never volunteered; the points only order it among the others. The quarter breaks ties in favour
//! of what was checked lately and does no more.
//! At 0 it is fresh; at 1 (points off) its review has passed.

use crate::engine::ReviewState;
use crate::engine::reading::View;
use crate::engine::signal::Signal;

/// Share of the weight that a review due soon costs.
const DUE: f32 = 0.25;

pub(super) const SIGNAL: Signal = Signal { name: "review", weight: |w| w.review, value, detail };

fn value(view: &View<'_>) -> f32 {
    match view.review {
        ReviewState::Fresh | ReviewState::None => 0.0,
        ReviewState::Due => -DUE,
        ReviewState::Overdue => -1.0,
    }
}

fn detail(view: &View<'_>) -> String {
    let by = view.review_by.map(|day| day.format("%-d %b %Y").to_string()).unwrap_or_default();
    match view.review {
        ReviewState::Overdue => format!("Its review was due on {by}."),
        _ => format!("Its review falls due on {by}."),
    }
}
