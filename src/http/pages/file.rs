//! `GET /files/{path}`: pictures and documents that lie beside the tips.

use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::{Kind, Problem};
use crate::http::request::Named;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use std::sync::Arc;

/// A picture may style itself and nothing else: an SVG opened on its own runs no script and loads nothing.
const FILE_POLICY: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'");

pub async fn file(
    State(shared): State<Arc<Shared>>,
    Named(path): Named,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let (app, wanted) = (shared.app.clone(), path.clone());
    let found = tokio::task::spawn_blocking(move || app.file(&wanted)).await.map_err(Problem::internal)?;
    let (bytes, media_type) = found.ok_or_else(|| Problem::new(Kind::NotFound, "There is no such file."))?;
    let tag = weak_tag(&path, &bytes);
    Ok(Answer::new(media_type, bytes).with(header::CONTENT_SECURITY_POLICY, FILE_POLICY).tagged(&headers, &tag))
}
