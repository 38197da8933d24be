//! Problems as a SARIF 2.1.0 log, for code scanning: rules, places, fingerprints and fixes.
//!
//! Format: OASIS SARIF 2.1.0. Columns count Unicode code points, as the log says.

use super::tally::path_from_here;
use crate::app::Checked;
use crate::cli::address::escaped;
use crate::cli::wire::severity;
use crate::tip::{Code, Fix, Problem};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

pub(super) fn log(checked: &Checked, library: &Path) -> Value {
    // The same words on two lines must not have one fingerprint: the second is numbered.
    let mut seen: HashMap<String, usize> = HashMap::new();
    let results: Vec<Value> = checked.problems.iter().map(|p| result(p, checked, library, &mut seen)).collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "stemwire",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": Code::ALL.iter().map(|code| rule(*code)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(code: Code) -> Value {
    json!({
        "id": code.as_str(),
        "shortDescription": {"text": code.title()},
        "help": {"text": code.explain(), "markdown": code.explain()},
        "defaultConfiguration": {"level": severity(code)},
    })
}

fn result(problem: &Problem, checked: &Checked, library: &Path, seen: &mut HashMap<String, usize>) -> Value {
    let source = checked.sources.get(&problem.file).map_or("", String::as_str);
    let uri = escaped(&path_from_here(library, &problem.file));
    let print = fingerprint(problem, source);
    let turn = seen.entry(print.clone()).and_modify(|n| *n += 1).or_insert(1);
    let mut result = json!({
        "ruleId": problem.code.as_str(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == problem.code),
        "level": severity(problem.code),
        "message": {"text": format!("{} {}", problem.message, problem.help).trim_end()},
        "locations": [{"physicalLocation": {
            "artifactLocation": {"uri": uri},
            "region": region(source, Place::of(problem), &problem.span),
        }}],
        "partialFingerprints": {"primaryLocationLineHash": format!("{print}:{turn}")},
    });
    if let Some(fix) = &problem.fix {
        result["fixes"] = json!([change(fix, source, Place::of(problem), &uri)]);
    }
    result
}

fn change(fix: &Fix, source: &str, known: Place, uri: &str) -> Value {
    json!({
        "description": {"text": fix.title},
        "artifactChanges": [{
            "artifactLocation": {"uri": uri},
            "replacements": [{
                "deletedRegion": region(source, known, &fix.span),
                "insertedContent": {"text": fix.text},
            }],
        }],
    })
}

/// A place in a text whose line and column are known; others are counted from it, not from the top.
#[derive(Clone, Copy)]
struct Place {
    at: usize,
    line: usize,
    column: usize,
}

impl Place {
    fn of(problem: &Problem) -> Place {
        Place { at: problem.span.start, line: problem.line.max(1), column: problem.column.max(1) }
    }

    fn to(self, source: &str, at: usize) -> Place {
        let clamp = |at: usize| source.floor_char_boundary(at.min(source.len()));
        let (from, to) = (clamp(self.at.min(at)), clamp(self.at.max(at)));
        let lines = source[from..to].bytes().filter(|b| *b == b'\n').count();
        let line = if at < self.at { self.line.saturating_sub(lines).max(1) } else { self.line + lines };
        if lines == 0 && at >= self.at {
            return Place { at, line, column: self.column + source[from..to].chars().count() };
        }
        let start = source[..clamp(at)].rfind('\n').map_or(0, |end| end + 1);
        Place { at, line, column: source[start..clamp(at)].chars().count() + 1 }
    }
}

/// Lines and columns of a span, one-based; the end is the first character that no longer belongs to it.
fn region(source: &str, known: Place, span: &Range<usize>) -> Value {
    let start = known.to(source, span.start);
    let end = start.to(source, span.end.max(span.start));
    json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
}

/// Of code, file and the line's words: it stays the same when the line moves.
fn fingerprint(problem: &Problem, source: &str) -> String {
    let start = source.floor_char_boundary(problem.span.start.min(source.len()));
    let from = source[..start].rfind('\n').map_or(0, |end| end + 1);
    let line = source[from..].lines().next().unwrap_or_default().trim();
    let mut hasher = blake3::Hasher::new();
    for part in [problem.code.as_str(), &problem.file, line] {
        hasher.update(part.as_bytes()).update(b"\0");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}
