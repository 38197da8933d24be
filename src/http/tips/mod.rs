//! Tips: listed, read in three faces, written and deleted.

pub(super) mod delete;
pub(super) mod list;
pub(super) mod put;
pub(super) mod read;
