//! Whether the tip suits how far the contact has come.
//!
//! Why: some things are said in the beginning ("is it for somebody with a cat?"), others on the way out. Formula:
//! plus how sure the stage is where it is one of the tip's, minus that where the tip is for other stages. Given
//! stages are sure; one read from a greeting or a farewell is less so (`engine/tone.rs`).
//! At 0 the tip is for any stage, or none is known; at 1 it is meant for this very stage.

use crate::engine::reading::View;
use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal = Signal { name: "stage", weight: |w| w.stage, value, detail };

fn value(view: &View<'_>) -> f32 {
    match view.reading.stage {
        Some(_) if view.tip.stages.is_empty() => 0.0,
        Some(stage) if view.tip.stages.contains(&stage.what) => stage.sure,
        Some(stage) => -stage.sure,
        None => 0.0,
    }
}

fn detail(view: &View<'_>) -> String {
    let Some(stage) = view.reading.stage else { return String::new() };
    let name = stage.what.as_str().replace('-', " ");
    if view.tip.stages.contains(&stage.what) {
        format!("It is meant for this stage of a contact ({name}).")
    } else {
        format!("It is meant for another stage than this ({name}).")
    }
}
