//! `explain`: the page of one problem code, or the list of all.

use super::args::ExplainArgs;
use super::desk::Desk;
use super::ended::{Ended, Run};
use super::page;
use super::terminal::{Ink, calm, complain};
use super::wire::severity;
use crate::tip::{Code, Severity};
use serde_json::json;

pub(super) fn run(desk: &Desk, asked: &ExplainArgs) -> Run {
    let Some(typed) = &asked.code else { return list(desk) };
    let Some(code) = Code::from_text(typed) else {
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

fn list(desk: &Desk) -> Run {
    if desk.json {
        let codes = Code::ALL
            .iter()
            .map(|code| json!({"code": code.as_str(), "severity": severity(*code), "title": code.title()}));
        desk.out.json(&codes.collect())?;
        return Ok(Ended::Done);
    }
    for code in Code::ALL {
        let ink = if code.severity() == Severity::Error { Ink::Bad } else { Ink::Warn };
        let label = format!("{}  {:7}", code.as_str(), severity(*code));
        desk.out.line(format!("{}  {}", desk.out.paint(ink, &label), code.title()))?;
    }
    Ok(Ended::Done)
}
