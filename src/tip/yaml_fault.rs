//! What a YAML parser complains about, in words an editor can act on.

use super::front::{KEYS, SECTION_KEYS};
use serde_saphyr::granit_parser::{ErrorKind, ScanError};
use std::ops::Range;

/// Why a piece of front matter cannot be read.
pub(super) struct Fault {
    pub(super) span: Range<usize>,
    pub(super) message: String,
    pub(super) help: String,
    /// Title, bytes and new text of a safe mend.
    pub(super) fix: Option<(&'static str, Range<usize>, String)>,
}

impl Fault {
    pub(super) fn new(span: Range<usize>, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { span, message: message.into(), help: help.into(), fix: None }
    }
}

/// The fault behind a parser's error; `base` is where the parsed piece starts in `text`.
pub(super) fn fault_of(error: &ScanError, text: &str, base: usize) -> Fault {
    let at = text.floor_char_boundary(base + error.marker().byte_offset().unwrap_or(0));
    let line = line_around(text, at);
    let (message, help) = words(error.kind());
    let mut fault = Fault::new(at..text.ceil_char_boundary((at + 1).min(text.len())), message, help);
    match error.kind() {
        ErrorKind::UnclosedQuotedScalar | ErrorKind::UnclosedFlowCollection { .. } => {
            fault.span = at..line.end.max(at);
        }
        ErrorKind::MappingValueNotAllowed if is_indented_key(&text[line.clone()]) => {
            fault.message = "This line is indented, so it is taken for a part of the line above.".to_owned();
            fault.help = "Keys begin at the margin: take the spaces in front of it out.".to_owned();
            fault.span = line;
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidColonPlacement => {
            fault.span = value_of(text, line.clone()).unwrap_or(line);
        }
        ErrorKind::InvalidQuotedScalarIndent => {
            fault.span = value_of(text, line_around(text, base)).unwrap_or(line);
        }
        ErrorKind::UnexpectedCharacter { .. } => fault.span = value_of(text, line).unwrap_or(fault.span),
        kind if is_tab(kind) => tabs(&mut fault, text, line),
        _ => {}
    }
    if let Some(link) = link_between(text, base, at) {
        let value = &text[link.clone()];
        fault.message = "This link opens with a bracket, so YAML takes it for a list.".to_owned();
        fault.help = format!("Put it in quotation marks: `\"{}\"`.", value.escape_debug());
        fault.fix = (!value.contains(['"', '\\']))
            .then(|| ("put the link in quotation marks", link.clone(), format!("\"{value}\"")));
        fault.span = link;
    }
    if fault.span.is_empty() {
        fault.span = line_around(text, at.saturating_sub(1).max(base));
    }
    fault
}

/// A value on the lines from `base` to `at` that is a link without quotation marks, and nothing else.
fn link_between(text: &str, base: usize, at: usize) -> Option<Range<usize>> {
    let mut from = base;
    while from <= at && from < text.len() {
        let line = line_around(text, from);
        let item = text[line.clone()].find("- [").map(|found| line.start + found + 2..line.end);
        let is_link = |value: &Range<usize>| {
            let value = &text[value.clone()];
            value.starts_with('[') && value.contains("](") && value.ends_with(')')
        };
        if let Some(link) = [value_of(text, line.clone()), item].into_iter().flatten().find(is_link) {
            return Some(link);
        }
        from = text[line.end..].find('\n').map_or(text.len(), |end| line.end + end + 1);
    }
    None
}

/// A key of the format with spaces in front.
fn is_indented_key(line: &str) -> bool {
    let key = line.trim_start().split_once(':').map_or("", |(key, _)| key);
    line.starts_with(' ') && (KEYS.contains(&key) || SECTION_KEYS.contains(&key))
}

/// Where tabs indent this line and those that belong to it, they become spaces.
fn tabs(fault: &mut Fault, text: &str, line: Range<usize>) {
    let indent = |line: &str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let first = line.start..line.start + indent(&text[line.clone()]);
    if !text[first.clone()].contains('\t') {
        // The parser stops before the line end where the tab stands on the next line.
        let next = text[line.end..].find('\n').map(|end| line_around(text, line.end + end + 1));
        let tab = next.map(|next| next.start..next.start + indent(&text[next]));
        match tab.filter(|tab| text[tab.clone()].contains('\t')) {
            Some(tab) if is_indented_key(&format!(" {}", &text[line_around(text, tab.end)].trim_start())) => {
                fault.help = "Keys begin at the margin: take the tab out.".to_owned();
                fault.fix = Some(("take the tab out", tab.clone(), String::new()));
                fault.span = tab;
            }
            Some(tab) => fault.span = tab,
            None => fault.span = line,
        }
        return;
    }
    let mut mended = String::new();
    let mut end = line.start;
    for line in super::fence::lines(text, line.start) {
        let (spaces, rest) = text[line.clone()].split_at(indent(&text[line.clone()]));
        if spaces.is_empty() {
            break;
        }
        mended += &spaces.replace('\t', "  ");
        mended += rest;
        end = line.end;
    }
    fault.fix = Some(("use spaces for the tabs", line.start..end, mended));
    fault.span = first;
}

fn is_tab(kind: &ErrorKind) -> bool {
    use ErrorKind::{TabAtBlockScalarStart, TabInBlockIndentation, TabInIndentation, TabInPlainScalar, TabNotAllowed};
    matches!(kind, TabNotAllowed | TabInBlockIndentation | TabInIndentation | TabInPlainScalar | TabAtBlockScalarStart)
}

/// The value on the line in which `at` stands, else the line.
pub(super) fn value_around(text: &str, at: usize) -> Range<usize> {
    let line = line_around(text, at);
    value_of(text, line.clone()).unwrap_or(line)
}

/// The line in which `at` stands, without its line end.
fn line_around(text: &str, at: usize) -> Range<usize> {
    let at = text.floor_char_boundary(at);
    let start = text[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    start..start + text[start..end].trim_end().len()
}

/// The value after the first `: ` of a line.
fn value_of(text: &str, line: Range<usize>) -> Option<Range<usize>> {
    let colon = text[line.clone()].find(':')?;
    let value = &text[line.start + colon + 1..line.end];
    let start = line.end - value.trim_start().len();
    (start < line.end).then_some(start..line.end)
}

fn words(kind: &ErrorKind) -> (String, &'static str) {
    let (message, help) = match kind {
        ErrorKind::UnclosedQuotedScalar
        | ErrorKind::DocumentIndicatorInQuotedScalar
        | ErrorKind::InvalidQuotedScalarIndent => {
            ("A quotation mark opens here and is never closed.", "Close it, or leave out both.")
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            let close = if *open == '[' { "]" } else { "}" };
            return (
                format!("A list opens with `{open}` here and is never closed."),
                if close == "]" { "Put a `]` behind its last item." } else { "Put a `}` behind its last key." },
            );
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "There is a colon in this value, so YAML takes it for another key.",
            "Put the value in quotation marks: `key: \"one: two\"`.",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::ExpectedBlockMappingKey => {
            ("This line is not a key with a value.", "Write `key: value`, and indent what continues a line above.")
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => (
            "There is more text behind the closing quotation mark.",
            "Put all of the value in quotation marks, or none of it.",
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "A backslash in double quotes starts a code, and this one is unknown.",
            "Write `\\\\`, or use single quotes.",
        ),
        ErrorKind::UnexpectedCharacter { character: '`' } => {
            ("A value cannot start with a backtick.", "Put the value in quotation marks.")
        }
        ErrorKind::UnexpectedCharacter { character } => {
            return (
                format!("A value cannot start with `{}` without quotation marks.", character.escape_debug()),
                "Put the value in quotation marks.",
            );
        }
        ErrorKind::MissingAnchorOrAliasName => {
            ("`&` and `*` in front of a value mean anchors and aliases in YAML.", "Put the value in quotation marks.")
        }
        ErrorKind::RecursionLimitExceeded => {
            ("Lists are nested too deeply here.", "Keep properties flat: text, numbers, dates and lists of them.")
        }
        ErrorKind::MisplacedFlowCollectionEnd | ErrorKind::MismatchedFlowCollectionEnd { .. } => {
            ("This bracket closes nothing that is open.", "Remove it, or put the value in quotation marks.")
        }
        ErrorKind::CommentInterceptedScalar => {
            ("A comment stands in the middle of a value.", "Move it to a line of its own above the key.")
        }
        ErrorKind::InvalidIndentation | ErrorKind::ExpectedBlockSequenceEntry => {
            ("This line is indented to a depth at which nothing is open.", "Line it up with the line it belongs to.")
        }
        ErrorKind::BlockSequenceEntryNotAllowed => {
            ("A list item cannot start here.", "Put each `- item` on a line of its own below its key.")
        }
        ErrorKind::DirectiveDisallowed => ("`%` at the start of a line is a YAML directive.", "Remove the line."),
        kind if is_tab(kind) => ("YAML is indented by spaces, and there is a tab here.", "Use two spaces."),
        other => {
            return (
                format!("YAML cannot read this: {other}."),
                "See whether a quotation mark, bracket or colon is amiss.",
            );
        }
    };
    (message.to_owned(), help)
}
