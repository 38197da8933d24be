//! Named values as they were typed, from a query string or a JSON object, taken out one by one as they were meant.
//!
//! Every fault is collected, so that a caller mends all of them at once; what nobody took is an unknown field.

use crate::http::problem::{Fault, Kind, Problem};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::str::FromStr;

/// Fields of one request. A name given twice stands twice.
pub(in crate::http) struct Fields {
    place: &'static str,
    given: Vec<(String, Value)>,
    known: Vec<&'static str>,
    faults: Vec<Fault>,
}

/// The last millisecond of the year 9999, which is the last that RFC 3339 can write.
const LAST_MS: i64 = 253_402_300_799_999;

impl Fields {
    pub fn from_query(pairs: Vec<(String, String)>) -> Self {
        let given = pairs.into_iter().map(|(name, value)| (name, Value::String(value))).collect();
        Self { place: "query", given, known: Vec::new(), faults: Vec::new() }
    }

    pub fn from_json(object: Map<String, Value>) -> Self {
        Self { place: "body", given: object.into_iter().collect(), known: Vec::new(), faults: Vec::new() }
    }

    /// Records that the field `pointer` (without `#/`) is at fault.
    pub fn fault(&mut self, pointer: &str, detail: impl Display) {
        self.faults.push(Fault::new(self.place, format!("#/{pointer}"), format!("{pointer} {detail}")));
    }

    /// Records that none of the fields `names` is there, though one must be. One that is there and at fault is enough.
    pub fn none_of(&mut self, names: &[&str]) {
        let tried = |fault: &Fault| names.iter().any(|name| fault.pointer[2..].split('/').next() == Some(name));
        if !self.faults.iter().any(tried) {
            let detail = format!("at least one of {} must be given", names.join(", "));
            self.faults.push(Fault::new(self.place, "#", detail));
        }
    }

    fn values(&mut self, name: &'static str) -> Vec<Value> {
        self.known.push(name);
        let mut found = Vec::new();
        self.given.retain_mut(|(given, value)| {
            let hit = given == name;
            if hit && !value.is_null() {
                found.push(value.take());
            }
            !hit
        });
        found
    }

    fn value(&mut self, name: &'static str) -> Option<Value> {
        let mut found = self.values(name);
        if found.len() > 1 {
            self.fault(name, format!("is given {} times; once is enough", found.len()));
        }
        found.pop()
    }

    /// Text of at most `most` characters, without white space around it. None where there is nothing else.
    pub fn text(&mut self, name: &'static str, most: u64) -> Option<String> {
        let value = self.value(name)?;
        self.string(name, value, most)
    }

    /// An id in somebody's own numbering: as `text`, and a whole number for its digits.
    pub fn numbering(&mut self, name: &'static str, most: u64) -> Option<String> {
        match self.value(name)? {
            Value::Number(number) if number.is_i64() || number.is_u64() => Some(number.to_string()),
            value => self.string(name, value, most),
        }
    }

    /// Text that must be there, as it is.
    pub fn raw_text(&mut self, name: &'static str) -> String {
        match self.value(name) {
            Some(Value::String(text)) => return text,
            Some(other) => self.fault(name, format!("must be a string, not {}", kind_of(&other))),
            None => self.fault(name, "must be given"),
        }
        String::new()
    }

    fn string(&mut self, pointer: &str, value: Value, most: u64) -> Option<String> {
        let Value::String(text) = value else {
            self.fault(pointer, format!("must be a string, not {}", kind_of(&value)));
            return None;
        };
        // Bytes bound characters: only text that might be too long is counted.
        if text.len() as u64 > most && text.chars().count() as u64 > most {
            self.fault(pointer, format!("must have at most {most} characters"));
            return None;
        }
        if text.contains('\0') {
            // PostgreSQL keeps no such text, and no keyboard has that sign.
            self.fault(pointer, "must not have the character U+0000");
            return None;
        }
        let trimmed = text.trim();
        match trimmed.len() {
            0 => None,
            same if same == text.len() => Some(text),
            _ => Some(trimmed.to_owned()),
        }
    }

    /// Values given by repeating the name, or in JSON as a string or an array of strings.
    pub fn list(&mut self, name: &'static str, most_items: u64, most: u64) -> Vec<String> {
        let values = self.values(name);
        self.strings(name, values, most_items, most)
    }

    /// An array of strings in JSON, where a single string stands for nothing.
    pub fn array(&mut self, name: &'static str, most_items: u64, most: u64) -> Vec<String> {
        let values = self.values(name);
        if values.iter().any(Value::is_string) {
            self.fault(name, "must be an array of strings");
            return Vec::new();
        }
        self.strings(name, values, most_items, most)
    }

    fn strings(&mut self, name: &'static str, values: Vec<Value>, most_items: u64, most: u64) -> Vec<String> {
        let mut items = Vec::new();
        for value in values {
            match value {
                Value::Array(values) => items.extend(values.into_iter().enumerate().map(|(i, v)| (Some(i), v))),
                value => items.push((None, value)),
            }
        }
        if items.len() as u64 > most_items {
            self.fault(name, format!("must be given at most {most_items} times"));
            return Vec::new();
        }
        items
            .into_iter()
            .filter_map(|(i, value)| match i {
                Some(i) => self.string(&format!("{name}/{i}"), value, most),
                None => self.string(name, value, most),
            })
            .collect()
    }

    /// A whole number in `range`, or `default` where it is absent.
    pub fn number(&mut self, name: &'static str, default: u64, range: RangeInclusive<u64>) -> usize {
        let found = match self.value(name) {
            None => Some(default),
            Some(Value::String(text)) if self.place == "query" && text.trim().is_empty() => Some(default),
            Some(Value::String(text)) if self.place == "query" => u64::from_str(text.trim()).ok(),
            Some(value) => value.as_u64(),
        };
        match found.filter(|n| range.contains(n) || *n == default) {
            Some(number) => usize::try_from(number).unwrap_or(usize::MAX),
            None => {
                self.fault(name, format!("must be a whole number between {} and {}", range.start(), range.end()));
                0
            }
        }
    }

    /// A number of days from 0 on, of which whole ones count; 0 where it is absent.
    pub fn days(&mut self, name: &'static str) -> u32 {
        let found = match self.value(name) {
            None => Some(0.0),
            Some(Value::String(text)) if self.place == "query" && text.trim().is_empty() => Some(0.0),
            Some(Value::String(text)) if self.place == "query" => f64::from_str(text.trim()).ok(),
            Some(value) => value.as_f64(),
        };
        match found.filter(|days| days.is_finite() && *days >= 0.0) {
            // More days than fit in the number are as many as do.
            Some(days) => days as u32,
            None => {
                self.fault(name, "must be a number of days, 0 or more");
                0
            }
        }
    }

    /// One of a closed list of words.
    pub fn word<W: Copy>(&mut self, name: &'static str, all: &[W], spelling: fn(W) -> &'static str) -> Option<W> {
        // Words are short; what is longer cannot be one.
        let text = self.text(name, 100)?;
        let found = all.iter().copied().find(|w| spelling(*w) == text);
        if found.is_none() {
            let words: Vec<&str> = all.iter().map(|w| spelling(*w)).collect();
            let hint = nearest(&text, words.iter().copied()).map(|n| format!("; did you mean {n:?}?"));
            self.fault(name, format!("must be one of {}{}", words.join(", "), hint.unwrap_or_default()));
        }
        found
    }

    /// An object of facts, each a string, a number or `true`: as text, `true` as an empty one. What is `false`, `null` or
    /// blank is not a fact: a system that sends all its fields sends those that it does not know.
    pub fn facts(&mut self, name: &'static str, most_items: u64, most: u64) -> BTreeMap<String, String> {
        let object = match self.value(name) {
            None => return BTreeMap::new(),
            Some(Value::Object(object)) => object,
            Some(other) => {
                self.fault(name, format!("must be an object, not {}", kind_of(&other)));
                return BTreeMap::new();
            }
        };
        if object.len() as u64 > most_items {
            self.fault(name, format!("must have at most {most_items} members"));
            return BTreeMap::new();
        }
        let mut facts = BTreeMap::new();
        for (key, value) in object {
            let pointer = format!("{name}/{}", key.replace('~', "~0").replace('/', "~1"));
            let known = match value {
                Value::Bool(false) | Value::Null => continue,
                Value::Bool(true) => String::new(),
                Value::Number(number) => number.to_string(),
                value => match self.string(&pointer, value, most) {
                    Some(text) => text,
                    None => continue,
                },
            };
            facts.insert(key, known);
        }
        facts
    }

    pub fn flag(&mut self, name: &'static str) -> bool {
        match self.value(name) {
            None | Some(Value::Bool(false)) => false,
            Some(Value::Bool(true)) => true,
            Some(other) => {
                self.fault(name, format!("must be true or false, not {}", kind_of(&other)));
                false
            }
        }
    }

    /// Text that must be there.
    pub fn needed(&mut self, name: &'static str, most: u64) -> String {
        let faults = self.faults.len();
        let text = self.text(name, most).unwrap_or_default();
        if text.is_empty() && self.faults.len() == faults {
            self.fault(name, "must be given");
        }
        text
    }

    /// One of a closed list of words, which must be there.
    pub fn needed_word<W: Copy>(
        &mut self,
        name: &'static str,
        all: &[W],
        spelling: fn(W) -> &'static str,
    ) -> Option<W> {
        let faults = self.faults.len();
        let word = self.word(name, all, spelling);
        if word.is_none() && self.faults.len() == faults {
            self.fault(name, "must be given");
        }
        word
    }

    /// A time as RFC 3339, which can be said again as one.
    pub fn time(&mut self, name: &'static str) -> Option<DateTime<Utc>> {
        // The longest has some forty characters.
        let text = self.text(name, 100)?;
        let time = DateTime::parse_from_rfc3339(&text).ok().map(|time| time.to_utc());
        let time = time.filter(|time| (0..=LAST_MS).contains(&time.timestamp_millis()));
        if time.is_none() {
            self.fault(name, "must be a time such as 2026-11-12T09:30:00Z, of the years 1970 to 9999");
        }
        time
    }

    /// A time that must be there.
    pub fn needed_time(&mut self, name: &'static str) -> DateTime<Utc> {
        let faults = self.faults.len();
        let time = self.time(name);
        if time.is_none() && self.faults.len() == faults {
            self.fault(name, "must be given");
        }
        time.unwrap_or_default()
    }

    pub fn maybe_flag(&mut self, name: &'static str) -> Option<bool> {
        match self.value(name) {
            None => None,
            Some(Value::Bool(flag)) => Some(flag),
            Some(other) => {
                self.fault(name, format!("must be true or false, not {}", kind_of(&other)));
                None
            }
        }
    }

    /// Ends the reading: whatever was not taken is unknown, and any fault is a problem.
    pub fn finish(mut self) -> Result<(), Problem> {
        for (name, _) in std::mem::take(&mut self.given) {
            let what = if self.place == "query" { "query parameter" } else { "field" };
            let hint = match nearest(&name, self.known.iter().copied()) {
                Some(near) => format!("did you mean {near:?}?"),
                None if self.known.is_empty() => "this address takes none".to_owned(),
                None => format!("known are {}", self.known.join(", ")),
            };
            let shown: String = name.chars().take(60).collect();
            let pointer = format!("#/{}", shown.replace('~', "~0").replace('/', "~1"));
            self.faults.push(Fault::new(self.place, pointer, format!("unknown {what} {shown:?}; {hint}")));
        }
        if self.faults.is_empty() {
            return Ok(());
        }
        let kind = if self.place == "query" { Kind::InvalidQuery } else { Kind::InvalidFields };
        let detail = match self.faults.as_slice() {
            [one] => sentence(&one.detail, &self.known),
            many => format!("{} things need mending; see `errors`.", many.len()),
        };
        Err(Problem::new(kind, detail).with_errors(self.faults))
    }
}

/// The word that `typed` was probably meant to be: six letters of ten are alike, or it is its beginning.
fn nearest<'w>(typed: &str, words: impl Iterator<Item = &'w str>) -> Option<&'w str> {
    // Longer than any known word by far: no use in comparing.
    if typed.len() > 60 {
        return None;
    }
    let typed = typed.to_lowercase();
    words
        .map(|word| (strsim::normalized_damerau_levenshtein(&typed, word), word))
        .filter(|(alike, word)| *alike >= 0.6 || (typed.len() > 2 && word.starts_with(typed.as_str())))
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, word)| word)
}

fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "true or false",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// A fault as a sentence. The name of a field keeps its small letter.
fn sentence(fault: &str, names: &[&str]) -> String {
    let end = if fault.ends_with(['.', '?']) { "" } else { "." };
    let mut letters = fault.chars();
    match letters.next() {
        Some(first) if !names.iter().any(|name| fault.starts_with(name)) => {
            format!("{}{}{end}", first.to_uppercase(), letters.as_str())
        }
        _ => format!("{fault}{end}"),
    }
}
