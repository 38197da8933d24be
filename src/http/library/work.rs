//! `GET /v1/library/work`.

use crate::app::Work;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::Query;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// How much waits for an editor.
#[derive(Serialize, ToSchema)]
#[schema(as = Work)]
struct WorkWire {
    /// Tips in all, drafts too.
    tips: usize,
    drafts: usize,
    /// To be checked again within a month.
    due: usize,
    /// Past their review.
    overdue: usize,
    /// Dismissed as wrong or unsafe.
    flagged: usize,
    /// Never told to anybody; null while the ledger is away.
    #[schema(required)]
    unused: Option<usize>,
    /// What no tip is there for; null while the ledger is away.
    #[schema(required)]
    missing: Option<usize>,
    /// What `check` finds.
    problems: usize,
    /// How many of those are errors.
    errors: usize,
    /// Tips that answer the question of another one.
    alike: usize,
}

impl WorkWire {
    fn new(work: &Work) -> Self {
        let Work { tips, drafts, due, overdue, flagged, unused, missing, problems, errors, alike } = *work;
        Self { tips, drafts, due, overdue, flagged, unused, missing, problems, errors, alike }
    }
}

/// How much waits for an editor
///
/// Counts only; `GET /v1/tips?state=`, `/v1/library/problems`, `/v1/flags` and `/v1/gaps` list it.
#[utoipa::path(get, path = "/v1/library/work", tag = "library", operation_id = "get_work",
    responses((status = 200, description = "The counts", body = WorkWire)))]
pub async fn get_work(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let work = shared.app.work().await?;
    Ok(Answer::json(&WorkWire::new(&work)).tagged_by_content(&headers))
}
