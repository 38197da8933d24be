//! Search: the page of tips that answers a question, how many there are, and where they lie.

use super::best::Ranked;
use super::cursor::Cursor;
use super::highlight::Marker;
use super::leaf::Leaf;
use super::near::LOOKED_AT;
use super::phrase::Phrases;
use super::rank::{Filter, POINTS, Pass, Wish, pass, weight};
use super::understanding::Understanding;
use super::view::View;
use super::{Facet, Found, Hit, IndexError, Search};
use crate::tip::{IssueId, SectionId};
use std::collections::{BTreeMap, HashMap};

/// Share of the question's weight that a tip's words must have to count as found; the rarest words weigh most.
/// Where no tip has as much, one word is enough.
const NEEDED_SHARE: f32 = 0.5;
/// Values of a facet that are listed, the most frequent first.
const FACET_VALUES: usize = 100;
/// Tips beyond a page that are ranked with it, so that a page begins where the last ended although tips have come
/// or gone in between.
const SLACK: usize = 32;

impl View {
    pub fn search(&self, search: &Search) -> Result<Found, IndexError> {
        let asked = Cursor::asked(search);
        let after = search.cursor.as_deref().map(Cursor::read).transpose()?;
        if after.as_ref().is_some_and(|cursor| cursor.asked != asked) {
            return Err(IndexError::Cursor);
        }
        let understanding = Understanding::of(&search.text, self);
        let filters = self.leaves.iter().map(|l| filter(l, search)).collect::<Result<Vec<_>, _>>()?;
        let shown = after.as_ref().map_or(0, |c| c.rank as usize);
        let wanted = shown + search.limit + if after.is_some() { SLACK } else { 0 };
        let passes = if understanding.empty {
            self.leaves.iter().zip(&filters).enumerate().map(|(n, (l, f))| browse(n, l, f, wanted)).collect()
        } else {
            self.passes(&understanding, &filters, wanted.max(LOOKED_AT))?
        };
        let mut ranked: Vec<Ranked> = passes.iter().flat_map(|p| p.best.iter().copied()).collect();
        self.order(&mut ranked);
        let best = ranked.len().min(LOOKED_AT);
        self.add_nearness(&understanding, &mut ranked[..best], wanted)?;
        self.order(&mut ranked);
        let page = self.page(&ranked, after.as_ref(), search.limit);
        let total = passes.iter().map(|p| p.total).sum();
        let next = match page.last() {
            Some(last) if shown + page.len() < total && !page.is_empty() => Some(Cursor {
                asked,
                points: last.points,
                rank: (shown + page.len()) as u32,
                key: self.leaves[last.leaf as usize].key(last.doc).to_owned(),
            }),
            _ => None,
        };
        let marker = Marker::new(&understanding, self);
        let hits = page
            .iter()
            .map(|ranked| {
                let tip = self.tip(ranked.leaf, ranked.doc)?;
                let highlights = marker.highlights(&tip);
                Ok(Hit { tip, score: ranked.points as f32 / POINTS, highlights })
            })
            .collect::<Result<Vec<_>, IndexError>>()?;
        Ok(Found {
            hits,
            next: next.map(|c| c.write()),
            total,
            facets: self.facets(&passes),
            corrected: understanding.corrected,
        })
    }

    fn passes(&self, asked: &Understanding, filters: &[Filter], keep: usize) -> Result<Vec<Pass>, IndexError> {
        let known: u32 = asked.groups.iter().map(weight).sum();
        let passes = self.passes_needing(asked, filters, keep, (known as f32 * NEEDED_SHARE) as u32)?;
        if passes.iter().any(|p| p.total > 0) || asked.groups.len() < 2 || !asked.phrases.is_empty() {
            return Ok(passes);
        }
        self.passes_needing(asked, filters, keep, 1)
    }

    fn passes_needing(
        &self,
        asked: &Understanding,
        filters: &[Filter],
        keep: usize,
        needed: u32,
    ) -> Result<Vec<Pass>, IndexError> {
        let wish = Wish { needed, keep, count: true };
        let mut passes = Vec::with_capacity(self.leaves.len());
        for (n, leaf) in self.leaves.iter().enumerate() {
            passes.push(if asked.phrases.is_empty() {
                pass(self, n, &asked.groups, &filters[n], wish, None)?
            } else {
                let mut phrases = Phrases::open(leaf, &asked.phrases)?;
                pass(self, n, &asked.groups, &filters[n], wish, Some(&mut |doc| phrases.in_doc(doc)))?
            });
        }
        Ok(passes)
    }

    /// Best first, ties by key.
    pub fn order(&self, ranked: &mut [Ranked]) {
        ranked.sort_unstable_by_key(|r| std::cmp::Reverse(r.points));
        for tied in ranked.chunk_by_mut(|a, b| a.points == b.points).filter(|tied| tied.len() > 1) {
            if tied.iter().all(|r| r.leaf == tied[0].leaf) {
                let leaf = &self.leaves[tied[0].leaf as usize];
                tied.sort_unstable_by_key(|r| leaf.key_ord(r.doc));
            } else {
                tied.sort_by_key(|r| self.leaves[r.leaf as usize].key(r.doc));
            }
        }
    }

    /// What follows the last tip of the page before: by that tip where it is still there, else by its points.
    fn page(&self, ranked: &[Ranked], after: Option<&Cursor>, limit: usize) -> Vec<Ranked> {
        let Some(after) = after else {
            return ranked.iter().take(limit).copied().collect();
        };
        let key = |r: &Ranked| self.leaves[r.leaf as usize].key(r.doc);
        let expected = after.rank as usize;
        let near = expected.saturating_sub(2 * SLACK)..ranked.len().min(expected + SLACK);
        let mut start = None;
        for n in near {
            if key(&ranked[n]) == after.key {
                start = Some(n + 1);
            }
        }
        let start = match start {
            Some(start) => start,
            None => {
                let mut n = ranked.partition_point(|r| r.points > after.points);
                while n < ranked.len() && ranked[n].points == after.points && key(&ranked[n]) <= after.key.as_str() {
                    n += 1;
                }
                n
            }
        };
        ranked[start..].iter().take(limit).copied().collect()
    }

    fn facets(&self, passes: &[Pass]) -> BTreeMap<&'static str, Vec<Facet>> {
        let mut products: HashMap<&SectionId, usize> = HashMap::new();
        let mut issues: HashMap<&IssueId, usize> = HashMap::new();
        for (leaf, pass) in self.leaves.iter().zip(passes) {
            for (place, count) in leaf.places.iter().zip(&pass.places).filter(|(_, count)| **count > 0) {
                for product in &place.upwards {
                    *products.entry(product).or_default() += *count as usize;
                }
                for issue in place.issues() {
                    *issues.entry(issue).or_default() += *count as usize;
                }
            }
        }
        let products = products.into_iter().filter(|(id, _)| !id.as_str().is_empty());
        BTreeMap::from([
            ("product", listed(products.map(|(id, n)| (id.to_string(), n)))),
            ("issue", listed(issues.into_iter().map(|(id, n)| (id.to_string(), n)))),
        ])
    }
}

fn listed(counts: impl Iterator<Item = (String, usize)>) -> Vec<Facet> {
    let mut all: Vec<Facet> = counts.map(|(value, count)| Facet { value, count }).collect();
    all.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    all.truncate(FACET_VALUES);
    all
}

/// What the search's fields let through on one segment.
fn filter(leaf: &Leaf, search: &Search) -> Result<Filter, IndexError> {
    let places = leaf
        .places
        .iter()
        .map(|place| {
            (search.products.is_empty()
                || place.products.iter().any(|p| search.products.iter().any(|wanted| wanted.contains(p))))
                && (search.issues.is_empty() || place.issues().any(|i| search.issues.contains(i)))
                && search.kind.is_none_or(|kind| place.kind == Some(kind))
        })
        .collect();
    let mut tagged = Vec::new();
    for tag in &search.tags {
        tagged.extend(leaf.named(&format!("t:{tag}"))?);
    }
    tagged.sort_unstable();
    tagged.dedup();
    Ok(Filter { places, docs: (!search.tags.is_empty()).then_some(tagged) })
}

/// Everything that passes, by key: what a search without words finds.
fn browse(number: usize, leaf: &Leaf, filter: &Filter, keep: usize) -> Pass {
    let mut found = Pass { places: vec![0; leaf.places.len()], ..Pass::default() };
    for &doc in leaf.sorted() {
        if filter.passes(leaf, doc) {
            found.total += 1;
            found.places[leaf.place[doc as usize] as usize] += 1;
            if found.best.len() < keep {
                found.best.push(Ranked { points: 0, leaf: number as u32, doc, words: 0 });
            }
        }
    }
    found
}
