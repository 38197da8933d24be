//! `GET /v1/live`: server-sent events.
//!
//! Events are numbered anew by each process, so an id carries the process; an id of another one means that the past
//! is gone.

use crate::app::{Event, EventKind};
use crate::http::problem::{Kind, Problem};
use crate::http::request::Query;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, header};
use axum::response::sse::{self, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::broadcast::{Receiver, error::RecvError};
use tokio::sync::mpsc::{self, Sender};
use tokio_stream::wrappers::ReceiverStream;

/// Proxies drop connections that are silent for a minute or less; the HTML standard names some 15 seconds.
const COMMENT_EVERY: Duration = Duration::from_secs(15);
/// How long a browser waits before it connects again.
const RETRY: Duration = Duration::from_secs(3);

/// Changes as they happen
///
/// Server-sent events: `library` with the ids of tips that changed or went and the new fingerprint; `balloon`, `outcome`
/// and `promise` with the id of what was recorded or decided, an empty one where it was several at once; `reset` where
/// events were missed and the past is gone, so that a reader starts anew. Send `Last-Event-ID` to go on where you
/// were. A comment comes every 15 seconds.
#[utoipa::path(get, path = "/v1/live", tag = "library", operation_id = "live",
    params(("Last-Event-ID" = Option<String>, Header, description = "The id of the last event that was received"),
        ("last_event_id" = Option<String>, Query, description = "The same, for clients that cannot set headers")),
    responses((status = 200, description = "Events, until one side ends it", body = String, content_type = "text/event-stream",
        example = "id: 5f2c91ab-7\nevent: library\ndata: {\"fingerprint\":\"5f2c…\",\"changed\":[\"flowers/gerbera/wire\"],\"removed\":[]}\n\n")))]
pub async fn live(
    State(shared): State<Arc<Shared>>,
    Query(mut fields): Query,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let given = fields.text("last_event_id", shared.limits.value_chars);
    fields.finish()?;
    let header = headers.get("last-event-id").and_then(|id| id.to_str().ok()).map(str::to_owned);
    let place = shared
        .streams
        .clone()
        .try_acquire_owned()
        .map_err(|_| Problem::later(Kind::Overloaded, "Too many streams."))?;
    let (sender, receiver) = mpsc::channel(usize::try_from(shared.limits.live_waiting).unwrap_or(usize::MAX));
    let last = header.or(given).filter(|id| !id.is_empty());
    tokio::spawn(async move {
        tell(&shared, last, sender).await;
        drop(place);
    });
    let stream =
        Sse::new(ReceiverStream::new(receiver)).keep_alive(KeepAlive::new().interval(COMMENT_EVERY).text("still here"));
    let plain = [(header::CACHE_CONTROL, "no-store"), (HeaderName::from_static("x-accel-buffering"), "no")];
    Ok((plain, stream).into_response())
}

type Told = Result<sse::Event, Infallible>;

/// Sends the past after `last`, then what comes, until the reader goes or the server stops.
async fn tell(shared: &Shared, last: Option<String>, sender: Sender<Told>) {
    let number = last.as_deref().map(|id| number_of(shared.process, id));
    let (past, mut coming) = shared.app.live(number.flatten());
    let hello = sse::Event::default().retry(RETRY).comment(concat!("stemwire ", env!("CARGO_PKG_VERSION")));
    if sender.send(Ok(hello)).await.is_err() {
        return;
    }
    // A new reader has no past to miss.
    let gone = number.is_some_and(|number| number.is_none() || past.is_none());
    let past = if number.is_none() { Vec::new() } else { past.unwrap_or_default() };
    if gone && sender.send(Ok(reset())).await.is_err() {
        return;
    }
    if !gone {
        for event in past {
            if sender.send(Ok(event_of(shared.process, &event))).await.is_err() {
                return;
            }
        }
    }
    while let Some(event) = next(shared, &sender, &mut coming).await {
        if sender.send(Ok(event)).await.is_err() {
            return;
        }
    }
}

/// The next event to send; none where it is over.
async fn next(shared: &Shared, sender: &Sender<Told>, coming: &mut Receiver<Event>) -> Option<sse::Event> {
    tokio::select! {
        () = shared.stop.cancelled() => None,
        () = sender.closed() => None,
        received = coming.recv() => match received {
            Ok(event) => Some(event_of(shared.process, &event)),
            Err(RecvError::Lagged(_)) => Some(reset()),
            Err(RecvError::Closed) => {
                // Nothing will come any more; the stream stays until somebody ends it.
                tokio::select! { () = shared.stop.cancelled() => {}, () = sender.closed() => {} }
                None
            }
        },
    }
}

fn reset() -> sse::Event {
    sse::Event::default().event("reset").data("{}")
}

fn event_of(process: u32, event: &Event) -> sse::Event {
    let (name, data) = match &event.kind {
        EventKind::Library { fingerprint, changed, removed } => {
            ("library", serde_json::json!({ "fingerprint": fingerprint, "changed": changed, "removed": removed }))
        }
        EventKind::Balloon { id } => ("balloon", serde_json::json!({ "id": id })),
        EventKind::Outcome { id } => ("outcome", serde_json::json!({ "id": id })),
        EventKind::Promise { id } => ("promise", serde_json::json!({ "id": id })),
    };
    sse::Event::default().event(name).id(format!("{process:08x}-{}", event.id)).data(data.to_string())
}

/// The number in an event's id; none where it is of another process or of nobody.
fn number_of(process: u32, id: &str) -> Option<u64> {
    let (of, number) = id.split_once('-')?;
    (u32::from_str_radix(of, 16).ok()? == process).then(|| number.parse().ok())?
}
