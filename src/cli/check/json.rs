//! Problems as one JSON object, each as `GET /v1/library/problems` names its parts.

use super::tally::tally;
use crate::app::Checked;
use crate::cli::explain::severity;
use crate::tip::{Fix, Problem};
use serde_json::{Value, json};

pub(super) fn report(checked: &Checked) -> Value {
    let (errors, warnings) = tally(&checked.problems);
    json!({
        "problems": checked.problems.iter().map(problem).collect::<Vec<_>>(),
        "errors": errors,
        "warnings": warnings,
        "tips": checked.tips,
        "files": checked.files,
    })
}

fn problem(problem: &Problem) -> Value {
    json!({
        "code": problem.code.as_str(),
        "severity": severity(problem.code),
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "span": span(&problem.span),
        "message": problem.message,
        "help": problem.help,
        "fix": problem.fix.as_ref().map(fix),
    })
}

fn fix(fix: &Fix) -> Value {
    json!({"title": fix.title, "span": span(&fix.span), "text": fix.text})
}

/// Bytes of the file, start and end.
fn span(span: &std::ops::Range<usize>) -> Value {
    json!([span.start, span.end])
}
