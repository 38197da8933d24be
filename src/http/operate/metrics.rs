//! `GET /metrics`, for Prometheus.

use crate::app::{PULSE_DAYS, Standing};
use crate::http::answer::Answer;
use crate::http::shared::Shared;
use crate::http::stats::{counter, gauge, gauges};
use crate::ledger::BalloonState;
use axum::extract::State;
use chrono::Utc;
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
    let help = "Files and folders left out because of errors.";
    gauge(&mut out, "stemwire_library_broken_files", help, "", facts.broken);
    let help = "1 where the folder could be read the last time.";
    gauge(&mut out, "stemwire_library_readable", help, "", u8::from(shared.app.library_readable()));
    let read_at = facts.read_at.timestamp();
    gauge(&mut out, "stemwire_library_read_timestamp_seconds", "When the folder was last read.", "", read_at);
    let under_way = shared.under_way.load(Ordering::Relaxed);
    gauge(&mut out, "stemwire_http_requests_under_way", "Requests being answered now.", "", under_way);
    let most = usize::try_from(shared.limits.live_streams).unwrap_or(usize::MAX);
    let streams = most.saturating_sub(shared.streams.available_permits());
    gauge(&mut out, "stemwire_live_streams", "Open streams of /v1/live.", "", streams);
    let standing = shared.app.standing(Utc::now()).await;
    if !matches!(standing, Ok(None)) {
        let help =
            "Suggestions and searches in vain that were not noted: the ledger was away, and no more could be kept.";
        counter(&mut out, "stemwire_ledger_notes_dropped_total", help, shared.app.notes_lost());
    }
    match standing {
        Ok(None) => {}
        Ok(Some(standing)) => ledger(&mut out, &standing),
        // The rest is worth knowing all the more.
        Err(_) => gauge(&mut out, REACHABLE.0, REACHABLE.1, "", 0),
    }
    shared.stats.render(&mut out);
    Answer::new("text/plain; version=0.0.4; charset=utf-8", out)
}

const REACHABLE: (&str, &str) = ("stemwire_ledger_reachable", "1 when the ledger answered within a second.");

/// What waits for people.
fn ledger(out: &mut String, standing: &Standing) {
    gauge(out, REACHABLE.0, REACHABLE.1, "", 1);
    let Standing { balloons, promises, writable } = standing;
    let help =
        "1 unless the last write was refused, for lack of space or since nothing takes it, and another still is.";
    gauge(out, "stemwire_ledger_writable", help, "", u8::from(*writable));
    let count = |state| match state {
        BalloonState::Waiting => balloons.waiting,
        BalloonState::Acknowledged => balloons.acknowledged,
        BalloonState::Adopted => balloons.adopted,
        BalloonState::Declined => balloons.declined,
    };
    let states = BalloonState::ALL.map(|state| (labelled("state", state.as_str()), count(state).to_string()));
    let help = format!("Balloons: all open ones, and those decided that were given in {PULSE_DAYS} days.");
    gauges(out, "stemwire_balloons", &help, &states);
    if let Some(oldest_ms) = balloons.oldest_waiting_ms {
        let help = "When the balloon that waits longest was given.";
        gauge(out, "stemwire_balloon_oldest_waiting_timestamp_seconds", help, "", oldest_ms / 1000);
    }
    let medians =
        [("acknowledgement", balloons.median_to_acknowledgement_ms), ("decision", balloons.median_to_decision_ms)];
    let known = medians.iter().filter_map(|(to, ms)| ms.map(|ms| (labelled("to", to), (ms / 1000).to_string())));
    let help = format!(
        "Half of the balloons given in {PULSE_DAYS} days that got so far did so within this; those still waiting do not count."
    );
    gauges(out, "stemwire_balloon_median_seconds", &help, &known.collect::<Vec<_>>());
    let states = [("kept", promises.kept), ("broken", promises.broken), ("overdue", promises.overdue)];
    let states = states.map(|(state, count)| (labelled("state", state), count.to_string()));
    gauges(
        out,
        "stemwire_promises",
        &format!("Promises that fell due or were settled in {PULSE_DAYS} days, and all that are overdue."),
        &states,
    );
}

fn labelled(name: &str, value: &str) -> String {
    format!("{name}=\"{value}\"")
}
