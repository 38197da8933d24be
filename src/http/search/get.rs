//! `GET /v1/search`.

use super::wire::SearchPage;
use crate::app::Asked;
use crate::http::answer::{Answer, weak_tag};
use crate::http::limits::Limits;
use crate::http::problem::Problem;
use crate::http::request::{Fields, Query, next_link};
use crate::http::shapes::words::KindWord;
use crate::http::shared::Shared;
use crate::tip::Kind;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use std::sync::Arc;
use utoipa::IntoParams;

/// What is looked for.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[allow(dead_code, reason = "declares the parameters; `asked` takes them")]
struct SearchQuery {
    /// The words; the last one may be unfinished, typos are forgiven, phrases stand in quotes. Without words, all
    /// tips that fit the filters.
    #[param(max_length = 500, example = "gerbera droop")]
    q: Option<String>,
    /// Only tips for one of these products (or below them): ids, titles or aliases.
    #[param(value_type = Vec<String>, required = false, max_items = 20)]
    product: Vec<String>,
    /// Only tips that are volunteered in, or prevent, one of these issues.
    #[param(value_type = Vec<String>, required = false, max_items = 20)]
    issue: Vec<String>,
    /// Only tips with one of these tags.
    #[param(value_type = Vec<String>, required = false, max_items = 20)]
    tag: Vec<String>,
    /// Only tips of this kind.
    #[param(value_type = Option<KindWord>, inline)]
    kind: Option<Kind>,
    /// How many at most.
    #[param(minimum = 1, maximum = 100, default = 10, required = false)]
    limit: usize,
    /// `next` of the answer before.
    #[param(max_length = 512)]
    cursor: Option<String>,
}

fn asked(mut fields: Fields, limits: &Limits) -> Result<Asked, Problem> {
    let asked = Asked {
        text: fields.text("q", limits.search_chars).unwrap_or_default(),
        products: fields.list("product", limits.list_items, limits.value_chars),
        issues: fields.list("issue", limits.list_items, limits.value_chars),
        tags: fields.list("tag", limits.list_items, limits.value_chars),
        kind: fields.word("kind", Kind::ALL, Kind::as_str),
        limit: fields.number("limit", limits.search_default, 1..=limits.search_most),
        cursor: fields.text("cursor", limits.value_chars),
    };
    fields.finish()?;
    Ok(asked)
}

/// Find tips by words
///
/// Prefixes match while typing, misspellings are forgiven (exact matches stand first), and pages stay stable while
/// tips change.
#[utoipa::path(get, path = "/v1/search", tag = "search", operation_id = "search", params(SearchQuery),
    responses((status = 200, description = "Tips, best first", body = SearchPage)))]
pub async fn search(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let found = shared.app.search(&asked(fields, &shared.limits)?)?;
    let answer = Answer::json(&SearchPage::new(&shared, &found));
    let answer = next_link(answer, &uri, found.found.next.as_deref());
    Ok(answer.tagged(&headers, &weak_tag(&found.library, &uri.query())))
}
