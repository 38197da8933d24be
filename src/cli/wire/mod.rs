//! The JSON that commands print: the shapes that the HTTP API answers with, held to them by a test.

mod found;
mod ledger;
mod problem;
mod pulse;
mod suggested;
mod tip;

pub(super) use found::found;
pub(super) use ledger::{balloon, balloon_for_giver, balloons, foresight, gaps, kept, promise, promises};
pub(super) use problem::{problem, severity};
pub(super) use pulse::pulse;
pub(super) use suggested::suggested;
pub(super) use tip::tip;
