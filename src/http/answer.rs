//! A whole answer: serialised once, to bytes.

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use std::hash::{DefaultHasher, Hash, Hasher};

/// What a page may load: itself and nothing else; no inline script or style.
const PAGE_POLICY: &str = "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; \
                           form-action 'self'; frame-ancestors ";

/// Status, type, the headers that handlers set, and the body.
#[derive(Clone, Debug)]
pub(super) struct Answer {
    status: StatusCode,
    media_type: &'static str,
    headers: Vec<(header::HeaderName, HeaderValue)>,
    body: Bytes,
}

impl Answer {
    pub fn new(media_type: &'static str, body: impl Into<Bytes>) -> Self {
        Self { status: StatusCode::OK, media_type, headers: Vec::new(), body: body.into() }
    }

    pub fn json(value: &impl Serialize) -> Self {
        // Answers of eight suggestions have some 8 KB; growing from less costs copies.
        let mut body = Vec::with_capacity(8 * 1024);
        serde_json::to_writer(&mut body, value).expect("wire structs have string keys and always serialise");
        Self::new("application/json", body)
    }

    pub fn html(page: String) -> Self {
        Self::new("text/html; charset=utf-8", page).with_text(header::CONTENT_SECURITY_POLICY, &Self::page_policy(&[]))
    }

    /// The policy of a page that only `ancestors` may show in a frame: origins, as `https://desk.example.com`.
    pub fn page_policy(ancestors: &[String]) -> String {
        let who = if ancestors.is_empty() { "'none'".to_owned() } else { ancestors.join(" ") };
        format!("{PAGE_POLICY}{who}")
    }

    pub fn empty(status: StatusCode) -> Self {
        Self { status, media_type: "", headers: Vec::new(), body: Bytes::new() }
    }

    #[must_use]
    pub fn with(mut self, name: header::HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    #[must_use]
    pub fn with_text(self, name: header::HeaderName, value: &str) -> Self {
        match HeaderValue::from_str(value) {
            Ok(value) => self.with(name, value),
            Err(_) => self,
        }
    }

    #[must_use]
    pub fn with_status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }

    /// Adds a tag made of the answer itself, and empties it to 304 where the caller has it already.
    #[must_use]
    pub fn tagged_by_content(self, headers: &HeaderMap) -> Self {
        let tag = self.content_tag();
        self.tagged(headers, &tag)
    }

    /// Adds a weak tag made of another answer: the same but for what need not be sent again for its own sake.
    #[must_use]
    pub fn tagged_by(self, headers: &HeaderMap, essence: &Answer) -> Self {
        self.tagged(headers, &format!("W/{}", essence.content_tag()))
    }

    fn content_tag(&self) -> String {
        format!("\"{}\"", &blake3::hash(&self.body).to_hex()[..32])
    }

    /// Adds the tag, and empties the answer to 304 where the caller has it already.
    #[must_use]
    pub fn tagged(mut self, headers: &HeaderMap, tag: &str) -> Self {
        if fresh(headers, tag) {
            self = Self { headers: self.headers, ..Self::empty(StatusCode::NOT_MODIFIED) };
        }
        self.with_text(header::ETAG, tag)
    }
}

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        if !self.media_type.is_empty() {
            headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        }
        for (name, value) in self.headers {
            headers.insert(name, value);
        }
        response
    }
}

/// A weak tag for what is made from the library, the request's address and, where reviews are told, the day.
pub(super) fn weak_tag(library: &str, asked: &impl Hash) -> String {
    // The hasher has fixed keys: the same question has the same tag in every process of this version.
    let mut hasher = DefaultHasher::new();
    (library, asked, env!("CARGO_PKG_VERSION")).hash(&mut hasher);
    format!("W/\"{:016x}\"", hasher.finish())
}

/// True where `If-None-Match` names `tag`: the caller has this answer.
fn fresh(headers: &HeaderMap, tag: &str) -> bool {
    let bare = tag.trim_start_matches("W/");
    headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|given| given.trim() == "*" || given.trim().trim_start_matches("W/") == bare)
}
