//! Whether the customer has half asked for it already.
//!
//! Why: restating the question is search, not a tip. What was clearly asked is an answer and is ranked there; this
//! signal lowers a tip for what was perhaps asked. Formula: minus the greater of the chance that the contact is
//! about the prevented issue and the likeness of wording (`engine/asked.rs`).
//! At 0 nothing hints that they asked; at 1 (points off) they asked just this.

use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal = Signal {
    name: "unasked",
    weight: |w| w.unasked,
    value: |v| -v.asked.degree(),
    detail: |v| {
        if v.asked.issue >= v.asked.wording {
            "They may be in touch about just what this prevents.".to_owned()
        } else {
            "They may have asked this themselves.".to_owned()
        }
    },
};
