//! Entity tags: what the caller already has, and which version it means to replace.
//!
//! A tip's tag is the hash of its file; its JSON and HTML add to it what else they are made of, after a `-`. So any
//! tag that a tip was read with names the version of the file.

use crate::app::Precondition;
use crate::http::problem::{Kind, Problem};
use axum::http::{HeaderMap, header};

/// The version of the file that a tag names. Proxies that compress weaken tags: still the same file.
fn version_of(tag: &str) -> &str {
    let bare = tag.trim().trim_start_matches("W/").trim_matches('"');
    bare.split('-').next().unwrap_or_default()
}

/// The versions in `If-Match`; none where the header is absent.
pub(in crate::http) fn if_match(headers: &HeaderMap) -> Option<Precondition> {
    let given: Vec<&str> =
        headers.get_all(header::IF_MATCH).iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(',')).collect();
    match given.as_slice() {
        [] => None,
        tags if tags.iter().any(|tag| tag.trim() == "*") => Some(Precondition::Any),
        [one] => Some(Precondition::Tag(version_of(one).to_owned())),
        tags => Some(Precondition::OneOf(tags.iter().map(|tag| version_of(tag).to_owned()).collect())),
    }
}

/// What a writer must say: `If-None-Match: *` for a new tip, `If-Match` for one that is replaced.
pub(in crate::http) fn precondition(headers: &HeaderMap) -> Result<Precondition, Problem> {
    let absent = headers.get(header::IF_NONE_MATCH).map(|v| v.as_bytes() == b"*");
    match (if_match(headers), absent) {
        (Some(tag), None) => Ok(tag),
        (None, Some(true)) => Ok(Precondition::Absent),
        (None, None) => Err(Problem::new(
            Kind::PreconditionRequired,
            "Send If-None-Match: * to make a new tip, or If-Match with the ETag you read to replace one.",
        )),
        _ => Err(Problem::new(
            Kind::InvalidHeader,
            "Send either If-Match with an ETag, or If-None-Match with *, and not both.",
        )),
    }
}
