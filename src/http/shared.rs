//! What all handlers share: the app, the limits, the counts.

use super::guard::Guard;
use super::limits::{Limited, Limits};
use super::options::Options;
use super::rendered::{Html, Rendered};
use super::request::Idempotency;
use super::request_ids::RequestIds;
use super::stats::Stats;
use crate::app::App;
use crate::tip::Tip;
use std::sync::Arc;
use std::sync::atomic::AtomicU64;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// One for each router.
pub(in crate::http) struct Shared {
    pub app: Arc<App>,
    pub limits: Limits,
    pub guard: Guard,
    pub public_url: Option<String>,
    /// Origins whose pages may show the panel in a frame.
    pub frame_ancestors: Vec<String>,
    pub stop: CancellationToken,
    pub work: TaskTracker,
    pub stats: Stats,
    pub rendered: Rendered,
    pub ids: RequestIds,
    pub idempotency: Idempotency,
    pub under_way: AtomicU64,
    pub streams: Arc<tokio::sync::Semaphore>,
    /// The route's name in counts and logs where no route matched.
    pub unmatched: Arc<str>,
    /// Differs by process: event numbers start anew with each.
    pub process: u32,
    /// The OpenAPI document.
    pub document: Arc<str>,
}

impl Shared {
    pub fn new(app: Arc<App>, options: Options, document: Arc<str>) -> Self {
        // The last bits of a version 7 UUID are random.
        let process = uuid::Uuid::now_v7().as_u128() as u32;
        let permits = usize::try_from(options.limits.live_streams).unwrap_or(usize::MAX);
        Self {
            app,
            guard: Guard::new(&options.hosts),
            frame_ancestors: options.frame_ancestors,
            public_url: options.public_url.map(|url| url.trim_end_matches('/').to_owned()),
            stop: options.stop,
            work: options.work,
            stats: Stats::default(),
            rendered: Rendered::new(options.limits.rendered_tips),
            ids: RequestIds::new(process),
            idempotency: Idempotency::new(&options.limits),
            under_way: AtomicU64::new(0),
            streams: Arc::new(tokio::sync::Semaphore::new(permits)),
            unmatched: Arc::from("unmatched"),
            process,
            document,
            limits: options.limits,
        }
    }

    /// The address of a page of this server: below the public address where there is one.
    pub fn address(&self, path: &str) -> String {
        format!("{}{path}", self.public_url.as_deref().unwrap_or_default())
    }

    /// Makes ready what `html` would take long for, so that nobody else waits for it.
    pub async fn render<'t>(self: &Arc<Self>, tips: impl IntoIterator<Item = &'t Arc<Tip>, IntoIter: Clone>) {
        let tips = tips.into_iter();
        if self.rendered.take_long(tips.clone().map(|tip| &**tip)) {
            let (shared, tips) = (Arc::clone(self), tips.cloned().collect::<Vec<_>>());
            let made = tokio::task::spawn_blocking(move || tips.iter().for_each(|tip| drop(shared.html(tip))));
            // Where that panics, it does so again for whoever asks for the HTML, and is told of there.
            let _ = made.await;
        }
    }

    /// A tip's detail as HTML that is safe to put into a page.
    pub fn html(&self, tip: &Tip) -> Html {
        self.rendered.html(tip)
    }
}

impl Limited for Arc<Shared> {
    fn limits(&self) -> &Limits {
        &self.limits
    }
}
