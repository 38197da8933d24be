//! All words of one segment in memory, so that a question's words are found with their forms, continuations and
//! misspellings without walking the term dictionary. Made once for a segment, in the order of the dictionary.

use super::language::{Language, hash};
use super::words::is_pair;
use std::ops::Range;
use std::sync::OnceLock;
use tantivy::InvertedIndexReader;
use tantivy::postings::TermInfo;

/// Place of a word in its segment's dictionary.
pub(super) type Ord32 = u32;

pub(super) struct Vocabulary {
    text: Vec<u8>,
    /// Where each word begins in `text`, and the end of the last.
    starts: Vec<u32>,
    /// Documents that hold the word, those deleted since included.
    counts: Vec<u32>,
    /// One bit a letter that the word holds (see `letters`): words far apart differ in many.
    letters: Vec<u64>,
    /// Where each word's postings lie.
    infos: Vec<TermInfo>,
    /// Hash of what follows a word's first letter, and the word, sorted.
    tails: OnceLock<Vec<(u32, Ord32)>>,
    /// By language: hash of the stem and word, sorted.
    stems: [OnceLock<Vec<(u32, Ord32)>>; Language::COUNT],
}

/// The set of characters of a word, hashed to 64 bits. One edit changes at most two.
pub(super) fn letters(word: &str) -> u64 {
    word.chars().fold(0, |set, c| set | 1 << ((c as u32).wrapping_mul(0x9E37_79B1) >> 26))
}

impl Vocabulary {
    pub fn empty() -> Self {
        Vocabulary {
            text: vec![],
            starts: vec![0],
            counts: vec![],
            letters: vec![],
            infos: vec![],
            tails: OnceLock::new(),
            stems: Default::default(),
        }
    }

    pub fn read(words: &InvertedIndexReader) -> std::io::Result<Self> {
        let n = words.terms().num_terms();
        let mut all = Vocabulary {
            text: Vec::with_capacity(n * 8),
            starts: Vec::with_capacity(n + 1),
            counts: Vec::with_capacity(n),
            letters: Vec::with_capacity(n),
            infos: Vec::with_capacity(n),
            tails: OnceLock::new(),
            stems: Default::default(),
        };
        let mut stream = words.terms().stream()?;
        while let Some((term, info)) = stream.next() {
            let word = std::str::from_utf8(term).unwrap_or_default();
            all.starts.push(all.text.len() as u32);
            all.text.extend_from_slice(word.as_bytes());
            all.counts.push(info.doc_freq);
            all.letters.push(letters(word));
            all.infos.push(info.clone());
        }
        all.starts.push(all.text.len() as u32);
        Ok(all)
    }

    pub fn len(&self) -> usize {
        self.counts.len()
    }

    pub fn bytes(&self, ord: Ord32) -> &[u8] {
        &self.text[self.starts[ord as usize] as usize..self.starts[ord as usize + 1] as usize]
    }

    pub fn word(&self, ord: Ord32) -> &str {
        std::str::from_utf8(self.bytes(ord)).unwrap_or_default()
    }

    pub fn info(&self, ord: Ord32) -> &TermInfo {
        &self.infos[ord as usize]
    }

    pub fn count(&self, ord: Ord32) -> u32 {
        self.counts[ord as usize]
    }

    fn first_at_least(&self, bound: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low.midpoint(high);
            if self.bytes(middle as u32) < bound { low = middle + 1 } else { high = middle }
        }
        low
    }

    pub fn find(&self, word: &str) -> Option<Ord32> {
        let at = self.first_at_least(word.as_bytes());
        (at < self.len() && self.bytes(at as u32) == word.as_bytes()).then_some(at as u32)
    }

    /// Words that begin with `prefix`.
    pub fn beginning(&self, prefix: &str) -> Range<Ord32> {
        let from = self.first_at_least(prefix.as_bytes());
        let mut beyond = prefix.as_bytes().to_vec();
        // The longest text below which all of them sort: 0xFF is in no UTF-8.
        beyond.push(0xFF);
        from as u32..self.first_at_least(&beyond) as u32
    }

    /// Words whose stem in `language` has this hash.
    pub fn of_stem(&self, language: Language, stem: u32) -> impl Iterator<Item = Ord32> + '_ {
        let all = self.stems(language);
        let from = all.partition_point(|(hash, _)| *hash < stem);
        all[from..].iter().take_while(move |(hash, _)| *hash == stem).map(|(_, ord)| *ord)
    }

    fn stems(&self, language: Language) -> &[(u32, Ord32)] {
        self.stems[language as usize].get_or_init(|| {
            let mut all: Vec<(u32, Ord32)> = (0..self.len() as u32)
                .filter(|ord| !is_pair(self.word(*ord)))
                .map(|ord| (language.stem(self.word(ord)), ord))
                .collect();
            all.sort_unstable();
            all
        })
    }

    /// Does now what the first question in `language` would wait for.
    pub fn warm(&self, language: Language) {
        self.stems(language);
        self.tails();
    }

    fn tails(&self) -> &[(u32, Ord32)] {
        self.tails.get_or_init(|| {
            let tail = |ord| (hash(split(self.word(ord)).1.as_bytes()), ord);
            let mut all: Vec<(u32, Ord32)> = (0..self.len() as u32).map(tail).collect();
            all.sort_unstable();
            all
        })
    }

    /// Calls `each` with the words that begin with another letter than `word` and that a single mistake makes of it: the
    /// mistake is in the first letter then, so that all else is the same.
    pub fn beginning_otherwise(&self, word: &str, mut each: impl FnMut(Ord32, &str)) {
        let (first, rest) = split(word);
        let mut other = |ord| {
            let found = self.word(ord);
            if split(found).0 != first {
                each(ord, found);
            }
        };
        let tails = self.tails();
        // Another letter in its place, and one more before it.
        for tail in [rest, word] {
            let hash = hash(tail.as_bytes());
            let from = tails.partition_point(|(have, _)| *have < hash);
            let alike = tails[from..].iter().take_while(|(have, _)| *have == hash).map(|(_, ord)| *ord);
            alike.filter(|ord| split(self.word(*ord)).1 == tail).for_each(&mut other);
        }
        // Left out, and swapped with the second.
        let (second, last) = split(rest);
        for made in [rest.to_owned(), format!("{second}{first}{last}")] {
            self.find(&made).into_iter().for_each(&mut other);
        }
    }

    /// Calls `each` with the words among `range` that could be `word` with at most `edits` mistakes, judged by length
    /// and letters alone.
    pub fn resembling(&self, word: &str, edits: u32, range: Range<Ord32>, mut each: impl FnMut(Ord32, &str)) {
        let mask = letters(word);
        // A letter takes four bytes at most.
        let shortest = word.len().saturating_sub(4 * edits as usize);
        let longest = word.len() + 4 * edits as usize;
        let range = range.start as usize..range.end as usize;
        for (ord, have) in range.clone().zip(&self.letters[range]) {
            if has_at_most(have ^ mask, 2 * edits) {
                let len = (self.starts[ord + 1] - self.starts[ord]) as usize;
                if (shortest..=longest).contains(&len) {
                    each(ord as u32, self.word(ord as u32));
                }
            }
        }
    }
}

/// A word's first letter, and what follows it.
fn split(word: &str) -> (&str, &str) {
    word.split_at(word.chars().next().map_or(0, char::len_utf8))
}

/// True where at most `most` bits are set. Counting all of them costs three times as much on processors whose own
/// instruction for it a portable program may not use.
#[inline]
fn has_at_most(mut bits: u64, most: u32) -> bool {
    for _ in 0..most {
        bits &= bits.wrapping_sub(1);
    }
    bits == 0
}
