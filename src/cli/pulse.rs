//! `pulse`: the directive and its measures, in a few plain lines.

use super::at_ledger::Needs;
use super::columns::{Side, columns};
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::numbers::{counted, points, share, thousands, time_for};
use super::terminal::{Ink, beside};
use super::wire;
use crate::app::{Causes, ENOUGH, Helps, Pulse, Right};
use crate::engine::experiment::{Effect, Share};
use chrono::Utc;

/// Wide enough for the longest label and a space.
const COLUMN: usize = 20;
/// Products and issues that are named, those with the most contacts.
const NAMED: usize = 5;
/// The last weeks that are named.
const WEEKS: usize = 6;

pub(super) fn run(desk: &Desk) -> Run {
    let pulse = desk.at_ledger(Needs::Records, async |app| Ok(app.pulse(Utc::now()).await?))?;
    if desk.json {
        desk.out.json(&wire::pulse(&pulse))?;
        return Ok(Ended::Done);
    }
    if let Some(directive) = &pulse.directive {
        desk.out.line(beside("", "", 0, directive))?;
        desk.out.line("")?;
    }
    let (from, until) = (pulse.from.format("%-d %b %Y"), pulse.until.format("%-d %b %Y"));
    desk.out.line(desk.out.paint(Ink::Faint, &format!("{from} to {until}; intervals are 95 %")))?;
    if pulse.simulated {
        desk.out.line(desk.out.paint(Ink::Warn, "Simulated: `stemwire learn --sample` made this past up."))?;
    }
    desk.out.line("")?;
    for (label, text) in lines(&pulse) {
        desk.out.line(beside(label, &desk.out.paint(Ink::Strong, label), COLUMN, &text))?;
    }
    print_parts(desk, &pulse.right)
}

fn lines(pulse: &Pulse) -> Vec<(&'static str, String)> {
    vec![
        ("Right first time", right(&pulse.right, pulse.horizon_days)),
        ("Promises", promises(pulse)),
        ("Balloons", balloons(pulse)),
        ("Suggestions", suggestions(pulse)),
        ("Outcomes", outcomes(pulse)),
        ("Does telling help?", helps(&pulse.helps)),
        ("Why they came back", causes(&pulse.causes)),
    ]
}

/// The share, or how much is missing for one.
fn measured(of: Option<Share>) -> String {
    match of {
        Some(of) if of.of >= ENOUGH => share(of.value, of.low, of.high),
        of => missing(of.map_or(0, |of| of.of)),
    }
}

fn missing(have: u64) -> String {
    format!("not enough data yet, {} more needed", thousands(ENOUGH.saturating_sub(have)))
}

fn right(right: &Right, days: i64) -> String {
    let measured = measured(right.overall);
    let counted = match right.overall {
        Some(of) => format!(
            ": after {} of {} contacts nobody came back within {days} days",
            thousands(of.hits),
            thousands(of.of)
        ),
        None => String::new(),
    };
    let open = match right.open {
        0 => String::new(),
        open => format!("; {} too young to be counted", thousands(open)),
    };
    format!("{measured}{counted}{open}.")
}

fn promises(pulse: &Pulse) -> String {
    let made = pulse.promises;
    let of = Share::of(made.kept, made.kept + made.broken + made.overdue);
    let kept = of.map(|of| format!("{} % kept: ", points(of.value))).unwrap_or_default();
    let late = if made.late > 0 { format!(" ({} of them late)", made.late) } else { String::new() };
    format!("{kept}{} kept{late}, {} broken, {} overdue.", made.kept, made.broken, made.overdue)
}

fn balloons(pulse: &Pulse) -> String {
    let stats = &pulse.balloons;
    let oldest = stats.oldest_waiting_ms.map(|ms| pulse.until.timestamp_millis() - ms);
    let oldest = oldest.map(|ms| format!(", the oldest for {}", time_for(ms))).unwrap_or_default();
    let acknowledged = half(stats.median_of_acknowledgement, stats.median_to_acknowledgement_ms, "acknowledged");
    let decided = half(stats.median_of_decision, stats.median_to_decision_ms, "decided about");
    format!(
        "{} waiting{oldest}; {} acknowledged, {} adopted, {} declined.{acknowledged}{decided}",
        stats.waiting, stats.acknowledged, stats.adopted, stats.declined
    )
}

/// How long it took for half of those that got so far. Those that still wait are not among them.
fn half(of: u64, median_ms: Option<i64>, what: &str) -> String {
    match (of, median_ms.map(time_for)) {
        (_, None) => String::new(),
        (1, Some(time)) => format!(" The one that was {what} was so after {time}."),
        (of, Some(time)) => format!(" Half of the {} that were {what} were so within {time}.", thousands(of)),
    }
}

fn suggestions(pulse: &Pulse) -> String {
    let all = counted(pulse.volunteered + pulse.silent, "answer", "answers");
    format!("{all}: a tip in {}, silence in {}.", thousands(pulse.volunteered), thousands(pulse.silent))
}

fn outcomes(pulse: &Pulse) -> String {
    let some = pulse.outcomes.iter().filter(|(_, times)| **times > 0);
    let named: Vec<String> = some.map(|(outcome, times)| format!("{outcome} {}", thousands(*times))).collect();
    if named.is_empty() { "none yet.".to_owned() } else { format!("{}.", named.join(", ")) }
}

fn helps(helps: &Helps) -> String {
    let (told, held_out) = (helps.arms.told, helps.arms.held_out);
    match helps.effect {
        Some(effect) if helps.lacking() == Some((0, 0)) || is_clear(&effect) => {
            let difference = effect.difference;
            let (word, low, high) = match difference.value < 0.0 {
                true => ("fewer", -difference.high, -difference.low),
                false => ("more", difference.low, difference.high),
            };
            // As on the page: nothing counts as shown before the look that was planned.
            let (so_far, early) = match helps.lacking() {
                Some((0, 0)) => ("", String::new()),
                _ => ("so far, ", format!(" Too early to say: {}.", lacking(helps))),
            };
            format!(
                "{so_far}{} points {word} come back ({} to {}): {} % of {} who may be told, {} % of {} held out by lot.{early}",
                points(difference.value.abs()),
                points(low),
                points(high),
                points(told.rate()),
                thousands(told.customers),
                points(held_out.rate()),
                thousands(held_out.customers)
            )
        }
        _ if helps.lot == 0.0 => "nobody is held out by lot, so nothing more can be seen.".to_owned(),
        _ => format!("not enough data yet: {}.", lacking(helps)),
    }
}

/// What is missing until an effect worth seeing would be seen.
fn lacking(helps: &Helps) -> String {
    let held_out = helps.arms.held_out;
    let more = |lack: u64, who: &str| format!("{} {who}", counted(lack, "more customer", "more customers"));
    match helps.lacking() {
        Some((0, held)) => format!("it takes {}", more(held, "held out by lot")),
        Some((told, 0)) => format!("it takes {}", more(told, "who may be told")),
        Some((told, held)) => {
            format!("it takes {} and {}", more(held, "held out by lot"), more(told, "who may be told"))
        }
        None if held_out.customers == 0 => "nobody who was held out has been counted".to_owned(),
        None if held_out.returned == 0 => "nobody who was held out has come back".to_owned(),
        None => "everybody who was held out has come back".to_owned(),
    }
}

/// True where the interval tells better from worse.
fn is_clear(effect: &Effect) -> bool {
    effect.difference.high < 0.0 || effect.difference.low > 0.0
}

fn causes(causes: &Causes) -> String {
    let whole = causes.whole();
    if whole == 0 {
        return "nobody did, about anything else.".to_owned();
    }
    let parts = [
        ("no tip written", causes.no_tip),
        ("nobody asked stemwire", causes.not_asked),
        ("not understood", causes.not_understood),
        ("kept back by a gate", causes.gated),
        ("held out by lot", causes.held_out),
        ("shown, not told", causes.not_told),
        ("told in vain", causes.failed),
    ];
    let share = |part: u64| points(part as f64 / whole as f64);
    let some = parts.into_iter().filter(|(_, part)| *part > 0);
    let named: Vec<String> = some.map(|(cause, part)| format!("{cause} {} %", share(part))).collect();
    format!("{}: {}.", counted(whole, "contact", "contacts"), named.join(", "))
}

fn print_parts(desk: &Desk, right: &Right) -> Run {
    let weeks = &right.weeks[right.weeks.len().saturating_sub(WEEKS)..];
    let week = |(at_ms, of): &(i64, Share)| {
        let day =
            chrono::DateTime::from_timestamp_millis(*at_ms).unwrap_or_default().format("week of %-d %b").to_string();
        (day, *of)
    };
    let part = |part: &crate::app::RightOf| {
        let name: Vec<&str> =
            part.issue.iter().map(AsRef::as_ref).chain(part.product.iter().map(AsRef::as_ref)).collect();
        (if name.is_empty() { "neither product nor issue".to_owned() } else { name.join(", ") }, part.share)
    };
    print_shares(desk, "Right first time, by week", weeks.iter().map(week))?;
    print_shares(desk, "Right first time, where most contacts are", right.by.iter().take(NAMED).map(part))?;
    Ok(Ended::Done)
}

fn print_shares(desk: &Desk, title: &str, shares: impl Iterator<Item = (String, Share)>) -> Result<(), Failure> {
    let row =
        |(name, of): (String, Share)| vec![format!("  {name}"), measured(Some(of)), format!("of {}", thousands(of.of))];
    let rows: Vec<Vec<String>> = shares.map(row).collect();
    if rows.is_empty() {
        return Ok(());
    }
    desk.out.line("")?;
    desk.out.line(desk.out.paint(Ink::Strong, title))?;
    columns(&[Side::Left, Side::Right, Side::Right], &rows).iter().try_for_each(|line| desk.out.line(line))
}
