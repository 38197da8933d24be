//! Promises: made, listed by when they fall due, kept or broken, or open again.

use super::shapes::{time, unlisted};
use crate::app::{PromiseStands, Promised};
use crate::http::answer::Answer;
use crate::http::limits::Limits;
use crate::http::problem::Problem;
use crate::http::request::{Fields, Named, Page, Query, decision_fields, next_link, record_fields};
use crate::http::shapes::words::PromiseWord;
use crate::http::shared::Shared;
use crate::ledger::{Promise, PromiseFilter};
use crate::tip::TipId;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What was promised on a contact.
#[derive(ToSchema)]
#[schema(example = json!({"what": "Call back about the refund", "due": "2026-11-24T16:00:00Z", "owner": "Dana"}))]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct PromiseRequest {
    #[schema(max_length = 20000)]
    what: String,
    /// By when, as RFC 3339.
    #[schema(value_type = String, format = DateTime)]
    due: DateTime<Utc>,
    /// Your own id for the customer; only a keyed hash of it is kept.
    #[schema(max_length = 512)]
    customer: Option<String>,
    /// Who keeps it.
    #[schema(max_length = 512)]
    owner: Option<String>,
    /// The tip that it came with.
    #[schema(max_length = 512)]
    tip: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Promise)]
struct PromiseWire {
    id: String,
    what: String,
    #[schema(format = DateTime)]
    due: String,
    /// `due` from a day before its time, `overdue` after it.
    #[schema(value_type = PromiseWord)]
    state: &'static str,
    #[schema(format = DateTime)]
    made_at: String,
    /// When it was kept or broken.
    #[schema(required, format = DateTime)]
    settled_at: Option<String>,
    #[schema(required)]
    owner: Option<String>,
    #[schema(required)]
    tip: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct PromisePage {
    items: Vec<PromiseWire>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<String>,
}

impl PromiseWire {
    fn new(promise: &Promise, now: DateTime<Utc>) -> Self {
        Self {
            id: promise.id.clone(),
            what: promise.what.clone(),
            due: time(promise.due_ms),
            state: PromiseStands::of(promise, now).as_str(),
            made_at: time(promise.made_ms),
            settled_at: promise.settled_ms.map(time),
            owner: promise.owner.clone(),
            tip: promise.tip.as_ref().map(ToString::to_string),
        }
    }
}

fn promised(mut fields: Fields, limits: &Limits) -> Result<Promised, Problem> {
    let promised = Promised {
        what: fields.needed("what", limits.text_chars),
        due: fields.needed_time("due"),
        customer: fields.numbering("customer", limits.value_chars),
        owner: fields.text("owner", limits.value_chars),
        tip: fields.text("tip", limits.value_chars).map(TipId::new),
    };
    fields.finish()?;
    Ok(promised)
}

/// Make a promise
///
/// What was promised on a contact, with a time and, better, an owner.
#[utoipa::path(post, path = "/v1/promises", tag = "ledger", operation_id = "make_promise", request_body = PromiseRequest,
    responses((status = 201, description = "It is noted", body = PromiseWire)))]
pub async fn make_promise(State(shared): State<Arc<Shared>>, request: Request) -> Result<Answer, Problem> {
    let (fields, key) = record_fields(request, &shared.limits).await?;
    let promised = promised(fields, &shared.limits)?;
    let now = Utc::now();
    let promise = shared.app.make_promise(promised, key.as_ref(), now).await?;
    Ok(Answer::json(&PromiseWire::new(&promise, now)).with_status(StatusCode::CREATED))
}

/// Promises, soonest due first
///
/// `state=due` are the open ones that fall due within a day, those that are overdue among them.
#[utoipa::path(get, path = "/v1/promises", tag = "ledger", operation_id = "list_promises",
    params(Page, ("state" = Option<PromiseWord>, Query, description = "Only those"),
        ("due_from" = Option<String>, Query, format = DateTime, description = "Only those that are due then or later")),
    responses((status = 200, description = "A page of promises", body = PromisePage)))]
pub async fn list_promises(
    State(shared): State<Arc<Shared>>,
    Query(mut fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let wanted = fields.word("state", &PromiseStands::ALL, PromiseStands::as_str);
    let from_ms = fields.time("due_from").map_or(i64::MIN, |from| from.timestamp_millis());
    let page = Page::of(fields, &shared.limits)?;
    let now = Utc::now();
    let limit = u32::try_from(page.limit).unwrap_or(u32::MAX);
    let filter = PromiseFilter { from_ms, ..wanted.map_or_else(PromiseFilter::default, |wanted| wanted.filter(now)) };
    let found = shared.app.promises(filter, page.cursor.as_deref(), limit).await.map_err(unlisted)?;
    let items = found.items.iter().map(|promise| PromiseWire::new(promise, now)).collect();
    let next = found.next.clone();
    let answer = Answer::json(&PromisePage { items, next: found.next });
    Ok(next_link(answer, &uri, next.as_deref()).tagged_by_content(&headers))
}

/// A promise was kept
#[utoipa::path(post, path = "/v1/promises/{id}/kept", tag = "ledger", operation_id = "keep_promise",
    description = "Saying it again changes nothing. One that was broken stays broken, unless it is opened again before.",
    params(("id" = String, Path, description = "The promise's id")),
    responses((status = 200, description = "The promise", body = PromiseWire),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse)))]
pub async fn keep_promise(shared: State<Arc<Shared>>, id: Named, request: Request) -> Result<Answer, Problem> {
    settle(shared, id, request, true).await
}

/// A promise was broken
#[utoipa::path(post, path = "/v1/promises/{id}/broken", tag = "ledger", operation_id = "break_promise",
    description = "Saying it again changes nothing. One that was kept stays kept, unless it is opened again before.",
    params(("id" = String, Path, description = "The promise's id")),
    responses((status = 200, description = "The promise", body = PromiseWire),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse)))]
pub async fn break_promise(shared: State<Arc<Shared>>, id: Named, request: Request) -> Result<Answer, Problem> {
    settle(shared, id, request, false).await
}

/// A promise is open again
///
/// Takes back that it was kept or broken. Where it is open, nothing changes.
#[utoipa::path(post, path = "/v1/promises/{id}/open", tag = "ledger", operation_id = "reopen_promise",
    params(("id" = String, Path, description = "The promise's id")),
    responses((status = 200, description = "The promise", body = PromiseWire),
        (status = 404, response = crate::http::problem::ProblemResponse)))]
pub async fn reopen_promise(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    request: Request,
) -> Result<Answer, Problem> {
    let (fields, key) = decision_fields(request, &shared.limits).await?;
    fields.finish()?;
    let now = Utc::now();
    let promise = shared.app.reopen_promise(&id, key.as_ref(), now).await?;
    Ok(Answer::json(&PromiseWire::new(&promise, now)))
}

async fn settle(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    request: Request,
    kept: bool,
) -> Result<Answer, Problem> {
    let (fields, key) = decision_fields(request, &shared.limits).await?;
    fields.finish()?;
    let now = Utc::now();
    let promise = shared.app.settle_promise(&id, kept, key.as_ref(), now).await?;
    Ok(Answer::json(&PromiseWire::new(&promise, now)))
}
