//! The JSON that commands print: the same shapes as the HTTP API answers with; a test compares the two.

use crate::app::{SearchAnswer, Suggested};
use crate::engine::{Field, Origin, Recognised, ReviewState, SilenceCode, Situation, Suggestion, Unknown};
use crate::tip::Tip;
use serde_json::{Value, json};

pub(super) fn suggested(suggested: &Suggested, public_url: Option<&str>) -> Value {
    let one = |s: &Suggestion| suggestion(s, public_url);
    let answer = &suggested.answer;
    json!({
        "id": suggested.id,
        "situation": situation(&suggested.situation),
        "tip": answer.tip.as_ref().ok().map(one),
        "silence": answer.tip.as_ref().err().map(|s| json!({"code": silence_code(s.code), "detail": s.detail})),
        "others": answer.others.iter().map(one).collect::<Vec<_>>(),
        "answers": answer.answers.iter().map(one).collect::<Vec<_>>(),
        "craft": answer.craft.as_ref().map(one),
        "library": suggested.library,
        "took_us": suggested.took_us,
    })
}

fn situation(situation: &Situation) -> Value {
    json!({
        "products": situation.products.iter().map(recognised).collect::<Vec<_>>(),
        "issues": situation.issues.iter().map(recognised).collect::<Vec<_>>(),
        "unknown": situation.unknown.iter().map(unknown).collect::<Vec<_>>(),
    })
}

fn recognised<Id: AsRef<str>>(it: &Recognised<Id>) -> Value {
    let from = match it.from {
        Origin::Given => "given",
        Origin::Text => "text",
    };
    json!({"id": it.id.as_ref(), "title": it.title, "confidence": rounded(it.confidence), "from": from})
}

fn unknown(it: &Unknown) -> Value {
    let field = match it.field {
        Field::Product => "product",
        Field::Issue => "issue",
    };
    json!({"given": it.given, "field": field, "nearest": it.nearest})
}

pub(super) fn silence_code(code: SilenceCode) -> &'static str {
    match code {
        SilenceCode::NoSituation => "no_situation",
        SilenceCode::NoTip => "no_tip",
        SilenceCode::Unlikely => "unlikely",
        SilenceCode::AlreadyTold => "already_told",
        SilenceCode::Asked => "asked",
        SilenceCode::Overdue => "overdue",
        SilenceCode::HeldOut => "held_out",
    }
}

fn suggestion(suggestion: &Suggestion, public_url: Option<&str>) -> Value {
    let tip = &suggestion.tip;
    let parts = suggestion
        .contributions
        .iter()
        .map(|c| json!({"signal": c.signal, "value": rounded(c.value), "detail": c.detail}));
    let state = match suggestion.review {
        ReviewState::Fresh => "fresh",
        ReviewState::Due => "due",
        ReviewState::Overdue => "overdue",
        ReviewState::None => "none",
    };
    json!({
        "id": tip.id.as_str(),
        "question": tip.question,
        "say": tip.say,
        "wire": wires(tip),
        "product": tip.section.as_str(),
        "when": tip.when.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
        "prevents": tip.prevents.as_ref().map(AsRef::<str>::as_ref),
        "after": tip.after.as_ref().map(|after| &after.text),
        "url": format!("{}/t/{}", public_url.unwrap_or_default(), tip.id),
        "score": rounded(suggestion.score),
        "contributions": parts.collect::<Vec<_>>(),
        "why": suggestion.why,
        "review": {"state": state, "by": suggestion.review_by.map(|day| day.to_string())},
    })
}

fn wires(tip: &Tip) -> Vec<Value> {
    tip.wire.iter().map(|wire| json!({"label": wire.label, "url": wire.url})).collect()
}

pub(super) fn found(answer: &SearchAnswer) -> Value {
    let items = answer.found.hits.iter().map(|hit| {
        json!({
            "id": hit.tip.id.as_str(),
            "question": hit.tip.question,
            "say": hit.tip.say,
            "product": hit.tip.section.as_str(),
            "highlights": {
                "question": hit.highlights.question,
                "say": hit.highlights.say,
                "detail": hit.highlights.detail,
            },
            "score": rounded(hit.score),
        })
    });
    let facets = answer.found.facets.iter().map(|(name, values)| {
        let counts = values.iter().map(|facet| (facet.value.clone(), json!(facet.count)));
        ((*name).to_owned(), Value::Object(counts.collect()))
    });
    json!({
        "items": items.collect::<Vec<_>>(),
        "next": answer.found.next,
        "total": answer.found.total,
        "facets": Value::Object(facets.collect()),
        "corrected": answer.found.corrected,
        "took_us": answer.took_us,
    })
}

/// Four digits after the point, as the API rounds: an f32 printed whole shows digits it does not have.
fn rounded(value: f32) -> f64 {
    (f64::from(value) * 10_000.0).round() / 10_000.0
}

/// A tip as `GET /v1/tips/{id}` answers with it.
pub(super) fn tip(tip: &Tip, public_url: Option<&str>) -> Value {
    json!({
        "id": tip.id.as_str(),
        "question": tip.question,
        "say": tip.say,
        "wire": wires(tip),
        "product": tip.section.as_str(),
        "url": format!("{}/t/{}", public_url.unwrap_or_default(), tip.id),
    })
}
