//! A tip, whole.

use crate::cli::address::escaped;
use crate::tip::{After, Audience, Tip, render_html};
use serde_json::{Value, json};

pub(in crate::cli) fn tip(tip: &Tip, base: &str) -> Value {
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    json!({
        "id": tip.id.as_str(),
        "file": tip.file,
        "aliases": texts(&tip.aliases),
        "question": tip.question,
        "say": tip.say,
        "detail": tip.detail,
        "html": render_html(&tip.detail, &tip.id),
        "section": tip.section.as_str(),
        "product": product(tip),
        "products": texts(&tip.products),
        "when": texts(&tip.when),
        "prevents": tip.prevents.as_ref().map(AsRef::<str>::as_ref),
        "after": tip.after.as_ref().map(|after| &after.text),
        "after_days": tip.after.as_ref().map(days),
        "expected": rounded(tip.expected),
        "wire": wires(tip),
        "asks": tip.asks,
        "says": tip.says,
        "kind": tip.kind.as_str(),
        "theme": tip.theme.map(|theme| theme.as_str()),
        "stage": tip.stages.iter().map(|stage| stage.as_str()).collect::<Vec<_>>(),
        "mood": tip.moods.iter().map(|mood| mood.as_str()).collect::<Vec<_>>(),
        "occasion": tip.occasions,
        "audience": tip.audience.as_str(),
        "owner": tip.owner,
        "review": tip.review.map(|review| review.to_string()),
        "review_by": day(tip.review_by()),
        "verified": day(tip.verified),
        "promise": tip.promise,
        "again": tip.again,
        "lot": tip.lot,
        "draft": tip.draft,
        "lang": tip.lang,
        "tags": tip.tags,
        "extra": tip.extra,
        "url": address(tip, base),
    })
}

fn texts<T: AsRef<str>>(items: &[T]) -> Vec<&str> {
    items.iter().map(AsRef::as_ref).collect()
}

pub(super) fn wires(tip: &Tip) -> Vec<Value> {
    tip.wire.iter().map(|wire| json!({"label": wire.label, "url": wire.url})).collect()
}

/// The first section it is for; none for one that fits all of the library.
pub(super) fn product(tip: &Tip) -> Option<&str> {
    tip.products.first().map(|id| id.as_str()).filter(|id| !id.is_empty())
}

/// Where it can be read: the page for customers, or where it has none, the API.
pub(super) fn address(tip: &Tip, base: &str) -> String {
    let id = escaped(tip.id.as_str());
    match tip.audience {
        Audience::Customer if !tip.draft => format!("{base}/t/{id}"),
        _ => format!("{base}/v1/tips/{id}"),
    }
}

pub(super) fn days(after: &After) -> [f64; 2] {
    [rounded(after.min_days), rounded(after.max_days)]
}

/// Four places: enough to tell apart what differs, and no digits that only the arithmetic knows.
pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
