//! What matters: the situation, the signals, the score, silence.
//!
//! Pure: no I/O, no clock, no randomness, no async; `now` comes in as an argument. Everything here can be
//! read, tested and replayed alone.

mod asked;
mod candidate;
mod craft;
mod expected;
pub mod experiment;
mod fit;
pub mod foresight;
mod grave;
mod homes;
mod known;
pub mod lens;
mod occasions;
mod question;
mod reading;
mod remembered;
mod review;
mod signal;
pub mod signals;
mod silence;
mod situation;
mod suggest;
mod suggestion;
mod tokens;
mod tone;
mod usual;
pub mod weights;
mod why;

pub use asked::{ASKED_ISSUE, ASKED_WORDING};
pub use candidate::{Candidate, Moment};
pub use craft::calls_for_craft;
pub use expected::{ASSUMED_WEIGHS, Counted, EDITOR_WEIGHS, Expected, Source, expected};
pub use fit::{Fit, PART_OF, UNSAID_BARE, UNSAID_SPOKEN, fit};
pub use homes::Homes;
pub use known::{Earlier, Known};
pub use lens::Lens;
pub use question::Question;
pub use remembered::{Draw, Flagged, Heard, Remembered, waits_for_editor};
pub use review::{DUE_DAYS, review_state};
pub use silence::{LIKELY, TIED_BY_WORDS, UNDERSTOOD, understood};
pub use situation::{Field, Origin, Recognised, Situation, Unknown};
pub use suggest::{ANSWERS, suggest, suggest_knowing};
pub use suggestion::{Answer, Contribution, ReviewState, Silence, SilenceCode, Suggestion};
