//! `GET /assets/{path}`: the files that the pages are made of.

use crate::http::answer::Answer;
use crate::http::problem::{Kind, Problem};
use crate::http::request::Named;
use axum::http::HeaderMap;
use rust_embed::{EmbeddedFile, RustEmbed};

#[derive(RustEmbed)]
#[folder = "console/"]
struct Console;

pub async fn asset(Named(path): Named, headers: HeaderMap) -> Result<Answer, Problem> {
    let media_type = match path.rsplit_once('.').map(|(_, end)| end) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        _ => return Err(missing()),
    };
    let found = Console::get(&path).ok_or_else(missing)?;
    let tag = tag(&found);
    Ok(Answer::new(media_type, found.data.into_owned()).tagged(&headers, &tag))
}

/// The text of a file of `console/`.
pub(super) fn text(path: &str) -> Result<String, Problem> {
    let found = Console::get(path).ok_or_else(missing)?;
    Ok(String::from_utf8_lossy(&found.data).into_owned())
}

fn missing() -> Problem {
    Problem::new(Kind::NotFound, "There is no such file.")
}

fn tag(file: &EmbeddedFile) -> String {
    // Eight bytes of SHA-256 tell versions of one file apart.
    let hash: String = file.metadata.sha256_hash()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}
