//! Remembering: reaching the ledger, learning from it, noting into it, and recalling a customer when they get in touch.

mod connect;
mod learn;
mod names;
mod noting;
mod recall;
mod tellings;

pub use connect::Remembering;
pub(super) use connect::reach;
