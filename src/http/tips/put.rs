//! `PUT /v1/tips/{id}`: the file, written if `check` finds no error in it.

use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Named, Query, escaped, once, precondition, text_body};
use crate::http::shared::Shared;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What was saved.
#[derive(Serialize, ToSchema)]
struct SavedTip {
    #[schema(example = "flowers/gerbera/wire")]
    id: String,
    /// False where it replaced another version.
    created: bool,
    /// Where it can be read.
    url: String,
}

/// Save a tip
///
/// Writes the file at once and whole, and answers when it is served. `If-None-Match: *` makes a new one; `If-Match`
/// with the `ETag` that was read replaces that version and no other. A text with errors is refused, with all of them.
#[utoipa::path(put, path = "/v1/tips/{*id}", tag = "tips", operation_id = "put_tip",
    params(("id" = String, Path, description = "The tip's id; its slashes may stand as they are", example = "flowers/gerbera/wire"),
        ("If-Match" = Option<String>, Header, description = "The version that is replaced: the ETag it was read with"),
        ("If-None-Match" = Option<String>, Header, description = "`*`: there must be no such tip yet"),
        ("Idempotency-Key" = Option<String>, Header, min_length = 1, max_length = 255, pattern = "^[!-~]+$", description = "The same key and text are answered with the first answer, for a day")),
    request_body(content = String, content_type = "text/markdown", description = "The tip's file",
        example = "---\nwhen: buying\n---\n# What do I do when my gerberas droop?\n\nCoil a little wire round the stem.\n"),
    responses((status = 200, description = "Replaced", body = SavedTip), (status = 201, description = "Made", body = SavedTip),
        (status = 409, response = crate::http::problem::ProblemResponse),
        (status = 412, response = crate::http::problem::ProblemResponse),
        (status = 428, response = crate::http::problem::ProblemResponse)))]
pub async fn put_tip(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(fields): Query,
    headers: HeaderMap,
    request: Request,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let text = text_body(request, &shared.limits).await?;
    once(&shared.idempotency, &headers, ["PUT", &id], &text, save(&shared, &id, &text, &headers)).await
}

async fn save(shared: &Arc<Shared>, id: &str, text: &str, headers: &HeaderMap) -> Result<Answer, Problem> {
    let when = precondition(headers)?;
    let (app, owned, text) = (shared.app.clone(), id.to_owned(), text.to_owned());
    let written = tokio::task::spawn_blocking(move || app.put_tip(&owned, &text, &when)).await;
    let written = written.map_err(Problem::internal)??;
    let url = format!("/v1/tips/{}", escaped(id, "/"));
    let status = if written.created { StatusCode::CREATED } else { StatusCode::OK };
    let saved = SavedTip { id: id.to_owned(), created: written.created, url: shared.address(&url) };
    let answer = Answer::json(&saved).with_status(status).with_text(header::ETAG, &format!("\"{}\"", written.tag));
    Ok(if written.created { answer.with_text(header::LOCATION, &saved.url) } else { answer })
}
