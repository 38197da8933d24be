//! `GET /t/{id}`: a tip's page, which may be sent to a customer. Nothing that is for agents alone has one.

use super::frame::{escape, page};
use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::Problem;
use crate::http::shapes::things;
use crate::http::shared::Shared;
use crate::tip::{Audience, Tip, TipId};
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use std::sync::Arc;

pub async fn tip(
    State(shared): State<Arc<Shared>>,
    Path(id): Path<String>,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let stored = shared.app.tip(&TipId::new(&id))?.ok_or_else(|| Problem::no_tip(&id))?;
    if stored.tip.audience != Audience::Customer || stored.tip.draft {
        return Err(Problem::no_tip(&id));
    }
    let tag = weak_tag(&shared.app.fingerprint(), &("page", &id));
    Ok(Answer::html(tip_page(&shared, &stored.tip)).tagged(&headers, &tag))
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
        shared.html(tip)
    );
    page(&tip.question, "tip", &main, shared.app.directive().as_deref())
}
