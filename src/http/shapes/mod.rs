//! What several addresses send: each shape once.

mod finding;
mod number;
mod tip;
mod unknown;
pub(super) mod words;

pub(super) use finding::{FindingPage, FindingWire};
pub(super) use number::{days, rounded};
pub(super) use tip::{TipWire, WireThing, product_of, things, tip_url};
pub(super) use unknown::UnknownWire;
