//! The pulse.

use super::ledger::{exact, share, time};
use crate::app::{Causes, ENOUGH, Helps, OfTip, Pulse, Right, RightOf};
use crate::engine::experiment::{Arm, Effect, Interval, POWER, Share, WORTH_SEEING};
use crate::ledger::{BalloonStats, PromiseCounts};
use serde_json::{Value, json};

pub(in crate::cli) fn pulse(pulse: &Pulse) -> Value {
    json!({
        "directive": pulse.directive,
        "from": time(pulse.from.timestamp_millis()),
        "until": time(pulse.until.timestamp_millis()),
        "horizon_days": pulse.horizon_days,
        "simulated": pulse.simulated,
        "right_first_time": right(&pulse.right),
        "promises": promises(pulse.promises),
        "balloons": balloons(&pulse.balloons),
        "tips": tips(pulse),
        "experiment": helps(&pulse.helps),
        "causes": causes(pulse.causes),
    })
}

fn tips(pulse: &Pulse) -> Value {
    let of_tip = |of: &OfTip| json!({"tip": of.tip.as_str(), "question": of.question, "outcomes": of.outcomes});
    json!({
        "volunteered": pulse.volunteered,
        "silent": pulse.silent,
        "outcomes": pulse.outcomes,
        "by": pulse.of_tips.iter().map(of_tip).collect::<Vec<_>>(),
    })
}

fn right(right: &Right) -> Value {
    json!({
        "overall": right.overall.as_ref().map(share),
        "needed": needed(right.overall.map_or(0, |share| share.of)),
        "open": right.open,
        "by": right.by.iter().map(part).collect::<Vec<_>>(),
        "weeks": right.weeks.iter().map(week).collect::<Vec<_>>(),
    })
}

fn needed(of: u64) -> u64 {
    ENOUGH.saturating_sub(of)
}

fn part(part: &RightOf) -> Value {
    let mut wire = json!({
        "product": part.product.as_ref().map(|product| product.as_str()),
        "issue": part.issue.as_ref().map(|issue| issue.as_str()),
        "needed": needed(part.share.of),
    });
    if let Some(fields) = wire.as_object_mut() {
        fields.extend(share(&part.share));
    }
    wire
}

fn week((at_ms, of): &(i64, Share)) -> Value {
    let mut wire = json!({"week": time(*at_ms)});
    if let Some(fields) = wire.as_object_mut() {
        fields.extend(share(of));
    }
    wire
}

fn promises(PromiseCounts { kept, late, broken, overdue }: PromiseCounts) -> Value {
    let of = Share::of(kept, kept + broken + overdue);
    json!({"kept": kept, "late": late, "broken": broken, "overdue": overdue, "share": of.as_ref().map(share)})
}

fn balloons(stats: &BalloonStats) -> Value {
    // To a tenth of an hour.
    let hours = |ms: i64| (ms as f64 / 360_000.0).round() / 10.0;
    let givers = stats.givers_by_role.iter().map(|(role, givers)| json!({"role": role, "givers": givers}));
    json!({
        "waiting": stats.waiting,
        "acknowledged": stats.acknowledged,
        "adopted": stats.adopted,
        "declined": stats.declined,
        "oldest_waiting_at": stats.oldest_waiting_ms.map(time),
        "median_hours_to_acknowledgement": stats.median_to_acknowledgement_ms.map(hours),
        "median_of_acknowledgement": stats.median_of_acknowledgement,
        "median_hours_to_decision": stats.median_to_decision_ms.map(hours),
        "median_of_decision": stats.median_of_decision,
        "givers": givers.collect::<Vec<_>>(),
    })
}

fn helps(helps: &Helps) -> Value {
    let arm = |arm: Arm| json!({"customers": arm.customers, "returned": arm.returned});
    let (told, held_out) = (helps.arms.told, helps.arms.held_out);
    let needed = helps.needed.map(|(in_told, in_held_out)| {
        let missing = helps.lacking().map_or(0, |(told, held_out)| told + held_out);
        json!({"told": in_told, "held_out": in_held_out, "missing": missing, "effect": WORTH_SEEING, "power": POWER})
    });
    json!({
        "told": arm(told),
        "held_out": arm(held_out),
        "open": helps.open,
        "effect": helps.effect.as_ref().map(effect),
        "needed": needed,
        "lot": helps.lot,
    })
}

fn effect(effect: &Effect) -> Value {
    let interval = |of: &Interval| {
        let high = of.high.is_finite().then(|| exact(of.high));
        json!({"value": exact(of.value), "low": exact(of.low), "high": high})
    };
    json!({"difference": interval(&effect.difference), "ratio": effect.ratio.as_ref().map(interval)})
}

fn causes(causes: Causes) -> Value {
    let whole = causes.whole();
    let Causes { no_tip, not_understood, gated, held_out, not_told, failed, not_asked } = causes;
    json!({
        "whole": whole, "no_tip": no_tip, "not_understood": not_understood, "gated": gated, "held_out": held_out,
        "not_told": not_told, "failed": failed, "not_asked": not_asked,
    })
}
