//! The HTTP API and the pages: alone knows status codes. Handlers extract, call one `app` method, convert.
//!
//! Start at `routes`: the table of everything that is answered. `door` is the one layer round all of it.

mod answer; // a whole answer, serialised once
mod check; // POST /v1/check
mod door; // request ids, guard, limits, panics, counts, the log line
mod guard; // who may call: Host and Origin
mod issues; // GET /v1/issues
mod library; // GET /v1/library and its problems
mod limits; // every limit, with its default and maximum
mod live; // GET /v1/live: server-sent events
mod openapi; // the document, made from the handlers
mod operate; // health, readiness, metrics
mod pages; // the console, the reference, problem pages, tips for customers
mod problem; // RFC 9457: one table of codes
mod products; // GET /v1/products
mod request; // reading queries, bodies, versions
mod routes; // the table of everything that is answered
mod search; // GET /v1/search
mod serve; // accepting connections, stopping gracefully
mod stats; // counts and times for Prometheus
mod suggest; // GET and POST /v1/suggest
mod tips; // reading, writing and deleting tips

use answer::Answer;
use door::RequestIds;
use guard::Guard;
pub use limits::Limits;
pub use openapi::document as openapi_document;
pub use problem::Kind as ProblemKind;
use problem::Problem;
use request::Idempotency;
pub use routes::router;
pub use serve::serve;
use stats::Stats;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio_util::sync::CancellationToken;

use crate::app::App;

/// What an operator chose, as far as the door needs it.
#[derive(Clone, Debug, Default)]
pub struct Options {
    pub limits: Limits,
    /// Host names beside loopback's under which the server answers.
    pub hosts: Vec<String>,
    /// The address that links are made with, where a proxy stands before the server: `https://tips.example.com`.
    pub public_url: Option<String>,
    /// Ends the streams of `/v1/live`; `serve` cancels it when it stops.
    pub stop: CancellationToken,
}

/// What all handlers share.
pub(in crate::http) struct Shared {
    pub app: Arc<App>,
    pub limits: Limits,
    pub guard: Guard,
    pub public_url: Option<String>,
    pub stop: CancellationToken,
    pub stats: Stats,
    pub ids: RequestIds,
    pub idempotency: Idempotency,
    pub under_way: AtomicU64,
    pub streams: Arc<tokio::sync::Semaphore>,
    /// The route's name in counts and logs where no route matched.
    pub unmatched: Arc<str>,
    /// Differs by process: event numbers start anew with each.
    pub process: u32,
}

impl Shared {
    fn new(app: Arc<App>, options: Options) -> Self {
        // The last bits of a version 7 UUID are random.
        let process = uuid::Uuid::now_v7().as_u128() as u32;
        let permits = usize::try_from(options.limits.live_streams).unwrap_or(usize::MAX);
        Self {
            app,
            guard: Guard::new(&options.hosts),
            public_url: options.public_url.map(|url| url.trim_end_matches('/').to_owned()),
            stop: options.stop,
            stats: Stats::default(),
            ids: RequestIds::new(process),
            idempotency: Idempotency::new(&options.limits),
            under_way: AtomicU64::new(0),
            streams: Arc::new(tokio::sync::Semaphore::new(permits)),
            unmatched: Arc::from("unmatched"),
            process,
            limits: options.limits,
        }
    }

    /// The address of a page of this server: below the public address where there is one.
    fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_deref().unwrap_or_default())
    }
}
