//! The body of a problem, as it is sent.

use serde::Serialize;
use utoipa::openapi::{Content, Ref, RefOr, Response, ResponseBuilder};
use utoipa::{ToResponse, ToSchema};

/// What went wrong, after RFC 9457. Clients decide by `type` or `status`; `title` and `detail` are for people.
#[derive(Serialize, ToSchema)]
#[schema(as = Problem, example = json!({
    "type": "http://127.0.0.1:7171/problems/invalid-query",
    "title": "The query string cannot be used",
    "status": 400,
    "detail": "limit must be a whole number between 0 and 20.",
    "errors": [{"detail": "limit must be a whole number between 0 and 20", "pointer": "#/limit", "in": "query"}],
    "request_id": "5f2c91ab-00000012"
}))]
pub(in crate::http) struct ProblemBody<'a> {
    /// A page on this server that explains this kind of problem.
    #[schema(format = "uri-reference")]
    pub r#type: String,
    /// The kind in a few words; the same each time.
    pub title: &'a str,
    /// The status of the answer, again.
    #[schema(minimum = 400, maximum = 599)]
    pub status: u16,
    /// What is wrong with this request, and what to do.
    pub detail: &'a str,
    /// The fields at fault, all of them.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    #[schema(value_type = Vec<Fault>, required = false)]
    pub errors: &'a [Fault],
    /// Under this id the log tells more.
    pub request_id: &'a str,
}

/// One field at fault.
#[derive(Clone, Debug, PartialEq, Serialize, ToSchema)]
pub(in crate::http) struct Fault {
    pub detail: String,
    /// JSON pointer to the field, as a fragment; a query parameter is pointed at by its name.
    #[schema(example = "#/limit")]
    pub pointer: String,
    /// Where the field stands: `query`, `header` or `body`.
    pub r#in: &'static str,
    /// Where a tip's text is at fault: the code that `stemwire explain` knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<&'static str>,
    /// Line of the text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    /// Character of the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// What to do about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
}

impl Fault {
    pub fn new(place: &'static str, pointer: impl Into<String>, detail: impl Into<String>) -> Self {
        let (pointer, detail) = (pointer.into(), detail.into());
        Self { detail, pointer, r#in: place, code: None, line: None, column: None, help: None }
    }
}

/// What is answered where something is wrong.
pub(in crate::http) struct ProblemResponse;

impl<'r> ToResponse<'r> for ProblemResponse {
    fn response() -> (&'r str, RefOr<Response>) {
        let body = Content::new(Some(Ref::from_schema_name("Problem")));
        let problem = ResponseBuilder::new().description("What is wrong, and what to do");
        ("Problem", problem.content("application/problem+json", body).build().into())
    }
}
