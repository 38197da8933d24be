//! Whether a craft tip suits how the customer feels. Ranks craft only.
//!
//! Why: the same news is told differently to somebody who is furious and somebody who is glad. Formula: plus how
//! sure the mood is where it is one of the tip's, minus that where the tip is for other moods. A mood that the
//! caller gives is sure; one read from the words is less so (`engine/tone.rs`).
//! At 0 the tip is for any mood, or none is known; at 1 it is written for this very mood.

use crate::engine::reading::View;
use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal = Signal { name: "mood", weight: |w| w.mood, value, detail };

fn value(view: &View<'_>) -> f32 {
    match view.reading.mood {
        Some(_) if view.tip.moods.is_empty() => 0.0,
        Some(mood) if view.tip.moods.contains(&mood.what) => mood.sure,
        Some(mood) => -mood.sure,
        None => 0.0,
    }
}

fn detail(view: &View<'_>) -> String {
    let Some(mood) = view.reading.mood else { return String::new() };
    let name = mood.what.as_str().replace('-', " ");
    if view.tip.moods.contains(&mood.what) {
        format!("It is for customers who are {name}.")
    } else {
        format!("It is for another mood than {name}.")
    }
}
