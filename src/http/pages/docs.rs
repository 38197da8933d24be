//! `GET /docs`: the API's reference, drawn from the OpenAPI document.

use super::asset::file;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use axum::http::HeaderMap;

pub async fn docs(headers: HeaderMap) -> Result<Answer, Problem> {
    file("docs.html", "text/html", &headers)
}
