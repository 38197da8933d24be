//! `learn`: contacts of a file into the ledger, or a simulated past for a first look.

use super::at_ledger::Needs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::{LearnArgs, LearnForm};
use super::numbers::{counted, thousands};
use super::opening::Progress;
use super::terminal::{calm, note};
use crate::app::{Form, Taken, UnknownNames};
use crate::config::LEDGER;
use chrono::Utc;
use serde_json::json;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

/// Refused rows that are named one by one; a file of another kind has thousands.
const NAMED: usize = 20;

/// Names that the library does not know and that are told, of products and of issues: as many as fit into a line or two.
const STRANGERS: usize = 10;

pub(super) fn run(desk: &Desk, asked: &LearnArgs) -> Run {
    match &asked.contacts {
        Some(path) => learn(desk, path, asked.form),
        None => simulate(desk, asked.force),
    }
}

fn learn(desk: &Desk, path: &Path, form: Option<LearnForm>) -> Run {
    let (mut input, bytes) = open(path)?;
    let form = match form {
        Some(form) => meant(form),
        None => form_of(path, input.as_mut())?,
    };
    let progress = Progress::of_bytes("Learning");
    let tell = |done: u64| progress.tell(done as usize, bytes.map_or(0, |bytes| bytes as usize));
    let taken = desk.at_ledger(Needs::Place, async |app| {
        app.take_contacts(input, form, None, Utc::now(), &tell).await.map_err(|error| {
            Failure::Said(format!("{error}\n\n  What was read until then is recorded; the same command again goes on."))
        })
    })?;
    drop(progress);
    report(desk, path, &taken)
}

/// What is read, and its bytes where they are known.
fn open(path: &Path) -> Result<(Box<dyn BufRead + Send>, Option<u64>), Failure> {
    if path == Path::new("-") {
        return Ok((Box::new(BufReader::new(std::io::stdin())), None));
    }
    let failed = |error: std::io::Error| Failure::Said(format!("{}: {error}", path.display()));
    let file = File::open(path).map_err(failed)?;
    let about = file.metadata().map_err(failed)?;
    if about.is_dir() {
        return Err(Failure::Said(format!("{} is a folder; name a file of contacts", path.display())));
    }
    // Of a pipe the length says nothing.
    let bytes = about.is_file().then_some(about.len());
    Ok((Box::new(BufReader::with_capacity(1 << 18, file)), bytes))
}

fn meant(form: LearnForm) -> Form {
    match form {
        LearnForm::Csv => Form::Csv,
        LearnForm::Ndjson => Form::Lines,
        LearnForm::Json => Form::Json,
    }
}

/// By the ending; where that says nothing, by the first sign.
fn form_of(path: &Path, input: &mut dyn BufRead) -> Result<Form, Failure> {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
    match ending.as_str() {
        "csv" => return Ok(Form::Csv),
        "ndjson" | "jsonl" => return Ok(Form::Lines),
        "json" => return Ok(Form::Json),
        _ => {}
    }
    let begin = input.fill_buf().map_err(|error| Failure::Said(format!("{}: {error}", path.display())))?;
    Ok(match begin.trim_ascii_start().first() {
        Some(b'{') => Form::Lines,
        Some(b'[') => Form::Json,
        _ => Form::Csv,
    })
}

fn report(desk: &Desk, path: &Path, taken: &Taken) -> Run {
    let Taken { accepted, repeated, refused, refused_in_all, unknown_products, unknown_issues } = taken;
    for row in refused.iter().take(NAMED) {
        note(&calm(&format!("{}:{}: {}", path.display(), row.line, row.detail)));
    }
    let more = refused_in_all.saturating_sub(NAMED as u64);
    if more > 0 {
        note(&format!("… and {} more.", thousands(more)));
    }
    for (names, one, many) in [(unknown_products, "product", "products"), (unknown_issues, "issue", "issues")] {
        if names.contacts > 0 {
            note(&calm(&strangers(names, one, many)));
        }
    }
    if desk.json {
        let refused: Vec<_> = refused.iter().map(|row| json!({"line": row.line, "detail": row.detail})).collect();
        desk.out.json(&json!({
            "accepted": accepted, "repeated": repeated, "refused": refused, "refused_in_all": refused_in_all,
            "unknown": unknown(taken),
        }))?;
    } else {
        let recorded = counted(*accepted, "contact", "contacts");
        let (repeated, refused) = (thousands(*repeated), thousands(*refused_in_all));
        desk.out.line(format!("{recorded} recorded, {repeated} known before, {refused} refused."))?;
    }
    Ok(if *refused_in_all == 0 { Ended::Done } else { Ended::No })
}

/// Which names the library does not know, the most frequent by name.
fn strangers(names: &UnknownNames, one: &str, many: &str) -> String {
    let contacts = counted(names.contacts, "contact names", "contacts name");
    let first = names.first.iter().take(STRANGERS);
    let first: Vec<String> = first.map(|(name, times)| format!("{name} ({})", thousands(*times))).collect();
    let more = if names.names > STRANGERS as u64 { ", …" } else { "" };
    format!("{contacts} {} that the library does not know: {}{more}", counted(names.names, one, many), first.join(", "))
}

fn unknown(taken: &Taken) -> Vec<serde_json::Value> {
    let told = |field: &'static str, names: &UnknownNames| -> Vec<serde_json::Value> {
        names.first.iter().map(|(given, n)| json!({"field": field, "given": given, "contacts": n})).collect()
    };
    [told("product", &taken.unknown_products), told("issue", &taken.unknown_issues)].concat()
}

fn simulate(desk: &Desk, insist: bool) -> Run {
    let progress = Progress::new("Simulating");
    let made = desk.at_ledger(Needs::Place, async |app| {
        Ok(app.simulate(insist, Utc::now(), &|done, total| progress.tell(done, total)).await?)
    })?;
    drop(progress);
    if desk.json {
        desk.out.json(&json!({
            "simulated": true, "customers": made.customers, "contacts": made.contacts, "suggestions": made.suggestions,
            "outcomes": made.outcomes, "balloons": made.balloons, "promises": made.promises,
            "searches": made.searches,
        }))?;
    } else if made.contacts == 0 {
        desk.out.line("The simulated past was there already; nothing was added.")?;
    } else {
        desk.out.line(format!(
            "Simulated: {} of {} over 120 days, {}, {}, {}, {}.",
            counted(made.contacts, "contact", "contacts"),
            counted(made.customers, "customer", "customers"),
            counted(made.suggestions, "suggestion", "suggestions"),
            counted(made.outcomes, "outcome", "outcomes"),
            counted(made.balloons, "balloon", "balloons"),
            counted(made.promises, "promise", "promises"),
        ))?;
    }
    // Whoever named another file needs it to see this one. A server's address may hold a password.
    let ledger = Some(&desk.config.ledger).filter(|ledger| ledger.starts_with("sqlite:") && *ledger != LEDGER);
    let named = ledger.map(|ledger| format!(" --ledger {ledger}")).unwrap_or_default();
    note(&calm(&format!(
        "None of it happened: it is thrown by dice after what the library's tips say, to look around in.\n\n  \
         To look:   stemwire pulse{named}, and so gaps and foresight\n  \
         To serve:  stemwire{named}\n\n\
         Before you learn from real contacts, take another ledger: --ledger sqlite:FILE.",
    )));
    Ok(Ended::Done)
}
