//! `GET /v1/suggest`.

use super::request::SuggestRequest;
use super::wire::SuggestAnswer;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::Query;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use chrono::Utc;
use std::sync::Arc;

/// The one tip worth volunteering
///
/// Recognises the situation from what is given and said, and answers with the one tip worth saying now, or with
/// silence and its reason. What the customer did ask is answered apart, in `answers`. The same question on the same
/// library has the same answer, but for `id` and `took_us`.
#[utoipa::path(get, path = "/v1/suggest", tag = "suggest", operation_id = "get_suggest", params(SuggestRequest),
    responses((status = 200, description = "A tip or silence", body = SuggestAnswer)))]
pub async fn get_suggest(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let asked = SuggestRequest::from_query(fields, &shared.limits)?;
    let explain = asked.explain;
    let suggested = shared.app.answer(asked.question(), Utc::now()).await?;
    shared.render(suggested.answer.tips()).await;
    let mut answer = SuggestAnswer::new(&shared, &suggested, explain);
    let tag = answer.tag();
    Ok(Answer::json(&answer).tagged(&headers, &tag))
}
