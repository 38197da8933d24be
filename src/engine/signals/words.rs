//! How well the customer's own words match the tip's text.
//!
//! Why: two tips for one situation are told apart by what else was said ("for my mother in hospital"). Formula: the
//! index's BM25 score divided by the greatest score that these words could reach (`docs/search.md`).
//! At 0 no word is in common; at 1 every word of the customer's stands in the tip, as densely as can be.

use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal = Signal {
    name: "words",
    weight: |w| w.words,
    value: |v| v.words,
    detail: |_| "Words that they used stand in this tip.".to_owned(),
};
