//! Facts about the customer that call for a tip of their own: given by the caller, or heard in the words.
//!
//! It hears only what is said outright, and it must not guess: a wrong "happy birthday" is worse than none.

use super::tokens;
use std::collections::BTreeMap;

/// Other ways of saying the format's own occasions. An occasion of the editor's own is heard by its own name.
const PHRASES: [(&str, &[&str]); 4] = [
    ("anniversary", &["anniversary", "years together", "years married", "married for"]),
    ("birthday", &["birthday", "bday", "birthdays"]),
    (
        "new",
        &[
            "new customer",
            "new here",
            "first order",
            "first time customer",
            "never ordered",
            "just joined",
            "new client",
        ],
    ),
    (
        "returning",
        &[
            "regular customer",
            "loyal customer",
            "long time customer",
            "been a customer",
            "ordered before",
            "back again",
        ],
    ),
];

/// Words that turn the one after them round, within two words: "it is not her birthday".
const NOT: [&str; 8] = ["not", "no", "isnt", "wasnt", "never", "without", "neither", "arent"];

/// An occasion that holds for this customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// The caller knows it, with what is known of it.
    Given(String),
    /// The customer said so.
    Said,
}

/// What is known of the customer's occasions.
#[derive(Clone, Debug, Default)]
pub(super) struct Occasions {
    given: BTreeMap<String, String>,
    /// The text as ` word word word `, so that a phrase is found only at the borders of words.
    said: String,
}

impl Occasions {
    /// A given fact with the value `false` or `no` is known not to hold, and one with an empty value holds.
    pub(super) fn new(given: &BTreeMap<String, String>, text: &str) -> Self {
        let given = given.iter().map(|(key, value)| (key.to_lowercase(), value.trim().to_owned())).collect();
        let mut said = String::with_capacity(text.len() + 2);
        for word in tokens::words(text) {
            said.push(' ');
            said.push_str(&word);
        }
        said.push(' ');
        Self { given, said }
    }

    /// Whether occasion `key` holds for this customer.
    pub(super) fn heard(&self, key: &str) -> Option<Heard> {
        let key = key.to_lowercase();
        if let Some(value) = self.given.get(&key) {
            let off = value.eq_ignore_ascii_case("false") || value.eq_ignore_ascii_case("no");
            return (!off).then(|| Heard::Given(value.clone()));
        }
        let own = tokens::words(&key).join(" ");
        let phrases = PHRASES.iter().find(|(name, _)| *name == key).map_or(&[][..], |(_, phrases)| phrases);
        // "new" and "returning" alone are said of everything; only their phrases count.
        let by_name = !matches!(key.as_str(), "new" | "returning") && self.says(&own);
        (by_name || phrases.iter().any(|p| self.says(p))).then_some(Heard::Said)
    }

    fn says(&self, phrase: &str) -> bool {
        if phrase.is_empty() {
            return false;
        }
        let needle = format!(" {phrase} ");
        self.said.match_indices(&needle).any(|(at, _)| {
            let mut before = self.said[..at].split(' ').rev().filter(|w| !w.is_empty()).take(2);
            !before.any(|w| NOT.contains(&w))
        })
    }
}
