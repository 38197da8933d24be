//! Candidates for a suggestion: tips that fit the situation, tips that answer what was asked, and tips whose words
//! match. It chooses widely and ranks nothing: that is the engine's.

use super::rank::{Filter, POINTS, Ranked, pass};
use super::schema::Place;
use super::understanding::{Group, Understanding};
use super::view::View;
use super::words::each_word;
use super::{IndexError, Wanted};
use crate::engine::Candidate;
use crate::tip::Tip;
use std::collections::{BTreeMap, HashMap};

/// Share of the candidates that are kept for the best word matches.
const FOR_WORDS: f32 = 0.5;
/// Reach of a tip for any issue of its product, against one for the very issue.
const ANY_ISSUE: f32 = 0.3;
/// Reach of a tip for one issue of a product where no issue was understood: behind those for any issue.
const SOME_ISSUE: f32 = 0.1;
/// From this confidence on an issue counts as understood here. Lower than the engine's threshold, which decides.
const UNDERSTOOD: f32 = 0.2;
/// Greatest value of BM25's factor for hits: endless hits in a text of no length (1.2 + 1).
const MOST: f32 = 2.2;

impl View {
    pub fn candidates(&self, wanted: &Wanted) -> Result<Vec<Candidate>, IndexError> {
        let asked = Understanding::of(&wanted.text, self);
        let mut points: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut chosen: Vec<(u32, u32)> = Vec::new();
        for (n, leaf) in self.leaves.iter().enumerate() {
            let places = leaf.places.iter().map(|p| wanted.kind.is_none_or(|k| p.kind == Some(k))).collect();
            let filter = Filter { places, docs: None };
            if !asked.groups.is_empty() {
                let found = pass(self, n, &asked.groups, &filter, 1, wanted.limit, |_| Ok(true))?;
                points.extend(found.best.iter().map(|r| ((r.leaf, r.doc), r.points)));
            }
        }
        let mut by_words: Vec<Ranked> =
            points.iter().map(|((leaf, doc), points)| Ranked { points: *points, leaf: *leaf, doc: *doc }).collect();
        self.order(&mut by_words)?;
        let by_place = self.by_place(wanted)?;
        let room = ((wanted.limit as f32 * FOR_WORDS) as usize).max(wanted.limit.saturating_sub(by_place.len()));
        chosen.extend(by_words.iter().take(room).map(|r| (r.leaf, r.doc)));
        for at in by_place {
            if chosen.len() >= wanted.limit {
                break;
            }
            if !chosen.contains(&at) {
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

    /// Tips that the situation reaches, the furthest first, ties by key.
    fn by_place(&self, wanted: &Wanted) -> Result<Vec<(u32, u32)>, IndexError> {
        let mut reached: Vec<(u32, String, (u32, u32))> = Vec::new();
        for (n, leaf) in self.leaves.iter().enumerate() {
            let reach: Vec<u32> = leaf.places.iter().map(|place| (reach(place, wanted) * POINTS) as u32).collect();
            if reach.iter().all(|r| *r == 0) {
                continue;
            }
            let mut best: Vec<(u32, u64, u32)> = Vec::new();
            for doc in 0..leaf.docs {
                let reach = reach.get(leaf.place[doc as usize] as usize).copied().unwrap_or(0);
                if reach > 0 {
                    best.push((u32::MAX - reach, leaf.key_ord(doc), doc));
                }
            }
            if best.len() > wanted.limit {
                best.select_nth_unstable(wanted.limit);
                best.truncate(wanted.limit);
            }
            for (reach, _, doc) in best {
                reached.push((reach, leaf.key(doc)?, (n as u32, doc)));
            }
        }
        reached.sort_unstable();
        reached.truncate(wanted.limit);
        Ok(reached.into_iter().map(|(_, _, at)| at).collect())
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

/// How well a place fits the situation, 0 to 1; 0 where it does not.
fn reach(place: &Place, wanted: &Wanted) -> f32 {
    if place.kind.is_none() || wanted.kind.is_some_and(|kind| place.kind != Some(kind)) {
        return 0.0;
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
    (when.max(prevented) * f32::midpoint(1.0, product)).max(any)
}
