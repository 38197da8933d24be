//! `GET /v1/gaps`: what is missing.

use super::evidence::FollowsWire;
use crate::app::{App, Gap, Missing};
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Page, Query, next_link};
use crate::http::shapes::rounded;
use crate::http::shapes::words::GapWord;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, Uri};
use chrono::Utc;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
struct GapPage {
    items: Vec<GapWire>,
    #[schema(required)]
    next: Option<String>,
}

/// What no tip is there for.
#[derive(Serialize, ToSchema)]
#[schema(as = Gap)]
struct GapWire {
    /// `issue`: customers come back about it and no tip prevents it. `search`: words that found nothing.
    #[schema(value_type = GapWord)]
    kind: &'static str,
    #[schema(required)]
    product: Option<String>,
    #[schema(required)]
    issue: Option<String>,
    #[schema(required)]
    words: Option<String>,
    /// How often it happened in the last 90 days; of a search, since it was first counted.
    times: u64,
    /// Contacts a month that a tip could save at most.
    contacts_a_month: f64,
    /// After which issues of the same product they come back with it, and how often; most customers first, three at
    /// most. Below one in five, a tip would be kept back as too unlikely. Empty for a search.
    follows: Vec<FollowsWire>,
}

impl GapWire {
    fn new(gap: &Gap, app: &App) -> Self {
        let mut wire = Self {
            kind: "search",
            product: None,
            issue: None,
            words: None,
            times: gap.times,
            contacts_a_month: rounded(gap.a_month as f32),
            follows: app.follows(gap).iter().map(|following| FollowsWire::new(following, None)).collect(),
        };
        match &gap.what {
            Missing::Issue { product, issue } => {
                wire.kind = "issue";
                wire.product = product.as_ref().map(ToString::to_string);
                wire.issue = Some(issue.to_string());
            }
            Missing::Search { words } => wire.words = Some(words.clone()),
        }
        wire
    }
}

/// What is missing
///
/// Issues that customers come back with and no tip prevents, and words that found nothing; most contacts a month first.
/// What is missed often enough becomes a balloon by itself.
#[utoipa::path(get, path = "/v1/gaps", tag = "ledger", operation_id = "list_gaps",
    params(Page),
    responses((status = 200, description = "What is missing", body = GapPage)))]
pub async fn list_gaps(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let page = Page::of(fields, &shared.limits)?;
    let gaps = shared.app.gaps(Utc::now(), usize::MAX).await?;
    let (shown, next) = page.counted(&gaps)?;
    let (app, shown) = (shared.app.clone(), shown.to_vec());
    // A look through all that is counted for each of them.
    let items = tokio::task::spawn_blocking(move || shown.iter().map(|gap| GapWire::new(gap, &app)).collect());
    let body = GapPage { items: items.await.map_err(Problem::internal)?, next: next.clone() };
    Ok(next_link(Answer::json(&body), &uri, next.as_deref()).tagged_by_content(&headers))
}
