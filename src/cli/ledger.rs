//! `ledger`: what is kept about one customer, to be shown or erased; and whether the ledger is well.

use super::columns::{Side, columns};
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::{EraseArgs, LedgerArgs, LedgerCommand, OfCustomer};
use super::numbers::{counted, thousands};
use super::terminal::note;
use super::wire;
use serde_json::json;
use std::io::{BufRead, IsTerminal, Write};

pub(super) fn run(desk: &Desk, asked: &LedgerArgs) -> Run {
    match &asked.what {
        LedgerCommand::Export(of) => export(desk, of),
        LedgerCommand::Erase(asked) => erase(desk, asked),
        LedgerCommand::Check => check(desk),
    }
}

/// Lines of JSON with and without `--json`: it is for machines and for whoever asked to see it.
fn export(desk: &Desk, of: &OfCustomer) -> Run {
    let kept = desk.with_records(async |records| Ok(records.about(&of.customer).await?))?;
    for record in &kept {
        desk.out.line(wire::kept(record).to_string())?;
    }
    if kept.is_empty() {
        note("Nothing is kept about this customer. Case counts: was it written just as it was reported?");
        return Ok(Ended::No);
    }
    note(&format!("{}.", counted(kept.len() as u64, "record", "records")));
    Ok(Ended::Done)
}

fn erase(desk: &Desk, asked: &EraseArgs) -> Run {
    let customer = &asked.of.customer;
    let (kept, gone) = desk.with_records(async |records| {
        let kept = records.about(customer).await?.len() as u64;
        if kept > 0 && !(asked.yes || agreed(kept)?) {
            return Ok((kept, None));
        }
        if kept == 0 {
            // What was erased before may still be in the log.
            records.erase(customer).await?;
            return Ok((kept, None));
        }
        Ok((kept, Some(records.erase(customer).await?)))
    })?;
    if desk.json {
        desk.out.json(&json!({"kept": kept, "erased": gone.unwrap_or_default()}))?;
    }
    match gone {
        Some(gone) if !desk.json => desk.out.line(format!("{} erased.", counted(gone, "record", "records")))?,
        Some(_) => {}
        None if kept == 0 => {
            note("Nothing is kept about this customer. Case counts: was it written just as it was reported?");
        }
        None => note("Nothing was erased."),
    }
    Ok(if gone.is_some() { Ended::Done } else { Ended::No })
}

/// Asks on the terminal. Where there is none, nobody can agree.
fn agreed(kept: u64) -> Result<bool, Failure> {
    if !std::io::stdin().is_terminal() {
        return Err(Failure::Said(format!(
            "{} would be erased for good, and nobody is there to be asked; say --yes",
            counted(kept, "record", "records")
        )));
    }
    let mut stderr = std::io::stderr();
    write!(stderr, "Erase {} for good? [y/N] ", counted(kept, "record", "records"))?;
    stderr.flush()?;
    let mut answer = String::new();
    std::io::stdin().lock().read_line(&mut answer)?;
    Ok(matches!(answer.trim().to_lowercase().as_str(), "y" | "yes"))
}

fn check(desk: &Desk) -> Run {
    let tally = desk.with_records(async |records| Ok(records.tally().await?))?;
    let counts = [
        ("schema", tally.schema),
        ("contacts", tally.contacts),
        ("customers", tally.customers),
        ("outcomes", tally.outcomes),
        ("suggestions", tally.suggestions),
        ("exposures", tally.exposures),
        ("balloons", tally.balloons),
        ("promises", tally.promises),
        ("misses", tally.misses),
    ];
    if desk.json {
        let counts: serde_json::Map<_, _> =
            counts.iter().map(|(name, count)| ((*name).to_owned(), json!(count))).collect();
        desk.out.json(&serde_json::Value::Object(counts))?;
    } else {
        let rows: Vec<_> = counts.iter().map(|(name, count)| vec![(*name).to_owned(), thousands(*count)]).collect();
        columns(&[Side::Left, Side::Right], &rows).iter().try_for_each(|line| desk.out.line(line))?;
        note("It can be reached, and its key is the one that it was written with.");
    }
    Ok(Ended::Done)
}
