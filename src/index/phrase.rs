//! Quoted phrases: their words must stand side by side, as typed.

use super::IndexError;
use super::leaf::Leaf;
use super::words::folded;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::{DocSet, TERMINATED};

/// One phrase on one segment: for each of its words the postings of the word, and its place.
struct Phrase {
    words: Vec<(Vec<SegmentPostings>, u32)>,
}

/// All phrases of a question on one segment.
pub(super) struct Phrases {
    all: Vec<Phrase>,
}

impl Phrases {
    pub fn open(leaf: &Leaf, phrases: &[Vec<(String, usize)>]) -> Result<Self, IndexError> {
        let mut all = Vec::new();
        for phrase in phrases {
            let mut words = Vec::new();
            for (word, position) in phrase {
                words.push((spellings(leaf, word)?, *position as u32));
            }
            all.push(Phrase { words });
        }
        Ok(Phrases { all })
    }

    /// Whether the document holds every phrase. Documents must be asked in ascending order.
    pub fn in_doc(&mut self, doc: u32) -> bool {
        self.all.iter_mut().all(|phrase| phrase.in_doc(doc))
    }
}

/// Postings of the word and of its spellings with other diacritics.
fn spellings(leaf: &Leaf, word: &str) -> Result<Vec<SegmentPostings>, IndexError> {
    let vocabulary = leaf.vocabulary();
    let plain = folded(word);
    let mut found = Vec::new();
    let mut wanted = vec![word];
    if plain != word {
        wanted.push(&plain);
    }
    for ord in wanted.into_iter().filter_map(|word| vocabulary.find(word)) {
        found.push(leaf.positions(ord)?);
    }
    Ok(found)
}

impl Phrase {
    fn in_doc(&mut self, doc: u32) -> bool {
        // Where the phrase would begin, from each word in turn.
        let mut begins: Option<Vec<u32>> = None;
        for (spellings, position) in &mut self.words {
            let mut here: Vec<u32> = Vec::new();
            for postings in spellings {
                if at(postings, doc) {
                    postings.append_positions_with_offset(0, &mut here);
                }
            }
            // Offset by a constant, so that a word early in the text does not fall below nought.
            let here = here.into_iter().map(|p| p + 10_000 - *position);
            let still: Vec<u32> = match begins {
                None => here.collect(),
                Some(begins) => here.filter(|p| begins.contains(p)).collect(),
            };
            if still.is_empty() {
                return false;
            }
            begins = Some(still);
        }
        true
    }
}

/// Moves to `doc`; false where the word is not in it.
pub(super) fn at(postings: &mut SegmentPostings, doc: u32) -> bool {
    if postings.doc() == TERMINATED || postings.doc() > doc {
        return false;
    }
    postings.seek(doc) == doc
}
