//! `GET /v1/library/problems`.

use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shapes::{FindingPage, FindingWire};
use crate::http::shared::Shared;
use crate::tip::{self, Code};
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::sync::Arc;

/// What `stemwire check` finds in the library
///
/// All of it, errors and warnings, by file and line. A file with an error is left out; its last good version is
/// served until it is mended.
#[utoipa::path(get, path = "/v1/library/problems", tag = "library", operation_id = "list_problems",
    params(Page, ("code" = Option<String>, Query, description = "Only what has this code", example = "SW103")),
    responses((status = 200, description = "A page of findings", body = FindingPage)))]
pub async fn list_problems(
    State(shared): State<Arc<Shared>>,
    Query(mut fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let code = fields.word("code", Code::ALL, Code::as_str);
    let page = Page::of(fields, &shared.limits)?;
    let app = shared.app.clone();
    let checked = tokio::task::spawn_blocking(move || app.problems()).await.map_err(Problem::internal)?;
    let all: Vec<&tip::Problem> =
        checked.problems.iter().filter(|problem| code.is_none_or(|code| problem.code == code)).collect();
    let (shown, next) = page.counted(&all)?;
    let text_of = |file: &str| checked.sources.get(file).map(String::as_str).unwrap_or_default();
    let items = shown.iter().map(|p| FindingWire::new(&shared, p, text_of(&p.file))).collect();
    let body = FindingPage::new(items, next.as_deref(), all.iter().copied());
    Ok(next_link(Answer::json(&body), &uri, next.as_deref()).tagged_by_content(&headers))
}
