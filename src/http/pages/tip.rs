//! `GET /t/{id}`: a tip's page, which may be sent to a customer. Nothing that is for agents alone has one.

use super::frame::{Frame, escape, page};
use super::qr;
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
    let served = shared.app.served_tip(&TipId::new(&id))?;
    let Some(stored) = served.what.filter(|s| s.tip.audience == Audience::Customer && !s.tip.draft) else {
        return missing(&shared, &headers, &id);
    };
    shared.render([&stored.tip]).await;
    let base = base(&shared, &headers);
    let tag = weak_tag(&served.library, &("page", &id, &base));
    Ok(Answer::html(tip_page(&shared, &stored.tip, &base)).tagged(&headers, &tag))
}

/// Where the server is reached: as configured, else as this request reached it. Previews, printed codes and search
/// engines need a whole address.
pub(in crate::http) fn base(shared: &Shared, headers: &HeaderMap) -> String {
    let host = || headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    shared.public_url.clone().unwrap_or_else(|| format!("http://{}", host()))
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
    let page = Answer::html(public(&Frame { title, main: &main, ..Frame::default() }, shared));
    Ok(page.with_status(StatusCode::NOT_FOUND).with(header::VARY, HeaderValue::from_static("accept")))
}

/// The page: question, answer, what comes with it, the rest; then how to hand it on, and what the customer thinks of it.
pub(in crate::http) fn tip_page(shared: &Shared, tip: &Tip, base: &str) -> String {
    let wires: String = things(tip)
        .iter()
        .map(|thing| match thing.url {
            Some(url) => {
                format!("<li><a href=\"{}\" rel=\"noopener noreferrer\">{}</a></li>", escape(url), escape(thing.label))
            }
            None => format!("<li>{}</li>", escape(thing.label)),
        })
        .collect();
    let wires = if wires.is_empty() {
        wires
    } else {
        format!("<h2 lang=\"en\">With it</h2>\n<ul class=\"wire\">{wires}</ul>\n")
    };
    let address = format!("{base}/t/{}", tip.id);
    let main = format!(
        "<article dir=\"{}\">\n<h1>{}</h1>\n<p class=\"say\">{}</p>\n{wires}<div class=\"detail\">{}</div>\n</article>\n{}",
        direction(&tip.lang),
        escape(&tip.question),
        escape(&tip.say),
        shared.html(tip).as_ref(),
        hand_on(&tip.id, &address),
    );
    let head = preview(tip, base, &address);
    let frame = Frame {
        title: &tip.question,
        lang: &tip.lang,
        head: &head,
        main: &main,
        script: Some("tip"),
        ..Frame::default()
    };
    public(&frame, shared)
}

/// Languages that are written from right to left (their likely scripts in Unicode's CLDR).
const RIGHT_TO_LEFT: [&str; 10] = ["ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"];

fn direction(lang: &str) -> &'static str {
    let language = lang.split(['-', '_']).next().unwrap_or_default().to_lowercase();
    if RIGHT_TO_LEFT.contains(&language.as_str()) { "rtl" } else { "ltr" }
}

/// What programs show of the page where its address is sent: Open Graph, and its one true address.
fn preview(tip: &Tip, base: &str, address: &str) -> String {
    let of =
        |property: &str, content: &str| format!("<meta property=\"{property}\" content=\"{}\">\n", escape(content));
    let mut head = format!(
        "<link rel=\"canonical\" href=\"{}\">\n<meta name=\"description\" content=\"{}\">\n",
        escape(address),
        escape(&tip.say)
    );
    head.push_str(&of("og:type", "article"));
    head.push_str(&of("og:title", &tip.question));
    head.push_str(&of("og:description", &tip.say));
    head.push_str(&of("og:url", address));
    head.push_str(&of("og:locale", &tip.lang.replace('-', "_")));
    head.push_str(&of("og:image", &format!("{base}/assets/art/preview.png")));
    head.push_str(&of("og:image:width", "1200"));
    head.push_str(&of("og:image:height", "630"));
    head.push_str(&of("og:image:alt", "A daisy, its stem held by a coil of wire"));
    head.push_str("<meta name=\"twitter:card\" content=\"summary_large_image\">\n");
    head
}

/// The code that leads here from paper or another screen. What needs a script is not shown where none runs.
fn hand_on(id: &TipId, address: &str) -> String {
    let code = qr::svg(address).unwrap_or_default();
    format!(
        "<section class=\"helpful\" id=\"helpful\" lang=\"en\" data-tip=\"{id}\" aria-labelledby=\"helpful-title\">\n\
         <h2 id=\"helpful-title\">Was this what you needed?</h2>\n<div class=\"buttons\" id=\"answers\">\
         <button type=\"button\" class=\"button\" id=\"yes\">Yes</button><button type=\"button\" class=\"button\" id=\"no\">No</button></div>\n\
         <form id=\"balloon\" hidden><label for=\"wish\">What is missing?</label><textarea id=\"wish\" maxlength=\"2000\" rows=\"3\" dir=\"auto\"></textarea>\
         <button type=\"submit\" class=\"button\">Send</button></form>\n<p id=\"thanks\" role=\"status\"></p><p id=\"receipt\" role=\"status\"></p>\n</section>\n\
         <aside class=\"hand-on\" lang=\"en\" aria-label=\"Hand it on\">{code}<div><p class=\"address\">{address}</p>\
         <button type=\"button\" class=\"button\" id=\"share\">Copy the link</button><span id=\"shared\" role=\"status\"></span></div></aside>",
        id = escape(id.as_str()),
        address = escape(address),
    )
}

/// A page for customers: nothing of the desk is on it.
fn public(frame: &Frame, shared: &Shared) -> String {
    let main = format!("<main id=\"main\">\n{}\n</main>", frame.main);
    let directive = shared.app.directive();
    let directive = directive.as_deref();
    page(&Frame { kind: "tip paper", style: Some("tip"), main: &main, directive, ..*frame })
}
