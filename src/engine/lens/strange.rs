//! How strange a text is to a library: the share of its words that stand in no phrase, title or name of it.
//!
//! Vectors make something out of every word, so a text of another trade can look like an issue by one word of it.

use super::hashing::Map;
use crate::engine::tokens::{self, Token};
use std::collections::BTreeSet;

/// Every word of a library.
pub(super) struct Familiar {
    words: Map<Token, ()>,
    /// Issues with a phrase in which no word tells anything: they are about such words, as "hello" and "how old are you".
    of_little_words: BTreeSet<u32>,
}

/// What a text counts for in which no word tells anything: "tomorrow" stands in a phrase about what is left over, and is
/// no sign of it. Twice as much as a text of nothing but strange words, which may be new words for a known matter.
const NOTHING_TOLD: f32 = 2.0;

impl Familiar {
    /// From the library's phrases, each as its issue's number and words, and from all names.
    pub fn new<'a>(
        phrases: impl Iterator<Item = (u32, &'a [String])>,
        names: impl Iterator<Item = &'a String>,
    ) -> Self {
        let mut words: Map<Token, ()> = names.map(|word| (tokens::token(word), ())).collect();
        let mut of_little_words = BTreeSet::new();
        for (issue, phrase) in phrases {
            words.extend(phrase.iter().map(|word| (tokens::token(word), ())));
            if !phrase.iter().any(|word| tokens::tells(word)) {
                of_little_words.insert(issue);
            }
        }
        Self { words, of_little_words }
    }

    /// Share of the telling words of a text that the library does not have, 0 to 1, or `NOTHING_TOLD`.
    /// `said` are a text's words, `issue` is its best one.
    pub fn strangeness(&self, said: &[String], issue: usize) -> f32 {
        let mut telling: Vec<Token> = Vec::new();
        for word in said.iter().filter(|word| tokens::tells(word)) {
            telling.push(tokens::token(word));
        }
        telling.sort_unstable();
        telling.dedup();
        if telling.is_empty() {
            return if self.of_little_words.contains(&(issue as u32)) { 0.0 } else { NOTHING_TOLD };
        }
        let strange = telling.iter().filter(|word| !self.words.contains_key(*word)).count();
        strange as f32 / telling.len() as f32
    }
}
