//! Ranking: BM25 over one field, all of a question's words in one pass over a segment, window by window, with the
//! number of matches and where they lie on the way.
//!
//! Scores are whole numbers, so that they add up to the same whatever order the words come in.

use super::IndexError;
use super::best::{Best, Ranked};
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
/// Lower than the textbook's 1.2 and 0.75, as others found for short texts too (Yang, Fang and Lin 2017: 0.9, 0.4);
/// between 0.5 and 0.9 the second hardly matters here.
const SATURATION: f32 = 0.9;
const LENGTH: f32 = 0.5;
/// Sixteenths of one hit, as `Form::factor` counts.
const HIT: f32 = 16.0;
/// A word is looked up for each candidate of a window where its list has so many times as many documents there; else the
/// list is read through: looking up one takes as long as reading some fifteen.
const LOOKED_UP: usize = 16;
/// Candidates for which a word is looked up in any case.
const FEW: usize = 24;

/// What lists are multiplied by before they are divided by their word's weight, which is some thousands: enough for
/// short lists to differ.
const SHARE: u64 = 1 << 16;

/// Greatest value of a word's factor for hits: endless hits in a text of no length.
pub(super) const MOST: f32 = SATURATION + 1.0;

/// What a pass over a segment yields.
#[derive(Default)]
pub(super) struct Pass {
    pub total: usize,
    /// Matches by place.
    pub places: Vec<u32>,
    pub best: Vec<Ranked>,
}

/// What is wanted of a pass.
#[derive(Clone, Copy)]
pub(super) struct Wish {
    /// Weight that a document's words must have.
    pub needed: u32,
    /// The best that are kept; with all that could tie with the last before ties are broken by key.
    pub keep: usize,
    /// Whether every match is counted. Where not, those that cannot be among the best are passed over.
    pub count: bool,
}

/// What a document must fulfil besides holding words.
pub(super) struct Filter {
    /// By place.
    pub places: Vec<bool>,
    /// Sorted documents; none: all.
    pub docs: Option<Vec<u32>>,
}

impl Filter {
    /// True where it lets everything through but what is hidden.
    fn is_open(&self) -> bool {
        self.docs.is_none() && self.places.iter().all(|place| *place)
    }

    #[inline]
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
    /// Calls `each` with the documents below `end` that were not passed yet, block by block.
    #[inline]
    fn up_to(&mut self, end: u32, mut each: impl FnMut(u32, u32)) {
        loop {
            let docs = &self.postings.docs()[self.at..];
            let hits = &self.postings.freqs()[self.at..];
            let Some(&last) = docs.last() else { return };
            let until = if last < end { docs.len() } else { docs.partition_point(|doc| *doc < end) };
            docs[..until].iter().zip(&hits[..until]).for_each(|(doc, hits)| each(*doc, *hits));
            if last >= end {
                self.at += until;
                return;
            }
            self.postings.advance();
            self.at = 0;
        }
    }

    fn skip_to(&mut self, doc: u32) {
        if self.postings.docs().get(self.at).is_some_and(|at| *at < doc) {
            self.at = self.postings.seek(doc);
        }
    }

    /// Hits in `doc`; documents must be asked in ascending order.
    fn hits(&mut self, doc: u32) -> Option<u32> {
        self.skip_to(doc);
        (self.postings.docs().get(self.at) == Some(&doc)).then(|| self.postings.freqs()[self.at])
    }
}

struct Word {
    cursors: Vec<Cursor>,
    /// Points of endless hits in a text of no length.
    most: f32,
    weight: u32,
    bit: u32,
    /// Entries of its lists.
    listed: usize,
    /// Candidates of a window up to which it is looked up for each.
    few: usize,
}

/// The sums of one window.
struct Sums<'a> {
    leaf: &'a Leaf,
    filter: &'a Filter,
    /// Whether documents are let in unseen: the few that are hidden are left out at the end.
    open: bool,
    lengths: [f32; 256],
    base: u32,
    /// Points in the upper half, weight of the words found in the lower.
    sums: Vec<u64>,
    words: Vec<u32>,
    /// Documents with a sum.
    touched: Vec<u16>,
    /// Sixteenths of hits of the word that was added last.
    hits: Vec<u32>,
}

/// Weight of a word for deciding what counts as a match.
pub(super) fn weight(group: &Group) -> u32 {
    ((group.weight * 256.0) as u32).max(1)
}

fn open(leaf: &Leaf, forms: &[Form]) -> Result<Vec<Cursor>, IndexError> {
    let mut cursors = Vec::with_capacity(forms.len());
    for form in forms {
        let postings = leaf.postings(form.ord, IndexRecordOption::WithFreqs)?;
        cursors.push(Cursor { postings, at: 0, factor: form.factor });
    }
    Ok(cursors)
}

/// The words of a question on one segment, those first that say most for what reading them costs: the first ones may
/// bring documents in and are read to the end.
fn words(leaf: &Leaf, groups: &[Group], number: usize) -> Result<Vec<Word>, IndexError> {
    let mut words = Vec::with_capacity(groups.len());
    for (n, group) in groups.iter().enumerate() {
        let cursors = open(leaf, &group.forms[number])?;
        let listed: usize = cursors.iter().map(|cursor| cursor.postings.doc_freq() as usize).sum();
        let in_window = listed / leaf.docs.div_ceil(WINDOW).max(1) as usize;
        let few = (in_window / LOOKED_UP).max(FEW);
        let most = group.weight * MOST * POINTS;
        words.push(Word { cursors, most, weight: weight(group), bit: 1 << n, listed, few });
    }
    words.sort_by_key(|word| word.listed as u64 * SHARE / u64::from(word.weight));
    Ok(words)
}

/// The nearest whole number, for numbers from 0 to 2^23: a word has at most a twentieth of that in a library of a billion
/// tips. Added to 2^23 a number loses what is behind the point, and stands in the lowest bits; a cast that minds
/// everything else takes several times as long.
#[inline]
fn rounded(points: f32) -> u32 {
    const WHOLE: u32 = 1 << 23;
    (points + WHOLE as f32).to_bits() & (WHOLE - 1)
}

/// Sums of what the words from each on can add.
fn rests<T: Copy + Default + std::ops::Add<Output = T>>(words: &[Word], of: impl Fn(&Word) -> T) -> Vec<T> {
    let mut rests = vec![T::default(); words.len() + 1];
    for n in (0..words.len()).rev() {
        rests[n] = rests[n + 1] + of(&words[n]);
    }
    rests
}

/// Finds the documents of a segment that hold enough of the words. `groups` come weightiest first, at most 32 of
/// them. `also` is asked last, in ascending order.
pub(super) fn pass(
    view: &View,
    number: usize,
    groups: &[Group],
    filter: &Filter,
    wish: Wish,
    mut also: Option<&mut dyn FnMut(u32) -> bool>,
) -> Result<Pass, IndexError> {
    let leaf = &view.leaves[number];
    let mut words = words(leaf, groups, number)?;
    let needed = wish.needed.max(1);
    let weights = rests(&words, |word| word.weight);
    let points = rests(&words, |word| word.most as u32);
    let mut found = Pass { places: vec![0; leaf.places.len()], ..Pass::default() };
    let mut best = Best::new(wish.keep);
    let mut sums = Sums::new(view, leaf, filter);
    for base in (0..leaf.docs).step_by(WINDOW as usize) {
        sums.base = base;
        let least = if wish.count { 0 } else { best.least() };
        // A document without any of the first words cannot reach what is needed with the others alone.
        let leading = (0..words.len()).take_while(|n| weights[*n] >= needed && points[*n] >= least).count();
        for (n, word) in words.iter_mut().enumerate() {
            if n < leading {
                sums.lead(word);
                continue;
            }
            sums.drop_hopeless(|sum, weight| (weight + weights[n] < needed) | (sum + points[n] < least));
            if sums.touched.is_empty() {
                break;
            }
            sums.follow(word);
        }
        if also.is_some() {
            sums.touched.sort_unstable();
        }
        for at in sums.touched.drain(..) {
            let sum = std::mem::take(&mut sums.sums[usize::from(at)]);
            let words = sums.words[usize::from(at)];
            if (sum as u32) < needed {
                continue;
            }
            let doc = base + u32::from(at);
            let place = leaf.place[doc as usize];
            if place == HIDDEN || also.as_mut().is_some_and(|also| !also(doc)) {
                continue;
            }
            found.total += 1;
            found.places[place as usize] += 1;
            best.offer(leaf, Ranked { points: (sum >> 32) as u32, leaf: number as u32, doc, words });
        }
    }
    found.best = best.done(leaf);
    Ok(found)
}

impl<'a> Sums<'a> {
    fn new(view: &View, leaf: &'a Leaf, filter: &'a Filter) -> Self {
        let lengths = std::array::from_fn(|code| {
            let length = FieldNormReader::id_to_fieldnorm(code as u8) as f32;
            HIT * SATURATION * (1.0 - LENGTH + LENGTH * length / view.average)
        });
        let window = WINDOW as usize;
        Sums {
            leaf,
            filter,
            open: filter.is_open(),
            lengths,
            base: 0,
            sums: vec![0; window],
            words: vec![0; window],
            touched: Vec::with_capacity(window),
            hits: vec![0; window],
        }
    }

    /// Adds a word that may bring documents in.
    fn lead(&mut self, word: &mut Word) {
        self.gather(word, |sums, at| sums.admit(at));
    }

    /// Adds a word to the documents that are in.
    fn follow(&mut self, word: &mut Word) {
        if self.touched.len() <= word.few {
            self.touched.sort_unstable();
            for n in 0..self.touched.len() {
                let at = self.touched[n] as usize;
                let doc = self.base + at as u32;
                let hits = word.cursors.iter_mut().map(|c| Some(c.hits(doc)? * u32::from(c.factor)));
                let hits: u32 = hits.flatten().sum();
                if hits > 0 {
                    self.add(at, hits, (word.most, word.weight, word.bit));
                }
            }
            return;
        }
        self.gather(word, |sums, at| sums.sums[at] != 0);
    }

    /// Adds what the lists of a word's forms hold in this window, where it is `wanted`.
    fn gather(&mut self, word: &mut Word, wanted: impl Fn(&Self, usize) -> bool) {
        let end = self.base + WINDOW;
        for cursor in &mut word.cursors {
            cursor.skip_to(self.base);
            let factor = u32::from(cursor.factor);
            cursor.up_to(end, |doc, hits| {
                let at = (doc - self.base) as usize;
                if wanted(self, at) {
                    self.add(at, hits * factor, (word.most, word.weight, word.bit));
                }
            });
        }
    }

    /// Lets a document in where it passes the filter; true where it is in.
    #[inline]
    fn admit(&self, at: usize) -> bool {
        self.open || self.sums[at] != 0 || self.filter.passes(self.leaf, self.base + at as u32)
    }

    /// Adds hits of a word to a document. What several forms of it have there counts as hits of one word.
    #[inline(always)]
    fn add(&mut self, at: usize, hits: u32, (most, weight, bit): (f32, u32, u32)) {
        let length = self.lengths[usize::from(self.leaf.lengths[(self.base + at as u32) as usize])];
        let points = |hits: u32| u64::from(rounded(most * hits as f32 / (hits as f32 + length))) << 32;
        let sum = self.sums[at];
        if sum == 0 {
            self.touched.push(at as u16);
            self.words[at] = bit;
        } else if self.words[at] & bit == 0 {
            self.words[at] |= bit;
        } else {
            let before = self.hits[at];
            self.hits[at] = before + hits;
            self.sums[at] = sum - points(before) + points(before + hits);
            return;
        }
        self.hits[at] = hits;
        self.sums[at] = sum + points(hits) + u64::from(weight);
    }

    /// Forgets the documents of which `hopeless` is true, given points and weight so far.
    fn drop_hopeless(&mut self, hopeless: impl Fn(u32, u32) -> bool) {
        // Without a branch: no processor guesses which are dropped.
        let mut kept = 0;
        for n in 0..self.touched.len() {
            let at = self.touched[n];
            let sum = &mut self.sums[at as usize];
            let drop = hopeless((*sum >> 32) as u32, *sum as u32);
            *sum = if drop { 0 } else { *sum };
            self.touched[kept] = at;
            kept += usize::from(!drop);
        }
        self.touched.truncate(kept);
    }
}
