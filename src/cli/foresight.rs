//! `foresight`: what customers come back with, counted, as a table.

use super::at_ledger::Needs;
use super::columns::{Side, columns};
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::ForesightArgs;
use super::numbers::{counted, share, thousands};
use super::search::not_known;
use super::terminal::{Ink, calm, note};
use super::wire;
use crate::app::{OutlookAnswer, Outlooked};
use crate::engine::foresight::{Basis, Had, Next};
use crate::tip::SectionId;

pub(super) fn run(desk: &Desk, asked: &ForesightArgs) -> Run {
    let wanted = Outlooked {
        product: asked.product.clone(),
        issues: asked.issue.clone(),
        since_days: asked.since_days,
        limit: usize::from(asked.limit),
    };
    let outlook = desk.at_ledger(Needs::Foresight, async |app| Ok(app.foresee(&wanted)?))?;
    outlook.unknown.iter().for_each(not_known);
    if asked.product.is_none() {
        outlook.had.iter().for_each(counted_with);
    }
    if desk.json {
        desk.out.json(&wire::foresight(&outlook))?;
    } else if outlook.next.is_empty() {
        note(match outlook.contacts {
            0 => "Nothing is learned yet: no contact is in the ledger. `stemwire learn CONTACTS.csv` puts them in.",
            _ => "Nobody was counted coming back with anything else.",
        });
    } else {
        print(desk, &outlook)?;
    }
    Ok(if outlook.next.is_empty() { Ended::No } else { Ended::Done })
}

/// Nobody named a product: which of them was taken.
fn counted_with(had: &Had) {
    if let Some(product) = &had.product {
        let taken = format!("`{}` is counted with `{product}`, with which most customers had it.", had.issue);
        note(&format!("{taken} `--product` names another."));
    }
}

fn print(desk: &Desk, outlook: &OutlookAnswer) -> Result<(), Failure> {
    use Side::{Left, Right};
    let heading = ["Comes next", "Chance", "Counted", "Lift", "Median", "Tip"];
    let mut rows = vec![heading.map(str::to_owned).to_vec()];
    rows.extend(outlook.next.iter().map(|(next, tip)| {
        let tip = tip.as_ref().map_or_else(|| "–".to_owned(), ToString::to_string);
        let median = next.median_days.map_or_else(|| "–".to_owned(), |days| format!("{days:.1} days"));
        // Of two rates that nobody was counted for, how they compare says nothing.
        let lift = if next.n == 0 { "–".to_owned() } else { format!("{:.1}×", next.lift) };
        vec![what(next), chance(next), of(next), lift, median, tip]
    }));
    for (place, line) in columns(&[Left, Right, Right, Right, Right, Left], &rows).iter().enumerate() {
        desk.out.line(if place == 0 { desk.out.paint(Ink::Strong, line) } else { line.clone() })?;
    }
    if let Some(again) = &outlook.again {
        desk.out.line("")?;
        let text = format!("The same again: {}, {}.", chance(again), of(again));
        desk.out.line(calm(&text))?;
    }
    let within = match outlook.since_days {
        0 => "Within".to_owned(),
        since => format!("After {} without it, within the next", counted(u64::from(since), "day", "days")),
    };
    note(&format!(
        "{within} {} days; {} in this situation ({}), learned from {}. Intervals are 95 %.",
        outlook.horizon_days,
        counted(outlook.of, "customer", "customers"),
        rests_on(outlook.basis),
        counted(outlook.contacts, "contact", "contacts")
    ));
    Ok(())
}

/// The issue, with its product where its name does not say that.
fn what(next: &Next) -> String {
    let other = |product: &&SectionId| **product != next.issue.section();
    next.product
        .as_ref()
        .filter(other)
        .map_or_else(|| next.issue.to_string(), |product| format!("{} ({product})", next.issue))
}

fn chance(next: &Next) -> String {
    share(next.p, next.low, next.high)
}

fn of(next: &Next) -> String {
    format!("{} of {}", thousands(next.n), thousands(next.of))
}

fn rests_on(basis: Basis) -> &'static str {
    match basis {
        Basis::Popularity => "all customers",
        Basis::Product => "all with the product",
        Basis::Issue => "all with the issue",
        Basis::First => "all with the issue as their first",
        Basis::Pair => "all with the same two issues last",
        Basis::Set => "all with just these issues",
        Basis::Sequence => "all with just these issues in this order",
    }
}
