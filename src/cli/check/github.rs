//! Problems as annotations of GitHub Actions: a line each, in the workflow commands' escaping.

use super::excerpt;
use super::tally::{path_from_here, worst_first};
use crate::app::Checked;
use crate::cli::terminal::calm;
use crate::tip::{Problem, Severity};
use std::path::Path;

/// Errors come first: a step shows only its first ten of each kind.
pub(super) fn annotations(checked: &Checked, library: &Path) -> String {
    worst_first(&checked.problems).into_iter().map(|problem| line(problem, checked, library)).collect()
}

fn line(problem: &Problem, checked: &Checked, library: &Path) -> String {
    let kind = match problem.code.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let width = checked.sources.get(&problem.file).map_or(0, |source| {
        let shown = excerpt::around(source, &problem.span);
        shown.text[shown.span].chars().count()
    });
    format!(
        "::{kind} file={},line={},col={},endColumn={},title={}::{}\n",
        property(&path_from_here(library, &problem.file)),
        problem.line.max(1),
        problem.column.max(1),
        problem.column.max(1) + width,
        property(&format!("{} {}", problem.code.as_str(), problem.message)),
        data(&format!("{} {}", problem.message, problem.help)),
    )
}

/// What stands after the second `::`.
fn data(text: &str) -> String {
    calm(text).replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// What stands after a `=`.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}
