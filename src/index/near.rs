//! Nearness: tips in which the question's words stand side by side as they were typed come before those that only
//! hold the words. Looked at for the best by words alone, and of those only where it can change the page.
//!
//! The ordered part of the sequential dependence model (Metzler and Croft 2005), with the mean weight of the two
//! words in place of the pair's own, which no index knows.

use super::IndexError;
use super::best::Ranked;
use super::leaf::Leaf;
use super::phrase::at;
use super::rank::POINTS;
use super::understanding::{Form, LONGEST_SEQUENCE, Understanding};
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
        // In two steps: lists are read from their beginning for each.
        let (first, rest) = ranked.split_at_mut(ranked.len().min(STEP.max(wanted)));
        for step in [first, rest] {
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
                        Entry::Vacant(place) => place.insert(Sequence::new(self, ranked.leaf as usize, asked)),
                    };
                    if leaf != ranked.leaf {
                        sequence.rewind();
                        leaf = ranked.leaf;
                    }
                    ranked.points += sequence.nearness(&pairs, ranked, least.saturating_sub(ranked.points))?;
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

impl Pair {
    /// The most that it can add.
    fn most(&self) -> f32 {
        if self.goes_on { self.worth * (1.0 + IN_A_ROW) } else { self.worth }
    }
}

struct Pairs {
    /// As they were typed.
    typed: Vec<Pair>,
    /// Index into `typed`, what can add most first.
    dearest: Vec<usize>,
}

fn pairs(asked: &Understanding) -> Pairs {
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
    let mut dearest: Vec<usize> = (0..pairs.len()).collect();
    dearest.sort_by(|a, b| pairs[*b].most().total_cmp(&pairs[*a].most()));
    Pairs { typed: pairs, dearest }
}

/// The most that a tip with these words can gain.
fn possible(pairs: &Pairs, words: u32) -> u32 {
    let held = pairs.typed.iter().filter(|p| p.needs & words == p.needs);
    held.map(Pair::most).sum::<f32>() as u32 + 1
}

/// The words of a question in one segment.
struct Sequence<'a> {
    leaf: &'a Leaf,
    words: Vec<Places<'a>>,
}

/// Where one word stands. Its postings are opened when they are first needed: many a stop word never is.
struct Places<'a> {
    forms: &'a [Form],
    /// As they were opened, before the first document.
    fresh: Vec<SegmentPostings>,
    postings: Vec<SegmentPostings>,
    /// Whether `postings` may stand behind the documents that come next.
    used: bool,
    /// The document that `places` were read for.
    of: Option<u32>,
    places: Vec<u32>,
}

impl<'a> Sequence<'a> {
    fn new(view: &'a View, number: usize, asked: &'a Understanding) -> Self {
        let all = asked.groups.iter().chain(&asked.fillers);
        let words = all.map(|group| Places::new(&group.forms[number])).collect();
        Sequence { leaf: &view.leaves[number], words }
    }

    /// Makes ready for documents in ascending order once more.
    fn rewind(&mut self) {
        for word in &mut self.words {
            word.used = false;
            word.of = None;
        }
    }

    /// What nearness is worth to a document; nothing where it cannot be `wanted` points. The dearest pairs are looked at
    /// first, so that it soon shows.
    fn nearness(&mut self, pairs: &Pairs, ranked: &Ranked, wanted: u32) -> Result<u32, IndexError> {
        let held = |pair: &Pair| pair.needs & ranked.words == pair.needs;
        let mut possible: f32 = pairs.typed.iter().filter(|pair| held(pair)).map(Pair::most).sum();
        let mut side = [false; LONGEST_SEQUENCE];
        for &n in &pairs.dearest {
            let pair = &pairs.typed[n];
            if !held(pair) {
                continue;
            }
            // One point for what adding up in another order rounds.
            if possible + 1.0 < wanted as f32 {
                return Ok(0);
            }
            self.words[pair.first].read(self.leaf, ranked.doc)?;
            self.words[pair.second].read(self.leaf, ranked.doc)?;
            side[n] = self.side_by_side(pair);
            if !side[n] {
                possible -= pair.most();
            }
        }
        let mut gained = 0.0;
        let mut before = false;
        for (pair, side) in pairs.typed.iter().zip(side) {
            if side {
                gained += pair.worth;
                if before && pair.goes_on {
                    gained += IN_A_ROW * pair.worth;
                }
            }
            before = side;
        }
        Ok(gained as u32)
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

impl<'a> Places<'a> {
    fn new(forms: &'a [Form]) -> Self {
        let forms = &forms[..forms.len().min(FORMS)];
        Places { forms, fresh: Vec::new(), postings: Vec::new(), used: false, of: None, places: Vec::new() }
    }

    fn read(&mut self, leaf: &Leaf, doc: u32) -> Result<(), IndexError> {
        if self.of == Some(doc) {
            return Ok(());
        }
        if self.fresh.len() < self.forms.len() {
            self.fresh = self.forms.iter().map(|form| leaf.positions(form.ord)).collect::<Result<_, _>>()?;
        }
        if !self.used {
            self.postings.clone_from(&self.fresh);
            self.used = true;
        }
        self.of = Some(doc);
        self.places.clear();
        for postings in &mut self.postings {
            if at(postings, doc) {
                postings.append_positions_with_offset(0, &mut self.places);
            }
        }
        if self.postings.len() > 1 {
            self.places.sort_unstable();
        }
        Ok(())
    }
}
