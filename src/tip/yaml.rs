//! YAML front matter to keys and values, with every fault of it and the place of each.
//!
//! Anchors and aliases are refused, depth and number of values are bounded, so no text can make it blow up.

use super::front::KEYS;
use super::node::{Entry, MAX_DEPTH, MAX_NODES, Node, Value, plain};
use super::problem::Problems;
use super::yaml_fault::{Fault, fault_of, value_around};
use super::{Code, fence};
use serde_saphyr::granit_parser::{BorrowedInput, Event, Options, Parser, ScalarStyle, Span};
use std::borrow::Cow;
use std::ops::Range;

/// Reads the keys between the fences; `range` is where that text stands in the file.
pub(super) fn read<'a>(problems: &mut Problems<'a>, range: Range<usize>) -> Vec<Entry<'a>> {
    match document(problems.text, range.clone()) {
        Ok(entries) => entries,
        Err(fault) => key_by_key(problems, range, fault),
    }
}

/// After a fault, each top-level key is read on its own, so that all faults show in one run.
fn key_by_key<'a>(problems: &mut Problems<'a>, range: Range<usize>, first: Fault) -> Vec<Entry<'a>> {
    let text = problems.text;
    let mut starts: Vec<usize> = fence::lines(&text[..range.end], range.start)
        .filter(|line| starts_key(&text[line.clone()]))
        .map(|line| line.start)
        .collect();
    if starts.first() != Some(&range.start) {
        starts.insert(0, range.start);
    }
    starts.push(range.end);
    let mut entries = Vec::new();
    let mut faults = Vec::new();
    for pair in starts.windows(2) {
        match document(text, pair[0]..pair[1]) {
            Ok(more) => entries.extend(more),
            Err(fault) => faults.push(fault),
        }
        if faults.len() >= 50 || entries.len() > MAX_NODES {
            break;
        }
    }
    if faults.is_empty() {
        faults.push(first);
    }
    for fault in faults {
        let problem = problems.note(Code::FrontMatter, fault.span, fault.message, fault.help);
        if let Some((title, span, text)) = fault.fix {
            *problem = problem.clone().with_fix(title, span, text);
        }
    }
    entries
}

fn starts_key(line: &str) -> bool {
    let Some((key, rest)) = line.split_once(':') else { return false };
    (rest.is_empty() || rest.starts_with(char::is_whitespace) || KEYS.contains(&key))
        && key.starts_with(|c: char| c.is_alphabetic() || c == '_' || c == '"')
        && key.chars().all(|c| c.is_alphanumeric() || "_-\" ".contains(c))
}

fn document(text: &str, range: Range<usize>) -> Result<Vec<Entry<'_>>, Fault> {
    let mut options = Options::default();
    options.emit_unresolved_aliases = true;
    options.disallow_directives = true;
    options.flow_nesting_limit = MAX_DEPTH;
    options.block_nesting_limit = MAX_DEPTH;
    options.set_emit_comments(false);
    let source = &text[range.clone()];
    let parser = Parser::new_from_str_with_options(source, options);
    Builder { parser, text, base: range.start, nodes: 0 }.document()
}

struct Builder<'a, T: BorrowedInput<'a>> {
    parser: Parser<'a, T>,
    text: &'a str,
    base: usize,
    nodes: usize,
}

impl<'a, T: BorrowedInput<'a>> Builder<'a, T> {
    fn document(mut self) -> Result<Vec<Entry<'a>>, Fault> {
        let mut entries = Vec::new();
        let mut documents = 0;
        while let Some((event, span)) = self.next()? {
            let span = self.range(&span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        return Err(Fault::new(
                            span,
                            "Front matter is one document, and a second one starts here.",
                            "Remove this line, or move what follows below the closing `---`.",
                        ));
                    }
                }
                Event::MappingStart(_, 0, _) => entries = self.entries(0)?,
                Event::Scalar(text, ScalarStyle::Plain, 0, _) if plain(text.clone()) == Value::Null => {}
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
                _ => return Err(self.no_keys(span)),
            }
        }
        Ok(entries)
    }

    fn no_keys(&self, span: Range<usize>) -> Fault {
        let mut fault = Fault::new(
            span.clone(),
            "Front matter is a list of keys with their values, and this is something else.",
            "Write `key: value`, one on each line; text for the reader goes below the closing `---`.",
        );
        let Some((key, rest)) = self.text[span.clone()].split_once(':') else { return fault };
        let alone = span.start == 0 || self.text[..span.start].ends_with('\n');
        if alone && KEYS.contains(&key) && !rest.starts_with(char::is_whitespace) {
            let colon = span.start + key.len();
            fault.span = span.start..colon + 1;
            fault.message = format!("There is no space behind the colon of `{key}`.");
            fault.help = format!("Write `{key}: ` and then the value.");
            fault.fix = Some(("put a space behind the colon", colon..colon + 1, ": ".to_owned()));
        }
        fault
    }

    fn next(&mut self) -> Result<Option<(Event<'a>, Span)>, Fault> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok(event)) => Ok(Some(event)),
            Some(Err(error)) => Err(fault_of(&error, self.text, self.base)),
        }
    }

    fn entries(&mut self, depth: usize) -> Result<Vec<Entry<'a>>, Fault> {
        let mut entries = Vec::new();
        while let Some((event, span)) = self.next()? {
            let key_span = self.range(&span);
            let key = match event {
                Event::MappingEnd => break,
                Event::Scalar(key, _, 0, _) => key,
                Event::Alias(_) | Event::UnresolvedAlias(_) => return Err(self.alias(key_span.start)),
                _ => {
                    return Err(Fault::new(
                        key_span,
                        "A key is a word, and this is a list or a group.",
                        "Write the key as plain text in front of the colon.",
                    ));
                }
            };
            let Some((event, span)) = self.next()? else { break };
            let node = self.node(event, &span, depth + 1)?;
            entries.push(Entry { key, key_span, node });
        }
        Ok(entries)
    }

    fn node(&mut self, event: Event<'a>, span: &Span, depth: usize) -> Result<Node<'a>, Fault> {
        self.nodes += 1;
        let mut span = self.range(span);
        if self.nodes > MAX_NODES || depth > MAX_DEPTH {
            return Err(Fault::new(
                span,
                format!("This front matter is larger than a tip can need ({MAX_NODES} values, {MAX_DEPTH} levels)."),
                "Keep properties flat and few; long lists belong into the text.",
            ));
        }
        let value = match event {
            Event::Scalar(text, style, 0, tag) => {
                let as_text = tag.is_some_and(|tag| tag.core_suffix() == Some("str"));
                scalar(text, style, as_text)
            }
            Event::SequenceStart(_, 0, _) => {
                let (items, end) = self.items(depth)?;
                span.end = end.max(span.end);
                Value::List(items)
            }
            Event::MappingStart(_, 0, _) => {
                let entries = self.entries(depth)?;
                span.end = entries.last().map_or(span.end, |last| last.node.span.end.max(last.key_span.end));
                Value::Map(entries)
            }
            _ => return Err(self.alias(span.start)),
        };
        let trimmed = self.text[span.clone()].trim_end().len();
        Ok(Node { value, span: span.start..span.start + trimmed })
    }

    fn items(&mut self, depth: usize) -> Result<(Vec<Node<'a>>, usize), Fault> {
        let mut items = Vec::new();
        while let Some((event, span)) = self.next()? {
            if event == Event::SequenceEnd {
                return Ok((items, self.range(&span).end));
            }
            items.push(self.node(event, &span, depth + 1)?);
        }
        Ok((items, 0))
    }

    fn alias(&self, at: usize) -> Fault {
        Fault::new(
            value_around(self.text, at),
            "`&` and `*` in front of a value mean anchors and aliases in YAML, which front matter does not use.",
            "Write the value out, or put it in quotes if the sign belongs to the text.",
        )
    }

    /// Bytes of the file, inside what is there whatever the parser says.
    fn range(&self, span: &Span) -> Range<usize> {
        let bytes = span.byte_range().unwrap_or(0..0);
        let start = self.text.floor_char_boundary(self.base + bytes.start);
        let end = self.text.floor_char_boundary(self.base + bytes.end).max(start);
        start..end
    }
}

fn scalar<'a>(text: Cow<'a, str>, style: ScalarStyle, as_text: bool) -> Value<'a> {
    match style {
        ScalarStyle::Plain if !as_text => plain(text),
        ScalarStyle::Literal | ScalarStyle::Folded => Value::Text(Cow::Owned(text.trim_end().to_owned())),
        _ => Value::Text(text),
    }
}
