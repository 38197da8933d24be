//! `show`: one tip, to read or as its file.

use super::args::ShowArgs;
use super::desk::Desk;
use super::outcome::{Ended, Outcome};
use super::terminal::{Ink, beside, calm, note};
use super::{page, wire};
use crate::tip::TipId;

pub(super) fn run(desk: &Desk, asked: &ShowArgs) -> Outcome {
    let app = desk.open()?;
    let id = asked.id.trim_end_matches(".md");
    let Some(stored) = app.tip(&TipId::new(id))? else {
        note(&format!("There is no tip {}. `stemwire search` finds tips by their words.", calm(id)));
        return Ok(Ended::No);
    };
    if asked.source {
        desk.out.put(stored.source.as_bytes())?;
    } else if desk.json {
        desk.out.json(&wire::tip(&stored.tip, desk.base()))?;
    } else {
        let tip = &stored.tip;
        desk.out.line(desk.out.paint(Ink::Strong, &calm(&tip.question)))?;
        desk.out.line("")?;
        desk.out.line(beside("", "", 0, &tip.say))?;
        if !tip.detail.trim().is_empty() {
            desk.out.line("")?;
            desk.out.put(page::rendered(&tip.detail, &desk.out))?;
        }
        desk.out.line("")?;
        for (label, text) in facts(tip) {
            desk.out.line(beside(label, &desk.out.paint(Ink::Faint, label), 11, &text))?;
        }
    }
    Ok(Ended::Done)
}

fn facts(tip: &crate::tip::Tip) -> Vec<(&'static str, String)> {
    let joined = |ids: Vec<&str>| ids.join(", ");
    let mut facts = vec![("Tip:", tip.id.to_string())];
    facts.push(("Products:", joined(tip.products.iter().map(AsRef::as_ref).collect())));
    facts.push(("When:", joined(tip.when.iter().map(AsRef::as_ref).collect())));
    facts.push(("Prevents:", tip.prevents.as_ref().map(ToString::to_string).unwrap_or_default()));
    facts.push(("After:", tip.after.as_ref().map(|after| after.text.clone()).unwrap_or_default()));
    for wire in &tip.wire {
        let url = wire.url.as_ref().map(|url| format!(" <{url}>")).unwrap_or_default();
        facts.push(("Hand over:", format!("{}{url}", wire.label)));
    }
    facts.push(("Owner:", tip.owner.clone().unwrap_or_default()));
    facts.push(("Review:", tip.review_by().map(|day| format!("by {day}")).unwrap_or_default()));
    facts.retain(|(_, text)| !text.is_empty());
    facts
}
