//! The OpenAPI 3.1 document, made from the handlers and served as it is.

use super::answer::{Answer, weak_tag};
use super::limits::Limits;
use super::problem::{Fault, ProblemBody, ProblemResponse};
use super::shared::Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use serde_json::{Value, json};
use std::sync::Arc;
use utoipa::OpenApi as _;
use utoipa::openapi::OpenApi;

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "stemwire",
        description = "Volunteers the one answer the customer did not ask for, while it can still help: `/v1/suggest`.\n\n\
            JSON in and out. Errors are `application/problem+json`; their `type` is a page that explains them. Reads carry \
            an `ETag` and honour `If-None-Match`; lists are paged by `limit` and `cursor`; writes take `Idempotency-Key`, \
            remembered for a day, and for seven days where the ledger records them. Fields are added, never renamed or removed.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    servers((url = "/", description = "This server")),
    components(schemas(ProblemBody, Fault), responses(ProblemResponse)),
    tags(
        (name = "suggest", description = "Volunteer what they did not ask"),
        (name = "search", description = "Find what is looked for"),
        (name = "tips", description = "Read, write and delete tips"),
        (name = "library", description = "The library: its products, issues, changes and problems"),
        (name = "ledger", description = "Remember, learn, and tell the truth about what helped"),
        (name = "operate", description = "For those who run it")))]
struct Base;

/// The head of the document; the routes add their paths.
pub(super) fn base() -> OpenApi {
    Base::openapi()
}

/// Bodies whose unknown fields are refused.
const CLOSED: [&str; 9] = [
    "SuggestRequest",
    "CheckRequest",
    "OutcomeRequest",
    "ContactRequest",
    "BalloonRequest",
    "DeclineRequest",
    "MergeRequest",
    "AdoptRequest",
    "PromiseRequest",
];

/// The whole text: what the handlers declare, and what is the same for all of them.
pub(super) fn text(declared: &OpenApi, limits: &Limits) -> String {
    let mut document = serde_json::to_value(declared).expect("the document is made of strings and numbers");
    // Said aloud: no operation asks who you are; the server listens on loopback alone.
    document["security"] = json!([]);
    if let Some(paths) = document["paths"].as_object_mut() {
        // The router's way to write a parameter that spans slashes.
        *paths = std::mem::take(paths).into_iter().map(|(path, item)| (documented(&path), item)).collect();
        for (path, item) in paths {
            let operations = item.as_object_mut().into_iter().flatten();
            operations.for_each(|(method, operation)| {
                complete(operation, path.starts_with("/v1/"));
                keyed_or_tagged(operation, method, path);
                let known = operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten();
                known.filter(|one| one["name"] == "limit").for_each(|one| bound(&mut one["schema"], path, limits));
            });
        }
    }
    let schemas = &mut document["components"]["schemas"];
    for name in CLOSED {
        schemas[name]["additionalProperties"] = json!(false);
    }
    let one_of = ["text", "product", "issue"].map(|name| json!({ "required": [name] }));
    schemas["SuggestRequest"]["anyOf"] = json!(one_of);
    bound(&mut schemas["SuggestRequest"]["properties"]["limit"], "/v1/suggest", limits);
    format!("{document:#}")
}

/// Gives a `limit` the most that this server takes, and what it takes where none is given.
fn bound(limit: &mut Value, path: &str, limits: &Limits) {
    let (most, default) = match path {
        "/v1/suggest" => (limits.suggest_most, limits.suggest_default),
        "/v1/search" => (limits.search_most, limits.search_default),
        "/v1/foresight" => (limits.foresight_most, limits.foresight_default),
        _ => (limits.list_most, limits.list_default),
    };
    (limit["maximum"], limit["default"]) = (json!(most), json!(default));
}

/// A path as it is documented: without the router's way to write a parameter that spans slashes, and evidence where it
/// belongs, below its tip, where the router cannot put it.
fn documented(path: &str) -> String {
    path.replace("{*", "{").replace("/v1/evidence/{id}", "/v1/tips/{id}/evidence")
}

/// Adds the problems that any operation may answer with.
fn complete(operation: &mut Value, promised: bool) {
    let mut statuses = vec!["403", "500", "503"];
    if promised {
        statuses.extend(["400", "414"]);
    }
    if operation["requestBody"].is_object() {
        statuses.extend(["408", "413", "415", "422"]);
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    for status in statuses {
        responses.entry(status).or_insert_with(|| json!({ "$ref": "#/components/responses/Problem" }));
    }
    if promised {
        // By the HTTP library, before there is a request to answer with a problem.
        responses.insert("431".into(), json!({ "description": "The request's head is longer than the server reads" }));
    }
    responses.sort_keys();
}

/// Says of a write that it takes a key, and of a read that it is known by a tag.
fn keyed_or_tagged(operation: &mut Value, method: &str, path: &str) {
    let header = match (method, path) {
        // Both are asked with a body, and neither writes.
        ("post", "/v1/suggest" | "/v1/check") | ("get", "/v1/live") => return,
        _ if !path.starts_with("/v1/") => return,
        ("get", _) => json!({
            "name": "If-None-Match", "in": "header", "required": false, "schema": { "type": "string" },
            "description": "The `ETag` of an answer that you have: where it still stands, it is not sent again"
        }),
        _ => json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "schema": { "type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$" },
            "description": "The same key and body are answered with the first answer"
        }),
    };
    if method == "get" {
        let responses = &mut operation["responses"];
        responses["304"] = json!({ "description": "What you have still stands" });
        responses["200"]["headers"]["ETag"] =
            json!({ "description": "The version of this answer", "schema": { "type": "string" } });
        responses.as_object_mut().into_iter().for_each(serde_json::Map::sort_keys);
    }
    if method != "get" {
        // The key is another request's, or that request is still under way.
        let responses = &mut operation["responses"];
        for status in ["409", "422"] {
            if responses[status].is_null() {
                responses[status] = json!({ "$ref": "#/components/responses/Problem" });
            }
        }
        responses.as_object_mut().into_iter().for_each(serde_json::Map::sort_keys);
    }
    match operation["parameters"].as_array_mut() {
        Some(known) if known.iter().any(|one| one["name"] == header["name"]) => {}
        Some(known) => known.push(header),
        None => operation["parameters"] = json!([header]),
    }
}

/// The API's own description
///
/// Made from the handlers; `/docs` draws it for people.
#[utoipa::path(get, path = "/openapi.json", tag = "operate", operation_id = "openapi",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = Object)))]
pub(super) async fn openapi(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Answer {
    let tag = weak_tag("openapi", &shared.document);
    Answer::new("application/json", shared.document.as_bytes().to_vec()).tagged(&headers, &tag)
}
