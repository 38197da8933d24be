//! What is wrong with a file, where, and what to do about it.

use std::ops::Range;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

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

/// A stable code; never reused for another meaning. `SW0xx` are errors, `SW1xx` warnings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// SW001: front matter that does not parse.
    FrontMatter,
    /// SW011: a file whose bytes are not UTF-8 text.
    NotText,
    /// SW012: a file over the size limit.
    TooLarge,
    /// SW013: a file or folder that the system does not let us read.
    Unreadable,
    /// SW014: a link that leads out of the library.
    LeavesLibrary,
    /// SW015: a name that cannot be an id.
    FileName,
}

impl Code {
    pub fn as_str(self) -> &'static str {
        match self {
            Code::FrontMatter => "SW001",
            Code::NotText => "SW011",
            Code::TooLarge => "SW012",
            Code::Unreadable => "SW013",
            Code::LeavesLibrary => "SW014",
            Code::FileName => "SW015",
        }
    }

    pub fn severity(self) -> Severity {
        if self.as_str().starts_with("SW0") { Severity::Error } else { Severity::Warning }
    }
}

impl Code {
    pub const ALL: &'static [Code] = &[Code::FrontMatter];

    pub fn explain(self) -> &'static str {
        "# SW001: front matter that cannot be read"
    }
}
