//! Counting, ordering and naming what was found, the same for every shape.

use crate::tip::{Problem, Severity};
use std::path::Path;

/// Numbers of errors and warnings.
pub(super) fn tally(problems: &[Problem]) -> (usize, usize) {
    let errors = problems.iter().filter(|p| p.code.severity() == Severity::Error).count();
    (errors, problems.len() - errors)
}

/// `1 problem`, `2 problems`.
pub(super) fn counted(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// Errors first; within each, as `check` found them: by file, then place.
pub(super) fn worst_first(problems: &[Problem]) -> Vec<&Problem> {
    let mut sorted: Vec<&Problem> = problems.iter().collect();
    sorted.sort_by_key(|p| p.code.severity());
    sorted
}

/// The file's path as whoever ran the command would type it: with the library's folder before it.
pub(super) fn path_from_here(library: &Path, file: &str) -> String {
    library.join(file).to_string_lossy().replace('\\', "/").trim_start_matches("./").to_owned()
}
