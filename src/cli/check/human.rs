//! Problems for people: where, the words at fault underlined, what to do; a line that sums up at the end.

use super::excerpt;
use super::tally::{counted, path_from_here, tally, worst_first};
use crate::app::Checked;
use crate::cli::desk::Desk;
use crate::cli::ended::Failure;
use crate::cli::terminal::{Ink, calm, calm_line, note};
use crate::tip::{Problem, Severity};
use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};
use std::collections::BTreeSet;

pub(super) fn print(desk: &Desk, checked: &Checked) -> Result<(), Failure> {
    let renderer = if desk.out.colour() { Renderer::styled() } else { Renderer::plain() };
    for problem in &checked.problems {
        let source = checked.sources.get(&problem.file).map(String::as_str);
        let path = calm_line(&path_from_here(&desk.config.library, &problem.file));
        desk.out.line(rendered(&renderer, problem, &path, source))?;
        desk.out.line("")?;
    }
    sum_up(desk, checked)
}

fn rendered(renderer: &Renderer, problem: &Problem, path: &str, source: Option<&str>) -> String {
    let level = match problem.code.severity() {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let (line, column) = (problem.line.max(1), problem.column.max(1));
    let group = Group::with_title(level.primary_title(calm(&problem.message)).id(problem.code.as_str()));
    // A fault of no width at the very start is the whole file's: there are no words to underline.
    let whole_file = problem.span.is_empty() && problem.span.start == 0;
    let Some(source) = source.filter(|source| !whole_file && !source.is_empty()) else {
        let origin = Origin::path(path.to_owned()).line(line).char_column(column);
        return renderer.render(&[advised(group.element(origin), problem)]);
    };
    let shown = excerpt::around(source, &problem.span);
    let marked = AnnotationKind::Primary.span(shown.span.clone());
    let snippet = Snippet::source(shown.text.clone()).line_start(line).path(path.to_owned()).annotation(marked);
    let text = renderer.render(&[advised(group.element(snippet), problem)]);
    if shown.skipped == 0 {
        return text;
    }
    // The renderer counts columns in what it is shown; where a line is cut, the true one is put in its place.
    let counted = shown.text[..shown.span.start].chars().count() + 1;
    text.replacen(&format!("{path}:{line}:{counted}"), &format!("{path}:{line}:{column}"), 1)
}

/// With what to do, and whether the program can do it.
fn advised<'a>(mut group: Group<'a>, problem: &'a Problem) -> Group<'a> {
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
