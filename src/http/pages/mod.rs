//! The pages: files of `console/` that are compiled in, and the few that the server writes itself.
//!
//! No page asks any other host for anything, and none has a script or style of its own inside.

pub(super) mod asset;
pub(super) mod console;
pub(super) mod docs;
pub(super) mod file;
mod frame;
pub(super) mod problem;
pub(super) mod tip;

pub(super) use tip::tip_page;
