//! Problems as one JSON object, each as `GET /v1/library/problems` names its parts.

use super::tally::tally;
use crate::app::Checked;
use crate::cli::wire;
use serde_json::{Value, json};

pub(super) fn report(checked: &Checked, base: &str) -> Value {
    let (errors, warnings) = tally(&checked.problems);
    let source = |file: &str| checked.sources.get(file).map_or("", String::as_str);
    json!({
        "problems": checked.problems.iter().map(|p| wire::problem(p, source(&p.file), base)).collect::<Vec<_>>(),
        "errors": errors,
        "warnings": warnings,
        "tips": checked.tips,
        "files": checked.files,
    })
}
