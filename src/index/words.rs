//! Text to words, the same way for what is indexed and what is asked: lower case, compatibility forms made one,
//! scripts without spaces in overlapping pairs. It knows no language; stems and stop words come later.

use std::fmt::Write;
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Words are cut to this many bytes: longer ones are keys and encoded data that nobody types to the end.
const LONGEST: usize = 48;

/// One word of a text, normalised, with the bytes of the text it was made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Word<'a> {
    pub text: &'a str,
    pub from: usize,
    pub to: usize,
    /// One-based count of words before it and itself; parts of a pair share theirs with no other.
    pub position: usize,
}

/// Letters of scripts that are written without spaces between words, or, in Hangul's case, with particles glued on.
fn is_dense(c: char) -> bool {
    matches!(u32::from(c),
        0x0E00..=0x0EFF // Thai, Lao
        | 0x1000..=0x109F | 0x1780..=0x17FF // Myanmar, Khmer
        | 0x3005..=0x3007 | 0x3040..=0x30FF | 0x31F0..=0x31FF | 0xFF66..=0xFF9F // kana
        | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF // Han
        | 0xAC00..=0xD7A3) // Hangul
}

fn is_letter(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_combining_mark(c) }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{02BC}')
}

/// Calls `each` with every word of `text`, in order.
pub(super) fn each_word(text: &str, mut each: impl FnMut(Word<'_>)) {
    let mut scratch = String::new();
    let mut position = 0;
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if let Some(end) = plain_end(text, at) {
            position += 1;
            let word = lower(&text[at..end], &mut scratch);
            each(Word { text: word, from: at, to: end, position });
            at = end;
        } else if is_dense(c) {
            let end = run_end(text, at, |c| is_dense(c) || is_combining_mark(c));
            pairs(&text[at..end], |word, from, to| {
                position += 1;
                each(Word { text: word, from: at + from, to: at + to, position });
            });
            at = end;
        } else if is_letter(c) {
            let end = word_end(text, at);
            normalise(&text[at..end], &mut scratch);
            if !scratch.is_empty() {
                position += 1;
                each(Word { text: &scratch, from: at, to: end, position });
            }
            at = end;
            at += possessive(&text[at..]);
        } else {
            at += c.len_utf8();
        }
    }
}

/// The end of the word that begins at `from`, where it is one of ASCII letters and digits, as most are, and where what
/// follows it cannot belong to it: then nothing else has to be looked at.
fn plain_end(text: &str, from: usize) -> Option<usize> {
    let rest = &text.as_bytes()[from..];
    let len = rest.iter().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let alone = rest.get(len).is_none_or(|next| next.is_ascii() && *next != b'\'');
    (alone && (1..=LONGEST).contains(&len)).then_some(from + len)
}

/// A word of ASCII in lower case; `scratch` is used where it is not so already.
fn lower<'a>(word: &'a str, scratch: &'a mut String) -> &'a str {
    if !word.bytes().any(|b| b.is_ascii_uppercase()) {
        return word;
    }
    scratch.clear();
    scratch.push_str(word);
    scratch.make_ascii_lowercase();
    scratch
}

fn run_end(text: &str, from: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[from..].find(|c| !belongs(c)).map_or(text.len(), |n| from + n)
}

/// The end of the word that begins at `from`. An apostrophe belongs to it where it only leaves a letter out
/// (`don't`); it ends a word where it glues a short one on (`l'eau`) and before the possessive `s`.
fn word_end(text: &str, from: usize) -> usize {
    let plain = |c| is_letter(c) && !is_dense(c);
    let end = run_end(text, from, plain);
    let mut rest = text[end..].chars();
    if !rest.next().is_some_and(is_apostrophe) || possessive(&text[end..]) > 0 || text[from..end].chars().count() <= 2 {
        return end;
    }
    let after = text.len() - rest.as_str().len();
    let next = run_end(text, after, plain);
    if next == after { end } else { next }
}

/// Bytes of an `'s` at the start of `rest`; 0 where there is none.
fn possessive(rest: &str) -> usize {
    let mut chars = rest.chars();
    if !chars.next().is_some_and(is_apostrophe) || !matches!(chars.next(), Some('s' | 'S')) {
        return 0;
    }
    match chars.clone().next() {
        Some(c) if is_letter(c) => 0,
        _ => rest.len() - chars.as_str().len(),
    }
}

/// Overlapping pairs of characters and, so that every character begins a word, the last one alone.
fn pairs(run: &str, mut each: impl FnMut(&str, usize, usize)) {
    let mut units: Vec<(usize, usize)> = Vec::new();
    for (at, c) in run.char_indices() {
        let end = at + c.len_utf8();
        match units.last_mut() {
            Some(unit) if is_combining_mark(c) || matches!(c, '\u{FF9E}' | '\u{FF9F}') => unit.1 = end,
            _ => units.push((at, end)),
        }
    }
    let mut scratch = String::new();
    for (n, &(from, end)) in units.iter().enumerate() {
        let to = units.get(n + 1).map_or(end, |next| next.1);
        normalise(&run[from..to], &mut scratch);
        each(&scratch, from, to);
    }
}

/// True for a word that was made by `pairs`.
pub(super) fn is_pair(word: &str) -> bool {
    word.chars().next().is_some_and(is_dense)
}

fn normalise(raw: &str, out: &mut String) {
    out.clear();
    if raw.is_ascii() {
        out.extend(raw.bytes().filter(|b| *b != b'\'').map(|b| char::from(b.to_ascii_lowercase())));
    } else {
        out.extend(raw.nfkc().filter(|c| !is_apostrophe(*c)).flat_map(char::to_lowercase).nfc());
    }
    if out.len() > LONGEST {
        let mut end = LONGEST;
        while !out.is_char_boundary(end) {
            end -= 1;
        }
        out.truncate(end);
    }
}

/// The word without diacritics, ligatures taken apart: what somebody types who has no such keys.
pub(super) fn folded(word: &str) -> String {
    if word.is_ascii() {
        return word.to_owned();
    }
    let mut out = String::with_capacity(word.len());
    for c in word.nfd().filter(|c| !('\u{300}'..='\u{36F}').contains(c)) {
        let plain = match c {
            'ß' => "ss",
            'æ' => "ae",
            'œ' => "oe",
            'ø' => "o",
            'đ' => "d",
            'ł' => "l",
            'ı' => "i",
            c => {
                let _ = out.write_char(c);
                continue;
            }
        };
        out.push_str(plain);
    }
    out
}

/// `each_word` in tantivy's form. Collects a text's words at once: one pass, no allocation per word.
#[derive(Clone, Default)]
pub(super) struct WordTokenizer {
    arena: String,
    spans: Vec<(u32, u32, u32, u32)>,
    token: Token,
}

pub(super) struct Words<'a> {
    of: &'a mut WordTokenizer,
    next: usize,
}

impl Tokenizer for WordTokenizer {
    type TokenStream<'a> = Words<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Words<'a> {
        self.arena.clear();
        self.spans.clear();
        each_word(text, |word| {
            let start = self.arena.len() as u32;
            self.arena.push_str(word.text);
            self.spans.push((start, self.arena.len() as u32, word.from as u32, word.to as u32));
        });
        Words { of: self, next: 0 }
    }
}

impl TokenStream for Words<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(start, end, from, to)) = self.of.spans.get(self.next) else {
            return false;
        };
        let token = &mut self.of.token;
        token.text.clear();
        token.text.push_str(&self.of.arena[start as usize..end as usize]);
        token.offset_from = from as usize;
        token.offset_to = to as usize;
        token.position = self.next;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.of.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.of.token
    }
}
