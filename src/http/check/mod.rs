//! Checking a text that is not saved.

pub(super) mod post;
