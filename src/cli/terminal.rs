//! What a terminal can do, and writing to it: colours only where they are wanted, quiet when the reader leaves.
//!
//! Text that comes from files is calmed before it is printed, so that no tip can move the cursor or hide words.

use super::ended::Failure;
use std::cell::RefCell;
use std::io::{BufWriter, IsTerminal, Write};
use unicode_width::UnicodeWidthStr;

/// Prose is set to this width: what every terminal shows, and what eyes like to read.
pub(super) const WIDTH: usize = 80;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ink {
    Strong,
    Faint,
    Good,
    Warn,
    Bad,
}

/// Standard output with what it can do.
pub(super) struct Terminal {
    colour: bool,
    out: RefCell<BufWriter<std::io::Stdout>>,
}

impl Terminal {
    pub fn stdout() -> Terminal {
        let colour = wants_colour(&|name| std::env::var(name).ok(), std::io::stdout().is_terminal());
        Terminal { colour, out: RefCell::new(BufWriter::new(std::io::stdout())) }
    }

    pub fn colour(&self) -> bool {
        self.colour
    }

    pub fn paint(&self, ink: Ink, text: &str) -> String {
        if self.colour { painted(ink, text) } else { text.to_owned() }
    }

    /// Writes the text as it is.
    pub fn put(&self, text: impl AsRef<[u8]>) -> Result<(), Failure> {
        self.out.borrow_mut().write_all(text.as_ref()).map_err(gone_or_said)
    }

    pub fn line(&self, text: impl AsRef<str>) -> Result<(), Failure> {
        self.put(text.as_ref())?;
        self.put("\n")
    }

    /// One JSON value, readable, with a line end.
    pub fn json(&self, value: &serde_json::Value) -> Result<(), Failure> {
        self.line(serde_json::to_string_pretty(value)?)
    }

    pub fn flush(&self) -> Result<(), Failure> {
        self.out.borrow_mut().flush().map_err(gone_or_said)
    }
}

fn gone_or_said(error: std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::BrokenPipe => Failure::Gone,
        _ => Failure::Said(format!("the output could not be written: {error}")),
    }
}

/// Whether to colour: `NO_COLOR` forbids, `CLICOLOR_FORCE` demands, else a terminal that is not dumb.
/// As no-color.org and bixense.com/clicolors describe them; an empty variable counts as not set.
fn wants_colour(env: &dyn Fn(&str) -> Option<String>, terminal: bool) -> bool {
    let set = |name| env(name).filter(|value| !value.is_empty());
    if set("NO_COLOR").is_some() {
        return false;
    }
    if set("CLICOLOR_FORCE").is_some_and(|value| value != "0") {
        return true;
    }
    terminal && set("TERM").is_none_or(|term| term != "dumb") && set("CLICOLOR").is_none_or(|value| value != "0")
}

fn painted(ink: Ink, text: &str) -> String {
    let code = match ink {
        Ink::Strong => "1",
        Ink::Faint => "2",
        Ink::Good => "1;32",
        Ink::Warn => "1;33",
        Ink::Bad => "1;31",
    };
    format!("\x1b[{code}m{text}\x1b[0m")
}

/// Whether to colour what goes to stderr.
pub(super) fn stderr_colour() -> bool {
    wants_colour(&|name| std::env::var(name).ok(), std::io::stderr().is_terminal())
}

/// Says on stderr why a command could not run.
pub(super) fn complain(text: &str) {
    let label = if stderr_colour() { painted(Ink::Bad, "error:") } else { "error:".to_owned() };
    note(&format!("{label} {}", calm(text)));
}

/// A line on stderr; where nobody listens there, there is nobody to tell.
pub(super) fn note(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}

/// The text with control characters shown as pictures and marks that turn the reading direction taken out.
/// Line ends and tabs stay.
pub(super) fn calm(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' | '\t' => Some(c),
            '\r' => None,
            // U+2400 starts the pictures of the control characters, in their order.
            '\0'..='\x1f' => char::from_u32(0x2400 + c as u32),
            '\x7f' => Some('\u{2421}'),
            '\u{80}'..='\u{9f}' => Some('\u{fffd}'),
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' => None,
            _ => Some(c),
        })
        .collect()
}

/// The same on one line: line ends and tabs are pictures too. For names of files.
pub(super) fn calm_line(text: &str) -> String {
    calm(text).replace('\n', "\u{240a}").replace('\t', "\u{2409}")
}

/// Breaks prose into lines of at most `width` columns; a longer word stands alone on its line, cut nowhere.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        let wide = word.width();
        if used > 0 && used + 1 + wide > width {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        line.push_str(word);
        used += wide;
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// `label` in a column of `column` columns, and the text wrapped beside it.
pub(super) fn beside(label: &str, painted_label: &str, column: usize, text: &str) -> String {
    let lines = wrap(&calm(text), WIDTH.saturating_sub(column).max(20));
    let gap = " ".repeat(column.saturating_sub(label.width()));
    let indent = format!("\n{}", " ".repeat(column));
    format!("{painted_label}{gap}{}", lines.join(&indent))
}
