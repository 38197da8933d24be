//! `GET /t/{id}`: a tip's page, which may be sent to a customer. Nothing that is for agents alone has one.

use super::frame::{escape, page};
use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::Problem;
use crate::http::request::{Named, Wanted, wanted};
use crate::http::shapes::things;
use crate::http::shared::Shared;
use crate::tip::{Audience, Tip, TipId};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use std::sync::Arc;

pub async fn tip(State(shared): State<Arc<Shared>>, Named(id): Named, headers: HeaderMap) -> Result<Answer, Problem> {
    let stored = shared.app.tip(&TipId::new(&id))?;
    let Some(stored) = stored.filter(|s| s.tip.audience == Audience::Customer && !s.tip.draft) else {
        return missing(&shared, &headers, &id);
    };
    let tag = weak_tag(&shared.app.fingerprint(), &("page", &id));
    Ok(Answer::html(tip_page(&shared, &stored.tip)).tagged(&headers, &tag))
}

/// A few kind words for a customer with an old link; a problem for a program.
fn missing(shared: &Shared, headers: &HeaderMap, id: &str) -> Result<Answer, Problem> {
    if !wanted(headers).is_ok_and(|face| face == Wanted::Html) {
        return Err(Problem::no_tip(id));
    }
    let title = "This page is no longer here";
    let main = format!(
        "<article>\n<h1>{title}</h1>\n<p class=\"say\">It may have moved or been taken back since you were sent here. \
         Whoever sent you the link can tell you what it said.</p>\n</article>"
    );
    let page = Answer::html(page(title, "tip", &main, shared.app.directive().as_deref()));
    Ok(page.with_status(StatusCode::NOT_FOUND).with(header::VARY, HeaderValue::from_static("accept")))
}

/// The page: question, answer, what comes with it, and the rest.
pub(in crate::http) fn tip_page(shared: &Shared, tip: &Tip) -> String {
    let wires: String = things(tip)
        .iter()
        .map(|thing| match thing.url {
            Some(url) => {
                format!("<li><a href=\"{}\" rel=\"noopener noreferrer\">{}</a></li>", escape(url), escape(thing.label))
            }
            None => format!("<li>{}</li>", escape(thing.label)),
        })
        .collect();
    let wires = if wires.is_empty() { wires } else { format!("<h2>With it</h2>\n<ul class=\"wire\">{wires}</ul>\n") };
    let main = format!(
        "<article lang=\"{}\">\n<h1>{}</h1>\n<p class=\"say\">{}</p>\n{wires}<div class=\"detail\">{}</div>\n</article>",
        escape(&tip.lang),
        escape(&tip.question),
        escape(&tip.say),
        shared.html(tip).as_ref()
    );
    page(&tip.question, "tip", &main, shared.app.directive().as_deref())
}
