//! The pages for those who work here: a folder of `console/` each, put into the frame.

use super::asset::text;
use super::frame::{Frame, page};
use crate::http::answer::{Answer, weak_tag};
use crate::http::problem::Problem;
use crate::http::shared::Shared;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, header};
use axum::routing::get;
use std::sync::Arc;

/// One page.
struct View {
    path: &'static str,
    title: &'static str,
    /// The folder of `console/` with its `page.html`, `page.css` and `page.js`.
    folder: &'static str,
    /// Classes of the body.
    kind: &'static str,
    /// Shown in the side bar of another program, where the operator allows that.
    framed: bool,
}

const VIEWS: [View; 7] = [
    View { path: "/", title: "stemwire", folder: "console", kind: "console", framed: false },
    View { path: "/embed", title: "stemwire", folder: "console", kind: "console embed", framed: true },
    View { path: "/library", title: "Library: stemwire", folder: "library", kind: "library", framed: false },
    View { path: "/balloons", title: "Balloons: stemwire", folder: "balloons", kind: "balloons", framed: false },
    View { path: "/pulse", title: "Pulse: stemwire", folder: "pulse", kind: "pulse", framed: false },
    View { path: "/style", title: "Style: stemwire", folder: "style", kind: "style", framed: false },
    View { path: "/docs", title: "API reference: stemwire", folder: "docs", kind: "docs", framed: false },
];

/// The routes of all of them.
pub(in crate::http) fn views() -> Router<Arc<Shared>> {
    VIEWS.iter().fold(Router::new(), |router, view| {
        let handler = async move |State(shared): State<Arc<Shared>>, RawQuery(query): RawQuery, headers| {
            show(view, query.is_some(), &shared, &headers)
        };
        router.route(view.path, get(handler))
    })
}

/// An address that asks something is marked, so that a page can wait for its answer before it draws what that would move.
fn show(view: &View, asking: bool, shared: &Shared, headers: &HeaderMap) -> Result<Answer, Problem> {
    let main = text(&format!("{}/page.html", view.folder))?;
    let directive = shared.app.directive();
    let kind = if asking { format!("{} asking", view.kind) } else { view.kind.to_owned() };
    let html = page(&Frame {
        title: view.title,
        kind: &kind,
        style: Some(view.folder),
        script: Some(view.folder),
        main: &main,
        desk: Some(view.path),
        directive: directive.as_deref(),
        ancestors: if view.framed { &shared.frame_ancestors } else { &[] },
        ..Frame::default()
    });
    let tag = weak_tag("view", &html);
    let answer = Answer::html(html);
    let answer = match view.framed {
        true => answer.with_text(header::CONTENT_SECURITY_POLICY, &Answer::page_policy(&shared.frame_ancestors)),
        false => answer,
    };
    Ok(answer.tagged(headers, &tag))
}
