//! `GET /v1/issues`.

use crate::app::IssueFacts;
use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct IssuePage<'a> {
    items: Vec<Issue<'a>>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<&'a str>,
}

/// What a contact can be about.
#[derive(Serialize, ToSchema)]
struct Issue<'a> {
    /// The section that defines it and its name; the name alone for one of the library's root.
    #[schema(example = "flowers/gerbera:drooping")]
    id: &'a str,
    #[schema(example = "Stems droop")]
    title: &'a str,
    /// Words in which customers speak of it, from its own section and those below.
    says: &'a [String],
    /// How many tips are volunteered in it or prevent it.
    tips: usize,
}

impl<'a> Issue<'a> {
    fn new(facts: &'a IssueFacts) -> Self {
        Self { id: facts.id.as_str(), title: &facts.title, says: &facts.says, tips: facts.tips }
    }
}

/// The issues, by id
///
/// With the words in which customers speak of each and the number of tips for it, page by page.
#[utoipa::path(get, path = "/v1/issues", tag = "library", operation_id = "list_issues", params(Page),
    responses((status = 200, description = "A page of issues", body = IssuePage)))]
pub async fn list_issues(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let page = Page::of(fields, &shared.limits)?;
    let all = shared.app.issues()?;
    let (items, next) = page.cut("issues", &all.what, |issue| issue.id.as_str())?;
    let body = IssuePage { items: items.iter().map(Issue::new).collect(), next: next.as_deref() };
    let tag = weak_tag(&all.library, &("issues", uri.query()));
    Ok(next_link(Answer::json(&body), &uri, next.as_deref()).tagged(&headers, &tag))
}
