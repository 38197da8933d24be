//! `POST /v1/suggest`.

use super::request::SuggestRequest;
use super::wire::SuggestAnswer;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{json_fields, no_query};
use crate::http::shared::Shared;
use axum::extract::{Request, State};
use chrono::Utc;
use std::sync::Arc;

/// The one tip worth volunteering, asked with JSON
///
/// As `GET /v1/suggest`, for what has no place in an address: long texts, what the customer was told, known facts.
#[utoipa::path(post, path = "/v1/suggest", tag = "suggest", operation_id = "post_suggest", request_body = SuggestRequest,
    responses((status = 200, description = "A tip or silence", body = SuggestAnswer)))]
pub async fn post_suggest(State(shared): State<Arc<Shared>>, request: Request) -> Result<Answer, Problem> {
    no_query(&request, &shared.limits)?;
    let fields = json_fields(request, &shared.limits, shared.limits.json_bytes).await?;
    let asked = SuggestRequest::from_json(fields, &shared.limits)?;
    let explain = asked.explain;
    let suggested = shared.app.answer(asked.question(), Utc::now()).await?;
    shared.render(suggested.answer.tips()).await;
    Ok(Answer::json(&SuggestAnswer::new(&shared, &suggested, explain)))
}
