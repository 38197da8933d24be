//! Suggest, the main job: a situation in, one tip or silence out.

pub(super) mod get;
pub(super) mod post;
mod request;
mod wire;
