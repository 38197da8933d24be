//! Everything that can go wrong at the door, as RFC 9457 `application/problem+json`.
//!
//! A handler returns a `Problem`; it travels in the response's extensions until the outermost layer, which alone
//! knows the request's id and address, writes the body. Causes are logged there and never sent.

mod from;
mod kind;
mod wire;

pub use kind::Kind;
pub(super) use wire::{Fault, ProblemBody, ProblemResponse};

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// What is answered instead of what was asked for.
#[derive(Clone, Debug)]
pub struct Problem {
    pub(super) kind: Kind,
    /// What is wrong in this request and what to do, for the caller.
    pub(super) detail: String,
    pub(super) errors: Vec<Fault>,
    pub(super) headers: Vec<(HeaderName, HeaderValue)>,
    /// What happened inside, for the log alone.
    pub(super) cause: Option<String>,
}

impl Problem {
    pub fn new(kind: Kind, detail: impl Into<String>) -> Self {
        Self { kind, detail: detail.into(), errors: Vec::new(), headers: Vec::new(), cause: None }
    }

    /// A failure of ours: the cause goes to the log.
    pub fn internal(cause: impl ToString) -> Self {
        let detail = "Something failed on our side. The log has the cause under this request_id.";
        Self { cause: Some(cause.to_string()), ..Self::new(Kind::Internal, detail) }
    }

    /// Fields of the body cannot be used.
    pub fn fields(detail: &str) -> Self {
        Self::new(Kind::InvalidFields, detail)
    }

    /// A refusal that passes: to be tried again in a second.
    pub fn later(kind: Kind, detail: &str) -> Self {
        Self::new(kind, detail).with_header(header::RETRY_AFTER, HeaderValue::from_static("1"))
    }

    /// There is no tip with this id.
    pub fn no_tip(id: &str) -> Self {
        // As much of it as a person needs to recognise it.
        let shown: String = id.chars().take(200).collect();
        Self::new(Kind::TipNotFound, format!("There is no tip {shown:?}. /v1/search finds tips by words."))
    }

    #[must_use]
    pub fn with_errors(mut self, errors: Vec<Fault>) -> Self {
        self.errors = errors;
        self
    }

    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The bytes to send. `base` is the server's address without a slash at its end.
    pub(in crate::http) fn body(&self, base: &str, request_id: &str) -> Vec<u8> {
        let body = ProblemBody {
            r#type: format!("{base}/problems/{}", self.kind.slug()),
            title: self.kind.title(),
            status: self.kind.status().as_u16(),
            detail: &self.detail,
            errors: &self.errors,
            request_id,
        };
        serde_json::to_vec(&body).expect("strings and numbers always serialise")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut response = self.kind.status().into_response();
        for (name, value) in &self.headers {
            response.headers_mut().insert(name.clone(), value.clone());
        }
        response.extensions_mut().insert(Arc::new(self));
        response
    }
}
