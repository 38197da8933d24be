//! How likely the customer comes back about what the tip prevents.
//!
//! Why: breath is short, so it goes to the next question that is likeliest to be asked. Formula: the chance that the
//! prevented issue follows in such contacts, times the chance that this is such a contact. The first comes with
//! its origin (`engine/expected.rs`): counted from contacts, which start from the editor's `expected` or from the
//! format's default where nobody wrote one; or these alone while nobody was counted. It counts up to threefold where what was said points to this tip more than to the others (`engine/reading.rs`).
//! At 0 the tip prevents nothing, or what never happens; at 1 they will certainly come back about it.

use crate::engine::expected::{Source, in_words, untold, waited, within};
use crate::engine::reading::View;
use crate::engine::signal::Signal;

pub(super) const SIGNAL: Signal =
    Signal { name: "expectation", weight: |w| w.expectation, value: |v| v.chance_here().unwrap_or(0.0), detail };

fn detail(view: &View<'_>) -> String {
    let (Some(expected), Some(prevented)) = (view.expected, &view.tip.prevents) else { return String::new() };
    let what = prevented.name().replace(['-', '_'], " ");
    let often = in_words(expected.chance);
    let pointed = if view.pointed > 1.0 { " What was said points to it." } else { "" };
    match expected.origin {
        Source::Counted(c) => format!(
            "{} of {} customers in this situation{} came back about “{what}”{}{}; with what was expected before, {:.0} of 100, and {:.0} to {:.0} with 95 % certainty.{pointed}",
            c.n,
            c.of,
            waited(&c),
            within(&c),
            untold(&c),
            expected.chance * 100.0,
            c.low * 100.0,
            c.high * 100.0
        ),
        Source::Editor => format!("The editor expects “{what}” to follow in about {often} such contacts.{pointed}"),
        Source::Assumed => format!("Nobody has said how often “{what}” follows; about {often} is assumed.{pointed}"),
    }
}
