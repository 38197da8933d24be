//! `GET /healthz`.

use crate::http::answer::Answer;

/// Whether the process is alive
///
/// Answers as long as the process does; says nothing about the library.
#[utoipa::path(get, path = "/healthz", tag = "operate", operation_id = "healthz",
    responses((status = 200, description = "It is", body = String, content_type = "text/plain", example = "alive\n")))]
pub async fn healthz() -> Answer {
    Answer::new("text/plain; charset=utf-8", "alive\n")
}
