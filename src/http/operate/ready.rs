//! `GET /readyz`.

use crate::http::answer::Answer;
use crate::http::problem::{Kind, Problem};
use crate::http::shared::Shared;
use axum::extract::State;
use std::sync::Arc;

/// Whether the library is served and the ledger can be reached
///
/// 503 from the start until the index is served and the contacts of the ledger are counted, while the ledger is away, and
/// while nothing can be written to it: tips are suggested meanwhile, but what customers were told is not known, or not
/// recorded.
#[utoipa::path(get, path = "/readyz", tag = "operate", operation_id = "readyz",
    responses((status = 200, description = "It is", body = String, content_type = "text/plain", example = "ready\n")))]
pub async fn readyz(State(shared): State<Arc<Shared>>) -> Result<Answer, Problem> {
    if !shared.app.ready() {
        return Err(Problem::later(Kind::NotReady, "The library is being read."));
    }
    shared.app.ledger_reachable().await?;
    if !shared.app.has_learned() {
        return Err(Problem::later(Kind::NotReady, "The contacts of the ledger are being counted."));
    }
    Ok(Answer::new("text/plain; charset=utf-8", "ready\n"))
}
