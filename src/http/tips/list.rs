//! `GET /v1/tips`.

use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shapes::TipWire;
use crate::http::shared::Shared;
use crate::tip::TipId;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct TipPage<'a> {
    items: Vec<TipWire<'a>>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<&'a str>,
}

/// All tips, by id
///
/// Whole tips, page by page. A cursor stays good while tips come and go.
#[utoipa::path(get, path = "/v1/tips", tag = "tips", operation_id = "list_tips", params(Page),
    responses((status = 200, description = "A page of tips", body = TipPage)))]
pub async fn list_tips(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let page = Page::of(fields, &shared.limits)?;
    // One more than wanted tells whether there is a next page.
    let tips = shared.app.tips(page.cursor.map(TipId::new).as_ref(), page.limit + 1)?;
    let shown = &tips[..tips.len().min(page.limit)];
    let next = (tips.len() > shown.len()).then(|| shown.last().map(|tip| tip.id.as_str())).flatten();
    let answer = Answer::json(&TipPage { items: shown.iter().map(|tip| TipWire::new(&shared, tip)).collect(), next });
    let tag = weak_tag(&shared.app.fingerprint(), &uri.query());
    Ok(next_link(answer, &uri, next).tagged(&headers, &tag))
}
