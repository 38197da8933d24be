//! `GET /assets/{path}`: the files that the pages are made of, each compressed once.

use crate::http::answer::Answer;
use crate::http::problem::{Kind, Problem};
use crate::http::request::Named;
use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, header};
use flate2::Compression;
use flate2::write::GzEncoder;
use rust_embed::{EmbeddedFile, RustEmbed};
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::Write;
use std::sync::{LazyLock, Mutex, PoisonError};

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
    let version = version(&found);
    let packed = media_type != "image/png" && takes_gzip(&headers);
    let bare = || match path.ends_with(".js") && !path.starts_with("vendor/") {
        true => Cow::Owned(without_comments(&found.data)),
        false => Cow::Borrowed(&*found.data),
    };
    let answer = match packed.then(|| packed_file(&path, &version, bare)).flatten() {
        Some(body) => Answer::new(media_type, body)
            .with(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))
            .tagged(&headers, &format!("\"{version}-gzip\"")),
        None => Answer::new(media_type, bare().into_owned()).tagged(&headers, &format!("\"{version}\"")),
    };
    Ok(answer.with(header::VARY, HeaderValue::from_static("accept-encoding")))
}

/// Files as they were last packed: by path, with the version that was.
static PACKED: LazyLock<Mutex<HashMap<String, (String, Bytes)>>> = LazyLock::new(Mutex::default);

/// A file compressed as far as it goes, which a layer that packs each answer anew could not afford. None where it would
/// not be smaller.
fn packed_file<'a>(path: &str, version: &str, data: impl Fn() -> Cow<'a, [u8]>) -> Option<Bytes> {
    let mut all = PACKED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some((_, body)) = all.get(path).filter(|(of, _)| of == version) {
        return Some(body.clone());
    }
    let data = data();
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&data).ok()?;
    let body = Bytes::from(encoder.finish().ok().filter(|packed| packed.len() < data.len())?);
    all.insert(path.to_owned(), (version.to_owned(), body.clone()));
    Some(body)
}

/// A module without the comments that have lines of their own, which are a third of what it weighs when compressed. Their
/// lines stay, empty, so that errors name the line of the file. What begins a line inside of a template is taken for a
/// comment too; a test compares each module with its file.
fn without_comments(module: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(module);
    let mut kept = String::with_capacity(text.len());
    let mut inside = false;
    for line in text.lines() {
        let start = line.trim_start();
        let begins = !inside && start.starts_with("/*");
        let after = if inside || begins { start.split_once("*/").map(|(_, after)| after) } else { None };
        if inside || (begins && after.is_none_or(|after| after.trim().is_empty())) {
            inside = after.is_none();
            kept.push_str(after.unwrap_or_default());
        } else if !start.starts_with("//") {
            kept.push_str(line);
        }
        kept.push('\n');
    }
    kept.into_bytes()
}

/// True where `Accept-Encoding` (RFC 9110, 12.5.3) names gzip and does not forbid it.
fn takes_gzip(headers: &HeaderMap) -> bool {
    let asked = headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    asked.flat_map(|value| value.split(',')).any(|one| {
        let (name, weight) = one.split_once(';').unwrap_or((one, ""));
        let never = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        name.trim().eq_ignore_ascii_case("gzip") && !never
    })
}

/// The text of a file of `console/`.
pub(super) fn text(path: &str) -> Result<String, Problem> {
    let found = Console::get(path).ok_or_else(missing)?;
    Ok(String::from_utf8_lossy(&found.data).into_owned())
}

fn missing() -> Problem {
    Problem::new(Kind::NotFound, "There is no such file.")
}

/// Eight bytes of SHA-256 tell versions of one file apart, and a letter what is made of them: `b` without comments.
fn version(file: &EmbeddedFile) -> String {
    let bytes: String = file.metadata.sha256_hash()[..8].iter().map(|byte| format!("{byte:02x}")).collect();
    format!("{bytes}b")
}
