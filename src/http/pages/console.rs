//! `GET /`: the page that suggests while you type.

use super::asset::file;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use axum::http::HeaderMap;

pub async fn console(headers: HeaderMap) -> Result<Answer, Problem> {
    file("index.html", "text/html", &headers)
}
