//! Which of a tip's three faces the caller wants, by `Accept`.

use crate::http::problem::{Kind, Problem};
use axum::http::{HeaderMap, header};

/// The faces in the order in which they are preferred where the caller does not care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::http) enum Wanted {
    Json,
    Markdown,
    Html,
}

const FACES: [(Wanted, &str); 3] =
    [(Wanted::Json, "application/json"), (Wanted::Markdown, "text/markdown"), (Wanted::Html, "text/html")];

/// The face with the highest weight; the most specific range decides a face's weight (RFC 9110, 12.5.1).
pub(in crate::http) fn wanted(headers: &HeaderMap) -> Result<Wanted, Problem> {
    let mut ranges = Vec::new();
    for value in headers.get_all(header::ACCEPT) {
        ranges.extend(value.to_str().unwrap_or_default().split(',').filter_map(range));
    }
    if ranges.is_empty() {
        return Ok(Wanted::Json);
    }
    let weigh = |face: &str| {
        ranges.iter().filter_map(|(range, q)| fits(range, face).map(|exact| (exact, *q))).max_by_key(|r| r.0)
    };
    let mut best: Option<(Wanted, f32)> = None;
    for (wanted, face) in FACES {
        let q = weigh(face).map_or(0.0, |(_, q)| q);
        if q > best.map_or(0.0, |(_, q)| q) {
            best = Some((wanted, q));
        }
    }
    best.map(|(wanted, _)| wanted).ok_or_else(|| {
        Problem::new(Kind::NotAcceptable, "A tip can be had as application/json, text/markdown or text/html.")
    })
}

/// A range and its weight, from 0 to 1.
fn range(text: &str) -> Option<(String, f32)> {
    let mut parts = text.split(';');
    let range = parts.next()?.trim().to_ascii_lowercase();
    let q = parts.find_map(|part| part.trim().strip_prefix("q=")?.parse::<f32>().ok()).unwrap_or(1.0);
    (!range.is_empty()).then_some((range, q))
}

/// How exactly `range` names `face`; none where it does not.
fn fits(range: &str, face: &str) -> Option<u8> {
    if range == face {
        return Some(2);
    }
    let family = face.split('/').next().unwrap_or_default();
    match range.split_once('/') {
        Some(("*", "*")) => Some(0),
        Some((left, "*")) if left == family => Some(1),
        _ => None,
    }
}
