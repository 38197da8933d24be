//! One record of an import: fields as typed become a file's path and text, or the reason why not.

use super::table;
use crate::cli::new::id_of;
use crate::tip::{Severity, TipId, compose, parse_tip};
use serde_json::{Map, Value};

/// Fields that hold a list; in a table's cell, items stand between semicolons.
const LISTS: [&str; 11] =
    ["products", "product", "when", "wire", "asks", "says", "stage", "mood", "occasion", "tags", "aliases"];
/// Fields that are written into the front matter, in the order of the format's page; a record's own order does not
/// matter, so that two imports of the same data give the same files.
const FRONT: [&str; 24] = [
    "products", "when", "prevents", "after", "expected", "wire", "asks", "says", "kind", "theme", "stage", "mood",
    "occasion", "audience", "owner", "review", "verified", "promise", "again", "lot", "draft", "lang", "tags",
    "aliases",
];
/// Fields that are not front matter.
const OTHER: [&str; 10] =
    ["id", "file", "section", "product", "question", "title", "answer", "say", "detail", "markdown"];

/// Where the record begins, and its fields.
pub(super) struct Entry {
    pub line: usize,
    pub fields: Result<Map<String, Value>, String>,
}

/// A file to write.
#[derive(Debug)]
pub(super) struct Planned {
    pub file: String,
    pub text: String,
}

/// Records of a JSONL text, or of one JSON array.
pub(super) fn of_json(text: &str) -> Vec<Entry> {
    if text.trim_start().starts_with('[') {
        return match serde_json::from_str::<Vec<Value>>(text) {
            Ok(items) => {
                items.into_iter().enumerate().map(|(i, item)| Entry { line: i + 1, fields: object(item) }).collect()
            }
            Err(error) => vec![Entry { line: error.line(), fields: Err(format!("this is not JSON: {error}")) }],
        };
    }
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines
        .map(|(i, line)| {
            let parsed = serde_json::from_str(line).map_err(|error| format!("this is not JSON: {error}"));
            Entry { line: i + 1, fields: parsed.and_then(object) }
        })
        .collect()
}

fn object(value: Value) -> Result<Map<String, Value>, String> {
    match value {
        Value::Object(fields) => Ok(fields),
        _ => Err("an object with \"question\" and \"answer\" is expected".to_owned()),
    }
}

/// Records of a table whose first row names the fields, and the columns that are none and are passed over.
pub(super) fn of_csv(text: &str) -> (Vec<Entry>, Vec<String>) {
    let mut rows = table::rows(text, table::separator(text)).into_iter();
    let Some(heading) = rows.next() else { return Default::default() };
    let names: Vec<String> = heading.cells.iter().map(|name| name.trim().to_lowercase()).collect();
    let further = |name: &String| !name.is_empty() && !known(name);
    // A file that carries its tips whole has whatever columns it likes.
    let whole = names.iter().any(|name| name == "markdown");
    let passed_over: Vec<String> = names.iter().filter(|name| !whole && further(name)).cloned().collect();
    let entries = rows.map(|row| {
        if row.cells.len() > names.len() {
            let detail = format!("{} cells where the heading has {}", row.cells.len(), names.len());
            return Entry { line: row.line, fields: Err(detail) };
        }
        let cells = names.iter().cloned().zip(row.cells);
        let cells = cells.filter(|(name, cell)| !cell.trim().is_empty() && !passed_over.contains(name));
        Entry { line: row.line, fields: Ok(cells.map(|(name, cell)| (name.clone(), value(&name, &cell))).collect()) }
    });
    (entries.collect(), passed_over)
}

/// Says that these columns are passed over.
pub(super) fn no_fields(columns: &[String]) -> String {
    let quoted: Vec<String> = columns.iter().map(|column| format!("`{column}`")).collect();
    let (verb, which) = if columns.len() == 1 { ("is no field", "it is") } else { ("are no fields", "they are") };
    let all = match quoted.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => quoted.join(""),
    };
    format!("{all} {verb} of a tip, and {which} passed over; known are {}, {}", OTHER.join(", "), FRONT.join(", "))
}

fn known(name: &str) -> bool {
    FRONT.contains(&name) || OTHER.contains(&name)
}

/// What a cell means: a list, a truth, a number, or text.
fn value(name: &str, cell: &str) -> Value {
    let cell = cell.trim();
    if LISTS.contains(&name) {
        return cell.split(';').map(str::trim).filter(|item| !item.is_empty()).collect();
    }
    match (name, cell) {
        ("again" | "draft" | "lot" | "promise", "true") => true.into(),
        ("again" | "draft" | "lot" | "promise", "false") => false.into(),
        ("expected", _) => cell.parse::<f64>().map_or_else(|_| cell.into(), Value::from),
        _ => cell.into(),
    }
}

/// The file that a record becomes. One that carries its `markdown` is written as it was.
pub(super) fn plan(mut fields: Map<String, Value>, section: Option<&str>) -> Result<Planned, String> {
    let unknown: Vec<&str> = fields.keys().map(String::as_str).filter(|key| !known(key)).collect();
    if !unknown.is_empty() && !fields.contains_key("markdown") {
        return Err(format!("unknown: {}; known are {}, {}", unknown.join(", "), OTHER.join(", "), FRONT.join(", ")));
    }
    if let Some(markdown) = text(&fields, &["markdown"]) {
        let file = match text(&fields, &["file"]) {
            Some(file) => file,
            None => format!("{}.md", text(&fields, &["id"]).ok_or("\"markdown\" needs an \"id\" or a \"file\"")?),
        };
        return planned(file, markdown);
    }
    let question = text(&fields, &["question", "title"]).ok_or("there is no \"question\"")?;
    let answer = text(&fields, &["answer", "say"]).ok_or("there is no \"answer\"")?;
    let detail = text(&fields, &["detail"]).unwrap_or_default();
    let id = match text(&fields, &["id"]) {
        Some(id) => id,
        None => {
            let own = text(&fields, &["section"]);
            id_of(own.as_deref().or(section), &question).map_err(|failure| failure.text())?
        }
    };
    if let Some(product) = fields.remove("product") {
        fields.entry("products").or_insert(product);
    }
    let front = FRONT.iter().filter_map(|key| fields.remove(*key).map(|value| ((*key).to_owned(), value)));
    planned(format!("{id}.md"), compose(&front.collect(), &question, &answer, &detail))
}

/// A file whose text is good enough to be written; whether its products and issues exist is for `check` to say.
fn planned(file: String, text: String) -> Result<Planned, String> {
    let id = file.strip_suffix(".md").filter(|id| TipId::valid(id));
    let Some(id) = id else {
        return Err(format!("{file:?} cannot be a file of a library: letters, digits, `-`, `_`, with `/` between"));
    };
    if !id.ends_with("_index") {
        let (_, problems) = parse_tip(&file, &text);
        if let Some(problem) = problems.iter().find(|p| p.code.severity() == Severity::Error) {
            return Err(format!("{} {}", problem.message, problem.help).trim_end().to_owned());
        }
    }
    Ok(Planned { file, text })
}

/// The first of these fields that holds text.
fn text(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    let found = names.iter().find_map(|name| fields.get(*name)?.as_str())?;
    (!found.trim().is_empty()).then(|| found.to_owned())
}
