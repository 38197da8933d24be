//! `GET /v1/library`.

use crate::app::LibraryFacts;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::Query;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use chrono::SecondsFormat;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What is served.
#[derive(Serialize, ToSchema)]
struct Library<'a> {
    #[schema(example = "Tips")]
    title: &'a str,
    /// The one goal everybody serves, in one sentence; null where the library states none.
    #[schema(required)]
    directive: Option<&'a str>,
    tips: usize,
    sections: usize,
    issues: usize,
    /// Files and folders that are left out because of errors; the last good version of each is served where there is one.
    broken: usize,
    /// Changes whenever anything that is served changes.
    fingerprint: &'a str,
    /// When the folder was last read.
    #[schema(format = DateTime)]
    read_at: String,
}

impl<'a> Library<'a> {
    fn new(facts: &'a LibraryFacts) -> Self {
        Self {
            title: &facts.title,
            directive: facts.directive.as_deref(),
            tips: facts.tips,
            sections: facts.sections,
            issues: facts.issues,
            broken: facts.broken,
            fingerprint: &facts.fingerprint,
            read_at: facts.read_at.to_rfc3339_opts(SecondsFormat::Secs, true),
        }
    }
}

/// What is served: counts, fingerprint, directive
///
/// The fingerprint changes whenever anything that is served changes.
#[utoipa::path(get, path = "/v1/library", tag = "library", operation_id = "get_library",
    responses((status = 200, description = "The library", body = Library)))]
pub async fn get_library(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let facts = shared.app.facts();
    Ok(Answer::json(&Library::new(&facts)).tagged_by_content(&headers))
}
