//! `GET /v1/balloons/{id}`: one balloon, by its id or by a giver's receipt.

use super::wire::BalloonWire;
use crate::app::RecordError;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Named, Query};
use crate::http::shared::Shared;
use crate::ledger::LedgerError;
use axum::extract::State;
use axum::http::HeaderMap;
use std::sync::Arc;

/// What became of a balloon
///
/// By its id, or by the receipt alone: then without its other givers, and with `text` as its giver said it.
#[utoipa::path(get, path = "/v1/balloons/{id}", tag = "ledger", operation_id = "get_balloon",
    params(("id" = String, Path, description = "The balloon's id, or a receipt")),
    responses((status = 200, description = "The balloon", body = BalloonWire),
        (status = 404, response = crate::http::problem::ProblemResponse)))]
pub async fn get_balloon(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let wire = match shared.app.balloon(&id).await {
        Ok(balloon) => BalloonWire::new(&shared, &balloon),
        Err(RecordError::Ledger(LedgerError::NotFound(_))) => {
            BalloonWire::for_giver(&shared, &shared.app.balloon_by_receipt(&id).await?)
        }
        Err(error) => return Err(error.into()),
    };
    Ok(Answer::json(&wire).tagged_by_content(&headers))
}
