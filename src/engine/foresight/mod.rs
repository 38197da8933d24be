//! Foresight: how often customers with one issue come back with another, learned from contacts.
//!
//! Pure: contacts come in, a snapshot goes out. It asks no clock and keeps no text; where contacts are stored is the
//! ledger's. `docs/foresight.md` says what each number means and how to count it again.

mod basis;
mod beta;
mod cells;
mod contact;
mod counting;
mod evidence;
mod fit;
mod history;
mod keys;
mod labels;
mod learner;
mod origins;
mod outlook;
mod pulling;
mod ranking;
mod rates;
mod solve;
mod tables;
mod trail;
mod training;

pub use basis::Basis;
pub use contact::{Contact, Had};
pub use learner::{HORIZON_DAYS, Learner};
pub use outlook::{Asked, CameBack, Foresight, Next, Outlook};
pub use rates::weighed;
