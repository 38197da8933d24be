//! Tips: listed, read in three faces, written and deleted.

pub(super) mod delete;
pub(super) mod list;
pub(super) mod put;
pub(super) mod read;
mod render;
mod wire;

pub(super) use read::no_tip;
pub(super) use wire::{TipWire, WireThing, product_of, things, tip_url};
