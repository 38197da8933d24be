//! Products: the sections, with their words and counts.

pub(super) mod list;
