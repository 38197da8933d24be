//! How exactly a tip answers what the customer did ask. Ranks `answers` only.
//!
//! Why: what they asked is answered too, best match first. Formula: the greater of the likeness of their
//! words and the tip's question and half of the chance that the contact is about the issue that the tip prevents
//! (`engine/asked.rs`). At 0 it was not asked; at ½ it helps with what they are certainly in touch about; at 1 it is
//! word for word what they want to know.

use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal = Signal {
    name: "asked",
    weight: |w| w.asked,
    value: |v| v.asked.answering(),
    detail: |v| {
        if v.asked.is_worded() {
            "They asked this in words of their own.".to_owned()
        } else {
            "It helps with the issue that they are in touch about.".to_owned()
        }
    },
};
