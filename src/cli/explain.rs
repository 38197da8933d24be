//! `explain`: the page of one problem code, or the list of all.

use super::args::ExplainArgs;
use super::desk::Desk;
use super::outcome::{Ended, Outcome};
use super::page;
use super::terminal::{Ink, calm, complain};
use crate::tip::{Code, Severity};
use serde_json::json;

pub(super) fn run(desk: &Desk, asked: &ExplainArgs) -> Outcome {
    let Some(typed) = &asked.code else { return list(desk) };
    let Some(code) = Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(typed.trim())) else {
        complain(&format!("there is no code {}; `stemwire explain` lists all of them", calm(typed)));
        return Ok(Ended::No);
    };
    if desk.json {
        desk.out.json(&json!({"code": code.as_str(), "severity": severity(code), "page": code.explain()}))?;
    } else {
        desk.out.put(page::rendered(code.explain(), &desk.out))?;
    }
    Ok(Ended::Done)
}

fn list(desk: &Desk) -> Outcome {
    if desk.json {
        let codes = Code::ALL
            .iter()
            .map(|code| json!({"code": code.as_str(), "severity": severity(*code), "title": title(*code)}));
        desk.out.json(&codes.collect())?;
        return Ok(Ended::Done);
    }
    for code in Code::ALL {
        let ink = if code.severity() == Severity::Error { Ink::Bad } else { Ink::Warn };
        let label = format!("{}  {:7}", code.as_str(), severity(*code));
        desk.out.line(format!("{}  {}", desk.out.paint(ink, &label), title(*code)))?;
    }
    Ok(Ended::Done)
}

pub(super) fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

/// The heading of the code's page, without the code where the heading repeats it.
pub(super) fn title(code: Code) -> &'static str {
    let heading = code.explain().lines().find_map(|line| line.strip_prefix("# ")).unwrap_or_default().trim();
    heading.strip_prefix(code.as_str()).map_or(heading, |rest| rest.trim_start_matches([':', ' ', '.', '-', '–']))
}
