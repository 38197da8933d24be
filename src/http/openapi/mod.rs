//! The OpenAPI 3.1 document, made from the handlers and served as it is.

pub(super) mod words;

use super::Answer;
use super::problem::{Fault, ProblemBody};
use axum::http::HeaderMap;
use std::sync::OnceLock;
use utoipa::openapi::path::{Operation, PathItem};
use utoipa::openapi::schema::AdditionalProperties;
use utoipa::openapi::{Content, OpenApi, Ref, RefOr, Response, ResponseBuilder, Schema};
use utoipa::{OpenApi as _, ToResponse};

#[derive(utoipa::OpenApi)]
#[openapi(
    info(title = "stemwire",
        description = "Volunteers the one answer the customer did not ask for, while it can still help: `/v1/suggest`.\n\n\
            JSON in and out. Errors are `application/problem+json`; their `type` is a page that explains them. Reads carry \
            an `ETag` and honour `If-None-Match`; lists are paged by `limit` and `cursor`; writes take `Idempotency-Key`, \
            remembered for a day. Fields are added, never renamed or removed.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")),
    servers((url = "/", description = "This server")),
    components(schemas(ProblemBody, Fault), responses(ProblemResponse)),
    tags(
        (name = "suggest", description = "Volunteer what they did not ask"),
        (name = "search", description = "Find what is looked for"),
        (name = "tips", description = "Read, write and delete tips"),
        (name = "library", description = "The library: its products, issues, changes and problems"),
        (name = "operate", description = "For those who run it")))]
struct Base;

/// What is answered where something is wrong.
pub(super) struct ProblemResponse;

impl<'r> ToResponse<'r> for ProblemResponse {
    fn response() -> (&'r str, RefOr<Response>) {
        let body = Content::new(Some(Ref::from_schema_name("Problem")));
        let problem = ResponseBuilder::new().description("What is wrong, and what to do");
        ("Problem", problem.content("application/problem+json", body).build().into())
    }
}

/// The document, built once.
pub fn document() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let (_, document) = super::routes::api().split_for_parts();
        completed(document).to_pretty_json().expect("the document is made of strings and numbers")
    })
}

/// The head of the document; the routes add their paths.
pub(super) fn base() -> OpenApi {
    Base::openapi()
}

/// Bodies whose unknown fields are refused.
const CLOSED: [&str; 2] = ["SuggestRequest", "CheckRequest"];

/// Adds what is the same for all operations: the problems that any of them may answer with.
fn completed(mut document: OpenApi) -> OpenApi {
    // Said aloud: no operation asks who you are; the server listens on loopback alone.
    document.security = Some(Vec::new());
    let paths = std::mem::take(&mut document.paths.paths);
    for (path, mut item) in paths {
        for operation in operations(&mut item) {
            complete(operation, path.starts_with("/v1/"));
        }
        // The router's way to write a parameter that spans slashes.
        document.paths.paths.insert(path.replace("{*", "{"), item);
    }
    for name in CLOSED {
        let schema = document.components.as_mut().and_then(|all| all.schemas.get_mut(name));
        if let Some(RefOr::T(Schema::Object(object))) = schema {
            object.additional_properties = Some(Box::new(AdditionalProperties::FreeForm(false)));
        }
    }
    document
}

fn operations(item: &mut PathItem) -> impl Iterator<Item = &mut Operation> {
    [&mut item.get, &mut item.put, &mut item.post, &mut item.delete].into_iter().filter_map(Option::as_mut)
}

fn complete(operation: &mut Operation, promised: bool) {
    let mut statuses = vec!["403", "500", "503"];
    if promised {
        statuses.extend(["400", "414"]);
    }
    if operation.request_body.is_some() {
        statuses.extend(["408", "413", "415", "422"]);
    }
    for status in statuses {
        let problem = RefOr::Ref(Ref::from_response_name("Problem"));
        operation.responses.responses.entry(status.to_owned()).or_insert(problem);
    }
}

/// The API's own description
///
/// Made from the handlers; `/docs` draws it for people.
#[utoipa::path(get, path = "/openapi.json", tag = "operate", operation_id = "openapi",
    responses((status = 200, description = "An OpenAPI 3.1 document", body = Object)))]
pub(super) async fn openapi(headers: HeaderMap) -> Answer {
    let text = document();
    let tag = super::answer::weak_tag("openapi", &text.len());
    Answer::new("application/json", text.as_bytes()).tagged(&headers, &tag)
}
