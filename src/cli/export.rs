//! `export`: the whole library in one piece on stdout, in the shape that `import` takes back.
//!
//! Each tip's file goes along as `markdown`, so that nothing is lost; the other fields are for those who read them.

use super::args::{ExportArgs, ExportFormat};
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::import::table;
use crate::app::App;
use crate::tip::{Audience, IssueId, SectionId, Theme, Tip, TipId};
use serde_json::{Map, Value, json};

/// Tips read at a time: enough to be quick, few enough to keep memory flat.
const PAGE: usize = 500;

/// The columns of a CSV export, in order; lists are joined by `; `.
const COLUMNS: [&str; 28] = [
    "id", "question", "answer", "detail", "products", "when", "prevents", "after", "expected", "wire", "asks", "says",
    "kind", "theme", "stage", "mood", "occasion", "audience", "owner", "review", "verified", "promise", "again", "lot",
    "draft", "lang", "tags", "aliases",
];

pub(super) fn run(desk: &Desk, asked: &ExportArgs) -> Run {
    let app = desk.open()?;
    match if desk.json { ExportFormat::Json } else { asked.format } {
        ExportFormat::Jsonl => records(&app, &mut |record| desk.out.line(record.to_string()))?,
        ExportFormat::Json => {
            let mut lead = "[\n";
            records(&app, &mut |record| {
                desk.out.put(std::mem::replace(&mut lead, ",\n"))?;
                desk.out.put(record.to_string())
            })?;
            desk.out.line(if lead == ",\n" { "\n]" } else { "[]" })?;
        }
        ExportFormat::Csv => {
            desk.out.put(table::row(COLUMNS.iter().map(|column| (*column).to_owned())))?;
            tips(&app, &mut |record| {
                let cells = COLUMNS.iter().map(|column| cell(record.get(*column)));
                desk.out.put(table::row(cells))
            })?;
        }
    }
    Ok(Ended::Done)
}

type Take<'a> = &'a mut dyn FnMut(Value) -> Result<(), Failure>;

/// Section files first, so that whoever reads along knows the issues before the tips that name them.
fn records(app: &App, take: Take<'_>) -> Result<(), Failure> {
    let mut sections = app.section_files()?;
    sections.sort();
    for (file, markdown) in sections {
        take(json!({"file": file, "markdown": markdown}))?;
    }
    tips(app, take)
}

fn tips(app: &App, take: Take<'_>) -> Result<(), Failure> {
    let mut after: Option<TipId> = None;
    for tip in app.drafts()? {
        if let Some(stored) = app.tip_or_draft(&tip.id)? {
            take(record(&stored.tip, &stored.source))?;
        }
    }
    loop {
        let page = app.tips(after.as_ref(), PAGE)?;
        for tip in &page {
            // Gone between the page and now: then it is no longer part of the library.
            if let Some(stored) = app.tip(&tip.id)? {
                take(record(&stored.tip, &stored.source))?;
            }
        }
        match page.last() {
            Some(last) if page.len() == PAGE => after = Some(last.id.clone()),
            _ => return Ok(()),
        }
    }
}

/// What a tip says, without what is at its default.
fn record(tip: &Tip, source: &str) -> Value {
    let mut record = Map::new();
    let mut put = |key: &str, value: Value| {
        let empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(map) => map.is_empty(),
            _ => false,
        };
        if !empty {
            record.insert(key.to_owned(), value);
        }
    };
    put("id", json!(tip.id.as_str()));
    put("question", json!(tip.question));
    put("answer", json!(tip.say));
    put("detail", json!(tip.detail));
    put("products", json!(tip.products.iter().map(SectionId::as_str).collect::<Vec<_>>()));
    put("when", json!(tip.when.iter().map(IssueId::as_str).collect::<Vec<_>>()));
    put("prevents", json!(tip.prevents.as_ref().map(IssueId::as_str)));
    put("after", json!(tip.after.as_ref().map(|after| &after.text)));
    // Written as the number it was typed as: 0.3, and not what a float makes of it.
    let expected = tip.expected_given.then(|| tip.expected.to_string().parse::<f64>().ok()).flatten();
    put("expected", json!(expected));
    put("wire", json!(tip.wire.iter().map(wire).collect::<Vec<_>>()));
    put("asks", json!(tip.asks));
    put("says", json!(tip.says));
    put("kind", json!(tip.kind.as_str()));
    put("theme", json!(tip.theme.map(Theme::as_str)));
    put("stage", json!(tip.stages.iter().map(|stage| stage.as_str()).collect::<Vec<_>>()));
    put("mood", json!(tip.moods.iter().map(|mood| mood.as_str()).collect::<Vec<_>>()));
    put("occasion", json!(tip.occasions));
    put("audience", json!((tip.audience == Audience::Agent).then_some(tip.audience.as_str())));
    put("owner", json!(tip.owner));
    put("review", json!(tip.review.map(|review| review.to_string())));
    put("verified", json!(tip.verified.map(|day| day.to_string())));
    put("promise", json!(tip.promise.then_some(true)));
    put("again", json!(tip.again.then_some(true)));
    put("draft", json!(tip.draft.then_some(true)));
    put("lot", json!((!tip.lot).then_some(false)));
    put("lang", json!(tip.lang));
    put("tags", json!(tip.tags));
    put("aliases", json!(tip.aliases.iter().map(TipId::as_str).collect::<Vec<_>>()));
    put("file", json!(tip.file));
    put("markdown", json!(source));
    Value::Object(record)
}

fn wire(wire: &crate::tip::Wire) -> String {
    match &wire.url {
        Some(url) => format!("[{}]({url})", wire.label),
        None => wire.label.clone(),
    }
}

fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            items.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(table::BETWEEN_ITEMS)
        }
        Some(other) => other.to_string(),
    }
}
