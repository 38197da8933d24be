//! Bodies: their type, their size, the time they take, and what they are.

use super::Fields;
use super::idempotency::idempotency_key;
use super::json::Distinct;
use super::query::query_fields;
use crate::app::Form;
use crate::http::limits::Limits;
use crate::http::problem::{Fault, Kind, Problem};
use crate::ledger::Once;
use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, header};
use serde_json::Value;
use tokio_stream::StreamExt;

/// Of a body that is too large, so much is read and dropped before it is refused: many clients look for an answer only
/// once they have sent all, and find the connection broken where nobody reads on.
const DROPPED_BYTES: u64 = 64 * 1024 * 1024;

/// Reads the whole body, at most `most_bytes` of it.
async fn read_body(request: Request, limits: &Limits, most_bytes: u64) -> Result<Bytes, Problem> {
    plain_utf8(request.headers())?;
    let too_large = || Problem::new(Kind::BodyTooLarge, format!("At most {most_bytes} bytes are read."));
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()?.parse::<u64>().ok());
    let announced = announced.unwrap_or_default();
    // Who asks before sending is told before.
    let asks = request.headers().contains_key(header::EXPECT);
    if announced > most_bytes + DROPPED_BYTES || (asks && announced > most_bytes) {
        return Err(too_large());
    }
    match tokio::time::timeout(limits.body_time(), whole(request.into_body(), most_bytes)).await {
        Ok(Ok(Some(bytes))) => Ok(bytes),
        Ok(Ok(None)) => Err(too_large()),
        _ if announced > most_bytes => Err(too_large()),
        Ok(Err(_)) => Err(Problem::new(Kind::InvalidBody, "The body ended before it was whole.")),
        Err(_) => {
            let detail = format!("The body must arrive within {} seconds.", limits.body_seconds);
            Err(Problem::new(Kind::RequestTimeout, detail))
        }
    }
}

/// The body; none where it is larger.
async fn whole(body: Body, most_bytes: u64) -> Result<Option<Bytes>, axum::Error> {
    let mut parts = body.into_data_stream();
    let (mut read, mut kept) = (0_u64, Vec::new());
    while let Some(part) = parts.next().await {
        let part = part?;
        read = read.saturating_add(part.len() as u64);
        if read <= most_bytes {
            kept.extend_from_slice(&part);
        } else {
            kept = Vec::new();
        }
        if read > most_bytes + DROPPED_BYTES {
            break;
        }
    }
    Ok((read <= most_bytes).then(|| Bytes::from(kept)))
}

/// Refuses a body that says of itself that it is compressed, or not UTF-8.
fn plain_utf8(headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name| headers.get(name).map_or("", |v: &HeaderValue| v.to_str().unwrap_or("?")).to_ascii_lowercase();
    let refused = |detail: String| Err(Problem::new(Kind::WrongContentType, detail));
    let encoding = text(header::CONTENT_ENCODING);
    if !["", "identity"].contains(&encoding.trim()) {
        return refused(format!("The body is encoded as {encoding:?}; send it as it is, without Content-Encoding."));
    }
    let given = text(header::CONTENT_TYPE);
    let charset = given.split(';').skip(1).find_map(|part| part.trim().strip_prefix("charset="));
    match charset.map(|name| name.trim_matches('"')) {
        // ASCII is UTF-8.
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => Ok(()),
        Some(other) => refused(format!("The body is said to be {other:?}; send it in UTF-8.")),
    }
}

/// The media type of the body, lower case, without parameters. Empty where none is given.
pub(in crate::http) fn media_type(headers: &HeaderMap) -> String {
    let value = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

pub(in crate::http) fn is_json(media_type: &str) -> bool {
    media_type == "application/json" || (media_type.starts_with("application/") && media_type.ends_with("+json"))
}

/// Refuses query parameters where everything is said in the body.
pub(in crate::http) fn no_query(request: &Request, limits: &Limits) -> Result<(), Problem> {
    query_fields(request.uri().query().unwrap_or_default(), limits.query_bytes)?.finish()
}

/// The fields of what is to be recorded, and the key under which that is done once.
pub(in crate::http) async fn record_fields(
    request: Request,
    limits: &Limits,
) -> Result<(Fields, Option<Once>), Problem> {
    no_query(&request, limits)?;
    let given = media_type(request.headers());
    if !is_json(&given) {
        return Err(wrong_type(&given, "application/json"));
    }
    let (headers, route) = (request.headers().clone(), route(&request));
    let bytes = read_body(request, limits, limits.json_bytes).await?;
    Ok((object(&bytes)?, once(&headers, &route, &bytes)?))
}

/// The fields of a decision, none where there is no body, and the key under which that is done once.
pub(in crate::http) async fn decision_fields(
    request: Request,
    limits: &Limits,
) -> Result<(Fields, Option<Once>), Problem> {
    no_query(&request, limits)?;
    let given = media_type(request.headers());
    let (headers, route) = (request.headers().clone(), route(&request));
    let bytes = read_body(request, limits, limits.json_bytes).await?;
    let fields = match bytes.is_empty() {
        true => Fields::from_json(serde_json::Map::new()),
        false if is_json(&given) => object(&bytes)?,
        false => return Err(wrong_type(&given, "application/json")),
    };
    Ok((fields, once(&headers, &route, &bytes)?))
}

/// The types in which contacts come.
const LINES_TYPES: [&str; 3] = ["application/x-ndjson", "application/ndjson", "application/jsonl"];

/// Contacts as they came, how they are written, and the key under which they are taken once.
pub(in crate::http) async fn contacts_body(
    request: Request,
    limits: &Limits,
) -> Result<(Bytes, Form, Option<Once>), Problem> {
    no_query(&request, limits)?;
    let given = media_type(request.headers());
    let form = match given.as_str() {
        "text/csv" => Form::Csv,
        lines if LINES_TYPES.contains(&lines) => Form::Lines,
        json if is_json(json) => Form::Json,
        _ => return Err(wrong_type(&given, "application/json, application/x-ndjson or text/csv")),
    };
    let (headers, route) = (request.headers().clone(), route(&request));
    let bytes = read_body(request, limits, limits.contacts_bytes).await?;
    if form == Form::Json {
        let text = bytes.clone();
        // Megabytes of it take a while.
        let read = tokio::task::spawn_blocking(move || serde_json::from_slice::<serde::de::IgnoredAny>(&text));
        let read = read.await.map_err(Problem::internal)?;
        read.map_err(|error| not_json(&format!("the body is not JSON: {error}")))?;
    }
    let once = once(&headers, &route, &bytes)?;
    Ok((bytes, form, once))
}

fn route(request: &Request) -> String {
    format!("{} {}", request.method(), request.uri().path())
}

fn once(headers: &HeaderMap, route: &str, body: &[u8]) -> Result<Option<Once>, Problem> {
    let Some(key) = idempotency_key(headers)? else { return Ok(None) };
    Ok(Some(Once::new(key, route, body).map_err(crate::app::RecordError::from)?))
}

fn object(bytes: &[u8]) -> Result<Fields, Problem> {
    match serde_json::from_slice(bytes).map(|Distinct(value)| value) {
        Ok(Value::Object(object)) => Ok(Fields::from_json(object)),
        Ok(_) => Err(not_json("the body must be a JSON object")),
        Err(error) if error.is_data() => Err(not_json(&format!("the body cannot be meant: {error}"))),
        Err(error) => Err(not_json(&format!("the body is not JSON: {error}"))),
    }
}

/// The fields of a JSON object.
pub(in crate::http) async fn json_fields(
    request: Request,
    limits: &Limits,
    most_bytes: u64,
) -> Result<Fields, Problem> {
    let given = media_type(request.headers());
    if !is_json(&given) {
        return Err(wrong_type(&given, "application/json"));
    }
    let bytes = read_body(request, limits, most_bytes).await?;
    object(&bytes)
}

fn not_json(detail: &str) -> Problem {
    Problem::new(Kind::InvalidBody, format!("T{}.", &detail[1..])).with_errors(vec![Fault::new(
        "body",
        "#",
        detail.to_owned(),
    )])
}

/// The types in which a tip's text may come. An unnamed one is taken for markdown, as `curl -T` sends it.
const TEXT_TYPES: [&str; 4] = ["", "text/markdown", "text/x-markdown", "text/plain"];

/// The text of a tip, as UTF-8.
pub(in crate::http) async fn text_body(request: Request, limits: &Limits) -> Result<String, Problem> {
    let given = media_type(request.headers());
    if !TEXT_TYPES.contains(&given.as_str()) {
        return Err(wrong_type(&given, "text/markdown"));
    }
    let bytes = read_body(request, limits, limits.tip_bytes).await?;
    if given.is_empty() && bytes.is_empty() {
        return Err(wrong_type(&given, "text/markdown"));
    }
    String::from_utf8(bytes.into()).map_err(|error| {
        let detail = format!("the text is not UTF-8 from byte {}", error.utf8_error().valid_up_to());
        Problem::new(Kind::InvalidBody, format!("T{}.", &detail[1..]))
            .with_errors(vec![Fault::new("body", "#", detail)])
    })
}

fn wrong_type(given: &str, wanted: &str) -> Problem {
    let given = if given.is_empty() { "no type".to_owned() } else { format!("{given:?}") };
    Problem::new(Kind::WrongContentType, format!("The body has {given}; send it as Content-Type: {wanted}."))
}
