//! `gaps`: what no tip is there for, most contacts a month first.

use super::at_ledger::Needs;
use super::columns::{Side, columns};
use super::desk::Desk;
use super::ended::{Ended, Run};
use super::ledger_args::GapsArgs;
use super::numbers::thousands;
use super::terminal::{Ink, note};
use super::wire;
use crate::app::{Gap, Missing};
use chrono::Utc;

pub(super) fn run(desk: &Desk, asked: &GapsArgs) -> Run {
    let limit = usize::from(asked.limit);
    let gaps = desk.at_ledger(Needs::Records, async |app| Ok(app.gaps(Utc::now(), limit).await?))?;
    if desk.json {
        desk.out.json(&wire::gaps(&gaps))?;
        return Ok(Ended::Done);
    }
    if gaps.is_empty() {
        note("Nothing is missing, as far as the ledger knows.");
        return Ok(Ended::Done);
    }
    let mut rows = vec![["A month", "Times", "Missing"].map(str::to_owned).to_vec()];
    rows.extend(gaps.iter().map(|gap| vec![format!("{:.1}", gap.a_month), thousands(gap.times), missing(gap)]));
    for (place, line) in columns(&[Side::Right, Side::Right, Side::Left], &rows).iter().enumerate() {
        desk.out.line(if place == 0 { desk.out.paint(Ink::Strong, line) } else { line.clone() })?;
    }
    note("A month: contacts that a tip could save at most. What is missed often rises to the balloons by itself.");
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
