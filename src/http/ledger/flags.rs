//! Flags: tips that somebody dismissed as wrong or unsafe, and that wait for an editor.

use super::shapes::time;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Named, Page, Query, next_link, once};
use crate::http::shared::Shared;
use crate::ledger::Flagged;
use crate::tip::TipId;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use chrono::Utc;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct FlagPage {
    items: Vec<FlagWire>,
    #[schema(required)]
    next: Option<String>,
}

/// A tip that is not suggested until an editor has looked.
#[derive(Serialize, ToSchema)]
#[schema(as = Flag)]
struct FlagWire {
    #[schema(example = "flowers/gerbera/wire")]
    tip: String,
    /// Dismissals as inaccurate, and as unsafe.
    inaccurate: u64,
    r#unsafe: u64,
    #[schema(format = DateTime)]
    first_at: String,
    #[schema(format = DateTime)]
    last_at: String,
}

impl FlagWire {
    fn new(flag: &Flagged) -> Self {
        Self {
            tip: flag.tip.to_string(),
            inaccurate: flag.inaccurate,
            r#unsafe: flag.dangerous,
            first_at: time(flag.first_ms),
            last_at: time(flag.last_ms),
        }
    }
}

/// Tips that wait for an editor
///
/// Dismissed as wrong or unsafe, longest waiting first; each under the id it has now, whichever it had then. An edit that
/// changes what is said or handed over settles a flag too. A tip that is no longer there waits for nobody.
#[utoipa::path(get, path = "/v1/flags", tag = "ledger", operation_id = "list_flags", params(Page),
    responses((status = 200, description = "The flags", body = FlagPage)))]
pub async fn list_flags(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let page = Page::of(fields, &shared.limits)?;
    let flags = shared.app.flags(Utc::now()).await?;
    let (shown, next) = page.counted(&flags)?;
    let body = FlagPage { items: shown.iter().map(FlagWire::new).collect(), next: next.clone() };
    Ok(next_link(Answer::json(&body), &uri, next.as_deref()).tagged_by_content(&headers))
}

/// Stand by a tip
///
/// An editor has looked and the tip is right: its flags are settled, under whichever of its ids they were raised, and it
/// is suggested again. Where none was open there is nothing to do, and the answer is the same.
#[utoipa::path(delete, path = "/v1/flags/{*id}", tag = "ledger", operation_id = "clear_flags",
    params(("id" = String, Path, description = "The tip's id, or one it had before; its slashes may stand as they are", example = "flowers/gerbera/wire"),
        ("by" = Option<String>, Query, max_length = 512, description = "Who looked")),
    responses((status = 204, description = "No flag of this tip is open any more"),
        (status = 404, response = crate::http::problem::ProblemResponse)))]
pub async fn clear_flags(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(mut fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let by = fields.text("by", shared.limits.value_chars);
    fields.finish()?;
    let clear = async {
        match shared.app.clear_flags(&TipId::new(&id), by.as_deref(), Utc::now()).await? {
            Some(_) => Ok(Answer::empty(StatusCode::NO_CONTENT)),
            None => Err(Problem::no_tip(&id)),
        }
    };
    let by = by.as_deref().unwrap_or_default();
    once(&shared.idempotency, &headers, ["DELETE flags", &id], by, clear).await
}
