//! `GET /v1/tips/{id}`: JSON, the file itself, or a page.

use crate::http::answer::Answer;
use crate::http::ledger::evidence::evidence;
use crate::http::pages::{base, tip_page};
use crate::http::problem::Problem;
use crate::http::request::{Named, Query, Wanted, wanted};
use crate::http::shapes::TipWire;
use crate::http::shared::Shared;
use crate::index::Stored;
use crate::tip::TipId;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use std::sync::Arc;

/// One tip
///
/// By its id or one it had before. `Accept` chooses between JSON, the file as the editor wrote it (`text/markdown`)
/// and a page (`text/html`). The `ETag` names the version, for `If-Match` when it is replaced. A draft can be read too,
/// and of a file with errors its text, so that both can be mended.
#[utoipa::path(get, path = "/v1/tips/{*id}", tag = "tips", operation_id = "get_tip",
    params(("id" = String, Path, description = "The tip's id; its slashes may stand as they are", example = "flowers/gerbera/wire")),
    responses(
        (status = 200, description = "The tip", headers(("ETag" = String, description = "The version that was read")),
            content((TipWire = "application/json"), (String = "text/markdown"), (String = "text/html"))),
        (status = 404, response = crate::http::problem::ProblemResponse),
        (status = 406, response = crate::http::problem::ProblemResponse)))]
pub async fn get_tip(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let face = wanted(&headers)?;
    let broken = broken(&shared, &id).await?;
    let served = shared.app.served_tip(&TipId::new(&id))?;
    let found = (broken, served.what);
    if let ((None, None), Some(tip)) = (&found, id.strip_suffix("/evidence")) {
        // The router cannot tell an address below a tip's from a longer id.
        return evidence(&shared, tip, &headers).await;
    }
    if let (_, Some(stored)) = &found {
        shared.render([&stored.tip]).await;
    }
    let (answer, tag) = match (found, face) {
        ((Some((text, version)), _), Wanted::Markdown) => (markdown(text), format!("\"{version}\"")),
        ((_, Some(stored)), face) => show(&shared, &stored, &served.library, face, &base(&shared, &headers)),
        ((Some(_), None), _) => return Err(Problem::broken_tip(&id)),
        ((None, None), _) => return Err(Problem::no_tip(&id)),
    };
    Ok(answer.with(header::VARY, HeaderValue::from_static("accept")).tagged(&headers, &tag))
}

/// Text and version of the file where it has errors, which keep it from being served.
async fn broken(shared: &Arc<Shared>, id: &str) -> Result<Option<(String, String)>, Problem> {
    if !shared.app.any_broken() {
        return Ok(None);
    }
    let (app, id) = (shared.app.clone(), TipId::new(id));
    tokio::task::spawn_blocking(move || app.broken_source(&id)).await.map_err(Problem::internal)
}

fn markdown(text: impl Into<Vec<u8>>) -> Answer {
    Answer::new("text/markdown; charset=utf-8", text.into())
}

/// The face and its tag: the file's version, with what else the face is made of.
fn show(shared: &Shared, stored: &Stored, library: &str, face: Wanted, base: &str) -> (Answer, String) {
    let version = version(stored);
    let made_of = library.get(..8).unwrap_or(library);
    match face {
        Wanted::Json => {
            // A commit changes the day of the last look, and no file.
            let looked = stored.tip.verified.map(|day| day.format("%Y%m%d").to_string()).unwrap_or_default();
            (Answer::json(&TipWire::new(shared, &stored.tip)), format!("\"{version}-{made_of}-{looked}-json\""))
        }
        Wanted::Markdown => (markdown(stored.source.as_bytes()), format!("\"{version}\"")),
        Wanted::Html => (Answer::html(tip_page(shared, &stored.tip, base)), format!("\"{version}-{made_of}-html\"")),
    }
}

/// The version of the tip's file, as tags and preconditions name it.
fn version(stored: &Stored) -> String {
    format!("{:032x}", stored.stamp.hash)
}
