//! An answer of `suggest`.

use super::found::unknown;
use super::tip::{address, days, product, rounded, wires};
use crate::app::Suggested;
use crate::engine::{Recognised, Silence, Situation, Suggestion};
use crate::tip::render_html;
use serde_json::{Value, json};

/// `explain` keeps the contributions that are worth nothing; `base` is the public address, or empty.
pub(in crate::cli) fn suggested(suggested: &Suggested, explain: bool, base: &str) -> Value {
    let one = |s: &Suggestion| suggestion(s, explain, base);
    let answer = &suggested.answer;
    let mut wire = json!({
        "id": suggested.id,
        "situation": situation(&suggested.situation),
        "tip": answer.tip.as_ref().ok().map(one),
        "silence": answer.tip.as_ref().err().map(silence),
        "others": answer.others.iter().map(one).collect::<Vec<_>>(),
        "answers": answer.answers.iter().map(one).collect::<Vec<_>>(),
        "craft": answer.craft.as_ref().map(one),
        "library": suggested.library,
        "took_us": suggested.took_us,
    });
    if suggested.ledger_away {
        wire["ledger"] = json!("away");
    }
    wire
}

fn situation(situation: &Situation) -> Value {
    json!({
        "products": situation.products.iter().map(recognised).collect::<Vec<_>>(),
        "issues": situation.issues.iter().map(recognised).collect::<Vec<_>>(),
        "unknown": situation.unknown.iter().map(unknown).collect::<Vec<_>>(),
    })
}

fn recognised<Id: AsRef<str>>(it: &Recognised<Id>) -> Value {
    json!({"id": it.id.as_ref(), "title": it.title, "confidence": rounded(it.confidence), "from": it.from.as_str()})
}

/// As the API has it.
fn silence(silence: &Silence) -> Value {
    let mut wire = json!({"code": silence.code.as_str(), "detail": silence.detail});
    if silence.danger {
        wire["danger"] = true.into();
    }
    wire
}

fn suggestion(suggestion: &Suggestion, explain: bool, base: &str) -> Value {
    let tip = &suggestion.tip;
    let parts: Vec<_> =
        suggestion.contributions.iter().map(|c| (c, rounded(c.value))).filter(|(_, v)| explain || *v != 0.0).collect();
    // Summed after rounding, so that what is shown adds up.
    let score: f64 = parts.iter().map(|(_, value)| value).sum();
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string());
    json!({
        "id": tip.id.as_str(),
        "question": tip.question,
        "say": tip.say,
        "wire": wires(tip),
        "html": render_html(&tip.detail, &tip.id),
        "product": product(tip),
        "when": tip.when.iter().map(AsRef::as_ref).collect::<Vec<&str>>(),
        "prevents": tip.prevents.as_ref().map(AsRef::<str>::as_ref),
        "after": tip.after.as_ref().map(|after| &after.text),
        "after_days": tip.after.as_ref().map(days),
        "url": address(tip, base),
        "score": (score * 1e4).round() / 1e4,
        "contributions": parts.iter()
            .map(|(c, value)| json!({"signal": c.signal, "value": value, "detail": c.detail}))
            .collect::<Vec<_>>(),
        "why": suggestion.why,
        "review": {"state": suggestion.review.as_str(), "by": day(suggestion.review_by), "verified": day(tip.verified), "owner": tip.owner},
    })
}
