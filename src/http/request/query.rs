//! The query string, decoded.

use super::Fields;
use crate::http::limits::Limited;
use crate::http::problem::{Fault, Kind, Problem};
use axum::extract::FromRequestParts;
use axum::http::request::Parts;

/// The fields of the request's query string.
pub(in crate::http) struct Query(pub Fields);

impl<S: Limited + Sync> FromRequestParts<S> for Query {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        query_fields(parts.uri.query().unwrap_or_default(), state.limits().query_bytes).map(Query)
    }
}

pub(super) fn query_fields(query: &str, most_bytes: u64) -> Result<Fields, Problem> {
    if query.len() as u64 > most_bytes {
        let detail = format!("The query string has {} bytes; at most {most_bytes} are read.", query.len());
        return Err(Problem::new(Kind::QueryTooLong, detail));
    }
    let mut pairs = Vec::new();
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        match (decode(name), decode(value)) {
            (Some(name), Some(value)) => pairs.push((name, value)),
            _ => {
                let detail = "A percent sign must be followed by two hexadecimal digits that spell UTF-8; write a \
                              bare percent sign as %25.";
                let shown: String = name.chars().take(60).collect();
                return Err(Problem::new(Kind::InvalidQuery, detail).with_errors(vec![Fault::new(
                    "query",
                    format!("#/{shown}"),
                    "is not percent-encoded UTF-8",
                )]));
            }
        }
    }
    Ok(Fields::from_query(pairs))
}

/// Percent-decodes UTF-8, with `+` for a space as forms send it. None where that is not what it is.
fn decode(text: &str) -> Option<String> {
    if !text.bytes().any(|b| b == b'%' || b == b'+') {
        return Some(text.to_owned());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        bytes.push(match byte {
            b'+' => b' ',
            b'%' => hex(rest.next()?)? << 4 | hex(rest.next()?)?,
            other => other,
        });
    }
    String::from_utf8(bytes).ok()
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|n| u8::try_from(n).ok())
}
