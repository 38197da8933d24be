//! `show`: one tip, to read or as its file.

use super::args::ShowArgs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::terminal::{Ink, beside, calm, note};
use super::{page, wire};
use crate::app::App;
use crate::tip::{TipId, nearest};

/// Ids that are offered in the place of one that is not there.
const MEANT: usize = 3;

pub(super) fn run(desk: &Desk, asked: &ShowArgs) -> Run {
    let app = desk.open()?;
    let id = asked.id.trim_end_matches(".md");
    let Some(stored) = app.tip(&TipId::new(id))? else {
        note(&calm(&missing(&app, id)?));
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

/// Why there is no such tip, and what may have been meant.
fn missing(app: &App, id: &str) -> Result<String, Failure> {
    if app.tip_or_draft(&TipId::new(id))?.is_some() {
        return Ok(format!("{id} is a draft; --drafts shows it."));
    }
    let tips = app.tips(None, usize::MAX)?;
    let below = format!("{id}/");
    if let Some(first) = tips.iter().find(|tip| tip.id.as_str().starts_with(&below)) {
        return Ok(format!("{id} is a section, and no tip; one of its tips is {}.", first.id));
    }
    let name = |id: &'_ str| id.rsplit('/').next().unwrap_or_default().to_owned();
    let called: Vec<&str> = tips.iter().map(|tip| tip.id.as_str()).filter(|known| name(known) == name(id)).collect();
    let near = if called.is_empty() { nearest(id, tips.iter().map(|tip| tip.id.as_str()), MEANT) } else { called };
    let near: Vec<&str> = near.into_iter().take(MEANT).collect();
    Ok(match near.as_slice() {
        [] => format!("There is no tip {id}. `stemwire search` finds tips by their words."),
        near => format!("There is no tip {id}. Did you mean {}?", near.join(" or ")),
    })
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
