//! Whether a craft tip's theme is what the mood calls for; tips of the other kind get nothing from it.
//!
//! Why: craft is about the agent's manner and is never the tip; among craft for one mood, some themes help more.
//! Formula: 1 where the theme serves the mood (table below), else 0. The table is a judgement: what somebody who is
//! angry needs is that it is not taken personally and that somebody takes control, and so on.
//! At 0 it is a tip about a product, or craft of any other theme; at 1 it is craft made for this mood.

use crate::engine::reading::View;
use crate::engine::signal::Signal;
use crate::tip::{Kind, Mood, Theme};

pub(super) const SIGNAL: Signal = Signal {
    name: "kind",
    weight: |w| w.kind,
    value,
    detail: |v| match v.tip.theme {
        Some(theme) => format!("Craft that helps now: {}.", theme.as_str().replace('-', " ")),
        None => String::new(),
    },
};

fn value(view: &View<'_>) -> f32 {
    let (Kind::Craft, Some(theme), Some(mood)) = (view.tip.kind, view.tip.theme, view.reading.mood) else { return 0.0 };
    let serves = match mood.what {
        Mood::Angry => matches!(theme, Theme::NotPersonal | Theme::TakeControl),
        Mood::Anxious => matches!(theme, Theme::Care | Theme::NoEmptyPromises),
        Mood::Confused => matches!(theme, Theme::Lens | Theme::TakeControl),
        Mood::Happy => matches!(theme, Theme::CustomersTalk | Theme::Special),
        Mood::InAHurry => matches!(theme, Theme::Attitude | Theme::TakeControl),
    };
    if serves { mood.sure } else { 0.0 }
}
