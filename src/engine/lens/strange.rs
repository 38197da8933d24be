//! How strange a text is to a library: the share of its words that stand in no phrase, title or name of it.
//!
//! Vectors make something out of every word, so a text of another trade can look like an issue by one word of it.

use super::hashing::Map;
use super::heard::Heard;
use crate::engine::tokens::{self, Token};

/// Every word of a library.
pub(super) struct Familiar {
    words: Map<Token, ()>,
}

/// From this cosine on a text is a phrase of the library in all but its little words, however everyday they are.
const SAME_PHRASE: f32 = 0.97;

impl Familiar {
    pub fn new<'a>(words: impl Iterator<Item = &'a String>) -> Self {
        Self { words: words.map(|word| (tokens::token(word), ())).collect() }
    }

    /// Share of the telling words of a text that the library does not have, 0 to 1; 1 where no word tells anything.
    /// `nearest` is the text's cosine with the nearest phrase of its best issue.
    pub fn strangeness(&self, heard: &Heard<'_>, nearest: f32) -> f32 {
        let mut telling: Vec<Token> = Vec::new();
        for word in heard.reading.words.iter().filter(|word| tokens::tells(word)) {
            telling.push(tokens::token(word));
        }
        telling.sort_unstable();
        telling.dedup();
        if telling.is_empty() {
            return if nearest >= SAME_PHRASE { 0.0 } else { 1.0 };
        }
        let strange = telling.iter().filter(|word| !self.words.contains_key(*word)).count();
        strange as f32 / telling.len() as f32
    }
}
