//! Which product an issue is likely about that is defined at the top of the library: whoever hires out cars writes "extend"
//! for all, and nobody who wants it two days longer says "car". Nobody has counted it; what tips are written for tells it.

use super::Situation;
use super::fit::chance;
use super::lens::{BY_ISSUE_SHARE, MOST_SHOWN, NAMES_PRODUCT_FROM};
use super::situation::{Origin, Recognised};
use crate::tip::{IssueId, SectionId};
use std::collections::{BTreeMap, BTreeSet};

/// An issue brings a product that they more likely have than not.
const NAMED_FROM: f32 = 0.5;
/// Where the tips stand that name an issue.
#[derive(Clone, Debug, Default, PartialEq)]
struct Named {
    /// How many they are.
    tips: f32,
    /// By top section, the deepest one in which all of them lie that are for it, and how many those are: one that is for
    /// several top sections counts in equal parts for each.
    homes: BTreeMap<SectionId, (SectionId, f32)>,
}

/// Where tips stand, by the issue of the root that they name.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Homes {
    issues: BTreeMap<IssueId, Named>,
    /// Top sections for which tips are written at all.
    tops: usize,
}

impl Homes {
    /// From the tips: of each kind the issues it names, the products it is for, and how many of it there are.
    pub fn new<'a>(tips: impl IntoIterator<Item = (Vec<&'a IssueId>, &'a [SectionId], usize)>) -> Self {
        let mut issues: BTreeMap<IssueId, Named> = BTreeMap::new();
        let mut tops = BTreeSet::new();
        for (named, products, count) in tips {
            // A tip without a product is for every one.
            let everywhere = [SectionId::root()];
            let products = if products.is_empty() { &everywhere } else { products };
            let of: BTreeSet<SectionId> = products.iter().map(top).collect();
            let part = count as f32 / of.len() as f32;
            for issue in named.into_iter().filter(|issue| issue.section().as_str().is_empty()) {
                let named = issues.entry(issue.clone()).or_default();
                named.tips += count as f32;
                for product in products {
                    let (home, _) = named.homes.entry(top(product)).or_insert_with(|| (product.clone(), 0.0));
                    while !home.contains(product) {
                        *home = home.parent().unwrap_or_else(SectionId::root);
                    }
                }
                named.homes.iter_mut().filter(|(top, _)| of.contains(*top)).for_each(|(_, (_, tips))| *tips += part);
            }
            tops.extend(of);
        }
        tops.remove(&SectionId::root());
        Self { issues, tops: tops.len() }
    }

    /// The products that tips are for which name `issue`, each with the chance that whoever is in touch about it has that
    /// one: of n tips in all over k top sections, one with m of them gets (m + 1) / (n + k), Laplace's rule of succession,
    /// since customers of the others may be in touch about it, too.
    fn of(&self, issue: &IssueId) -> impl Iterator<Item = (&SectionId, f32)> {
        let named = self.issues.get(issue);
        let all = named.map_or(0.0, |named| named.tips) + self.tops as f32;
        let homes = named.into_iter().flat_map(|named| named.homes.values());
        homes.filter(|(home, _)| !home.as_str().is_empty()).map(move |(home, tips)| (home, (tips + 1.0) / all.max(1.0)))
    }

    /// Adds the products of the issues that were understood, where no product was given and none that was named is theirs.
    pub fn bring(&self, situation: &mut Situation, title: impl Fn(&SectionId) -> String) {
        if situation.products.iter().any(|product| product.from == Origin::Given) {
            return;
        }
        let best = situation.issues.iter().map(|issue| chance(issue.confidence)).fold(0.0, f32::max);
        let named = situation.products.clone();
        // A product that was named outweighs one that an issue stands for.
        let room = 1.0 - named.iter().map(|product| chance(product.confidence)).fold(0.0, f32::max);
        let issues: Vec<_> = situation.issues.iter().map(|issue| (&issue.id, chance(issue.confidence))).collect();
        let telling = issues.iter().filter(|(_, chance)| *chance >= best * NAMES_PRODUCT_FROM);
        for (home, share, sure) in
            telling.flat_map(|(issue, sure)| self.of(issue).map(move |(home, share)| (home, share, sure)))
        {
            if share <= NAMED_FROM || named.iter().any(|product| home.contains(&product.id)) {
                continue;
            }
            let confidence = sure * share.min(BY_ISSUE_SHARE) * room;
            match situation.products.iter_mut().find(|product| product.id == *home) {
                Some(there) => there.confidence = there.confidence.max(confidence),
                None => situation.products.push(Recognised {
                    id: home.clone(),
                    title: title(home),
                    confidence,
                    from: Origin::Text,
                }),
            }
        }
        situation.products.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| a.id.cmp(&b.id)));
        situation.products.truncate(MOST_SHOWN);
    }
}

/// The first section below the root in which `section` lies; the root for itself.
fn top(section: &SectionId) -> SectionId {
    SectionId::new(section.as_str().split('/').next().unwrap_or_default())
}
