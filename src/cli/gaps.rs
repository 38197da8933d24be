//! `gaps`: what no tip is there for, most contacts a month first, and after what it follows.

use super::at_ledger::Needs;
use super::columns::{Side, columns};
use super::desk::Desk;
use super::ended::{Ended, Run};
use super::ledger_args::GapsArgs;
use super::numbers::thousands;
use super::terminal::{Ink, note};
use super::wire;
use crate::app::{Following, Gap, Missing};
use chrono::Utc;

pub(super) fn run(desk: &Desk, asked: &GapsArgs) -> Run {
    let limit = usize::from(asked.limit);
    let gaps: Vec<(Gap, Vec<Following>)> = desk.at_ledger(Needs::Foresight, async |app| {
        let gaps = app.gaps(Utc::now(), limit).await?.into_iter();
        Ok(gaps.map(|gap| (gap.clone(), app.follows(&gap))).collect())
    })?;
    if desk.json {
        desk.out.json(&wire::gaps(&gaps))?;
        return Ok(Ended::Done);
    }
    if gaps.is_empty() {
        note("Nothing is missing, as far as the ledger knows.");
        return Ok(Ended::Done);
    }
    let mut rows = vec![["A month", "Times", "Missing", "Most come after"].map(str::to_owned).to_vec()];
    rows.extend(
        gaps.iter().map(|(gap, follows)| {
            vec![format!("{:.1}", gap.a_month), thousands(gap.times), missing(gap), after(follows)]
        }),
    );
    let sides = [Side::Right, Side::Right, Side::Left, Side::Left];
    for (place, line) in columns(&sides, &rows).iter().enumerate() {
        desk.out.line(if place == 0 { desk.out.paint(Ink::Strong, line) } else { line.clone() })?;
    }
    note("A month: contacts that a tip could save at most. What is missed often rises to the balloons by itself.");
    if gaps.iter().any(|(_, follows)| !follows.is_empty()) {
        note("What fewer than 20 in 100 come back with is kept back as too unlikely, also once a tip is written.");
    }
    Ok(Ended::Done)
}

fn missing(gap: &Gap) -> String {
    match &gap.what {
        Missing::Issue { product, issue } => {
            let product = product.as_ref().map(|product| format!(" ({product})")).unwrap_or_default();
            format!("{issue}{product}: no tip prevents it")
        }
        Missing::Search { words } => format!("“{words}”: looked for, nothing found"),
    }
}

/// The issue after which most customers come back with it, and how many of how many did.
fn after(follows: &[Following]) -> String {
    let most = follows.first().and_then(|most| most.after.as_ref().map(|issue| (issue, &most.next)));
    most.map_or_else(String::new, |(issue, next)| {
        format!("{}: {} of {}", issue.name(), thousands(next.n), thousands(next.of))
    })
}
