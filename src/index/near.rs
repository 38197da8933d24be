//! Nearness: tips in which the question's words stand side by side as they were typed come before those that only
//! hold the words. Looked at for the best few alone; what they gain, no other could.
//!
//! The ordered part of the sequential dependence model (Metzler and Croft 2005), with the mean weight of the two
//! words in place of the pair's own, which no index knows.

use super::IndexError;
use super::phrase::at;
use super::rank::{POINTS, Ranked};
use super::understanding::{Group, Understanding};
use super::view::View;
use std::collections::BTreeMap;
use tantivy::postings::{Postings, SegmentPostings};

/// Forms of a word whose places are looked up: the word itself comes first.
const FORMS: usize = 3;

pub(super) fn param(name: &str, default: f32) -> f32 {
    std::env::var(name).ok().and_then(|v| v.parse().ok()).unwrap_or(default)
}

impl View {
    /// Adds to the points of the best tips, which come best first.
    pub fn add_nearness(&self, asked: &Understanding, ranked: &mut [Ranked]) -> Result<(), IndexError> {
        if asked.order.len() < 2 {
            return Ok(());
        }
        let mut by_leaf: BTreeMap<u32, Vec<&mut Ranked>> = BTreeMap::new();
        for ranked in ranked {
            by_leaf.entry(ranked.leaf).or_default().push(ranked);
        }
        for (leaf, mut ranked) in by_leaf {
            ranked.sort_unstable_by_key(|r| r.doc);
            let mut sequence = Sequence::open(self, leaf as usize, asked)?;
            for ranked in ranked {
                ranked.points += sequence.nearness(ranked.doc);
            }
        }
        Ok(())
    }
}

/// The words of a question in one segment, in the order they were typed.
struct Sequence<'a> {
    words: Vec<(&'a Group, Vec<SegmentPostings>, Vec<u32>)>,
    order: &'a [(usize, usize)],
    side: f32,
    near: f32,
}

impl<'a> Sequence<'a> {
    fn open(view: &View, number: usize, asked: &'a Understanding) -> Result<Self, IndexError> {
        let mut words = Vec::new();
        for group in asked.groups.iter().chain(&asked.fillers) {
            let forms = group.forms[number].iter().take(FORMS);
            let postings = forms.map(|f| view.leaves[number].positions(f.ord)).collect::<Result<_, _>>()?;
            words.push((group, postings, Vec::new()));
        }
        Ok(Sequence { words, order: &asked.order, side: param("SIDE", 0.3), near: param("NEAR", 0.0) })
    }

    fn nearness(&mut self, doc: u32) -> u32 {
        for (_, postings, places) in &mut self.words {
            places.clear();
            for postings in postings {
                if at(postings, doc) {
                    postings.append_positions_with_offset(0, places);
                }
            }
            places.sort_unstable();
        }
        let mut gained = 0.0;
        for pair in self.order.windows(2) {
            let [(first, here), (second, there)] = *pair else { continue };
            let gap = there.saturating_sub(here) as u32;
            let (a, _, from) = &self.words[first];
            let (b, _, to) = &self.words[second];
            let weight = (a.weight + b.weight) / 2.0;
            let side = from.iter().any(|p| to.binary_search(&(p + gap)).is_ok());
            if side {
                gained += self.side * weight;
            } else if self.near > 0.0 {
                let close = from.iter().any(|p| {
                    let n = to.partition_point(|q| *q <= *p);
                    to.get(n).is_some_and(|q| q - p <= gap + 3)
                });
                if close {
                    gained += self.near * weight;
                }
            }
        }
        (gained * POINTS) as u32
    }
}
