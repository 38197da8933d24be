//! `GET /metrics`, for Prometheus.

use crate::http::answer::Answer;
use crate::http::shared::Shared;
use crate::http::stats::gauge;
use axum::extract::State;
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Counts and times, in Prometheus' text format
///
/// Labels are routes as they are declared; no tip and no customer is named.
#[utoipa::path(get, path = "/metrics", tag = "operate", operation_id = "metrics",
    responses((status = 200, description = "Metrics, all named stemwire_…", body = String, content_type = "text/plain",
        example = "stemwire_library_tips 152\n")))]
pub async fn metrics(State(shared): State<Arc<Shared>>) -> Answer {
    let mut out = String::with_capacity(16 * 1024);
    let build = concat!("version=\"", env!("CARGO_PKG_VERSION"), "\"");
    gauge(&mut out, "stemwire_build_info", "Always 1; the label is what runs.", build, 1);
    let facts = shared.app.facts();
    gauge(&mut out, "stemwire_ready", "1 when the library is served.", "", u8::from(shared.app.ready()));
    gauge(&mut out, "stemwire_library_tips", "Tips served.", "", facts.tips);
    gauge(&mut out, "stemwire_library_sections", "Sections of the library.", "", facts.sections);
    gauge(&mut out, "stemwire_library_issues", "Issues of the library.", "", facts.issues);
    gauge(&mut out, "stemwire_library_broken_files", "Files left out because of errors.", "", facts.broken);
    let read_at = facts.read_at.timestamp();
    gauge(&mut out, "stemwire_library_read_timestamp_seconds", "When the folder was last read.", "", read_at);
    let under_way = shared.under_way.load(Ordering::Relaxed);
    gauge(&mut out, "stemwire_http_requests_under_way", "Requests being answered now.", "", under_way);
    let most = usize::try_from(shared.limits.live_streams).unwrap_or(usize::MAX);
    let streams = most.saturating_sub(shared.streams.available_permits());
    gauge(&mut out, "stemwire_live_streams", "Open streams of /v1/live.", "", streams);
    shared.stats.render(&mut out);
    Answer::new("text/plain; version=0.0.4; charset=utf-8", out)
}
