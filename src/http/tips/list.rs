//! `GET /v1/tips`.

use crate::app::{TipState, Wanted};
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shapes::TipWire;
use crate::http::shapes::words::TipStateWord;
use crate::http::shared::Shared;
use crate::tip::{SectionId, TipId};
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
    next: Option<String>,
    /// How many tips there are on all pages.
    total: usize,
}

/// All tips, by id
///
/// Whole tips, page by page. A cursor stays good while tips come and go. `state` picks those that wait for an editor.
#[utoipa::path(get, path = "/v1/tips", tag = "tips", operation_id = "list_tips",
    params(
        Page,
        ("state" = inline(Option<TipStateWord>), Query,
            description = "Only those that wait for an editor for this reason; `any`: all there are, drafts too."),
        ("section" = Option<String>, Query, description = "Only those whose files lie in this section or below it.",
            max_length = 512, example = "flowers/gerbera")),
    responses((status = 200, description = "A page of tips", body = TipPage)))]
pub async fn list_tips(
    State(shared): State<Arc<Shared>>,
    Query(mut fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let state = fields.word("state", &TipState::ALL, TipState::as_str);
    let section = fields.text("section", shared.limits.value_chars).map(SectionId::new);
    let page = Page::of(fields, &shared.limits)?;
    let after = page.after("tips")?.map(TipId::new);
    // One more than wanted tells whether there is a next page.
    let limit = page.limit + 1;
    let (tips, total) = match state.is_some() || section.is_some() {
        true => shared.app.desk_tips(&Wanted { state, section, after, limit }).await?,
        false => (shared.app.tips(after.as_ref(), limit)?, shared.app.facts().tips),
    };
    let shown = &tips[..tips.len().min(page.limit)];
    let last = shown.last().filter(|_| tips.len() > shown.len());
    let next = last.map(|tip| Page::cursor_after("tips", tip.id.as_str()));
    shared.render(shown).await;
    let items = shown.iter().map(|tip| TipWire::new(&shared, tip)).collect();
    let answer = next_link(Answer::json(&TipPage { items, next: next.clone(), total }), &uri, next.as_deref());
    // What is flagged, unused or due changes without a file of the library, and so does the day that git has for a tip.
    Ok(answer.tagged_by_content(&headers))
}
