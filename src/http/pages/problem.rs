//! `GET /problems/{code}`: what a problem's `type` and a finding's code mean.

use super::frame::{Frame, escape, page};
use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::{Kind, Problem};
use crate::http::request::{Named, Wanted, wanted};
use crate::http::shared::Shared;
use crate::tip::{Code, TipId, render_html};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, header};
use rust_embed::RustEmbed;
use std::sync::Arc;

#[derive(RustEmbed)]
#[folder = "docs/http-problems/"]
struct Pages;

/// Where these pages lie: the bar marks none of its own.
const HERE: &str = "/problems";

/// The list of all codes.
pub async fn problems(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Answer {
    let kinds =
        Kind::ALL.iter().map(|kind| item(kind.slug(), &format!("{} ({})", kind.title(), kind.status().as_u16())));
    let codes = Code::ALL.iter().map(|code| item(code.as_str(), first_line(code.explain())));
    let main = format!(
        "<h1>Problems</h1>\n<h2>Answers of the API</h2>\n<ul>{}</ul>\n<h2>Findings of check</h2>\n<ul>{}</ul>",
        kinds.collect::<String>(),
        codes.collect::<String>()
    );
    let html = framed("Problems", &main, &shared);
    let tag = weak_tag("problems", &html);
    Answer::html(html).tagged(&headers, &tag)
}

fn item(code: &str, title: &str) -> String {
    // A finding's title begins with its code.
    let title = title.strip_prefix(code).map_or(title, |rest| rest.trim_start_matches([':', ' ']));
    format!("<li><a href=\"/problems/{code}\">{code}</a>: {}</li>\n", escape(title))
}

fn first_line(markdown: &str) -> &str {
    markdown.lines().next().unwrap_or_default().trim_start_matches(['#', ' '])
}

/// One code's page, or its markdown where that is preferred.
pub async fn problem(
    State(shared): State<Arc<Shared>>,
    Named(code): Named,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let text = text_of(&code)
        .ok_or_else(|| Problem::new(Kind::NotFound, "There is no such problem. /problems lists those there are."))?;
    let markdown = wanted(&headers).is_ok_and(|face| face == Wanted::Markdown);
    let text = if markdown { text } else { shown(&text, &shared) };
    let tag = weak_tag("problem", &text);
    let answer = match markdown {
        true => Answer::new("text/markdown; charset=utf-8", text.into_bytes()),
        false => Answer::html(text),
    };
    Ok(answer.with(header::VARY, HeaderValue::from_static("accept")).tagged(&headers, &tag))
}

/// A page of markdown. The renderer sets headings one level lower, as a tip's page has its own first one.
fn shown(text: &str, shared: &Shared) -> String {
    let (title, rest) = (first_line(text), text.split_once('\n').map_or("", |(_, rest)| rest));
    let main = format!("<h1>{}</h1>\n{}", escape(title), render_html(rest, &TipId::new("problems/page")));
    framed(title, &main, shared)
}

fn framed(title: &str, main: &str, shared: &Shared) -> String {
    let main = format!("<main id=\"main\">\n{main}\n</main>");
    let directive = shared.app.directive();
    page(&Frame {
        title,
        kind: "paper",
        script: Some("problem"),
        main: &main,
        desk: Some(HERE),
        directive: directive.as_deref(),
        ..Frame::default()
    })
}

/// The page of an API problem by its slug, or of a finding by its code.
fn text_of(code: &str) -> Option<String> {
    if let Some(known) = Code::ALL.iter().find(|known| known.as_str().eq_ignore_ascii_case(code)) {
        return Some(known.explain().to_owned());
    }
    let kind = Kind::ALL.iter().find(|kind| kind.slug() == code)?;
    let file = Pages::get(&format!("{}.md", kind.slug()))?;
    let text = String::from_utf8_lossy(&file.data);
    Some(text.into_owned())
}
