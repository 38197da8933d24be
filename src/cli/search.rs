//! `search`: tips found by their words, a few lines each.

use super::args::SearchArgs;
use super::desk::Desk;
use super::ended::{Ended, Run};
use super::suggest::{word, words};
use super::terminal::{Ink, beside, calm, note};
use super::wire;
use crate::app::Asked;
use crate::engine::Unknown;
use crate::tip::Kind;

pub(super) fn run(desk: &Desk, asked: &SearchArgs) -> Run {
    let asked = Asked {
        text: words(&asked.words)?,
        products: asked.product.clone(),
        issues: asked.issue.clone(),
        tags: asked.tag.clone(),
        kind: word(asked.kind.as_deref(), "kind", Kind::from_text, Kind::ALL.iter().map(|w| w.as_str()))?,
        limit: usize::from(asked.limit),
        cursor: asked.cursor.clone(),
    };
    let app = desk.open()?;
    let answer = app.search(&asked)?;
    let found = &answer.found;
    if desk.json {
        desk.out.json(&wire::found(&answer, desk.base()))?;
        return Ok(if found.hits.is_empty() { Ended::No } else { Ended::Done });
    }
    if let Some(corrected) = &found.corrected {
        note(&format!("Looked for: {}", calm(corrected)));
    }
    for hit in &found.hits {
        desk.out.line(desk.out.paint(Ink::Strong, &calm(&hit.tip.question)))?;
        desk.out.line(beside("", "", 2, &hit.tip.say))?;
        desk.out.line(format!("  {}", desk.out.paint(Ink::Faint, hit.tip.id.as_str())))?;
    }
    answer.unknown.iter().for_each(not_known);
    if found.hits.is_empty() {
        note("Nothing was found.");
        return Ok(Ended::No);
    }
    note(&counted(found.hits.len(), found.total, found.next.as_deref()));
    Ok(Ended::Done)
}

fn counted(shown: usize, total: usize, next: Option<&str>) -> String {
    let tips = if total == 1 { "tip" } else { "tips" };
    match next {
        Some(next) => format!("{shown} of {total} {tips}; go on with --cursor {next}"),
        None => format!("{total} {tips}"),
    }
}

/// Says to whoever waits at the terminal that a name stands for nothing.
pub(super) fn not_known(unknown: &Unknown) {
    let nearest = unknown.nearest.first().map(|id| format!("; the nearest is {id}")).unwrap_or_default();
    note(&format!("Not known: {}{nearest}", calm(&unknown.given)));
}
