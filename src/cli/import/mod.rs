//! `import`: tip files out of a JSONL, JSON or CSV file. Never overwrites, and reports all that is wrong in one run.

mod record;
pub(super) mod table;

use super::args::ImportArgs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::evaluate::bytes_of;
use super::opening::said;
use super::terminal::{calm, note};
use crate::app::{plant, planted};
use record::{Entry, Planned};
use serde_json::json;
use std::collections::HashSet;

/// Refusals that are shown one by one: as many as fit on a screen with what was written.
const REFUSALS_SHOWN: usize = 20;

pub(super) fn run(desk: &Desk, asked: &ImportArgs) -> Run {
    let library = &desk.config.library;
    if library.exists() {
        desk.settings().there().map_err(said)?;
    }
    if !library.exists() {
        let makes = if asked.dry_run { "it would be made" } else { "it is made" };
        note(&calm(&format!("There is no library at {} yet; {makes}.", library.display())));
    }
    let text = text(asked)?;
    let csv = asked.file.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv") || e.eq_ignore_ascii_case("tsv"));
    let (entries, passed_over) = if csv { record::of_csv(&text) } else { (record::of_json(&text), Vec::new()) };

    let mut taken = HashSet::new();
    let (mut written, mut refused) = (Vec::new(), Vec::new());
    for Entry { line, fields } in entries {
        let planned = fields.and_then(|fields| record::plan(fields, asked.section.as_deref()));
        let done = planned.and_then(|Planned { file, text }| {
            if !taken.insert(file.clone()) {
                return Err(format!("{file} was there before in this import"));
            }
            match asked.dry_run {
                true if planted(library, &file) => Err(format!("{file} is there already; it was left as it is")),
                true => Ok(file),
                false => plant(library, &file, &text).map(|()| file).map_err(|e| e.to_string()),
            }
        });
        match done {
            Ok(file) => written.push(file),
            Err(detail) => refused.push((line, detail)),
        }
    }
    if !passed_over.is_empty() && !desk.json {
        note(&calm(&format!("{}:1: {}", asked.file.display(), record::no_fields(&passed_over))));
    }
    report(desk, asked, &written, &refused, &passed_over)
}

/// How a file begins that gzip packed (RFC 1952).
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// The file's text; refused where it is none.
fn text(asked: &ImportArgs) -> Result<String, Failure> {
    let bytes = bytes_of(&asked.file)?;
    let text = String::from_utf8_lossy(&bytes);
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let why = if bytes.starts_with(&GZIP) {
        "it is packed by gzip: unpack it first, with `gunzip`"
    } else if bytes.contains(&0) {
        "it is not UTF-8: save or export it as UTF-8"
    } else if text.trim().is_empty() {
        "the file is empty: a table begins with a heading line such as `question,answer`"
    } else {
        return Ok(text.to_owned());
    };
    Err(Failure::Said(calm(&format!("{}: {why}", asked.file.display()))))
}

fn report(
    desk: &Desk,
    asked: &ImportArgs,
    written: &[String],
    refused: &[(usize, String)],
    passed_over: &[String],
) -> Run {
    let refusals = || refused.iter().map(|(line, detail)| json!({"line": line, "detail": detail}));
    if desk.json {
        desk.out.json(&json!({
            "written": written,
            "refused": refusals().collect::<Vec<_>>(),
            "passed_over": passed_over,
            "dry_run": asked.dry_run,
        }))?;
    } else {
        for file in written {
            desk.out.line(calm(file))?;
        }
        for (line, detail) in refused.iter().take(REFUSALS_SHOWN) {
            note(&calm(&format!("{}:{line}: {detail}", asked.file.display())));
        }
        if refused.len() > REFUSALS_SHOWN {
            note(&format!("… and {} more; --json lists all.", refused.len() - REFUSALS_SHOWN));
        }
        let verb = if asked.dry_run { "would be written" } else { "written" };
        let tips = if written.len() == 1 { "file" } else { "files" };
        note(&format!(
            "{} {tips} {verb}, {} refused. `stemwire check` tells what to mend.",
            written.len(),
            refused.len()
        ));
    }
    Ok(if refused.is_empty() { Ended::Done } else { Ended::No })
}
