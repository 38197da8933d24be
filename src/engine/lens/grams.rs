//! Sparse likeness: words with their neighbours, and pieces of words. It carries names, codes and languages that the
//! table does not know, and misspelt words.
//!
//! Weights are (1 + ln count) × idf, vectors are of length 1, and what the library does not know counts into a
//! text's length, so that a text of foreign words is like nothing. Source: Salton and Buckley 1988 (`ltc`).

use super::hashing::{self, Map};

/// Which pieces of a text are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pieces {
    /// Words and pairs of neighbours.
    Words,
    /// Two to four characters within a word, its ends marked by a space. Two, three and four did as well as three
    /// to five on whole texts and better on misspelt ones (train halves of four data sets).
    Characters,
}

/// An inverted index over phrases.
pub(super) struct Grams {
    pieces: Pieces,
    ids: Map<u64, u32>,
    idf: Vec<f32>,
    unknown_idf: f32,
    /// Where the postings of each id begin in `postings`; one more than there are ids.
    starts: Vec<u32>,
    postings: Vec<(u32, f32)>,
}

impl Grams {
    /// Learns idf from `texts` and indexes them.
    pub fn new(pieces: Pieces, texts: &[&[String]]) -> Self {
        let counted: Vec<Vec<(u64, f32)>> = texts.iter().map(|words| count(pieces, words)).collect();
        let mut ids: Map<u64, u32> = Map::default();
        let mut documents: Vec<u32> = Vec::new();
        for (gram, _) in counted.iter().flatten() {
            let next = documents.len() as u32;
            let id = *ids.entry(*gram).or_insert(next);
            if id == next {
                documents.push(0);
            }
            documents[id as usize] += 1;
        }
        let n = texts.len() as f32 + 1.0;
        let idf: Vec<f32> = documents.iter().map(|d| (n / (*d as f32 + 1.0)).ln() + 1.0).collect();
        let mut grams = Self { pieces, ids, idf, unknown_idf: n.ln() + 1.0, starts: Vec::new(), postings: Vec::new() };
        let rows: Vec<Vec<(u32, f32)>> = counted.iter().map(|counted| grams.weigh(counted)).collect();
        grams.invert(&rows);
        grams
    }

    fn invert(&mut self, rows: &[Vec<(u32, f32)>]) {
        let mut starts = vec![0u32; self.idf.len() + 1];
        for (id, _) in rows.iter().flatten() {
            starts[*id as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut at = starts.clone();
        self.postings = vec![(0, 0.0); starts.last().copied().unwrap_or(0) as usize];
        for (row, grams) in rows.iter().enumerate() {
            for (id, weight) in grams {
                self.postings[at[*id as usize] as usize] = (row as u32, *weight);
                at[*id as usize] += 1;
            }
        }
        self.starts = starts;
    }

    /// Known pieces of a text with their weights at length 1.
    fn weigh(&self, counted: &[(u64, f32)]) -> Vec<(u32, f32)> {
        let mut square = 0.0;
        let mut known = Vec::with_capacity(counted.len());
        for (gram, frequency) in counted {
            let id = self.ids.get(gram).copied();
            let weight = frequency * id.map_or(self.unknown_idf, |id| self.idf[id as usize]);
            square += weight * weight;
            known.extend(id.map(|id| (id, weight)));
        }
        let length = if square > 0.0 { square.sqrt() } else { 1.0 };
        known.iter_mut().for_each(|(_, weight)| *weight /= length);
        known
    }

    /// Adds `share` × cosine with each phrase from number `from` on to `into`, as many as it has room for.
    pub fn add_likeness(&self, words: &[String], share: f32, from: usize, into: &mut [f32]) {
        for (id, weight) in self.weigh(&count(self.pieces, words)) {
            let span = self.starts[id as usize] as usize..self.starts[id as usize + 1] as usize;
            let weight = weight * share;
            let postings = &self.postings[span];
            let first = if from == 0 { 0 } else { postings.partition_point(|(phrase, _)| (*phrase as usize) < from) };
            for (phrase, own) in &postings[first..] {
                let Some(into) = into.get_mut(*phrase as usize - from) else { break };
                *into += weight * own;
            }
        }
    }
}

/// Each piece once, with 1 + ln of how often it is there, in a fixed order.
fn count(pieces: Pieces, words: &[String]) -> Vec<(u64, f32)> {
    let mut found = Vec::with_capacity(words.len() * 8);
    match pieces {
        Pieces::Words => {
            found.extend(words.iter().map(|w| hashing::of(&[w])));
            found.extend(words.windows(2).map(|pair| hashing::of(&[&pair[0], &pair[1]])));
        }
        Pieces::Characters => words.iter().for_each(|word| characters(word, &mut found)),
    }
    found.sort_unstable();
    let runs = found.chunk_by(|a, b| a == b);
    runs.map(|run| (run[0], 1.0 + (run.len() as f32).ln())).collect()
}

fn characters(word: &str, found: &mut Vec<u64>) {
    let marked = format!(" {word} ");
    let starts: Vec<usize> = marked.char_indices().map(|(i, _)| i).chain([marked.len()]).collect();
    for size in 2..=4 {
        for ends in starts.windows(size + 1) {
            found.push(hashing::of(&[&marked[ends[0]..ends[size]]]));
        }
    }
}
