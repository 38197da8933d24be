//! The ledger over HTTP: outcomes, contacts, foresight, gaps, balloons, promises, the pulse, evidence and flags.

pub(super) mod balloons;
pub(super) mod contacts;
pub(super) mod evidence;
pub(super) mod flags;
pub(super) mod foresight;
pub(super) mod gaps;
pub(super) mod outcomes;
pub(super) mod promises;
pub(super) mod pulse;
mod shapes;
