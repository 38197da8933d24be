//! WordPiece, as BERT's tokenizers cut text: clean, lower-case, strip accents, split at spaces and punctuation,
//! then the longest known piece from the left. Source: Devlin 2018 (BERT), Hugging Face `tokenizers`.

use super::hashing::Map;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words have no pieces; the format's own limit is 100.
const LONGEST_WORD: usize = 100;
const CONTINUES: &str = "##";

pub(super) struct WordPiece {
    ids: Map<Box<str>, u32>,
    pub lowercase: bool,
    pub strip_accents: bool,
}

impl WordPiece {
    /// From a `tokenizer.json`.
    ///
    /// # Errors
    /// A sentence that says what is not as expected.
    pub fn from_json(json: &[u8]) -> Result<Self, String> {
        let file: serde_json::Value =
            serde_json::from_slice(json).map_err(|e| format!("tokenizer.json is not JSON: {e}"))?;
        let kind = file["model"]["type"].as_str().unwrap_or("none");
        let vocabulary = file["model"]["vocab"].as_object();
        let (true, Some(vocabulary)) = (kind == "WordPiece", vocabulary) else {
            return Err(format!("tokenizer.json has a model of type {kind}; only WordPiece is read"));
        };
        let mut ids: Map<Box<str>, u32> = Map::default();
        for (piece, id) in vocabulary {
            let id = id.as_u64().and_then(|id| u32::try_from(id).ok());
            let id = id.ok_or_else(|| format!("tokenizer.json gives {piece:?} no number"))?;
            let special = piece.starts_with('[') && piece.ends_with(']') && piece.len() > 2;
            if !special {
                ids.insert(piece.as_str().into(), id);
            }
        }
        let normalizer = &file["normalizer"];
        let lowercase = normalizer["lowercase"].as_bool().unwrap_or(true);
        let strip_accents = normalizer["strip_accents"].as_bool().unwrap_or(lowercase);
        Ok(Self { ids, lowercase, strip_accents })
    }

    /// A vocabulary without words: every text is unknown.
    pub fn empty() -> Self {
        Self { ids: Map::default(), lowercase: true, strip_accents: true }
    }

    /// Number of the piece that a whole word is, if it is one.
    pub fn whole(&self, word: &str) -> Option<u32> {
        self.ids.get(word).copied()
    }

    /// Largest number in use.
    pub fn largest(&self) -> Option<u32> {
        self.ids.values().copied().max()
    }

    /// Numbers of the pieces of one word into `out`; nothing where a part of it is in no piece.
    pub fn pieces(&self, word: &str, out: &mut Vec<u32>) {
        if let Some(id) = self.whole(word) {
            out.push(id);
            return;
        }
        if word.chars().count() > LONGEST_WORD {
            return;
        }
        let before = out.len();
        let mut at = 0;
        let mut key = String::with_capacity(word.len() + CONTINUES.len());
        while at < word.len() {
            let found = word[at..].char_indices().rev().map(|(i, c)| at + i + c.len_utf8()).find_map(|end| {
                key.clear();
                if at > 0 {
                    key.push_str(CONTINUES);
                }
                key.push_str(&word[at..end]);
                self.ids.get(key.as_str()).map(|id| (end, *id))
            });
            let Some((end, id)) = found else {
                out.truncate(before);
                return;
            };
            out.push(id);
            at = end;
        }
    }

    /// The words and punctuation marks of a text, as the vocabulary spells them.
    pub fn split(&self, text: &str) -> Vec<String> {
        let mut tokens = Vec::new();
        let mut word = String::new();
        let mut take = |c: char| {
            if c.is_whitespace() {
                close(&mut word, &mut tokens);
            } else if is_punctuation(c) || is_ideograph(c) {
                close(&mut word, &mut tokens);
                tokens.push(c.to_string());
            } else {
                word.push(c);
            }
        };
        if text.is_ascii() {
            for c in text.chars().filter(|c| !is_control(*c)) {
                take(if self.lowercase { c.to_ascii_lowercase() } else { c });
            }
        } else {
            let kept: String = text.chars().filter(|c| !is_control(*c)).collect();
            let cased = if self.lowercase { kept.to_lowercase() } else { kept };
            if self.strip_accents {
                cased.nfd().filter(|c| !is_accent(*c)).for_each(take);
            } else {
                cased.chars().for_each(take);
            }
        }
        close(&mut word, &mut tokens);
        tokens
    }
}

fn close(word: &mut String, tokens: &mut Vec<String>) {
    if !word.is_empty() {
        tokens.push(std::mem::take(word));
    }
}

fn is_control(c: char) -> bool {
    let format = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}');
    c == '\u{fffd}' || format || (c.is_control() && !c.is_whitespace())
}

/// Marks above and below letters (Mn). Spacing vowel signs stay: in Indic scripts they are letters.
fn is_accent(c: char) -> bool {
    is_combining_mark(c) && !matches!(c as u32, 0x0903 | 0x093b | 0x093e..=0x0940 | 0x0949..=0x094c | 0x094e..=0x094f)
}

pub(super) fn is_punctuation(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_punctuation();
    }
    let wide = matches!(c, '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}');
    wide || matches!(c, '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '،' | '؛' | '؟' | '۔' | '।' | '॥' | '。')
}

fn is_ideograph(c: char) -> bool {
    matches!(c as u32, 0x4e00..=0x9fff | 0x3400..=0x4dbf | 0xf900..=0xfaff | 0x20000..=0x2fa1f)
}
