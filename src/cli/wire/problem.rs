//! One finding of `check`.

use crate::tip::{Code, Fix, Problem, Severity};
use serde_json::{Value, json};
use std::ops::Range;

/// A line longer than this many characters is cut: it is shown, not worked with.
const LINE_CHARS: usize = 300;

/// `source` is the file's text; empty where it could not be read.
pub(in crate::cli) fn problem(problem: &Problem, source: &str, base: &str) -> Value {
    let code = problem.code.as_str();
    let text: String = line_at(source, problem.span.start).chars().take(LINE_CHARS).collect();
    json!({
        "code": code,
        "severity": severity(problem.code),
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "message": problem.message,
        "help": problem.help,
        "span": span(&problem.span),
        "text": text,
        "fix": problem.fix.as_ref().map(fix),
        "url": format!("{base}/problems/{code}"),
    })
}

pub(in crate::cli) fn severity(code: Code) -> &'static str {
    match code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

fn fix(fix: &Fix) -> Value {
    json!({"title": fix.title, "span": span(&fix.span), "text": fix.text})
}

/// Bytes of the file, from and to.
fn span(span: &Range<usize>) -> [usize; 2] {
    [span.start, span.end]
}

fn line_at(source: &str, at: usize) -> &str {
    let at = source.floor_char_boundary(at.min(source.len()));
    let from = source[..at].rfind('\n').map_or(0, |end| end + 1);
    source[from..].lines().next().unwrap_or_default()
}
