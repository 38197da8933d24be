//! Candidates for a suggestion: tips that fit the situation, tips that answer what was asked, and tips whose words
//! match. It chooses widely and ranks nothing: that is the engine's.

use super::best::Ranked;
use super::leaf::Leaf;
use super::rank::{Filter, MOST, POINTS, Wish, pass};
use super::schema::Place;
use super::understanding::{Group, Understanding};
use super::view::View;
use super::words::each_word;
use super::{IndexError, Wanted};
use crate::engine::Candidate;
use crate::tip::Tip;
use std::collections::{BTreeMap, HashMap};

/// Candidates that are there for their words alone: three answers are shown at most.
const FOR_WORDS: usize = 20;
/// Tips for any issue of a product of which no word was said, that are given all the same where the library is too
/// large to be kept in memory: reading more than these would take longer than all else.
const UNSAID: usize = 12;
/// Tips up to which a library is small: all of them are in memory after a while.
const FEW_TIPS: usize = 4_096;
/// Reach of a tip for any issue of its product, against one for the very issue.
const ANY_ISSUE: f32 = 0.3;
/// Reach of a tip for one issue of a product where no issue was understood: behind those for any issue.
const SOME_ISSUE: f32 = 0.1;
/// From this confidence on an issue counts as understood here. Lower than the engine's threshold, which decides.
const UNDERSTOOD: f32 = 0.2;

/// A document, by segment and number.
type At = (u32, u32);

/// A tip that the situation reaches, in the order in which such are chosen.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Reached<'a> {
    /// Less for what is reached further, and for what holds more of the words.
    reach: u32,
    said: u32,
    key: &'a str,
    at: At,
    /// Whether it is only for any issue of the product.
    any: bool,
}

impl View {
    pub fn candidates(&self, wanted: &Wanted) -> Result<Vec<Candidate>, IndexError> {
        let asked = Understanding::of(&wanted.text, self);
        let by_words = self.by_words(&asked, wanted)?;
        let points: HashMap<At, u32> = by_words.iter().map(|r| ((r.leaf, r.doc), r.points)).collect();
        let mut chosen: Vec<At> = by_words.iter().take(FOR_WORDS.min(wanted.limit)).map(|r| (r.leaf, r.doc)).collect();
        let few = self.tips as usize <= FEW_TIPS;
        let mut unsaid = 0;
        for (at, any) in self.by_place(wanted, &points) {
            if chosen.len() >= wanted.limit {
                break;
            }
            if !chosen.contains(&at) && (!any || few || points.contains_key(&at) || unsaid < UNSAID) {
                unsaid += usize::from(any && !points.contains_key(&at));
                chosen.push(at);
            }
        }
        let scale = 1.0 / (asked.greatest * MOST).max(f32::MIN_POSITIVE);
        let mut candidates = Vec::with_capacity(chosen.len());
        for at in chosen {
            let tip = self.tip(at.0, at.1)?;
            let words = points.get(&at).map_or(0.0, |p| (*p as f32 / POINTS * scale).min(1.0));
            let asked = self.asked(&asked, at.0 as usize, &tip);
            candidates.push(Candidate { tip, words, asked });
        }
        candidates.sort_by(|a, b| a.tip.id.cmp(&b.tip.id));
        Ok(candidates)
    }

    /// The best by words, best first, ties by key.
    fn by_words(&self, asked: &Understanding, wanted: &Wanted) -> Result<Vec<Ranked>, IndexError> {
        let mut all = Vec::new();
        if asked.groups.is_empty() {
            return Ok(all);
        }
        let wish = Wish { needed: 1, keep: wanted.limit, count: false };
        for (n, leaf) in self.leaves.iter().enumerate() {
            let places = leaf.places.iter().map(|p| wanted.kind.is_none_or(|k| p.kind == Some(k))).collect();
            all.extend(pass(self, n, &asked.groups, &Filter { places, docs: None }, wish, None)?.best);
        }
        self.order(&mut all);
        all.truncate(wanted.limit);
        Ok(all)
    }

    /// Tips that the situation reaches, the furthest first, then those with words of the question, ties by key; each
    /// with whether it is only for any issue of the product.
    fn by_place(&self, wanted: &Wanted, points: &HashMap<At, u32>) -> Vec<(At, bool)> {
        let mut reached: Vec<Reached<'_>> = Vec::new();
        for (n, leaf) in self.leaves.iter().enumerate() {
            let reach: Vec<(f32, bool)> = leaf.places.iter().map(|place| reach(place, wanted)).collect();
            let reach: Vec<(u32, bool)> = reach.into_iter().map(|(r, any)| ((r * POINTS) as u32, any)).collect();
            let least = least_reach(leaf, &reach, wanted.limit);
            if least == 0 {
                continue;
            }
            let mut best: Vec<(u32, u32, u32, u32, bool)> = Vec::new();
            let mut add = |doc: u32, (reach, any): (u32, bool)| {
                let said = points.get(&(n as u32, doc)).copied().unwrap_or(0);
                best.push((u32::MAX - reach, u32::MAX - said, leaf.key_ord(doc), doc, any));
            };
            // Of one place, those with words of the question come first, then all others by key.
            for place in (0..reach.len()).filter(|place| reach[*place].0 >= least) {
                leaf.placed(place).iter().take(wanted.limit).for_each(|doc| add(*doc, reach[place]));
            }
            for (_, doc) in points.keys().filter(|at| at.0 == n as u32) {
                let here = reach.get(leaf.place[*doc as usize] as usize).copied().unwrap_or_default();
                if here.0 >= least {
                    add(*doc, here);
                }
            }
            best.sort_unstable();
            best.dedup();
            best.truncate(wanted.limit);
            for (reach, said, _, doc, any) in best {
                reached.push(Reached { reach, said, key: leaf.key(doc), at: (n as u32, doc), any });
            }
        }
        reached.sort_unstable();
        reached.truncate(wanted.limit);
        reached.into_iter().map(|r| (r.at, r.any)).collect()
    }

    /// How well the question's words match the tip's question or the best of its `asks`, 0 to 1: BM25 over its
    /// greatest possible value, with the length that questions have as the average.
    fn asked(&self, understanding: &Understanding, leaf: usize, tip: &Tip) -> f32 {
        if understanding.groups.is_empty() {
            return 0.0;
        }
        let vocabulary = self.leaves[leaf].vocabulary();
        let mut of: HashMap<&str, (usize, u16)> = HashMap::new();
        for (n, group) in understanding.groups.iter().enumerate() {
            for form in &group.forms[leaf] {
                of.entry(vocabulary.word(form.ord)).or_insert((n, form.factor));
            }
        }
        let wordings = std::iter::once(&tip.question).chain(&tip.asks);
        wordings
            .map(|wording| likeness(wording, &of, &understanding.groups, understanding.greatest))
            .fold(0.0, f32::max)
    }
}

/// The reach from which there are `limit` documents at least: 0 where no place is reached.
fn least_reach(leaf: &Leaf, reach: &[(u32, bool)], limit: usize) -> u32 {
    let held = reach.iter().enumerate().filter(|(_, (reach, _))| *reach > 0);
    let mut reached: Vec<(u32, usize)> = held.map(|(place, (reach, _))| (*reach, leaf.placed(place).len())).collect();
    reached.retain(|(_, docs)| *docs > 0);
    reached.sort_unstable_by(|a, b| b.cmp(a));
    let mut so_far = 0;
    let enough = reached.iter().find(|(_, n)| {
        so_far += n;
        so_far >= limit
    });
    enough.or(reached.last()).map_or(0, |(reach, _)| *reach)
}

/// Weight of the question's words that stand in `wording`, over the weight of all.
fn likeness(wording: &str, of: &HashMap<&str, (usize, u16)>, groups: &[Group], greatest: f32) -> f32 {
    let mut best: BTreeMap<usize, u16> = BTreeMap::new();
    each_word(wording, |word| {
        if let Some((group, factor)) = of.get(word.text) {
            let entry = best.entry(*group).or_default();
            *entry = (*entry).max(*factor);
        }
    });
    let weight: f32 = best.iter().map(|(group, factor)| groups[*group].weight * f32::from(*factor) / 16.0).sum();
    (weight / greatest.max(f32::MIN_POSITIVE)).min(1.0)
}

/// How well a place fits the situation, 0 to 1, 0 where it does not; and whether only as for any issue.
fn reach(place: &Place, wanted: &Wanted) -> (f32, bool) {
    if place.kind.is_none() || wanted.kind.is_some_and(|kind| place.kind != Some(kind)) {
        return (0.0, false);
    }
    let product = if place.products.is_empty() {
        1.0
    } else {
        let fits = |id: &crate::tip::SectionId| place.products.iter().any(|p| p.contains(id) || id.contains(p));
        wanted.products.iter().filter(|(id, _)| fits(id)).map(|(_, c)| *c).fold(0.0, f32::max)
    };
    let issue = |id: &crate::tip::IssueId| wanted.issues.iter().find(|(i, _)| i == id).map_or(0.0, |(_, c)| *c);
    let prevented = place.prevents.as_ref().map_or(0.0, issue);
    let when = place.when.iter().map(issue).fold(0.0, f32::max);
    let understood = wanted.issues.iter().any(|(_, c)| *c >= UNDERSTOOD);
    let any = match (place.when.is_empty(), understood) {
        (true, _) => ANY_ISSUE * product,
        (false, false) => SOME_ISSUE * product,
        (false, true) => 0.0,
    };
    // An issue says more than a product: most name their product by where they are defined.
    let issue = when.max(prevented) * f32::midpoint(1.0, product);
    if issue >= any { (issue, false) } else { (any, true) }
}
