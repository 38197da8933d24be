//! What a contact is usually about of which only the product is known: "roses" at the counter is somebody buying.
//!
//! Nobody has counted it; what the library is written for tells it. Knows tips and products, and no words.

use super::{Candidate, Situation};
use crate::tip::{IssueId, Kind};
use std::collections::{BTreeMap, BTreeSet};

/// An issue is usual where at least this share of the tips is for it that the most tips are for.
const USUAL_SHARE: f32 = 0.5;

/// The issues for which most tips of the likeliest product are written. What a tip prevents is a trouble, and a name
/// alone does not say that trouble has come.
pub(super) fn usual(candidates: &[Candidate], situation: &Situation) -> BTreeSet<IssueId> {
    let Some(product) = situation.products.first().map(|p| &p.id) else { return BTreeSet::new() };
    let tips = candidates.iter().map(|c| &c.tip).filter(|tip| tip.kind == Kind::Tip);
    let troubles: BTreeSet<&IssueId> = tips.clone().filter_map(|tip| tip.prevents.as_ref()).collect();
    let of_product = tips.filter(|tip| tip.products.iter().any(|p| p.contains(product) || product.contains(p)));
    let mut counts: BTreeMap<&IssueId, usize> = BTreeMap::new();
    for issue in of_product.flat_map(|tip| &tip.when).filter(|issue| !troubles.contains(issue)) {
        *counts.entry(issue).or_default() += 1;
    }
    let enough = counts.values().copied().max().unwrap_or(0) as f32 * USUAL_SHARE;
    counts.into_iter().filter(|(_, n)| *n as f32 >= enough).map(|(issue, _)| issue.clone()).collect()
}
