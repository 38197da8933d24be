//! What the lens sees of a piece of text: its words and its vector.

use super::spelling::Speller;
use super::stems::is_word;
use super::table::Table;
use crate::engine::tokens::is_manners;

/// Unknown words of one text that are looked into; each takes up to a tenth of a millisecond, and a text with more is in another
/// language.
pub(super) const MOST_MENDED: usize = 16;
const STOPS: [&str; 8] = [",", ".", ";", ":", "!", "?", "(", ")"];

/// One text, read once and compared with many phrases.
pub(super) struct Reading {
    /// Lower-case words, without punctuation.
    pub words: Vec<String>,
    /// Numbers of the words that were misspelt.
    pub mended: Vec<usize>,
    /// Numbers of the words before which a stop stands.
    pub stops: Vec<usize>,
    /// Length 1, or zeros where the table knows none of the words.
    pub vector: Vec<f32>,
}

impl Reading {
    pub fn of(text: &str, table: &Table, speller: Option<&Speller>) -> Self {
        let mut tokens = table.pieces().split(text);
        let mut wrong = Vec::new();
        if let Some(speller) = speller {
            let slip = |token: &str| speller.wonders_at(token, table) && !is_manners(token);
            let unknown = tokens.iter_mut().enumerate().filter(|(_, token)| slip(token));
            for (i, token) in unknown.take(MOST_MENDED) {
                if let Some(meant) = speller.nearest(token, table) {
                    *token = meant;
                    wrong.push(i);
                }
            }
        }
        let vector = table.vector_of(&tokens);
        let mut stops = Vec::new();
        let mut words = Vec::with_capacity(tokens.len());
        let mut mended = Vec::new();
        for (i, token) in tokens.into_iter().enumerate() {
            if is_word(&token) {
                if wrong.contains(&i) {
                    mended.push(words.len());
                }
                words.push(token);
            } else if STOPS.contains(&token.as_str()) && stops.last() != Some(&words.len()) {
                stops.push(words.len());
            }
        }
        Self { words, mended, stops, vector }
    }

    pub fn has_vector(&self) -> bool {
        self.vector.iter().any(|x| *x != 0.0)
    }
}
