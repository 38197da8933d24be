//! Issues: what contacts can be about, with their words and counts.

pub(super) mod list;
