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
        _ => return Err(Problem::new(Kind::NotFound, "There is no such file.")),
    };
    file(&path, media_type, &headers)
}

/// A file of `console/` with its tag.
pub(super) fn file(path: &str, media_type: &'static str, headers: &HeaderMap) -> Result<Answer, Problem> {
    let found = Console::get(path).ok_or_else(|| Problem::new(Kind::NotFound, "There is no such file."))?;
    let tag = tag(&found);
    let answer = match media_type.starts_with("text/html") {
        true => Answer::html(String::from_utf8_lossy(&found.data).into_owned()),
        false => Answer::new(media_type, found.data.into_owned()),
    };
    Ok(answer.tagged(headers, &tag))
}

fn tag(file: &EmbeddedFile) -> String {
    // Eight bytes of SHA-256 tell versions of one file apart.
    let hash: String = file.metadata.sha256_hash()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("\"{hash}\"")
}
