//! What an address names: the decoded rest of its path.

use crate::http::problem::{Kind, Problem};
use axum::extract::{FromRequestParts, Path};
use axum::http::request::Parts;

/// A tip's id, a file's path or a code, as the address names it.
pub(in crate::http) struct Named(pub String);

impl<S: Send + Sync> FromRequestParts<S> for Named {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let tip = ["/v1/tips/", "/t/"].iter().any(|start| parts.uri.path().starts_with(start));
        let refused = |why: &str| Problem::new(if tip { Kind::InvalidId } else { Kind::NotFound }, why);
        match Path::<String>::from_request_parts(parts, state).await {
            Err(_) => Err(refused("The address does not spell UTF-8 after its percent signs.")),
            Ok(Path(text)) if text.contains('\0') => Err(refused("No id has the character U+0000.")),
            Ok(Path(text)) => Ok(Named(text)),
        }
    }
}
