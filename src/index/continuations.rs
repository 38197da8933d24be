//! Words of the library that the last one of a question may be the beginning of.
//!
//! They are chosen over all segments together and by the tips that can be found, so that two indexes of one library
//! choose the same, however each came by it.

use super::view::View;
use super::vocabulary::Ord32;
use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashSet};

/// Continuations at most, the most frequent first.
const MOST: usize = 24;

/// The most frequent words that begin with `prefix`, ties by word: for each, its place in every segment that has it.
///
/// Each segment hands out its words by their rough counts, which deleted tips only make larger. What no segment has
/// handed out yet is therefore in no more tips than the next ones are together, and nothing beyond that is looked at:
/// the threshold algorithm of Fagin, Lotem and Naor (2003).
pub(super) fn continuations(prefix: &str, view: &View) -> Vec<Vec<Option<Ord32>>> {
    let vocabularies: Vec<_> = view.leaves.iter().map(|leaf| leaf.vocabulary()).collect();
    let by_count = |v: &&super::vocabulary::Vocabulary| -> BinaryHeap<(u32, Reverse<Ord32>)> {
        v.beginning(prefix).map(|ord| (v.count(ord), Reverse(ord))).collect()
    };
    let mut waiting: Vec<_> = vocabularies.iter().map(by_count).collect();
    let mut seen: HashSet<&str> = HashSet::new();
    let mut best: Vec<(Reverse<u32>, &str)> = Vec::new();
    loop {
        let unseen: u32 = waiting.iter().filter_map(|words| words.peek()).map(|(count, _)| *count).sum();
        let full = best.get(MOST - 1).is_some_and(|(Reverse(last), _)| *last > unseen);
        if unseen == 0 || full {
            break;
        }
        for (vocabulary, words) in vocabularies.iter().zip(&mut waiting) {
            let Some((_, Reverse(ord))) = words.pop() else { continue };
            let word = vocabulary.word(ord);
            if !seen.insert(word) {
                continue;
            }
            let found = view.leaves.iter().filter_map(|leaf| Some(leaf.count(leaf.vocabulary().find(word)?)));
            let entry = (Reverse(found.sum()), word);
            if entry.0.0 > 0 {
                best.insert(best.partition_point(|other| *other < entry), entry);
                best.truncate(MOST);
            }
        }
    }
    best.into_iter().map(|(_, word)| vocabularies.iter().map(|v| v.find(word)).collect()).collect()
}
