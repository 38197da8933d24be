//! `GET /v1/balloons`: oldest first.

use super::super::shapes::unlisted;
use super::wire::BalloonWire;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shapes::words::BalloonWord;
use crate::http::shared::Shared;
use crate::ledger::BalloonState;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct BalloonPage {
    items: Vec<BalloonWire>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<String>,
}

/// Balloons, oldest first
///
/// Whoever gave them: only their age decides about their place.
#[utoipa::path(get, path = "/v1/balloons", tag = "ledger", operation_id = "list_balloons",
    params(Page, ("state" = Option<BalloonWord>, Query, description = "Only those in this state")),
    responses((status = 200, description = "A page of balloons", body = BalloonPage)))]
pub async fn list_balloons(
    State(shared): State<Arc<Shared>>,
    Query(mut fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let state = fields.word("state", &BalloonState::ALL, BalloonState::as_str);
    let page = Page::of(fields, &shared.limits)?;
    let limit = u32::try_from(page.limit).unwrap_or(u32::MAX);
    let found = shared.app.balloons(state, page.cursor.as_deref(), limit).await.map_err(unlisted)?;
    let next = found.next.clone();
    let body = BalloonPage {
        items: found.items.iter().map(|balloon| BalloonWire::new(&shared, balloon)).collect(),
        next: found.next,
    };
    Ok(next_link(Answer::json(&body), &uri, next.as_deref()).tagged_by_content(&headers))
}
