//! Whether something is known about the customer that calls for this tip.
//!
//! Why: known facts make people feel special, and change what is worth saying. Formula: 1 where one of the tip's
//! occasions was given by the caller, ¾ where the customer mentioned it, else 0. The quarter less is for words that
//! were about somebody else; no data set says how often that is.
//! At 0 the tip is for any customer, or nothing is known; at 1 it is for just this occasion. A tip for an occasion
//! that nothing speaks of is not volunteered at all (`engine/silence.rs`).

use crate::engine::occasions::Heard;
use crate::engine::reading::View;
use crate::engine::signal::Signal;

/// What an occasion counts that was heard and not given.
const SAID: f32 = 0.75;

pub(super) const SIGNAL: Signal = Signal { name: "occasion", weight: |w| w.occasion, value, detail };

/// The first of the tip's occasions that holds, given ones before heard ones.
pub(in crate::engine) fn met<'a>(view: &View<'a>) -> Option<(&'a str, Heard)> {
    let all = || view.tip.occasions.iter().filter_map(|o| Some((o.as_str(), view.reading.occasions.heard(o)?)));
    all().find(|(_, heard)| *heard != Heard::Said).or_else(|| all().next())
}

fn value(view: &View<'_>) -> f32 {
    match met(view) {
        Some((_, Heard::Given(_))) => 1.0,
        Some((_, Heard::Said)) => SAID,
        None => 0.0,
    }
}

fn detail(view: &View<'_>) -> String {
    match met(view) {
        Some((name, Heard::Given(known))) if known.is_empty() || known == "true" => {
            format!("It is for this occasion: {name}.")
        }
        Some((name, Heard::Given(known))) => format!("It is for this occasion: {name} ({known})."),
        Some((name, Heard::Said)) => format!("They mention an occasion it is for: {name}."),
        None => String::new(),
    }
}
