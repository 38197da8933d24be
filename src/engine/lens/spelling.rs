//! Mends misspelt words before they are looked up. A word is only touched where neither the library nor the table
//! knows it; the library's words come before the table's, so that a customer's slip becomes the editor's word.

use super::hashing::Map;
use super::stems::stem;
use super::table::Table;

/// Shorter words have too many neighbours to guess among.
const SHORTEST: usize = 4;
/// From this length on, two slips may be mended towards a word of the library with the same first letter.
const TWO_SLIPS_FROM: usize = 7;
/// Longer words are codes or addresses, not slips.
const LONGEST: usize = 24;
/// Letters that are tried in place of others; more than any one script needs, fewer than would make a word costly.
const MOST_LETTERS: usize = 80;

pub(super) struct Speller {
    /// Words of the library with how many phrases hold them.
    known: Map<Box<str>, u32>,
    /// Their stems, so that a plural is no slip.
    stems: Map<Box<str>, ()>,
    /// The same words by first letter, for two slips.
    long: Map<char, Vec<(Box<str>, u32)>>,
    letters: Vec<char>,
}

impl Speller {
    pub fn new<'a>(phrases: impl Iterator<Item = &'a [String]>) -> Self {
        let mut counts: std::collections::BTreeMap<&str, u32> = std::collections::BTreeMap::new();
        for word in phrases.flatten() {
            *counts.entry(word).or_default() += 1;
        }
        let mut letters: std::collections::BTreeSet<char> = ('a'..='z').collect();
        let mut long: Map<char, Vec<(Box<str>, u32)>> = Map::default();
        for (word, count) in &counts {
            letters.extend(word.chars().filter(|c| c.is_alphabetic()));
            if let (true, Some(first)) = (word.chars().count() >= TWO_SLIPS_FROM - 1, word.chars().next()) {
                long.entry(first).or_default().push(((*word).into(), *count));
            }
        }
        let stems = counts.keys().map(|word| (stem(word).into(), ())).collect();
        let known = counts.into_iter().map(|(word, count)| (word.into(), count)).collect();
        Self { known, stems, long, letters: letters.into_iter().take(MOST_LETTERS).collect() }
    }

    pub fn knows(&self, word: &str) -> bool {
        self.known.contains_key(word) || self.stems.contains_key(stem(word).as_str())
    }

    /// True for a word that nobody knows and that may be a slip.
    pub fn wonders_at(&self, word: &str, table: &Table) -> bool {
        (SHORTEST..=LONGEST).contains(&word.chars().count())
            && word.chars().all(char::is_alphabetic)
            && !self.knows(word)
            && table.pieces().whole(word).is_none()
    }

    /// The word that was meant by an unknown one, or nothing where nothing is near.
    pub fn nearest(&self, word: &str, table: &Table) -> Option<String> {
        let chars: Vec<char> = word.chars().collect();
        let mut ours: Option<(u32, String)> = None;
        let mut theirs: Option<(u32, String)> = None;
        one_slip(&chars, &self.letters, &mut |candidate| {
            if let Some(count) = self.known.get(candidate) {
                keep(&mut ours, u32::MAX - count, candidate);
            } else if let Some(id) = table.pieces().whole(candidate) {
                keep(&mut theirs, id, candidate);
            }
        });
        if ours.is_none() && chars.len() >= TWO_SLIPS_FROM {
            for (candidate, count) in self.long.get(&chars[0]).into_iter().flatten() {
                if strsim::osa_distance(word, candidate) <= 2 {
                    keep(&mut ours, u32::MAX - count, candidate);
                }
            }
        }
        ours.or(theirs).map(|(_, meant)| meant)
    }
}

/// Keeps the candidate of lowest rank; the commonest word, then the first by alphabet.
fn keep(best: &mut Option<(u32, String)>, rank: u32, candidate: &str) {
    if best.as_ref().is_none_or(|(r, word)| (rank, candidate) < (*r, word.as_str())) {
        *best = Some((rank, candidate.to_string()));
    }
}

/// Every text that is one slip away: a letter left out, doubled up, mistaken, or swapped with its neighbour
/// (Damerau 1964: four in five misspellings).
fn one_slip(chars: &[char], letters: &[char], try_one: &mut impl FnMut(&str)) {
    let mut buffer = String::with_capacity(chars.len() * 2 + 4);
    let mut offer = |parts: [&[char]; 3]| {
        buffer.clear();
        parts.iter().for_each(|part| buffer.extend(part.iter()));
        try_one(&buffer);
    };
    for i in 0..=chars.len() {
        let (head, tail) = chars.split_at(i);
        if let Some((_, rest)) = tail.split_first() {
            offer([head, &[], rest]);
        }
        if let [a, b, rest @ ..] = tail {
            offer([head, &[*b, *a], rest]);
        }
        for letter in letters {
            offer([head, &[*letter], tail]);
            if let Some((own, rest)) = tail.split_first()
                && own != letter
            {
                offer([head, &[*letter], rest]);
            }
        }
    }
}
