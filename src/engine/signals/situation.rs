//! How well the situation fits.
//!
//! Why: a tip is the answer to a question that comes up *when* something is the case; told at another moment it is
//! noise. Formula: the chance that the customer has one of the tip's products and is in touch about one of the
//! issues under its `when` (`engine/fit.rs`), from the lens's calibrated confidences. For an answer the chance of the
//! product alone, since its issue is the one it prevents; for craft the chance of a `when` that the file names.
//! At 0 nothing says that it is such a contact; at 1 it certainly is.

use crate::engine::reading::View;
use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal = Signal { name: "situation", weight: |w| w.situation, value: |v| v.fit.joint, detail };

pub(super) const OF_ANSWERS: Signal = Signal {
    name: "situation",
    weight: |w| w.situation,
    value: |v| v.fit.product,
    detail: |v| format!("It is for what they have; {} in 100 sure.", percent(v.fit.product)),
};

pub(super) const OF_CRAFT: Signal = Signal {
    name: "situation",
    weight: |w| w.situation,
    value: |v| v.heard_issue(),
    detail: |v| format!("It is for what they got in touch about; {} in 100 sure.", percent(v.heard_issue())),
};

fn detail(view: &View<'_>) -> String {
    let sure = percent(view.fit.joint);
    if view.fit.by_words {
        return "It names no product and no issue; only their words tie it to this contact.".to_owned();
    }
    if view.fit.part {
        return format!("It is for a part of what they have; {sure} in 100 sure that it is theirs.");
    }
    if view.tip.when.is_empty() {
        return format!("It is for any contact about this product; {sure} in 100 sure.");
    }
    format!("This is a contact that the tip is for; {sure} in 100 sure.")
}

fn percent(chance: f32) -> u32 {
    (chance * 100.0).round() as u32
}
