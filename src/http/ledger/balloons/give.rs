//! `POST /v1/balloons`: one field, and a receipt at once.

use crate::app::Released;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::record_fields;
use crate::http::shared::Shared;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use chrono::Utc;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// A balloon as it is given.
#[derive(ToSchema)]
#[schema(example = json!({"text": "Customers ask how to keep tulips from leaning", "product": "tulips", "from": "Dana"}))]
#[expect(dead_code, reason = "it only describes the body")]
pub(in crate::http) struct BalloonRequest {
    /// The idea, wish or note.
    #[schema(max_length = 20000)]
    text: String,
    #[schema(max_length = 512)]
    product: Option<String>,
    #[schema(max_length = 512)]
    issue: Option<String>,
    /// Who gives it, if they wish: a draft made of it names them.
    #[schema(max_length = 512)]
    from: Option<String>,
    /// What the giver is: agent, customer, editor … Never decides about its place.
    #[schema(max_length = 512)]
    role: Option<String>,
    /// The contact on which it came up, or how to reach the giver.
    #[schema(max_length = 512)]
    contact: Option<String>,
}

/// What the giver gets.
#[derive(Serialize, ToSchema)]
struct Receipt {
    id: String,
    /// Whoever has it can look up what became of the balloon, at `/v1/balloons/{receipt}`.
    receipt: String,
    /// True where an open balloon said the same: this giver is now among its givers.
    joined: bool,
}

/// Let go a balloon
///
/// An idea, wish or note from anyone, with a receipt at once.
#[utoipa::path(post, path = "/v1/balloons", tag = "ledger", operation_id = "give_balloon", request_body = BalloonRequest,
    responses((status = 201, description = "It is caught", body = Receipt)))]
pub async fn give_balloon(State(shared): State<Arc<Shared>>, request: Request) -> Result<Answer, Problem> {
    let limits = &shared.limits;
    let (mut fields, once) = record_fields(request, limits).await?;
    let released = Released {
        text: fields.needed("text", limits.text_chars),
        product: fields.text("product", limits.value_chars),
        issue: fields.text("issue", limits.value_chars),
        from: fields.text("from", limits.value_chars),
        role: fields.text("role", limits.value_chars),
        contact: fields.text("contact", limits.value_chars),
    };
    fields.finish()?;
    let given = shared.app.give_balloon(released, once.as_ref(), Utc::now()).await?;
    let receipt = Receipt { id: given.id, receipt: given.receipt, joined: given.joined };
    Ok(Answer::json(&receipt).with_status(StatusCode::CREATED))
}
