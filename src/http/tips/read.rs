//! `GET /v1/tips/{id}`: JSON, the file itself, or a page.

use crate::http::answer::Answer;
use crate::http::ledger::evidence::evidence;
use crate::http::pages::tip_page;
use crate::http::problem::Problem;
use crate::http::request::{Query, Wanted, wanted};
use crate::http::shapes::TipWire;
use crate::http::shared::Shared;
use crate::index::Stored;
use crate::tip::TipId;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use std::sync::Arc;

/// One tip
///
/// By its id or one it had before. `Accept` chooses between JSON, the file as the editor wrote it (`text/markdown`)
/// and a page (`text/html`). The `ETag` names the version, for `If-Match` when it is replaced.
#[utoipa::path(get, path = "/v1/tips/{*id}", tag = "tips", operation_id = "get_tip",
    params(("id" = String, Path, description = "The tip's id; its slashes may stand as they are", example = "flowers/gerbera/wire")),
    responses(
        (status = 200, description = "The tip", headers(("ETag" = String, description = "The version that was read")),
            content((TipWire = "application/json"), (String = "text/markdown"), (String = "text/html"))),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 406, response = crate::http::problem::ProblemResponse)))]
pub async fn get_tip(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let face = wanted(&headers)?;
    let found = shared.app.tip(&TipId::new(&id))?;
    if let (None, Some(tip)) = (&found, id.strip_suffix("/evidence")) {
        // The router cannot tell an address below a tip's from a longer id.
        return evidence(&shared, tip, &headers).await;
    }
    let stored = found.ok_or_else(|| Problem::no_tip(&id))?;
    let (answer, tag) = show(&shared, &stored, face);
    Ok(answer.with(header::VARY, HeaderValue::from_static("accept")).tagged(&headers, &tag))
}

/// The face and its tag: the file's version, with what else the face is made of.
fn show(shared: &Shared, stored: &Stored, face: Wanted) -> (Answer, String) {
    let version = version(stored);
    let library = shared.app.fingerprint();
    let made_of = library.get(..8).unwrap_or(&library);
    match face {
        Wanted::Json => (Answer::json(&TipWire::new(shared, &stored.tip)), format!("\"{version}-{made_of}-json\"")),
        Wanted::Markdown => {
            let text = Answer::new("text/markdown; charset=utf-8", stored.source.as_bytes().to_vec());
            (text, format!("\"{version}\""))
        }
        Wanted::Html => (Answer::html(tip_page(shared, &stored.tip)), format!("\"{version}-{made_of}-html\"")),
    }
}

/// The version of the tip's file, as tags and preconditions name it.
pub(super) fn version(stored: &Stored) -> String {
    format!("{:032x}", stored.stamp.hash)
}
