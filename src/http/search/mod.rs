//! Search: what is looked for, found.

pub(super) mod get;
mod wire;
