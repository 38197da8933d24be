//! Front matter as a tree: keys and values, each with the bytes it was read from.
//!
//! YAML and TOML both become this; what a key means is decided elsewhere.

use std::borrow::Cow;
use std::ops::Range;

/// Most values one file's front matter may hold; a generous tip has fifty.
pub(super) const MAX_NODES: usize = 5_000;
/// Deepest nesting of lists and maps; the format itself needs three.
pub(super) const MAX_DEPTH: usize = 16;

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry<'a> {
    pub(super) key: Cow<'a, str>,
    pub(super) key_span: Range<usize>,
    pub(super) node: Node<'a>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) struct Node<'a> {
    pub(super) value: Value<'a>,
    pub(super) span: Range<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Value<'a> {
    Null,
    Bool(bool),
    /// A number with its spelling.
    Number(f64, Cow<'a, str>),
    Text(Cow<'a, str>),
    List(Vec<Node<'a>>),
    Map(Vec<Entry<'a>>),
}

impl Value<'_> {
    /// What it is, for a sentence: "this is … ".
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Value::Null => "empty",
            Value::Bool(_) => "true or false",
            Value::Number(..) => "a number",
            Value::Text(_) => "text",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of keys",
        }
    }

    /// The value for those who pass it on unread.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match self {
            Value::Null => serde_json::Value::Null,
            Value::Bool(yes) => (*yes).into(),
            Value::Number(number, spelling) => match spelling.parse::<i64>() {
                Ok(whole) => whole.into(),
                Err(_) => (*number).into(),
            },
            Value::Text(text) => text.as_ref().into(),
            Value::List(items) => items.iter().map(|item| item.value.to_json()).collect(),
            Value::Map(entries) => {
                serde_json::Value::Object(entries.iter().map(|e| (e.key.to_string(), e.node.value.to_json())).collect())
            }
        }
    }
}

/// A plain YAML scalar by the core schema of YAML 1.2, with two cautions: `yes` and `on` are words, and digits
/// after a leading zero are text (a phone number, an article's number).
pub(super) fn plain(text: Cow<'_, str>) -> Value<'_> {
    match text.as_ref() {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    match number(&text) {
        Some(number) => Value::Number(number, text),
        None => Value::Text(text),
    }
}

fn number(text: &str) -> Option<f64> {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first = *digits.as_bytes().first()?;
    if !(first.is_ascii_digit() || first == b'.') || !digits.bytes().all(|b| b"0123456789.eE+-".contains(&b)) {
        return None;
    }
    if digits.len() > 1 && first == b'0' && digits.as_bytes()[1].is_ascii_digit() {
        return None;
    }
    text.parse().ok().filter(|n: &f64| n.is_finite())
}
