//! `GET /readyz`.

use crate::http::answer::Answer;
use crate::http::problem::{Kind, Problem};
use crate::http::shared::Shared;
use axum::extract::State;
use std::sync::Arc;

/// Whether the library is served
///
/// 503 from the start until the index is served. Send traffic where this is 200.
#[utoipa::path(get, path = "/readyz", tag = "operate", operation_id = "readyz",
    responses((status = 200, description = "It is", body = String, content_type = "text/plain", example = "ready\n")))]
pub async fn readyz(State(shared): State<Arc<Shared>>) -> Result<Answer, Problem> {
    if !shared.app.ready() {
        return Err(Problem::later(Kind::NotReady, "The library is being read."));
    }
    Ok(Answer::new("text/plain; charset=utf-8", "ready\n"))
}
