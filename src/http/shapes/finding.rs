//! What `check` finds, as it is sent.

use super::words::SeverityWord;
use crate::http::shared::Shared;
use crate::tip::{Fix, Problem, Severity};
use serde::Serialize;
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(in crate::http) struct FindingPage<'a> {
    items: Vec<FindingWire<'a>>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<&'a str>,
    /// How many findings there are in all.
    total: usize,
    /// How many of them are errors: those keep a file from being served.
    errors: usize,
}

impl<'a> FindingPage<'a> {
    pub fn new(items: Vec<FindingWire<'a>>, next: Option<&'a str>, all: impl Iterator<Item = &'a Problem>) -> Self {
        let (mut total, mut errors) = (0, 0);
        for problem in all {
            total += 1;
            errors += usize::from(problem.code.severity() == Severity::Error);
        }
        Self { items, next, total, errors }
    }
}

/// One thing that is wrong in a file.
#[derive(Serialize, ToSchema)]
#[schema(as = Finding)]
pub(in crate::http) struct FindingWire<'a> {
    /// Stable; `stemwire explain` and `url` tell more about it.
    #[schema(example = "SW001")]
    code: &'static str,
    #[schema(value_type = SeverityWord)]
    severity: &'static str,
    /// Path below the library.
    #[schema(example = "flowers/gerbera/wire.md")]
    file: &'a str,
    /// Line of the file, from 1.
    line: usize,
    /// Character of the line, from 1.
    column: usize,
    /// What is wrong.
    message: &'a str,
    /// What to do.
    help: &'a str,
    /// The bytes at fault, from and to.
    #[schema(value_type = Vec<usize>, min_items = 2, max_items = 2, example = json!([10, 14]))]
    span: [usize; 2],
    /// The text of the line.
    text: &'a str,
    /// A mend that is safe to make without asking: put `text` in place of the bytes of `span`.
    #[schema(required)]
    fix: Option<FixWire<'a>>,
    /// The page that explains the code.
    #[schema(example = "/problems/SW001")]
    url: String,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Fix)]
struct FixWire<'a> {
    title: &'a str,
    #[schema(value_type = Vec<usize>, min_items = 2, max_items = 2, example = json!([10, 14]))]
    span: [usize; 2],
    text: &'a str,
}

/// A line longer than this many characters is cut: it is shown, not worked with.
const LINE_CHARS: usize = 300;

impl<'a> FindingWire<'a> {
    /// `source` is the file's text; empty where it could not be read.
    pub fn new(shared: &Shared, problem: &'a Problem, source: &'a str) -> Self {
        let line = source.lines().nth(problem.line.saturating_sub(1)).unwrap_or_default();
        let cut = line.char_indices().nth(LINE_CHARS).map_or(line.len(), |(at, _)| at);
        Self {
            code: problem.code.as_str(),
            severity: match problem.code.severity() {
                Severity::Error => "error",
                Severity::Warning => "warning",
            },
            file: &problem.file,
            line: problem.line,
            column: problem.column,
            message: &problem.message,
            help: &problem.help,
            span: [problem.span.start, problem.span.end],
            text: &line[..cut],
            fix: problem.fix.as_ref().map(FixWire::new),
            url: shared.address(&format!("/problems/{}", problem.code.as_str())),
        }
    }
}

impl<'a> FixWire<'a> {
    fn new(fix: &'a Fix) -> Self {
        Self { title: &fix.title, span: [fix.span.start, fix.span.end], text: &fix.text }
    }
}
