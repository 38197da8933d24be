//! What the ledger answers: foresight, gaps, balloons, and what is kept about a customer.

use super::found::unknown;
use super::tip::rounded;
use crate::app::{Following, Gap, Missing, OutlookAnswer, PromiseStands};
use crate::engine::experiment::Share;
use crate::engine::foresight::{Had, Next};
use crate::ledger::{Balloon, Giver, KeptRecord, Page, Promise};
use crate::tip::{IssueId, TipId};
use chrono::{DateTime, SecondsFormat, Utc};
use serde_json::{Map, Value, json};

/// As RFC 3339.
pub(super) fn time(ms: i64) -> String {
    DateTime::from_timestamp_millis(ms).unwrap_or_default().to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// Four decimals, as the API sends them.
pub(super) fn exact(value: f64) -> f64 {
    rounded(value as f32)
}

pub(super) fn share(share: &Share) -> Map<String, Value> {
    let Share { hits, of, value, low, high } = *share;
    let fields = [("n", json!(hits)), ("of", json!(of)), ("value", json!(exact(value)))];
    let interval = [("low", json!(exact(low))), ("high", json!(exact(high)))];
    fields.into_iter().chain(interval).map(|(name, value)| (name.to_owned(), value)).collect()
}

pub(in crate::cli) fn foresight(outlook: &OutlookAnswer) -> Value {
    let had = |had: &Had| json!({"issue": had.issue.as_str(), "product": had.product.as_ref().map(|id| id.as_str())});
    json!({
        "had": outlook.had.iter().map(had).collect::<Vec<_>>(),
        "next": outlook.next.iter().map(|(one, tip)| next(one, tip.as_ref())).collect::<Vec<_>>(),
        "of": outlook.of,
        "basis": outlook.basis.as_str(),
        "again": outlook.again.as_ref().map(|again| next(again, None)),
        "horizon_days": outlook.horizon_days,
        "since_days": outlook.since_days,
        "contacts": outlook.contacts,
        "unknown": outlook.unknown.iter().map(unknown).collect::<Vec<_>>(),
    })
}

fn next(next: &Next, tip: Option<&TipId>) -> Value {
    json!({
        "issue": next.issue.as_str(),
        "product": next.product.as_ref().map(|product| product.as_str()),
        "p": exact(next.p),
        "low": exact(next.low),
        "high": exact(next.high),
        "lift": exact(next.lift),
        "n": next.n,
        "of": next.of,
        "told": next.told,
        "median_days": next.median_days,
        "tip": tip.map(TipId::as_str),
    })
}

/// Each with the issues that it follows.
pub(in crate::cli) fn gaps(gaps: &[(Gap, Vec<Following>)]) -> Value {
    json!({"items": gaps.iter().map(|(one, follows)| gap(one, follows)).collect::<Vec<_>>(), "next": null})
}

fn gap(gap: &Gap, follows: &[Following]) -> Value {
    let (kind, product, issue, words) = match &gap.what {
        Missing::Issue { product, issue } => {
            ("issue", product.as_ref().map(ToString::to_string), Some(issue.to_string()), None)
        }
        Missing::Search { words } => ("search", None, None, Some(words.clone())),
    };
    json!({
        "kind": kind,
        "product": product,
        "issue": issue,
        "words": words,
        "times": gap.times,
        "contacts_a_month": exact(gap.a_month),
        "follows": follows.iter().map(following).collect::<Vec<_>>(),
    })
}

fn following(following: &Following) -> Value {
    let mut wire = next(&Next { product: following.product.clone(), ..following.next.clone() }, None);
    wire["after"] = json!(following.after.as_ref().map(IssueId::as_str));
    wire["basis"] = json!(following.basis.as_str());
    wire
}

/// `floats_away` says of a balloon when it does.
pub(in crate::cli) fn balloons(page: &Page<Balloon>, floats_away: impl Fn(&Balloon) -> Option<DateTime<Utc>>) -> Value {
    let items: Vec<_> = page.items.iter().map(|one| balloon(one, floats_away(one))).collect();
    json!({"items": items, "next": page.next})
}

/// A balloon with those who gave it.
pub(in crate::cli) fn balloon(balloon: &Balloon, floats_away: Option<DateTime<Utc>>) -> Value {
    let mut wire = balloon_for_giver(balloon, floats_away);
    wire["givers"] = balloon.givers.iter().map(giver).collect();
    wire
}

/// What a giver sees of it: the others are none of theirs.
pub(in crate::cli) fn balloon_for_giver(balloon: &Balloon, floats_away: Option<DateTime<Utc>>) -> Value {
    json!({
        "id": balloon.id,
        "text": balloon.said,
        "product": balloon.product.as_ref().map(|product| product.as_str()),
        "issue": balloon.issue.as_ref().map(|issue| issue.as_str()),
        "state": balloon.state.as_str(),
        "given_at": time(balloon.given_ms),
        "acknowledged_at": balloon.acknowledged_ms.map(time),
        "decided_at": balloon.decided_ms.map(time),
        "floats_away_at": floats_away.map(|at| time(at.timestamp_millis())),
        "reason": balloon.reason,
        "tip": balloon.tip.as_ref().map(TipId::as_str),
        "rose_by_itself": balloon.rose_from.is_some(),
        "merged": balloon.merged,
        "givers": [],
    })
}

fn giver(giver: &Giver) -> Value {
    json!({
        "given_at": time(giver.given_ms),
        "from": giver.name,
        "role": giver.role,
        "contact": giver.contact,
        "text": giver.said,
    })
}

pub(in crate::cli) fn promises(page: &Page<Promise>, now: DateTime<Utc>) -> Value {
    json!({"items": page.items.iter().map(|one| promise(one, now)).collect::<Vec<_>>(), "next": page.next})
}

pub(in crate::cli) fn promise(promise: &Promise, now: DateTime<Utc>) -> Value {
    json!({
        "id": promise.id,
        "what": promise.what,
        "due": time(promise.due_ms),
        "state": PromiseStands::of(promise, now).as_str(),
        "made_at": time(promise.made_ms),
        "settled_at": promise.settled_ms.map(time),
        "owner": promise.owner,
        "tip": promise.tip.as_ref().map(TipId::as_str),
    })
}

/// A record about a customer; what is kept in milliseconds is shown as a time.
pub(in crate::cli) fn kept(record: &KeptRecord) -> Value {
    let mut wire = Map::new();
    wire.insert("kind".to_owned(), json!(record.kind));
    wire.insert("at".to_owned(), json!(record.at_ms.map(time)));
    wire.extend(record.fields.iter().map(|(name, value)| match (name.strip_suffix("_ms"), value.parse()) {
        (Some(name), Ok(ms)) => (format!("{name}_at"), json!(time(ms))),
        _ => ((*name).to_owned(), json!(value)),
    }));
    Value::Object(wire)
}
