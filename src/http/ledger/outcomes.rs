//! `POST /v1/outcomes`: what became of a tip.

use crate::app::Report;
use crate::http::answer::Answer;
use crate::http::limits::Limits;
use crate::http::problem::Problem;
use crate::http::request::{Fields, Named, Query, once, record_fields};
use crate::http::shapes::words::{OutcomeWord, ReasonWord};
use crate::http::shared::Shared;
use crate::ledger::{OutcomeKind, Reason};
use crate::tip::TipId;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use chrono::{DateTime, Utc};
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// What became of a tip that was shown.
#[derive(ToSchema)]
#[schema(example = json!({"tip": "flowers/gerbera/wire", "outcome": "told", "customer": "C-1042"}))]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct OutcomeRequest {
    /// `id` of the answer that showed it.
    #[schema(max_length = 512)]
    suggestion: Option<String>,
    /// The tip's id.
    #[schema(max_length = 512, example = "flowers/gerbera/wire")]
    tip: String,
    #[schema(value_type = OutcomeWord)]
    outcome: OutcomeKind,
    /// Your own id for the customer; only a keyed hash of it is kept.
    #[schema(max_length = 512)]
    customer: Option<String>,
    /// Who told it, if they wish. No measure ranks people.
    #[schema(max_length = 512)]
    agent: Option<String>,
    #[schema(max_length = 512, example = "phone")]
    channel: Option<String>,
    /// Of a dismissal: why.
    #[schema(value_type = Option<ReasonWord>)]
    reason: Option<Reason>,
    /// When it happened; now where it is not given. More than a day ahead is refused.
    #[schema(value_type = Option<String>, format = DateTime)]
    at: Option<DateTime<Utc>>,
    /// Whether you want to ask later if it helped: makes a promise, due when what the tip prevents would have come.
    follow_up: Option<bool>,
}

/// What was recorded.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct Recorded {
    id: String,
    /// The promise to ask whether it helped, where one was wanted and the tip says when that shows.
    #[schema(required)]
    follow_up: Option<String>,
}

impl OutcomeRequest {
    fn from_json(mut fields: Fields, limits: &Limits) -> Result<Report, Problem> {
        let report = Report {
            suggestion: fields.text("suggestion", limits.value_chars),
            tip: TipId::new(fields.needed("tip", limits.value_chars)),
            outcome: fields.needed_word("outcome", &OutcomeKind::ALL, OutcomeKind::as_str).unwrap_or(OutcomeKind::Told),
            customer: fields.numbering("customer", limits.value_chars),
            agent: fields.text("agent", limits.value_chars),
            channel: fields.text("channel", limits.value_chars),
            reason: fields.word("reason", &Reason::ALL, Reason::as_str),
            at: fields.time("at"),
            follow_up: fields.flag("follow_up"),
        };
        fields.finish()?;
        Ok(report)
    }
}

/// What became of a tip
///
/// Recorded before it is acknowledged. A tip that was told, given or sent to a customer is never suggested to them
/// again, by anyone, unless its file allows it or it changed in substance. One that is dismissed as inaccurate or unsafe
/// is not suggested to anybody until an editor has looked.
#[utoipa::path(post, path = "/v1/outcomes", tag = "ledger", operation_id = "record_outcome", request_body = OutcomeRequest,
    responses((status = 201, description = "Recorded", body = Recorded)))]
pub async fn record_outcome(State(shared): State<Arc<Shared>>, request: Request) -> Result<Answer, Problem> {
    let (fields, key) = record_fields(request, &shared.limits).await?;
    let report = OutcomeRequest::from_json(fields, &shared.limits)?;
    let reported = shared.app.record_outcome(report, key.as_ref(), Utc::now()).await?;
    let recorded = Recorded { id: reported.id, follow_up: reported.follow_up };
    Ok(Answer::json(&recorded).with_status(StatusCode::CREATED))
}

/// Take an outcome back
///
/// For a slip of the finger: it counts no more, and what was told is untold. An open promise to follow it up goes with it.
#[utoipa::path(delete, path = "/v1/outcomes/{id}", tag = "ledger", operation_id = "withdraw_outcome",
    params(("id" = String, Path, description = "The id that recording it answered")),
    responses((status = 204, description = "Taken back"),
        (status = 404, response = crate::http::problem::ProblemResponse)))]
pub async fn withdraw_outcome(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let withdraw = async {
        shared.app.withdraw_outcome(&id).await?;
        Ok(Answer::empty(StatusCode::NO_CONTENT))
    };
    once(&shared.idempotency, &headers, ["DELETE outcome", &id], "", withdraw).await
}
