//! What matched, marked: escaped HTML with `<mark>` round whole words, so that neither a character nor a mark is
//! ever cut.

use super::Highlights;
use super::understanding::Understanding;
use super::view::View;
use super::words::each_word;
use crate::tip::{self, Tip};
use std::collections::HashSet;

/// Characters of detail that are shown round the best place.
const WINDOW: usize = 200;

/// The words of the index that count as hits for one question.
pub(super) struct Marker<'a> {
    words: HashSet<&'a str>,
    /// Whether one of them has this `look`: of most words of a text none has, and they need not be looked up.
    looks: [bool; LOOKS],
}

/// Looks that are told apart: a question with all its forms has a tenth as many words.
const LOOKS: usize = 512;

/// Words with different looks are different.
fn look(word: &str) -> usize {
    let (first, last) = (word.bytes().next().unwrap_or(0), word.bytes().next_back().unwrap_or(0));
    (usize::from(first) + 7 * usize::from(last) + 31 * word.len()) % LOOKS
}

impl<'a> Marker<'a> {
    pub fn new(understanding: &'a Understanding, view: &'a View) -> Self {
        let mut words = HashSet::new();
        for group in &understanding.groups {
            for (leaf, forms) in view.leaves.iter().zip(&group.forms) {
                words.extend(forms.iter().map(|form| leaf.vocabulary().word(form.ord)));
            }
        }
        let mut looks = [false; LOOKS];
        words.iter().for_each(|word| looks[look(word)] = true);
        Marker { words, looks }
    }

    pub fn highlights(&self, tip: &Tip) -> Highlights {
        Highlights {
            question: marked(&tip.question, &self.hits(&tip.question)),
            say: marked(&tip.say, &self.hits(&tip.say)),
            detail: self.piece(&tip::plain_text(&tip.detail)),
        }
    }

    /// Bytes of the words of `text` that matched.
    fn hits(&self, text: &str) -> Vec<(usize, usize)> {
        let mut hits: Vec<(usize, usize)> = Vec::new();
        each_word(text, |word| {
            if self.looks[look(word.text)] && self.words.contains(word.text) {
                match hits.last_mut() {
                    // Pairs of one run overlap.
                    Some(last) if word.from < last.1 => last.1 = last.1.max(word.to),
                    _ => hits.push((word.from, word.to)),
                }
            }
        });
        hits
    }

    /// The part of a text with the most hits; nothing where there is none.
    fn piece(&self, text: &str) -> String {
        let hits = self.hits(text);
        let Some(first) = best_start(&hits) else { return String::new() };
        let room = WINDOW.saturating_sub(hits[first].1 - hits[first].0) / 4;
        let from = start_of_word(text, hits[first].0.saturating_sub(room));
        let to = end_of_word(text, (from + WINDOW).max(hits[first].1));
        let inside: Vec<(usize, usize)> =
            hits.iter().filter(|(a, b)| *a >= from && *b <= to).map(|(a, b)| (a - from, b - from)).collect();
        let mut out = String::with_capacity(to - from + 64);
        if from > 0 {
            out.push('…');
        }
        out.push_str(&marked(&text[from..to], &inside));
        if to < text.len() {
            out.push('…');
        }
        out
    }
}

/// The hit from which a window holds most hits, the first of several.
fn best_start(hits: &[(usize, usize)]) -> Option<usize> {
    let within = |first: usize| hits[first..].iter().take_while(|h| h.1 <= hits[first].0 + WINDOW * 3 / 4).count();
    (0..hits.len()).max_by_key(|first| (within(*first), std::cmp::Reverse(*first)))
}

fn start_of_word(text: &str, near: usize) -> usize {
    let mut at = near;
    while !text.is_char_boundary(at) {
        at += 1;
    }
    if at == 0 || text[..at].ends_with(char::is_whitespace) {
        return at;
    }
    // Text without spaces nearby may be cut anywhere between characters.
    text[at..]
        .char_indices()
        .take(WINDOW / 8)
        .find(|(_, c)| c.is_whitespace())
        .map_or(at, |(n, c)| at + n + c.len_utf8())
}

fn end_of_word(text: &str, near: usize) -> usize {
    if near >= text.len() {
        return text.len();
    }
    let mut at = near;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let back = text[..at].char_indices().rev().take(WINDOW / 8).find(|(_, c)| c.is_whitespace());
    back.map_or(at, |(n, _)| n)
}

/// Escaped text with the given ranges marked.
fn marked(text: &str, hits: &[(usize, usize)]) -> String {
    let mut out = String::with_capacity(text.len() + hits.len() * 13);
    let mut at = 0;
    for &(from, to) in hits {
        escape(&text[at..from], &mut out);
        out.push_str("<mark>");
        escape(&text[from..to], &mut out);
        out.push_str("</mark>");
        at = to;
    }
    escape(&text[at..], &mut out);
    out
}

fn escape(text: &str, out: &mut String) {
    let mut at = 0;
    for (n, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[at..n]);
        out.push_str(entity);
        at = n + 1;
    }
    out.push_str(&text[at..]);
}
