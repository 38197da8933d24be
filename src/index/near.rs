//! Nearness: tips in which the question's words stand side by side as they were typed come before those that only
//! hold the words. Looked at for the best by words alone, and of those only where it can change the page.
//!
//! The ordered part of the sequential dependence model (Metzler and Croft 2005), with the mean weight of the two
//! words in place of the pair's own, which no index knows.

use super::IndexError;
use super::best::Ranked;
use super::phrase::at;
use super::rank::POINTS;
use super::understanding::{Group, Understanding};
use super::view::View;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use tantivy::postings::{Postings, SegmentPostings};

/// The best by words that are looked at: beyond, a tip would have to gain more than whole questions weigh.
pub(super) const LOOKED_AT: usize = 256;
/// What two words side by side are worth, in parts of their mean weight: as much as the words themselves. From 0.4 to
/// 2 more tips are found the higher it is; more would let a turn of phrase outweigh a rare word.
const SIDE_BY_SIDE: f32 = 1.0;
/// What they are worth on top where the word before them stands in its place too.
const IN_A_ROW: f32 = 0.5;
/// Forms of a word whose places are looked up, the likeliest first.
const FORMS: usize = 6;
/// Tips that are looked at before the others are asked whether they still could come up.
const STEP: usize = 32;

impl View {
    /// Adds what nearness is worth to tips that are given best first, so that the best `wanted` are right.
    pub fn add_nearness(&self, asked: &Understanding, ranked: &mut [Ranked], wanted: usize) -> Result<(), IndexError> {
        if asked.order.len() < 2 || ranked.len() < 2 {
            return Ok(());
        }
        let wanted = wanted.max(1);
        let pairs = pairs(asked);
        let mut open: BTreeMap<u32, Sequence<'_>> = BTreeMap::new();
        let mut final_points: Vec<u32> = Vec::with_capacity(ranked.len());
        for step in ranked.chunks_mut(STEP) {
            let least = match final_points.len().checked_sub(wanted) {
                Some(_) => *final_points.select_nth_unstable_by_key(wanted - 1, |p| Reverse(*p)).1,
                None => 0,
            };
            step.sort_unstable_by_key(|r| (r.leaf, r.doc));
            let mut leaf = u32::MAX;
            for ranked in step {
                if ranked.points + possible(&pairs, ranked.words) >= least {
                    let sequence = match open.entry(ranked.leaf) {
                        Entry::Occupied(open) => open.into_mut(),
                        Entry::Vacant(place) => place.insert(Sequence::open(self, ranked.leaf as usize, asked)?),
                    };
                    if leaf != ranked.leaf {
                        sequence.rewind();
                        leaf = ranked.leaf;
                    }
                    ranked.points += sequence.nearness(&pairs, ranked);
                }
                final_points.push(ranked.points);
            }
        }
        Ok(())
    }
}

/// Two words that were typed one after the other.
struct Pair {
    first: usize,
    second: usize,
    gap: u32,
    /// Points of standing side by side.
    worth: f32,
    /// Whether the pair before ends where this begins.
    goes_on: bool,
    /// Words of the question, by bit, that a tip must hold: stop words are not among them.
    needs: u32,
}

fn pairs(asked: &Understanding) -> Vec<Pair> {
    let group = |n: usize| asked.groups.get(n).unwrap_or_else(|| &asked.fillers[n - asked.groups.len()]);
    let bit = |n: usize| if n < asked.groups.len() { 1 << n } else { 0 };
    let mut goes_on = false;
    let mut pairs = Vec::new();
    for pair in asked.order.windows(2) {
        let [(first, here), (second, there)] = *pair else { continue };
        let gap = there.saturating_sub(here) as u32;
        // A word between that nothing is known of leaves nothing to compare.
        if gap == 1 {
            let worth = SIDE_BY_SIDE * POINTS * f32::midpoint(group(first).weight, group(second).weight);
            pairs.push(Pair { first, second, gap, worth, goes_on, needs: bit(first) | bit(second) });
        }
        goes_on = gap == 1;
    }
    pairs
}

/// The most that a tip with these words can gain.
fn possible(pairs: &[Pair], words: u32) -> u32 {
    let held = pairs.iter().filter(|p| p.needs & words == p.needs);
    held.map(|p| p.worth * if p.goes_on { 1.0 + IN_A_ROW } else { 1.0 }).sum::<f32>() as u32 + 1
}

/// The words of a question in one segment.
struct Sequence<'a> {
    words: Vec<Places>,
    groups: &'a [Group],
}

struct Places {
    fresh: Vec<SegmentPostings>,
    postings: Vec<SegmentPostings>,
    places: Vec<u32>,
}

impl<'a> Sequence<'a> {
    fn open(view: &View, number: usize, asked: &'a Understanding) -> Result<Self, IndexError> {
        let mut words = Vec::new();
        for group in asked.groups.iter().chain(&asked.fillers) {
            let forms = group.forms[number].iter().take(FORMS);
            let fresh: Vec<_> = forms.map(|f| view.leaves[number].positions(f.ord)).collect::<Result<_, _>>()?;
            words.push(Places { fresh, postings: Vec::new(), places: Vec::new() });
        }
        Ok(Sequence { words, groups: &asked.groups })
    }

    /// Makes ready for documents in ascending order once more.
    fn rewind(&mut self) {
        for word in &mut self.words {
            word.postings.clone_from(&word.fresh);
        }
    }

    fn nearness(&mut self, pairs: &[Pair], ranked: &Ranked) -> u32 {
        for (n, word) in self.words.iter_mut().enumerate() {
            word.places.clear();
            if n < self.groups.len() && ranked.words & (1 << n) == 0 {
                continue;
            }
            for postings in &mut word.postings {
                if at(postings, ranked.doc) {
                    postings.append_positions_with_offset(0, &mut word.places);
                }
            }
            if word.postings.len() > 1 {
                word.places.sort_unstable();
            }
        }
        let mut gained = 0.0;
        let mut before = false;
        for pair in pairs {
            let side = self.side_by_side(pair);
            if side {
                gained += pair.worth;
                if before && pair.goes_on {
                    gained += IN_A_ROW * pair.worth;
                }
            }
            before = side;
        }
        gained as u32
    }

    fn side_by_side(&self, pair: &Pair) -> bool {
        let (from, to) = (&self.words[pair.first].places, &self.words[pair.second].places);
        if from.len() <= to.len() {
            from.iter().any(|place| to.binary_search(&(place + pair.gap)).is_ok())
        } else {
            to.iter().any(|place| place.checked_sub(pair.gap).is_some_and(|p| from.binary_search(&p).is_ok()))
        }
    }
}
