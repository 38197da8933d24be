//! What editors do with a balloon: acknowledge, adopt, decline, merge.

use super::wire::BalloonWire;
use crate::app::Adoption;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Named, decision_fields};
use crate::http::shared::Shared;
use axum::extract::{Request, State};
use chrono::Utc;
use std::sync::Arc;
use utoipa::ToSchema;

/// Why a balloon is declined.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct DeclineRequest {
    /// What its givers are told.
    #[schema(max_length = 20000, example = "The supplier asks us not to wire them.")]
    reason: String,
}

/// Which balloon it goes into.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct MergeRequest {
    /// Id of the balloon that says the same.
    #[schema(max_length = 512)]
    into: String,
}

/// How a draft is made of it. All may be left out.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct AdoptRequest {
    /// The tip's id; made from its question where none is given.
    #[schema(max_length = 512)]
    id: Option<String>,
    /// The tip's question; the balloon's first sentence where none is given.
    #[schema(max_length = 512)]
    question: Option<String>,
    /// False to leave its givers unnamed.
    credit: Option<bool>,
}

/// Acknowledge a balloon
///
/// Somebody has seen it. Doing it again changes nothing.
#[utoipa::path(post, path = "/v1/balloons/{id}/acknowledge", tag = "ledger", operation_id = "acknowledge_balloon",
    params(("id" = String, Path, description = "The balloon's id")),
    responses((status = 200, description = "The balloon", body = BalloonWire),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse)))]
pub async fn acknowledge_balloon(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    request: Request,
) -> Result<Answer, Problem> {
    let (fields, once) = decision_fields(request, &shared.limits).await?;
    fields.finish()?;
    let balloon = shared.app.acknowledge_balloon(&id, once.as_ref(), Utc::now()).await?;
    Ok(Answer::json(&BalloonWire::new(&shared, &balloon)))
}

/// Adopt a balloon
///
/// Writes a draft of a tip from it, for an editor to finish. Asking for the same tip again changes nothing.
#[utoipa::path(post, path = "/v1/balloons/{id}/adopt", tag = "ledger", operation_id = "adopt_balloon",
    params(("id" = String, Path, description = "The balloon's id")), request_body = Option<AdoptRequest>,
    responses((status = 200, description = "The balloon, with its tip", body = BalloonWire),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse),
        (status = 412, response = crate::http::problem::ProblemResponse)))]
pub async fn adopt_balloon(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    request: Request,
) -> Result<Answer, Problem> {
    let (mut fields, once) = decision_fields(request, &shared.limits).await?;
    let how = Adoption {
        id: fields.text("id", shared.limits.value_chars),
        question: fields.text("question", shared.limits.value_chars),
        credit: fields.maybe_flag("credit").unwrap_or(true),
    };
    fields.finish()?;
    let balloon = shared.app.adopt_balloon(&id, how, once.as_ref(), Utc::now()).await?;
    Ok(Answer::json(&BalloonWire::new(&shared, &balloon)))
}

/// Decline a balloon
///
/// With a reason, which its givers can look up. Saying it again with the same reason changes nothing.
#[utoipa::path(post, path = "/v1/balloons/{id}/decline", tag = "ledger", operation_id = "decline_balloon",
    params(("id" = String, Path, description = "The balloon's id")), request_body = DeclineRequest,
    responses((status = 200, description = "The balloon", body = BalloonWire),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse)))]
pub async fn decline_balloon(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    request: Request,
) -> Result<Answer, Problem> {
    let (mut fields, once) = decision_fields(request, &shared.limits).await?;
    let reason = fields.needed("reason", shared.limits.text_chars);
    fields.finish()?;
    let balloon = shared.app.decline_balloon(&id, &reason, once.as_ref(), Utc::now()).await?;
    Ok(Answer::json(&BalloonWire::new(&shared, &balloon)))
}

/// Merge a balloon into another
///
/// Its givers go over to the other one, and the older age counts. Saying it again changes nothing.
#[utoipa::path(post, path = "/v1/balloons/{id}/merge", tag = "ledger", operation_id = "merge_balloon",
    params(("id" = String, Path, description = "The balloon's id")), request_body = MergeRequest,
    responses((status = 200, description = "The balloon that it went into", body = BalloonWire),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 409, response = crate::http::problem::ProblemResponse)))]
pub async fn merge_balloon(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    request: Request,
) -> Result<Answer, Problem> {
    let (mut fields, once) = decision_fields(request, &shared.limits).await?;
    let into = fields.needed("into", shared.limits.value_chars);
    fields.finish()?;
    let balloon = shared.app.merge_balloon(&id, &into, once.as_ref(), Utc::now()).await?;
    Ok(Answer::json(&BalloonWire::new(&shared, &balloon)))
}
