//! Whether the tip is in the language that was asked for.
//!
//! Why: a say line is read aloud, so it must be in the customer's language. Formula: 0 where no language was asked
//! for or the primary language is the same (`pt` and `pt-BR`), a tenth off for another region of it, all off for
//! another language. The tenth only lets the exact region go first.
//! At 0 it is the right language; at 1 (points off) it is another.

use crate::engine::reading::View;
use crate::engine::signal::Signal;

/// Share of the weight that another region of the same language costs.
const OTHER_REGION: f32 = 0.1;

pub(super) const SIGNAL: Signal =
    Signal { name: "lang", weight: |w| w.lang, value, detail: |v| format!("It is written in {}.", v.tip.lang) };

fn value(view: &View<'_>) -> f32 {
    let Some(wanted) = view.reading.question.lang.as_deref().filter(|l| !l.is_empty()) else { return 0.0 };
    let tip = view.tip.lang.as_str();
    if tip.is_empty() || tip.eq_ignore_ascii_case(wanted) {
        0.0
    } else if primary(tip).eq_ignore_ascii_case(primary(wanted)) {
        if tip.contains('-') && wanted.contains('-') { -OTHER_REGION } else { 0.0 }
    } else {
        -1.0
    }
}

fn primary(lang: &str) -> &str {
    lang.split(['-', '_']).next().unwrap_or(lang)
}
