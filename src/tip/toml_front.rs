//! TOML front matter to keys and values, with all faults of it and the place of each.

use super::Code;
use super::node::{Entry, MAX_DEPTH, MAX_NODES, Node, Value};
use super::problem::Problems;
use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

/// Reads the keys between the fences; `range` is where that text stands in the file.
pub(super) fn read<'a>(problems: &mut Problems<'a>, range: Range<usize>) -> Vec<Entry<'a>> {
    let (table, errors) = DeTable::parse_recoverable(&problems.text[range.clone()]);
    for error in errors.iter().take(50) {
        let at = error.span().unwrap_or(0..0);
        let span = range.start + at.start..range.start + at.end.max(at.start + 1);
        let twice = error.message().contains("duplicate key");
        let (code, help) = match twice {
            true => (Code::RepeatedKey, "Keep one of them; a list takes several values: `when = [\"a\", \"b\"]`."),
            false => (Code::FrontMatter, "In TOML, text stands in quotation marks: `prevents = \"drooping\"`."),
        };
        problems.note(code, span, format!("TOML cannot read this: {}.", error.message()), help);
    }
    let mut left = MAX_NODES;
    let text = problems.text;
    let entries = entries(table.into_inner(), text, range.start, 0, &mut left);
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
