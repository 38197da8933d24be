//! Does telling help? Customers who were, by lot, not told are compared with those who were.
//!
//! Pure arithmetic: who was drawn, what each group did, and how sure that makes us. Nothing here counts contacts.

mod arms;
mod lot;
mod pooled;
mod proportion;
mod sample;

pub use arms::{Arm, Arms, Effect, Interval};
pub use lot::Lot;
pub use pooled::pooled;
pub use proportion::{Share, wilson};
pub use sample::{POWER, WORTH_SEEING, needed_each};
