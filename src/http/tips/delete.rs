//! `DELETE /v1/tips/{id}`: the file, deleted.

use crate::app::Precondition;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Named, Query, if_match, once};
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use std::sync::Arc;

/// Delete a tip
///
/// Deletes the file. With `If-Match`, only in the version that is named.
#[utoipa::path(delete, path = "/v1/tips/{*id}", tag = "tips", operation_id = "delete_tip",
    params(("id" = String, Path, description = "The tip's id; its slashes may stand as they are", example = "flowers/gerbera/wire"),
        ("If-Match" = Option<String>, Header, description = "The version that is deleted: the ETag it was read with"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255, pattern = "^[!-~]+$", description = "The same key is answered with the first answer, for a day")),
    responses((status = 204, description = "Deleted"),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse),
        (status = 412, response = crate::http::problem::ProblemResponse),
        (status = 422, response = crate::http::problem::ProblemResponse)))]
pub async fn delete_tip(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    once(&shared.idempotency, &headers, ["DELETE", &id], "", remove(&shared, &id, &headers)).await
}

async fn remove(shared: &Arc<Shared>, id: &str, headers: &HeaderMap) -> Result<Answer, Problem> {
    let when = if_match(headers).unwrap_or(Precondition::Any);
    let (app, id) = (shared.app.clone(), id.to_owned());
    tokio::task::spawn_blocking(move || app.delete_tip(&id, &when)).await.map_err(Problem::internal)??;
    Ok(Answer::empty(StatusCode::NO_CONTENT))
}
