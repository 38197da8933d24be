//! Lists in pages: `limit` and `cursor` in, `next` out. A cursor of a list by id names the list
//! and the last id of the page before.

use super::Fields;
use crate::http::answer::Answer;
use crate::http::limits::Limits;
use crate::http::problem::{Fault, Kind, Problem};
use axum::http::{Uri, header};
use utoipa::IntoParams;

/// Which page of a list.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(in crate::http) struct Page {
    /// How many at most.
    #[param(minimum = 1, maximum = 1000, default = 100, required = false)]
    pub limit: usize,
    /// `next` of the answer before.
    #[param(max_length = 512)]
    pub cursor: Option<String>,
}

impl Page {
    pub fn of(mut fields: Fields, limits: &Limits) -> Result<Self, Problem> {
        let limit = fields.number("limit", limits.list_default, 1..=limits.list_most);
        let cursor = fields.text("cursor", limits.value_chars);
        if cursor.as_ref().is_some_and(|cursor| cursor.contains(char::is_control)) {
            fields.fault("cursor", "is not one of ours");
        }
        fields.finish()?;
        Ok(Self { limit, cursor })
    }

    /// The id after which the page of `list` begins; none for the first page.
    pub fn after(&self, list: &str) -> Result<Option<&str>, Problem> {
        let Some(cursor) = &self.cursor else { return Ok(None) };
        let id = cursor.strip_prefix(list).and_then(|rest| rest.strip_prefix('.'));
        id.map(Some).ok_or_else(foreign)
    }

    /// The cursor of the page of `list` that begins after `id`.
    pub fn cursor_after(list: &str, id: &str) -> String {
        format!("{list}.{id}")
    }

    /// The page's items out of all of `list`, which are ordered by `id`, and the cursor of the page after it.
    pub fn cut<'i, T>(
        &self,
        list: &str,
        all: &'i [T],
        id: impl Fn(&T) -> &str,
    ) -> Result<(&'i [T], Option<String>), Problem> {
        let after = self.after(list)?;
        let start = after.map_or(0, |after| all.partition_point(|item| id(item) <= after));
        let rest = &all[start..];
        let items = &rest[..rest.len().min(self.limit)];
        let last = items.last().filter(|_| rest.len() > items.len());
        Ok((items, last.map(|last| Self::cursor_after(list, id(last)))))
    }
}

impl Page {
    /// The page's items out of all, in an order of their own, and the cursor of the page after it: how many come before.
    pub fn counted<'i, T>(&self, all: &'i [T]) -> Result<(&'i [T], Option<String>), Problem> {
        let start = match &self.cursor {
            Some(cursor) => cursor.parse().map_err(|_| foreign())?,
            None => 0_usize,
        };
        let end = start.saturating_add(self.limit).min(all.len());
        Ok((all.get(start..end).unwrap_or_default(), (end < all.len()).then(|| end.to_string())))
    }
}

fn foreign() -> Problem {
    let fault = Fault::new("query", "#/cursor", "is not one of ours");
    Problem::new(Kind::InvalidQuery, "The cursor is not one of ours: start again without it.").with_errors(vec![fault])
}

/// Adds the address of the next page as a `Link`, for clients that follow those.
pub(in crate::http) fn next_link(answer: Answer, uri: &Uri, next: Option<&str>) -> Answer {
    let Some(next) = next else { return answer };
    let kept =
        uri.query().unwrap_or_default().split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("cursor="));
    let mut query: Vec<String> = kept.map(str::to_owned).collect();
    query.push(format!("cursor={}", escaped(next, "")));
    answer.with_text(header::LINK, &format!("<{}?{}>; rel=\"next\"", uri.path(), query.join("&")))
}

/// Percent-encodes all but unreserved characters and those in `kept`.
pub(in crate::http) fn escaped(text: &str, kept: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        let plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) || kept.as_bytes().contains(&byte);
        match plain {
            true => out.push(char::from(byte)),
            false => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
