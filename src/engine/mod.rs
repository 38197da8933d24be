//! What matters: the situation, the signals, the score, silence.
//!
//! Pure: no I/O, no clock, no randomness, no async; `now` comes in as an argument. Everything here can be
//! read, tested and replayed alone.

pub mod lens;
mod question;
pub mod signals;
mod situation;
mod suggest;
mod suggestion;

pub use lens::Lens;
pub use question::Question;
pub use situation::{Field, Origin, Recognised, Situation, Unknown};
pub use suggest::{Candidate, Moment, suggest};
pub use suggestion::{Answer, Contribution, ReviewState, Silence, SilenceCode, Suggestion};
