//! What is wrong with a file, where, and what to do about it.

use super::code::{Code, Severity};
use std::ops::Range;

/// One finding of `check`. Broken input is data: a file yields all of its problems, never just the first.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    pub code: Code,
    /// Path below the library, with `/`.
    pub file: String,
    /// Bytes of the file's text that are at fault; empty at 0 where the whole file is.
    pub span: Range<usize>,
    /// One-based.
    pub line: usize,
    /// One-based, in characters.
    pub column: usize,
    /// What is wrong, in one sentence.
    pub message: String,
    /// What to do, in one sentence.
    pub help: String,
    /// A mend that is safe to make without asking.
    pub fix: Option<Fix>,
}

/// Replace the bytes of `span` by `text`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    pub title: String,
    pub span: Range<usize>,
    pub text: String,
}

impl Problem {
    /// A problem with some bytes of a file's text. A span that is not one of `text` is moved to where it fits.
    pub fn at(
        code: Code,
        file: &str,
        text: &str,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Problem {
        let start = text.floor_char_boundary(span.start);
        let end = text.ceil_char_boundary(span.end.min(text.len())).max(start);
        let (line, column) = place(text, start);
        let file = file.to_owned();
        Problem { code, file, span: start..end, line, column, message: message.into(), help: help.into(), fix: None }
    }

    /// A problem with the whole file.
    pub fn whole(code: Code, file: &str, message: impl Into<String>, help: impl Into<String>) -> Problem {
        Problem::at(code, file, "", 0..0, message, help)
    }

    /// Adds a mend that is safe to make without asking.
    pub fn with_fix(mut self, title: impl Into<String>, span: Range<usize>, text: impl Into<String>) -> Problem {
        self.fix = Some(Fix { title: title.into(), span, text: text.into() });
        self
    }

    pub fn severity(&self) -> Severity {
        self.code.severity()
    }

    pub fn is_error(&self) -> bool {
        self.severity() == Severity::Error
    }
}

/// Line and column of a byte, one-based, the column in characters. A byte order mark takes no column.
fn place(text: &str, byte: usize) -> (usize, usize) {
    let before = &text[..text.floor_char_boundary(byte)];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = before.bytes().filter(|b| *b == b'\n').count() + 1;
    let column = before[line_start..].chars().filter(|c| *c != '\u{feff}').count() + 1;
    (line, column)
}

/// Most problems told of one file at a time: more than anybody mends in one go, and a bound for hostile texts.
pub(super) const MAX_PROBLEMS: usize = 100;

/// All problems of one text, gathered while it is read.
pub(super) struct Problems<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a str,
    pub(super) found: Vec<Problem>,
}

impl<'a> Problems<'a> {
    pub(super) fn new(file: &'a str, text: &'a str) -> Self {
        Self { file, text, found: Vec::new() }
    }

    /// Notes a problem and hands it back, for a fix to be added. After `MAX_PROBLEMS` the last one gives way.
    pub(super) fn note(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> &mut Problem {
        self.found.truncate(MAX_PROBLEMS - 1);
        self.found.push(Problem::at(code, self.file, self.text, span, message, help));
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    pub(super) fn is_full(&self) -> bool {
        self.found.len() >= MAX_PROBLEMS
    }

    pub(super) fn any_error(&self) -> bool {
        self.found.iter().any(Problem::is_error)
    }
}
