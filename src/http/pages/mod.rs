//! The pages: files of `console/` that are compiled in, and the few that the server writes itself.
//!
//! No page asks any other host for anything, and none has a script or style of its own inside.

pub(super) mod asset;
pub(super) mod file;
mod frame;
pub(super) mod problem;
mod qr;
pub(super) mod tip;
mod view;

pub(super) use tip::{base, tip_page};
pub(super) use view::views;
