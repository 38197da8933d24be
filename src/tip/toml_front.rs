//! TOML front matter to keys and values, with all faults of it and the place of each.

use super::node::{Entry, MAX_DEPTH, MAX_NODES, Node, Value};
use super::problem::Problems;
use super::{Code, fence};
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the keys between the fences; `range` is where that text stands in the file.
pub(super) fn read<'a>(problems: &mut Problems<'a>, range: Range<usize>) -> Vec<Entry<'a>> {
    let text = problems.text;
    let mut left = MAX_NODES;
    let entries = match DeTable::parse(&text[range.clone()]) {
        Ok(table) => entries(table.into_inner(), text, range.start, 0, &mut left),
        Err(first) => key_by_key(problems, range.clone(), &first, &mut left),
    };
    if left == 0 {
        problems.note(
            Code::FrontMatter,
            range,
            format!("This front matter is larger than a tip can need ({MAX_NODES} values, {MAX_DEPTH} levels)."),
            "Keep properties flat and few; long lists belong into the text.",
        );
    }
    entries
}

/// After a fault, each key is read on its own, so that all faults show in one run and none only follows another.
fn key_by_key<'a>(
    problems: &mut Problems<'a>,
    range: Range<usize>,
    first: &toml::de::Error,
    left: &mut usize,
) -> Vec<Entry<'a>> {
    let text = problems.text;
    let starts_key =
        |line: &str| line.split_once('=').is_some_and(|(key, _)| is_key(key.trim_end())) || line.starts_with('[');
    let mut starts: Vec<usize> = fence::lines(&text[..range.end], range.start)
        .filter(|line| starts_key(&text[line.clone()]))
        .map(|line| line.start)
        .collect();
    if starts.first() != Some(&range.start) {
        starts.insert(0, range.start);
    }
    starts.push(range.end);
    let (mut found, mut faults) = (Vec::new(), 0);
    for pair in starts.windows(2) {
        match DeTable::parse(&text[pair[0]..pair[1]]) {
            Ok(table) => found.extend(entries(table.into_inner(), text, pair[0], 0, left)),
            Err(error) => {
                faults += 1;
                note(problems, pair[0], &error);
            }
        }
        if *left == 0 || problems.is_full() {
            break;
        }
    }
    let mut keys: Vec<&str> = found.iter().map(|entry| entry.key.as_ref()).collect();
    keys.sort_unstable();
    // A key that is there twice is told of with all other such keys.
    if faults == 0 && keys.windows(2).all(|pair| pair[0] != pair[1]) {
        note(problems, range.start, first);
    }
    found
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_alphanumeric() || "_-\".".contains(c))
}

fn note(problems: &mut Problems<'_>, base: usize, error: &toml::de::Error) {
    let at = error.span().unwrap_or(0..0);
    let span = base + at.start..base + at.end.max(at.start + 1);
    let help = "Text stands in quotation marks, lists in brackets: `prevents = \"drooping\"`, `when = [\"buying\"]`.";
    problems.note(Code::FrontMatter, span, format!("TOML cannot read this: {}.", error.message()), help);
}

fn entries<'a>(table: DeTable<'a>, text: &'a str, base: usize, depth: usize, left: &mut usize) -> Vec<Entry<'a>> {
    let mut entries: Vec<Entry<'a>> = table
        .into_iter()
        .map(|(key, value)| {
            let key_span = base + key.span().start..base + key.span().end;
            Entry { key_span, key: key.into_inner(), node: node(value, text, base, depth + 1, left) }
        })
        .collect();
    entries.sort_by_key(|entry| entry.key_span.start);
    entries
}

fn node<'a>(value: Spanned<DeValue<'a>>, text: &'a str, base: usize, depth: usize, left: &mut usize) -> Node<'a> {
    let span = base + value.span().start..base + value.span().end;
    *left = if depth > MAX_DEPTH { 0 } else { left.saturating_sub(1) };
    let spelling = text.get(span.clone()).unwrap_or_default();
    let value = match value.into_inner() {
        _ if *left == 0 => Value::Null,
        DeValue::String(text) => Value::Text(text),
        DeValue::Boolean(yes) => Value::Bool(yes),
        DeValue::Integer(whole) => match i64::from_str_radix(whole.as_str(), whole.radix()) {
            Ok(number) => Value::Number(number as f64, spelling.into()),
            Err(_) => Value::Text(spelling.into()),
        },
        DeValue::Float(number) => match number.as_str().parse::<f64>() {
            Ok(number) if number.is_finite() => Value::Number(number, spelling.into()),
            _ => Value::Text(spelling.into()),
        },
        DeValue::Datetime(_) => Value::Text(spelling.into()),
        DeValue::Array(items) => {
            Value::List(items.into_iter().map(|item| node(item, text, base, depth + 1, left)).collect())
        }
        DeValue::Table(table) => Value::Map(entries(table, text, base, depth, left)),
    };
    Node { value, span }
}
