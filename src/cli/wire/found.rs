//! An answer of `search`.

use super::tip::{address, product, rounded};
use crate::app::SearchAnswer;
use crate::engine::{Field, Unknown};
use crate::index::{Facet, Hit};
use serde_json::{Map, Value, json};

pub(in crate::cli) fn found(answer: &SearchAnswer, base: &str) -> Value {
    let found = &answer.found;
    let counts = |name| counted(found.facets.get(name).map(Vec::as_slice).unwrap_or_default());
    json!({
        "items": found.hits.iter().map(|hit| item(hit, base)).collect::<Vec<_>>(),
        "next": found.next,
        "total": found.total,
        "facets": {"product": counts("product"), "issue": counts("issue")},
        "corrected": found.corrected,
        "unknown": answer.unknown.iter().map(unknown).collect::<Vec<_>>(),
        "library": answer.library,
        "took_us": answer.took_us,
    })
}

fn counted(facets: &[Facet]) -> Map<String, Value> {
    facets.iter().map(|facet| (facet.value.clone(), json!(facet.count))).collect()
}

fn item(hit: &Hit, base: &str) -> Value {
    let marked = &hit.highlights;
    json!({
        "id": hit.tip.id.as_str(),
        "question": hit.tip.question,
        "say": hit.tip.say,
        "product": product(&hit.tip),
        "highlights": {"question": marked.question, "say": marked.say, "detail": marked.detail},
        "score": rounded(hit.score),
        "url": address(&hit.tip, base),
    })
}

pub(super) fn unknown(it: &Unknown) -> Value {
    let field = match it.field {
        Field::Product => "product",
        Field::Issue => "issue",
    };
    json!({"given": it.given, "field": field, "nearest": it.nearest})
}
