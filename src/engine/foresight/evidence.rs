//! What the counts say about each issue that may come next: one row of numbers a candidate, for the ranking's weights.
//!
//! Each number is the logarithm of how much likelier one piece of evidence makes the issue than the coarser piece it
//! rests on (Katz 1987: back off to what is better supported). Evidence that was never seen says 0. It weighs nothing.

use super::keys::Row;
use super::labels::{Label, Labels};
use super::tables::{Counts, Tables};
use super::trail::{NextKeys, Step, next_keys, together};

/// Pieces of evidence.
pub(super) const PIECES: usize = 14;

/// One candidate's evidence: popularity; so many issues had; product; issue; the last two; the set; their order; the
/// products; each issue had, mean and sum; the issue, cautiously; who has them together; same product as the last; a
/// product they had.
pub(super) type Evidence = [f32; PIECES];

/// How much history there is like this one; the ranking has weights for each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Support {
    /// 0: no customer had just this set of issues before; 1: fewer than ten; 2: more.
    pub set: usize,
    /// Nobody ever came back after the last issue.
    pub unseen: bool,
    /// How much is counted of the set itself and not of what it is pulled towards: 0 to 1.
    pub known: f64,
}

/// Pseudo-counts that pull each piece towards the one it rests on. Two for exact histories, five for those that gather
/// many, twenty and fifty for the coarsest. They matter little, because the weights make up for them: on thirds of
/// MultiDoGO's train file 0.7, 2 and 5 for the finest rank within 0.002 of each other.
const FINE: f64 = 2.0;
const COARSE: f64 = 5.0;
const SO_MANY: f64 = 20.0;
const CAUTIOUS: f64 = 50.0;

/// The same for the opinion that backs off, at every step, and for how far it is heard: where so many customers had just
/// this set, it is half known. As the rival of docs/foresight.md has it that knows the exact set.
const BACK_OFF: f64 = 5.0;

/// From this many customers with the same set on, it counts as well known.
const WELL_KNOWN: u32 = 10;

/// Where there are more issues than this, only those with evidence and the most popular are looked at.
const ALL_UP_TO: usize = 96;
const MOST_POPULAR: usize = 64;

/// The rows that speak about one history, looked up once.
pub(super) struct Rows<'a> {
    next: Option<&'a Counts>,
    so_many: Option<&'a Counts>,
    product: Option<&'a Counts>,
    issue: Option<&'a Counts>,
    two: Option<&'a Counts>,
    set: Option<&'a Counts>,
    order: Option<&'a Counts>,
    products: Option<&'a Counts>,
    once: Vec<&'a Counts>,
    together: Option<&'a Counts>,
    last_product: u64,
    had_products: Vec<u64>,
    labels: f64,
}

impl<'a> Rows<'a> {
    /// The rows about a customer who had `steps`, which may be empty, and is now about `product` (its mark, 0 for none).
    pub(super) fn of(tables: &'a Tables, labels: &Labels, steps: &[Step], product: u64) -> Self {
        let keys: Option<NextKeys> = (!steps.is_empty()).then(|| next_keys(steps));
        let row = |key: Option<u64>| key.and_then(|key| tables.row(key));
        let keyed = |of: fn(&NextKeys) -> Option<u64>| row(keys.as_ref().and_then(of));
        let last_product = steps.last().map_or(product, |s| s.product);
        let known: Vec<Step> = steps.iter().copied().filter(|s| s.label.is_some()).collect();
        Self {
            next: tables.row(Row::Next.key(0)),
            so_many: keyed(|k| Some(k.so_many)),
            product: row(Some(Row::NextAfterProduct.key(last_product))),
            issue: keyed(|k| Some(k.issue)),
            two: keyed(|k| k.two),
            set: keyed(|k| k.set),
            order: keyed(|k| k.order),
            products: keyed(|k| Some(k.products)),
            once: keys.iter().flat_map(|k| &k.once).filter_map(|key| tables.row(*key)).collect(),
            together: (!known.is_empty()).then(|| together(&known)).and_then(|key| tables.row(key)),
            last_product,
            had_products: steps.iter().map(|s| s.product).collect(),
            labels: labels.len() as f64,
        }
    }

    pub(super) fn support(&self) -> Support {
        let of = self.set.map_or(0, |row| row.of);
        let set = match of {
            0 => 0,
            few if few < WELL_KNOWN => 1,
            _ => 2,
        };
        Support { set, unseen: self.issue.is_none(), known: f64::from(of) / (f64::from(of) + BACK_OFF) }
    }

    /// Issues worth looking at, by number: all of a small trade; else those with evidence, and the most popular.
    pub(super) fn candidates(&self, labels: &Labels, had: &[Step]) -> Vec<Label> {
        let mut found: Vec<Label> = if labels.len() <= ALL_UP_TO {
            labels.all().map(|(label, _)| label).collect()
        } else {
            let fine = [self.order, self.set, self.two, self.issue, self.together, self.products];
            let rows = fine.into_iter().flatten().chain(self.once.iter().copied());
            let mut found: Vec<Label> = rows.flat_map(Counts::cells).map(|(label, _)| *label).collect();
            for row in [self.next, self.product].into_iter().flatten() {
                let mut popular: Vec<(Label, u32)> = row.cells().to_vec();
                popular.sort_by_key(|(label, n)| (std::cmp::Reverse(*n), labels.get(*label).mark));
                found.extend(popular.iter().take(MOST_POPULAR).map(|(label, _)| *label));
            }
            found.sort_unstable();
            found.dedup();
            found
        };
        found.retain(|l| labels.get(*l).about.issue.is_some() && !had.iter().any(|s| s.label == Some(*l)));
        found
    }

    /// What the rows say about `label`.
    pub(super) fn evidence(&self, label: Label, labels: &Labels) -> Evidence {
        let popular = self.popularity(label);
        let so_many = eased(self.so_many, label, popular, SO_MANY);
        let product = eased(self.product, label, popular, COARSE);
        let issue = eased(self.issue, label, product, FINE);
        let two = eased(self.two, label, issue, FINE);
        let set = eased(self.set, label, issue, FINE);
        let order = eased(self.order, label, set, FINE);
        let products = eased(self.products, label, product, FINE);
        let cautious = eased(self.issue, label, popular, CAUTIOUS);
        let (mut mean, mut sum) = (0.0, 0.0);
        for row in &self.once {
            let once = eased(Some(row), label, popular, COARSE);
            mean += once / self.once.len() as f64;
            sum += (once / popular).ln();
        }
        let mean = if self.once.is_empty() { popular } else { mean };
        let together = eased(self.together, label, mean, COARSE);
        let of = labels.get(label).product;
        [
            popular.ln(),
            (so_many / popular).ln(),
            (product / popular).ln(),
            (issue / product).ln(),
            (two / issue).ln(),
            (set / issue).ln(),
            (order / set).ln(),
            (products / product).ln(),
            (mean / popular).ln(),
            sum,
            (cautious / popular).ln(),
            (together / mean).ln(),
            f64::from(u8::from(of == self.last_product)),
            f64::from(u8::from(self.had_products.contains(&of))),
        ]
        .map(|value| value as f32)
    }

    /// The chances of `candidates`, which sum to 1, by backing off alone: this order, else this set, else this issue, else
    /// popularity, each pulled towards the coarser one. Nobody who is counted in the order is in the set again. No weight
    /// is learned for it.
    pub(super) fn backed_off(&self, candidates: &[Label]) -> Vec<f64> {
        let chance = |label: &Label| {
            let issue = eased(self.issue, *label, self.popularity(*label), BACK_OFF);
            let counted = |row: Option<&Counts>| row.map_or((0, 0), |row| (row.of_label(*label), row.of));
            let ((n_set, of_set), (n, of)) = (counted(self.set), counted(self.order));
            let set = pulled(n_set.saturating_sub(n), of_set.saturating_sub(of), issue, BACK_OFF);
            pulled(n, of, set, BACK_OFF)
        };
        let chances: Vec<f64> = candidates.iter().map(chance).collect();
        let all: f64 = chances.iter().sum();
        chances.into_iter().map(|chance| chance / all).collect()
    }

    /// Share of all next issues; half a count for each label, so that nothing is impossible.
    pub(super) fn popularity(&self, label: Label) -> f64 {
        let (n, of) = self.next.map_or((0, 0), |row| (row.of_label(label), row.of));
        (f64::from(n) + 0.5) / (f64::from(of) + 0.5 * self.labels)
    }
}

/// The share that `row` gives `label`, pulled towards `coarser` by so many pseudo-counts.
fn eased(row: Option<&Counts>, label: Label, coarser: f64, pull: f64) -> f64 {
    row.map_or(coarser, |row| pulled(row.of_label(label), row.of, coarser, pull))
}

fn pulled(n: u32, of: u32, coarser: f64, pull: f64) -> f64 {
    (f64::from(n) + pull * coarser) / (f64::from(of) + pull)
}
