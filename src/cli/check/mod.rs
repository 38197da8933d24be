//! `check`: what is wrong with the library, in the shape that a person or a machine wants to read.

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;

use super::args::{CheckArgs, CheckFormat};
use super::terminal::note;
use super::{Desk, Ended, Failure, Outcome};
use crate::app::{Checked, check_folder};
use crate::tip::{Problem, Severity};

pub(super) fn run(desk: &Desk, asked: &CheckArgs) -> Outcome {
    let format = asked.format.unwrap_or(if desk.json { CheckFormat::Json } else { CheckFormat::Human });
    let mut checked = look(desk, asked)?;
    if asked.fix {
        let mended = crate::app::mend(&desk.config.library, &checked)?;
        if mended > 0 {
            note(&format!("Mended {}.", counted(mended, "problem")));
            checked = look(desk, asked)?;
        }
    }
    match format {
        CheckFormat::Human => human::print(desk, &checked)?,
        CheckFormat::Json => desk.out.json(&json::report(&checked))?,
        CheckFormat::Github => desk.out.put(github::annotations(&checked, &desk.config.library))?,
        CheckFormat::Sarif => desk.out.json(&sarif::log(&checked, &desk.config.library))?,
    }
    Ok(if checked.problems.is_empty() { Ended::Done } else { Ended::No })
}

fn look(desk: &Desk, asked: &CheckArgs) -> Result<Checked, Failure> {
    check_folder(&desk.config.library, asked.path.as_deref()).map_err(Failure::Said)
}

/// Numbers of errors and warnings.
fn tally(problems: &[Problem]) -> (usize, usize) {
    let errors = problems.iter().filter(|p| p.code.severity() == Severity::Error).count();
    (errors, problems.len() - errors)
}

/// `1 problem`, `2 problems`.
fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Errors first; within each, as `check` found them: by file, then place.
fn worst_first(problems: &[Problem]) -> Vec<&Problem> {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|p| p.code.severity());
    sorted
}

/// The file's path as whoever ran the command would type it: with the library's folder before it.
fn path_from_here(library: &std::path::Path, file: &str) -> String {
    library.join(file).to_string_lossy().replace('\\', "/").trim_start_matches("./").to_owned()
}
