//! An immutable view of the index: requests under way keep the one they started with.

use super::leaf::{HIDDEN, Leaves};
use super::schema::{Place, file_of};
use super::view::View;
use super::{Found, IndexError, Search, Stamp, Stored, Wanted, row};
use crate::engine::lens::TipWords;
use crate::engine::{Candidate, Homes};
use crate::tip::{IssueId, Kind, SectionId, Tip, TipId};
use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

/// Number of tips for each product and for each issue, by id.
pub type Counts = (Vec<(SectionId, usize)>, Vec<(IssueId, usize)>);

/// Places, by segment and number, for each issue that their tips prevent.
type Prevented = HashMap<IssueId, Vec<(usize, usize)>>;

pub struct Searcher {
    view: View,
    payload: Option<String>,
    /// Made when first asked for.
    homes: OnceLock<Homes>,
    /// Likewise.
    prevented: OnceLock<Prevented>,
}

impl Searcher {
    pub(super) fn new(
        keep: &Arc<Leaves>,
        searcher: &tantivy::Searcher,
        drafts: bool,
        payload: Option<String>,
    ) -> Result<Self, IndexError> {
        let view = View::open(keep, searcher, drafts)?;
        Ok(Self { view, payload, homes: OnceLock::new(), prevented: OnceLock::new() })
    }

    /// Reads in a thread of its own what the first question would wait for. Serving need not wait for it.
    pub(super) fn warm(self: &Arc<Self>) {
        if self.view.is_cold() {
            let searcher = Arc::clone(self);
            let started = std::thread::Builder::new().name("index-words".into()).spawn(move || searcher.view.warm());
            if let Err(error) = started {
                tracing::debug!(%error, "the first question will read the words of the index");
            }
        }
    }

    /// What the last commit was given: the library's fingerprint.
    pub fn payload(&self) -> Option<&str> {
        self.payload.as_deref()
    }

    /// Number of tips served.
    pub fn len(&self) -> usize {
        self.view.tips as usize
    }

    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// What is looked for, best first: at most `limit` tips (1 at least), and how many there are in all.
    ///
    /// # Errors
    /// `Cursor` where the cursor is none of ours.
    pub fn search(&self, search: &Search) -> Result<Found, IndexError> {
        self.view.search(search)
    }

    /// Tips that might be worth saying, by id.
    pub fn candidates(&self, wanted: &Wanted) -> Result<Vec<Candidate>, IndexError> {
        self.view.candidates(wanted)
    }

    /// All tips that prevent this issue, by id: where a product is named, those that are for it or for a section above it.
    pub fn preventing(&self, issue: &IssueId, product: Option<&SectionId>) -> Result<Vec<Arc<Tip>>, IndexError> {
        let mut tips = Vec::new();
        for (n, docs) in self.docs_preventing(issue, product) {
            for doc in docs {
                tips.push(self.view.tip(n, *doc)?);
            }
        }
        tips.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(tips)
    }

    /// True where there is such a tip.
    pub fn is_prevented(&self, issue: &IssueId, product: Option<&SectionId>) -> bool {
        self.docs_preventing(issue, product).any(|(_, docs)| !docs.is_empty())
    }

    /// Their documents, by segment.
    fn docs_preventing(&self, issue: &IssueId, product: Option<&SectionId>) -> impl Iterator<Item = (u32, &[u32])> {
        let places = self.prevented.get_or_init(|| prevented(&self.view)).get(issue);
        let fits =
            move |products: &[SectionId]| product.is_none_or(|product| products.iter().any(|of| of.contains(product)));
        let leaf = |n: usize| &self.view.leaves[n];
        let fitting = places.into_iter().flatten().filter(move |(n, place)| fits(&leaf(*n).places[*place].products));
        fitting.map(move |(n, place)| (*n as u32, leaf(*n).placed(*place)))
    }

    /// The tip with this id, or that has it among its aliases. A draft too: see `Index::serve_drafts`.
    pub fn tip(&self, id: &TipId) -> Result<Option<Stored>, IndexError> {
        for leaf in &self.view.leaves {
            if let Some(stored) = leaf.keyed(id.as_str())?.map(|doc| leaf.stored(doc)).transpose()?.flatten() {
                return Ok(Some(stored));
            }
        }
        let name = format!("a:{id}");
        let mut first: Option<Stored> = None;
        for leaf in &self.view.leaves {
            for doc in leaf.named(&name)?.into_iter().filter(|doc| !leaf.deleted(*doc)) {
                let Some(stored) = leaf.stored(doc)? else { continue };
                if first.as_ref().is_none_or(|f| stored.tip.id < f.tip.id) {
                    first = Some(stored);
                }
            }
        }
        Ok(first)
    }

    /// Tips by id, after `after`, at most `limit`.
    pub fn list(&self, after: Option<&TipId>, limit: usize) -> Result<Vec<Arc<Tip>>, IndexError> {
        let mut next: Vec<(&str, u32, u32)> = Vec::new();
        for (n, leaf) in self.view.leaves.iter().enumerate() {
            let sorted = leaf.sorted();
            let mut from = 0;
            if let Some(after) = after {
                let mut high = sorted.len();
                while from < high {
                    let middle = from.midpoint(high);
                    if leaf.key(sorted[middle]) <= after.as_str() { from = middle + 1 } else { high = middle }
                }
            }
            for &doc in sorted[from..].iter().take(limit) {
                next.push((leaf.key(doc), n as u32, doc));
            }
        }
        next.sort_unstable();
        next.into_iter().take(limit).map(|(_, leaf, doc)| self.view.tip(leaf, doc)).collect()
    }

    /// Drafts that are not served, by id.
    pub fn drafts(&self) -> Result<Vec<Arc<Tip>>, IndexError> {
        let mut drafts = Vec::new();
        for (n, leaf) in self.view.leaves.iter().enumerate() {
            for doc in leaf.drafts()? {
                drafts.push(self.view.tip(n as u32, doc)?);
            }
        }
        drafts.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(drafts)
    }

    /// Number of tips for each product and each issue (`when` or `prevents`), by id. A tip counts for each section
    /// it is for and for all that those lie in; the root's number leaves out craft, which is for no product.
    pub fn counts(&self) -> Result<Counts, IndexError> {
        let mut products: BTreeMap<SectionId, usize> = BTreeMap::new();
        let mut issues: BTreeMap<IssueId, usize> = BTreeMap::new();
        for (place, count) in self.places() {
            for product in &place.upwards {
                *products.entry(product.clone()).or_default() += count;
            }
            for issue in place.issues() {
                *issues.entry(issue.clone()).or_default() += count;
            }
        }
        Ok((products.into_iter().collect(), issues.into_iter().collect()))
    }

    /// Which products issues of the root are likely about, by the tips that name them.
    pub fn homes(&self) -> &Homes {
        self.homes.get_or_init(|| {
            let places = self.places();
            let tips = places.iter().filter(|(place, _)| place.kind == Some(Kind::Tip));
            Homes::new(tips.map(|(place, count)| (place.issues().collect(), place.products.as_slice(), *count)))
        })
    }

    /// Where tips stand that can be found, and how many of them there.
    fn places(&self) -> Vec<(&Place, usize)> {
        let mut all = Vec::new();
        for leaf in &self.view.leaves {
            let mut at = vec![0; leaf.places.len()];
            for place in leaf.place.iter().filter(|p| **p != HIDDEN) {
                at[*place as usize] += 1;
            }
            all.extend(leaf.places.iter().zip(at).filter(|(_, count)| *count > 0));
        }
        all
    }

    /// The section files: path below the library, text, stamp; by path.
    pub fn sections(&self) -> Result<Vec<(String, String, Stamp)>, IndexError> {
        let mut all = Vec::new();
        for leaf in &self.view.leaves {
            let stamps = leaf.stamps()?;
            for doc in leaf.named("i:")?.into_iter().filter(|doc| !leaf.deleted(*doc)) {
                let bytes = leaf.row(doc)?;
                let (_, source) = row::read(&bytes)?;
                all.push((file_of(leaf.key(doc)), source.to_owned(), stamps.of(doc)));
            }
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(all)
    }

    /// Words of the tips that have `says` of their own, by id.
    pub fn words(&self) -> Result<Vec<TipWords>, IndexError> {
        let mut all = Vec::new();
        for leaf in &self.view.leaves {
            for doc in leaf.named("s:")?.into_iter().filter(|doc| leaf.place[*doc as usize] != HIDDEN) {
                let bytes = leaf.row(doc)?;
                if let (Some(tip), _) = row::read(&bytes)? {
                    all.push((tip.id, TipWords { products: tip.products, when: tip.when, says: tip.says }));
                }
            }
        }
        all.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(all.into_iter().map(|(_, words)| words).collect())
    }

    /// Every file the index knows, with the stamp it had when it was read. Reads no text. In no order.
    pub fn stamps(&self) -> Result<Vec<(String, Stamp)>, IndexError> {
        let mut all = Vec::with_capacity(self.len());
        for leaf in &self.view.leaves {
            let stamps = leaf.stamps()?;
            for doc in (0..leaf.docs).filter(|doc| !leaf.deleted(*doc)) {
                all.push((file_of(leaf.key(doc)), stamps.of(doc)));
            }
        }
        Ok(all)
    }
}

fn prevented(view: &View) -> Prevented {
    let mut all = Prevented::new();
    for (n, leaf) in view.leaves.iter().enumerate() {
        for (at, place) in leaf.places.iter().enumerate().filter(|(_, place)| place.kind == Some(Kind::Tip)) {
            if let Some(issue) = &place.prevents {
                all.entry(issue.clone()).or_default().push((n, at));
            }
        }
    }
    all
}
