//! The few words around a fault: a piece of the text small enough for any terminal, whatever the file holds.

use std::ops::Range;

/// A line is shown up to this many characters before and after the fault: two rows of a usual terminal.
const AROUND: usize = 60;
/// A fault that is longer is underlined up to here.
const LONGEST_FAULT: usize = 120;

/// What to show, and where the fault is in it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    pub text: String,
    /// Bytes of `text`.
    pub span: Range<usize>,
    /// Characters of the line that are left out before it.
    pub skipped: usize,
}

/// The fault's first line with the fault in it; what is far away from it on the line is left out.
pub(super) fn around(source: &str, fault: &Range<usize>) -> Excerpt {
    let start = source.floor_char_boundary(fault.start.min(source.len()));
    let line_start = source[..start].rfind('\n').map_or(0, |at| at + 1);
    let line_end = source[start..].find('\n').map_or(source.len(), |at| start + at);
    let line_end = line_start + source[line_start..line_end].trim_end_matches('\r').len();
    let start = start.min(line_end);
    let end = source.ceil_char_boundary(fault.end.clamp(start, line_end));
    let end = start + chars_in(&source[start..end], LONGEST_FAULT);

    let from = start - tail_of(&source[line_start..start], AROUND);
    let to = end + chars_in(&source[end..line_end], AROUND);
    let before = if from > line_start { "…" } else { "" };
    let after = if to < line_end { "…" } else { "" };
    let skipped = source[line_start..from].chars().count();
    Excerpt {
        skipped,
        text: format!("{before}{}{after}", &source[from..to]),
        span: before.len() + start - from..before.len() + end - from,
    }
}

/// Bytes of the first `count` characters.
fn chars_in(text: &str, count: usize) -> usize {
    text.char_indices().nth(count).map_or(text.len(), |(at, _)| at)
}

/// Bytes of the last `count` characters.
fn tail_of(text: &str, count: usize) -> usize {
    text.char_indices().rev().take(count).last().map_or(0, |(at, _)| text.len() - at)
}
