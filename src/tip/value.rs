//! Reads single values of front matter as the types of the format, and says kindly where one does not fit.

use super::nearest::{either, fold, nearest};
use super::node::{Entry, Node, Value};
use super::problem::Problems;
use super::time_words::{day, misspelt_day, review};
use super::{Code, Problem, Review};
use chrono::NaiveDate;
use std::ops::Range;

/// A text with the bytes it was read from.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Said {
    pub(super) text: String,
    pub(super) span: Range<usize>,
}

impl<'a> Problems<'a> {
    /// Notes that a value is not what `key` takes.
    pub(super) fn wrong(&mut self, entry: &Entry<'_>, node: &Node<'_>, takes: &str, help: &str) -> &mut Problem {
        let span = if node.span.is_empty() { entry.key_span.clone() } else { node.span.clone() };
        let message = match &node.value {
            Value::Text(text) if text.chars().count() <= 60 => {
                format!("`{}` takes {takes}, and `{}` is not that.", entry.key, text.escape_debug())
            }
            other => format!("`{}` takes {takes}, and this is {}.", entry.key, other.kind()),
        };
        self.note(Code::WrongValue, span, message, help)
    }

    /// One text; a number counts by its spelling, a list of one as that one. None where the key is empty.
    pub(super) fn text_of(&mut self, entry: &Entry<'_>) -> Option<Said> {
        let node = match &entry.node.value {
            Value::List(items) if items.len() == 1 => &items[0],
            _ => &entry.node,
        };
        match &node.value {
            Value::Null => None,
            Value::Text(text) | Value::Number(_, text) => said(text, node.span.clone()),
            _ => {
                let help = match entry.key.as_ref() {
                    "prevents" => "A tip prevents one issue: name that, and make another tip for the other one.",
                    _ => "Write it on one line; put it in quotation marks if need be.",
                };
                self.wrong(entry, node, "one text", help);
                None
            }
        }
    }

    /// A text or a list of texts; empty ones are passed over.
    pub(super) fn texts_of(&mut self, entry: &Entry<'_>) -> Vec<Said> {
        let nodes = match &entry.node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(&entry.node),
        };
        let mut texts = Vec::with_capacity(nodes.len());
        for node in nodes {
            match &node.value {
                Value::Null => {}
                Value::Text(text) | Value::Number(_, text) => texts.extend(said(text, node.span.clone())),
                _ => {
                    self.wrong(entry, node, "a text or a list of texts", "Write `[one, two]`, or one `- text` a line.");
                }
            }
        }
        texts
    }

    pub(super) fn flag_of(&mut self, entry: &Entry<'_>) -> Option<bool> {
        let (meant, node) = match &entry.node.value {
            Value::Null => return None,
            Value::Bool(yes) => return Some(*yes),
            Value::Text(text) => (text.to_lowercase(), &entry.node),
            _ => (String::new(), &entry.node),
        };
        let meant = match meant.as_str() {
            "yes" | "on" | "true" => Some("true"),
            "no" | "off" | "false" => Some("false"),
            _ => None,
        };
        let span = node.span.clone();
        let problem = self.wrong(entry, node, "`true` or `false`", "Write `true` or `false` without quotation marks.");
        if let Some(meant) = meant {
            *problem = problem.clone().with_fix(format!("write `{meant}`"), span, meant);
        }
        None
    }

    /// A number from 0 to 1.
    pub(super) fn share_of(&mut self, entry: &Entry<'_>) -> Option<f32> {
        let help = "Write the share of customers you expect, for instance `0.3` for three of ten.";
        match &entry.node.value {
            Value::Null => None,
            Value::Number(number, _) if (0.0..=1.0).contains(number) => Some(*number as f32),
            Value::Number(..) => {
                let node = &entry.node;
                let message = format!("`{}` is a share from 0 to 1, and this lies outside.", entry.key);
                self.note(Code::WrongValue, node.span.clone(), message, help);
                None
            }
            _ => {
                self.wrong(entry, &entry.node, "a number from 0 to 1", help);
                None
            }
        }
    }

    pub(super) fn day_of(&mut self, entry: &Entry<'_>) -> Option<NaiveDate> {
        let said = self.text_of(entry)?;
        let day = day(&said.text);
        if day.is_none() {
            self.bad_day(entry, &said, "a day such as `2026-11-12`", "Write year, month and day: `2026-11-12`.");
        }
        day
    }

    pub(super) fn review_of(&mut self, entry: &Entry<'_>) -> Option<Review> {
        let said = self.text_of(entry)?;
        let review = review(&said.text);
        if review.is_none() {
            let help = "Write a day such as `2026-11-12`, or how long a check holds: `6 months`, `2 weeks`, `1 year`.";
            self.bad_day(entry, &said, "a day or an interval", help);
        }
        review
    }

    fn bad_day(&mut self, entry: &Entry<'_>, said: &Said, takes: &str, help: &str) {
        let node = Node { value: Value::Text(said.text.as_str().into()), span: said.span.clone() };
        let (problem, span) = (self.wrong(entry, &node, takes, help), said.span.clone());
        if let Some(meant) = misspelt_day(&said.text) {
            *problem = problem.clone().with_fix(format!("write `{meant}`"), span, meant);
        }
    }

    /// Words of a closed list, each in its one spelling.
    pub(super) fn words_of<W: Copy>(&mut self, entry: &Entry<'_>, all: &[W], spell: fn(W) -> &'static str) -> Vec<W> {
        let mut words = Vec::new();
        for said in self.texts_of(entry) {
            if let Some(word) = all.iter().find(|word| spell(**word) == said.text) {
                words.push(*word);
                continue;
            }
            let spellings = || all.iter().map(|word| spell(*word));
            let message = format!("`{}` does not know the word `{}`.", entry.key, said.text.escape_debug());
            let same = spellings().find(|word| fold(word) == fold(&said.text));
            let meant = nearest(&said.text, spellings(), 2);
            let help = match meant.first() {
                Some(word) => format!("Did you mean `{word}`? It takes {}.", either(spellings())),
                None => format!("It takes {}.", either(spellings())),
            };
            // One word of a closed list and no other is near: that one is meant.
            let only = meant.first().copied().filter(|_| meant.len() == 1);
            let problem = self.note(Code::WrongValue, said.span.clone(), message, help);
            if let Some(word) = same.or(only).filter(|_| problem.span.len() == said.text.len()) {
                *problem = problem.clone().with_fix(format!("write `{word}`"), said.span, word);
            }
        }
        words
    }

    /// The first of `words_of`, with a problem where there are more.
    pub(super) fn word_of<W: Copy>(&mut self, entry: &Entry<'_>, all: &[W], spell: fn(W) -> &'static str) -> Option<W> {
        let words = self.words_of(entry, all, spell);
        if words.len() > 1 {
            self.wrong(entry, &entry.node, "one word", "Keep the one that fits best.");
        }
        words.first().copied()
    }
}

fn said(text: &str, span: Range<usize>) -> Option<Said> {
    let text = text.trim();
    (!text.is_empty()).then(|| Said { text: text.to_owned(), span })
}
