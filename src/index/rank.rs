//! Ranking: BM25 over one field, all of a question's words in one pass over a segment, window by window, with the
//! number of matches and where they lie on the way.
//!
//! Scores are whole numbers, so that they add up to the same whatever order the words come in.

use super::IndexError;
use super::leaf::{HIDDEN, Leaf};
use super::understanding::{Form, Group};
use super::view::View;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::BlockSegmentPostings;
use tantivy::schema::IndexRecordOption;

/// Points of one unit of BM25.
pub(super) const POINTS: f32 = 4096.0;
/// Documents that are looked at together: their sums fit the processor's first cache.
const WINDOW: u32 = 4096;
/// BM25's two constants: how soon further hits of a word stop to count, and how much a long text is held against it.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;
/// Sixteenths of one hit, as `Form::factor` counts.
const HIT: f32 = 16.0;

/// A found document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub points: u32,
    pub leaf: u32,
    pub doc: u32,
}

/// What a pass over a segment yields.
#[derive(Default)]
pub(super) struct Pass {
    pub total: usize,
    /// Matches by place.
    pub places: Vec<u32>,
    pub best: Vec<Ranked>,
}

/// What a document must fulfil besides holding words.
pub(super) struct Filter {
    /// By place.
    pub places: Vec<bool>,
    /// Sorted documents; none: all.
    pub docs: Option<Vec<u32>>,
}

impl Filter {
    pub fn passes(&self, leaf: &Leaf, doc: u32) -> bool {
        let place = leaf.place[doc as usize];
        place != HIDDEN
            && self.places[place as usize]
            && self.docs.as_ref().is_none_or(|docs| docs.binary_search(&doc).is_ok())
    }
}

struct Cursor {
    postings: BlockSegmentPostings,
    at: usize,
    factor: u16,
}

impl Cursor {
    /// Calls `each` with the documents below `end` that were not passed yet.
    #[inline]
    fn up_to(&mut self, end: u32, mut each: impl FnMut(u32, u32)) {
        loop {
            let (docs, hits) = (self.postings.docs(), self.postings.freqs());
            if docs.is_empty() {
                return;
            }
            while let Some(&doc) = docs.get(self.at) {
                if doc >= end {
                    return;
                }
                each(doc, hits[self.at]);
                self.at += 1;
            }
            self.postings.advance();
            self.at = 0;
        }
    }

    fn skip_to(&mut self, doc: u32) {
        let docs = self.postings.docs();
        if docs.get(self.at).is_some_and(|at| *at < doc) {
            self.at = self.postings.seek(doc);
        } else if self.at > 0 && self.at == docs.len() {
            self.postings.advance();
            self.at = 0;
            self.skip_to(doc);
        }
    }
}

struct Word {
    cursors: Vec<Cursor>,
    /// Points of endless hits in a text of no length.
    most: f32,
    weight: u32,
}

/// The sums of one window.
struct Sums {
    base: u32,
    /// Points in the upper half, weight of the words found in the lower.
    sums: Vec<u64>,
    /// Documents with a sum.
    touched: Vec<u16>,
    /// Sixteenths of hits of the word at hand.
    hits: Vec<u16>,
    hit: Vec<u16>,
}

/// Lengths of texts as BM25 wants them, by tantivy's one-byte code.
pub(super) fn lengths(average: f32) -> [f32; 256] {
    std::array::from_fn(|code| {
        let length = FieldNormReader::id_to_fieldnorm(code as u8) as f32;
        HIT * SATURATION * (1.0 - LENGTH + LENGTH * length / average)
    })
}

/// Weight of a word for deciding what counts as a match.
pub(super) fn weight(group: &Group) -> u32 {
    ((group.weight * 256.0) as u32).max(1)
}

fn open(leaf: &Leaf, forms: &[Form]) -> Result<Vec<Cursor>, IndexError> {
    let open = |form: &Form| {
        let postings = leaf.postings(form.ord, IndexRecordOption::WithFreqs)?;
        Ok(Cursor { postings, at: 0, factor: form.factor })
    };
    forms.iter().map(open).collect()
}

/// Finds the documents of a segment whose words weigh at least `needed`, and the `keep` best of them with all that
/// tie with the last. `groups` come weightiest first. `also` is asked last.
pub(super) fn pass(
    view: &View,
    number: usize,
    groups: &[Group],
    filter: &Filter,
    needed: u32,
    keep: usize,
    mut also: impl FnMut(u32) -> Result<bool, IndexError>,
) -> Result<Pass, IndexError> {
    let leaf = &view.leaves[number];
    let lengths = lengths(view.average);
    let mut words = Vec::with_capacity(groups.len());
    for group in groups {
        let most = group.weight * (SATURATION + 1.0) * POINTS;
        words.push(Word { cursors: open(leaf, &group.forms[number])?, most, weight: weight(group) });
    }
    // A document without any of the first words cannot reach what is needed with the others alone.
    let mut rest: u32 = words.iter().map(|w| w.weight).sum();
    let mut leading = 0;
    while leading < words.len() && rest >= needed.max(1) {
        rest -= words[leading].weight;
        leading += 1;
    }
    let mut found = Pass { places: vec![0; leaf.places.len()], ..Pass::default() };
    let mut best = Best::new(keep);
    let mut sums = Sums {
        base: 0,
        sums: vec![0; WINDOW as usize],
        touched: Vec::new(),
        hits: vec![0; WINDOW as usize],
        hit: Vec::new(),
    };
    for base in (0..leaf.docs).step_by(WINDOW as usize) {
        sums.base = base;
        for (n, word) in words.iter_mut().enumerate() {
            if n >= leading && sums.touched.is_empty() {
                break;
            }
            sums.add(leaf, filter, &lengths, word, n < leading);
        }
        sums.touched.sort_unstable();
        for at in std::mem::take(&mut sums.touched) {
            let sum = std::mem::take(&mut sums.sums[at as usize]);
            let doc = base + u32::from(at);
            if (sum as u32) < needed || !also(doc)? {
                continue;
            }
            found.total += 1;
            found.places[leaf.place[doc as usize] as usize] += 1;
            best.offer(leaf, Ranked { points: (sum >> 32) as u32, leaf: number as u32, doc });
        }
    }
    found.best = best.done(leaf);
    Ok(found)
}

impl Sums {
    fn add(&mut self, leaf: &Leaf, filter: &Filter, lengths: &[f32; 256], word: &mut Word, leading: bool) {
        let end = self.base + WINDOW;
        let (most, weight) = (word.most, word.weight);
        if let [cursor] = &mut word.cursors[..] {
            cursor.skip_to(self.base);
            let factor = u32::from(cursor.factor);
            cursor.up_to(end, |doc, hits| {
                self.one(leaf, filter, lengths, doc, (hits * factor) as f32, most, weight, leading);
            });
            return;
        }
        for cursor in &mut word.cursors {
            cursor.skip_to(self.base);
            let factor = cursor.factor;
            cursor.up_to(end, |doc, hits| {
                let at = (doc - self.base) as usize;
                if self.hits[at] == 0 {
                    self.hit.push(at as u16);
                }
                self.hits[at] = self.hits[at].saturating_add((hits.min(255) as u16) * factor);
            });
        }
        for at in std::mem::take(&mut self.hit) {
            let hits = std::mem::take(&mut self.hits[at as usize]);
            self.one(leaf, filter, lengths, self.base + u32::from(at), f32::from(hits), most, weight, leading);
        }
    }

    #[inline]
    #[allow(clippy::too_many_arguments)]
    fn one(
        &mut self,
        leaf: &Leaf,
        filter: &Filter,
        lengths: &[f32; 256],
        doc: u32,
        hits: f32,
        most: f32,
        weight: u32,
        leading: bool,
    ) {
        let at = (doc - self.base) as usize;
        if self.sums[at] == 0 {
            if !leading || !filter.passes(leaf, doc) {
                return;
            }
            self.touched.push(at as u16);
        }
        let points = most * hits / (hits + lengths[usize::from(leaf.norms.fieldnorm_id(doc))]);
        self.sums[at] += (points as u64) << 32 | u64::from(weight);
    }
}

/// The best so far, with all that tie with the last of them.
struct Best {
    keep: usize,
    least: u32,
    all: Vec<Ranked>,
}

impl Best {
    fn new(keep: usize) -> Self {
        Best { keep: keep.max(1), least: 0, all: Vec::new() }
    }

    #[inline]
    fn offer(&mut self, leaf: &Leaf, ranked: Ranked) {
        if ranked.points >= self.least {
            self.all.push(ranked);
            if self.all.len() >= 4 * self.keep + 256 {
                self.shrink(leaf);
            }
        }
    }

    /// Keeps the best `keep`; among equal ones those whose keys sort first.
    fn shrink(&mut self, leaf: &Leaf) {
        if self.all.len() <= self.keep {
            return;
        }
        self.all.select_nth_unstable_by(self.keep - 1, |a, b| b.points.cmp(&a.points));
        self.least = self.all[self.keep - 1].points;
        let least = self.least;
        self.all.retain(|r| r.points >= least);
        if self.all.len() > self.keep {
            let mut tied: Vec<(u64, Ranked)> =
                self.all.iter().filter(|r| r.points == least).map(|r| (leaf.key_ord(r.doc), *r)).collect();
            tied.sort_unstable_by_key(|(key, _)| *key);
            self.all.retain(|r| r.points > least);
            let room = self.keep - self.all.len();
            self.all.extend(tied.into_iter().take(room).map(|(_, r)| r));
        }
    }

    fn done(mut self, leaf: &Leaf) -> Vec<Ranked> {
        self.shrink(leaf);
        self.all
    }
}
