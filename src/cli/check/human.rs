//! Problems for people: where, the words at fault underlined, what to do; a line that sums up at the end.

use super::excerpt;
use super::tally::{counted, path_from_here, tally, worst_first};
use crate::app::Checked;
use crate::cli::desk::Desk;
use crate::cli::outcome::Failure;
use crate::cli::terminal::{Ink, calm, note};
use crate::tip::{Problem, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeSet;

pub(super) fn print(desk: &Desk, checked: &Checked) -> Result<(), Failure> {
    let renderer = if desk.out.colour() { Renderer::styled() } else { Renderer::plain() };
    for problem in &checked.problems {
        let source = checked.sources.get(&problem.file).map(String::as_str);
        let path = path_from_here(&desk.config.library, &problem.file);
        desk.out.line(renderer.render(&[report(problem, &calm(&path), source)]))?;
        desk.out.line("")?;
    }
    sum_up(desk, checked)
}

fn report<'a>(problem: &'a Problem, path: &str, source: Option<&str>) -> Group<'a> {
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let group = Group::with_title(level.primary_title(calm(&problem.message)).id(problem.code.as_str()));
    let origin = Origin::path(path.to_owned()).line(problem.line.max(1)).char_column(problem.column.max(1));
    let mut group = group.element(origin);
    // A fault of no width at the very start is the whole file's: there are no words to underline.
    let whole_file = problem.span.is_empty() && problem.span.start == 0;
    if let Some(source) = source.filter(|source| !whole_file && !source.is_empty()) {
        let shown = excerpt::around(source, &problem.span);
        let annotation = AnnotationKind::Primary.span(shown.span);
        group = group.element(Snippet::source(shown.text).line_start(problem.line.max(1)).annotation(annotation));
    }
    if !problem.help.is_empty() {
        group = group.element(Level::HELP.message(calm(&problem.help)));
    }
    if problem.fix.is_some() {
        group = group.element(Level::NOTE.message("`stemwire check --fix` mends this"));
    }
    group
}

fn sum_up(desk: &Desk, checked: &Checked) -> Result<(), Failure> {
    let files = counted(checked.files, "file");
    let Some(first) = worst_first(&checked.problems).first().map(|p| p.code.as_str()) else {
        note(&format!(
            "{} {} in {files} checked.",
            desk.out.paint(Ink::Good, "No problems:"),
            counted(checked.tips, "tip")
        ));
        return Ok(());
    };
    let (errors, warnings) = tally(&checked.problems);
    let broken: BTreeSet<&str> = checked.problems.iter().map(|p| p.file.as_str()).collect();
    note(&format!(
        "{} ({}, {}) in {} of {files}; `stemwire explain {first}` tells more",
        counted(checked.problems.len(), "problem"),
        counted(errors, "error"),
        counted(warnings, "warning"),
        broken.len(),
    ));
    Ok(())
}
