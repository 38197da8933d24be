//! What an operator chose, as far as the door needs it.

use super::limits::Limits;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// Plain values, read by `main`.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub limits: Limits,
    /// Host names beside loopback's under which the server answers.
    pub hosts: Vec<String>,
    /// Origins whose pages may show the panel in a frame, as `https://desk.example.com`.
    pub frame_ancestors: Vec<String>,
    /// The address that links are made with, where a proxy stands before the server: `https://tips.example.com`.
    pub public_url: Option<String>,
    /// Ends the streams of `/v1/live`; `serve` cancels it when it stops.
    pub stop: CancellationToken,
    /// Writes under way, whoever still waits for them; `serve` lets them come to their end when it stops.
    pub work: TaskTracker,
}
