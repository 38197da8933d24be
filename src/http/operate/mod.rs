//! For those who run it: health, readiness, metrics, the OpenAPI document.

pub(super) mod health;
pub(super) mod metrics;
pub(super) mod ready;
