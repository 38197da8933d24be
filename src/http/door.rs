//! The one layer round every route: request id, guard, limits, panics, problems' bodies, headers, counts, one log line.
//!
//! One layer and not ten: each costs an allocation a request, and this is the hot path.
//!
//! What writes is a task of its own, which goes on where its caller has hung up or waited too long: hyper drops an answer
//! with its connection, and between a commit and what has to be told of it there must be nothing that can be dropped.

use super::problem::{Kind, Problem};
use super::request_ids::REQUEST_ID;
use super::shared::Shared;
use axum::body::Body;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::task::Poll;
use std::time::Instant;
use tokio::task::JoinError;
use tokio::time::timeout;

/// What is the same on every answer that does not say otherwise.
const HEADERS: [(HeaderName, HeaderValue); 5] = [
    (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
    (header::REFERRER_POLICY, HeaderValue::from_static("no-referrer")),
    (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'")),
];

pub(super) async fn door(State(shared): State<Arc<Shared>>, mut request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = shared.ids.of(request.headers());
    let route = request.extensions().get::<MatchedPath>().map(|path| Arc::<str>::from(path.as_str()));
    let route = route.unwrap_or_else(|| shared.unmatched.clone());
    let method = request.method().clone();
    let entered = enter(&shared, &request);
    host_of_its_line(&mut request);
    let host = request.headers().get(header::HOST).cloned();
    let mut response = match entered {
        Ok(place) => answer(&shared, place, &route, request, next).await,
        Err(problem) => problem.into_response(),
    };
    let problem = response.extensions_mut().remove::<Arc<Problem>>();
    if let Some(problem) = &problem {
        *response.body_mut() = Body::from(problem.body(&shared.base(host.as_ref()), &id));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    }
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.entry(name).or_insert(value);
    }
    if let Ok(value) = HeaderValue::from_str(&id) {
        headers.insert(REQUEST_ID, value);
    }
    if response.status() == StatusCode::INTERNAL_SERVER_ERROR {
        // Most of what can fail on our side is a damaged index, which is built anew where it is one.
        shared.app.doubt();
    }
    let (status, took) = (response.status().as_u16(), started.elapsed());
    shared.stats.count(&route, name_of(&method), status, took);
    let took_us = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    match problem.as_ref().and_then(|p| p.cause.as_deref()) {
        Some(cause) => tracing::error!(request_id = id, %method, %route, status, took_us, cause, "request failed"),
        None => tracing::info!(target: "stemwire::requests", request_id = id, %method, %route, status, took_us),
    }
    response
}

/// Where the request line names the host, `Host` does not count (RFC 9112, 3.2.2): what is made of it would lead elsewhere
/// than the guard looked.
fn host_of_its_line(request: &mut Request) {
    let host = request.uri().authority().and_then(|host| HeaderValue::from_str(host.as_str()).ok());
    if let Some(host) = host {
        request.headers_mut().insert(header::HOST, host);
    }
}

/// A request's place among those answered at once; given back when dropped.
struct Place(Arc<Shared>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.under_way.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Lets a request in, or says why not.
fn enter(shared: &Arc<Shared>, request: &Request) -> Result<Place, Problem> {
    let place = Place(shared.clone());
    if shared.under_way.fetch_add(1, Ordering::Relaxed) >= shared.limits.requests_at_once {
        return Err(Problem::later(Kind::Overloaded, "Try again in a second."));
    }
    shared.guard.check(request.method(), request.uri(), request.headers())?;
    if request.uri().path().starts_with("/v1/") && !shared.app.ready() {
        return Err(Problem::later(Kind::NotReady, "The library is being read. /readyz tells when it is served."));
    }
    Ok(place)
}

/// Takes as many rows as one likes to send, so that no time is too long for it: its body is bounded instead.
const UNHURRIED: &str = "/v1/contacts";

/// Questions that are too long for an address: they change nothing, and nobody waits for them who has hung up.
const ASKED: [&str; 2] = ["/v1/suggest", "/v1/check"];

/// The handler's answer; a panic or one that takes too long becomes a problem.
async fn answer(shared: &Shared, place: Place, route: &str, request: Request, next: Next) -> Response {
    let changes = matches!(*request.method(), Method::POST | Method::PUT | Method::DELETE | Method::PATCH);
    let writes = changes && !ASKED.contains(&route);
    let work = caught(place, next.run(request));
    if writes && route == UNHURRIED {
        return finished(shared.work.spawn(work).await);
    }
    let (in_time, too_slow) = match writes {
        true => {
            let task = shared.work.spawn(work);
            (timeout(shared.limits.answer_time(), task).await.map(finished), STILL_UNDER_WAY)
        }
        false => (timeout(shared.limits.answer_time(), work).await, "Ask for less, or again later."),
    };
    in_time.unwrap_or_else(|_| Problem::later(Kind::TooSlow, too_slow).into_response())
}

/// What is told of a write that takes too long: it is not broken off.
const STILL_UNDER_WAY: &str =
    "It is still under way. With an Idempotency-Key, send the same again to hear what became of it.";

/// The answer of a task that catches its own panics; it is never aborted.
fn finished(ended: Result<Response, JoinError>) -> Response {
    ended.unwrap_or_else(|error| Problem::internal(error).into_response())
}

/// Runs a handler in its place; a panic becomes a problem.
async fn caught(place: Place, work: impl Future<Output = Response>) -> Response {
    let mut work = pin!(work);
    let caught = poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
        Ok(poll) => poll.map(Ok),
        Err(panic) => Poll::Ready(Err(panic)),
    });
    let answer = caught.await;
    drop(place);
    answer.unwrap_or_else(|panic| Problem::internal(format!("panic: {}", message(&*panic))).into_response())
}

fn message(panic: &(dyn std::any::Any + Send)) -> &str {
    let text = panic.downcast_ref::<&str>().copied();
    text.or_else(|| panic.downcast_ref::<String>().map(String::as_str)).unwrap_or("without a message")
}

/// The methods that exist; a made-up one must not become a label of its own.
fn name_of(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::HEAD => "HEAD",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "OTHER",
    }
}

impl Shared {
    /// The server's address as the caller knows it, without a slash at its end; empty where it is not ours to name.
    fn base(&self, host: Option<&HeaderValue>) -> String {
        let host = host.and_then(|host| host.to_str().ok()).filter(|host| self.guard.knows(host));
        match (&self.public_url, host) {
            (Some(url), _) => url.clone(),
            (None, Some(host)) => format!("http://{host}"),
            (None, None) => String::new(),
        }
    }
}
