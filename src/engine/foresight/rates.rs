//! How often customers in one situation come back with an issue: counted, and pulled towards coarser situations.
//!
//! From everyone to the product to the issue to the set of issues, each rate is a beta distribution whose mean before
//! counting is the coarser rate: p = (n + k · coarser) / (of + k). The ranking is not decided here.

use super::beta::{ln_beta, quantile};
use super::counting::LARGEST_SET;
use super::keys::Row;
use super::labels::{Label, Labels};
use super::tables::{Counts, Tables};
use super::trail::{Step, set};

/// What a rate rests on: the finest situation of which enough customers were counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// All customers, from their first contact.
    Popularity,
    /// Customers with the product, from their first contact about it.
    Product,
    /// Customers with the issue (of this product), from their first contact about it.
    Issue,
    /// Customers who had just these issues, from the moment they had them all.
    Set,
}

impl Basis {
    /// The word the API answers with.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Popularity => "popularity",
            Self::Product => "product",
            Self::Issue => "issue",
            Self::Set => "set",
        }
    }
}

/// A set of issues is a situation of its own from so many customers on: fewer say less than those who share only the
/// last issue. For product and issue one customer is enough, since the pull knows how little that is.
const ENOUGH_FOR_SET: u32 = 2;

/// So much does a coarser rate weigh, in customers, before anything was fitted: a guess between "nothing" and the
/// hundred at which counts speak for themselves.
const PULL: f64 = 10.0;

/// What a pull may be; a factor of about two apart, since likelihood is flat around its top.
const PULLS: [f64; 10] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// How strongly each level is pulled towards the coarser one, in customers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pulls {
    pub product: f64,
    pub issue: f64,
    pub set: f64,
}

impl Default for Pulls {
    fn default() -> Self {
        Self { product: PULL, issue: PULL, set: PULL }
    }
}

/// A rate with its 95 % interval and what it was counted from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rate {
    pub p: f64,
    pub low: f64,
    pub high: f64,
    pub n: u64,
}

/// The situation of one customer, level by level.
pub(super) struct Levels<'a> {
    everyone: Option<&'a Counts>,
    finer: Vec<(&'a Counts, f64)>,
    labels: f64,
    pub basis: Basis,
    /// Customers counted at the finest level.
    pub of: u64,
}

impl<'a> Levels<'a> {
    /// The situation of who had `steps` and whose contact is about `product` (its mark, 0 for none).
    pub(super) fn of(tables: &'a Tables, labels: &Labels, pulls: &Pulls, steps: &[Step], product: u64) -> Self {
        let last = steps.last();
        let product = last.map_or(product, |s| s.product);
        let set = (2..=LARGEST_SET).contains(&steps.len()).then(|| Row::Set.key(set(steps)));
        let finer = [
            (Basis::Product, (product != 0).then(|| Row::Product.key(product)), pulls.product, 1),
            (Basis::Issue, last.map(|s| Row::Issue.key(s.mark)), pulls.issue, 1),
            (Basis::Set, set, pulls.set, ENOUGH_FOR_SET),
        ];
        let everyone = tables.row(Row::Everyone.key(0));
        let mut levels = Self {
            everyone,
            finer: Vec::new(),
            labels: labels.len() as f64,
            basis: Basis::Popularity,
            of: everyone.map_or(0, |row| u64::from(row.of)),
        };
        for (basis, key, pull, enough) in finer {
            if let Some(row) = key.and_then(|key| tables.row(key)).filter(|row| row.of >= enough) {
                levels.finer.push((row, pull));
                levels.basis = basis;
                levels.of = u64::from(row.of);
            }
        }
        levels
    }

    /// Share of all customers who came back about one of `labels` within the horizon of their first contact. One
    /// customer more is assumed, who comes back about any issue alike.
    pub(super) fn everyone(&self, labels: &[Label]) -> f64 {
        let guess = (labels.len() as f64 / (self.labels + 1.0)).min(1.0);
        let (n, of) = self.everyone.map_or((0, 0), |row| (counted(row, labels), row.of));
        (n as f64 + guess) / (f64::from(of) + 1.0)
    }

    /// How often one of `labels` follows. Several stand for one issue with several products.
    pub(super) fn rate(&self, labels: &[Label]) -> Rate {
        let seen = self.seen(labels);
        interval(seen.n as u64, seen.of as u64, seen.coarser, self.finer.last().map_or(1.0, |(_, pull)| *pull))
    }

    /// What was counted at the finest level, and the rate of the level above it.
    pub(super) fn seen(&self, labels: &[Label]) -> Seen {
        let guess = (labels.len() as f64 / (self.labels + 1.0)).min(1.0);
        let mut n = self.everyone.map_or(0, |row| counted(row, labels));
        let mut of = self.everyone.map_or(0, |row| row.of);
        let (mut coarser, mut pull) = (guess, 1.0);
        for (row, next_pull) in &self.finer {
            coarser = (n as f64 + pull * coarser) / (f64::from(of) + pull);
            (n, of, pull) = (counted(row, labels), row.of, *next_pull);
        }
        Seen { n: n as f64, of: f64::from(of), coarser }
    }
}

/// The beta distribution after `n` of `of`, which before had the mean `prior` with the weight of `pull` counted ones.
pub(super) fn interval(n: u64, of: u64, prior: f64, pull: f64) -> Rate {
    let n = n.min(of);
    let (a, b) = (n as f64 + pull * prior, (of - n) as f64 + pull * (1.0 - prior));
    let p = a / (a + b);
    // A distribution squeezed against 0 or 1 has its mean outside its own middle 95 %.
    Rate { p, low: quantile(a, b, 0.025).min(p), high: quantile(a, b, 0.975).max(p), n }
}

/// A chance and its 95 % interval after `n` of `of` were counted, where `prior` was expected with the weight of so many
/// counted ones: (mean, low, high).
pub fn weighed(n: u64, of: u64, prior: f64, weighs: f64) -> (f64, f64, f64) {
    let rate = interval(n, of, prior.clamp(0.0, 1.0), weighs.max(0.0));
    (rate.p, rate.low, rate.high)
}

/// Customers in `row` who came back about one of `labels`; who came about two of them counts once at most of all.
fn counted(row: &Counts, labels: &[Label]) -> u64 {
    let sum: u64 = labels.iter().map(|label| u64::from(row.of_label(*label))).sum();
    sum.min(u64::from(row.of))
}

/// One line of the likelihood: n of `of`, and the rate that the coarser situation gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub n: f64,
    pub of: f64,
    pub coarser: f64,
}

/// The pull under which `seen` is likeliest: empirical Bayes with a beta-binomial distribution (Good 1965).
pub(super) fn likeliest_pull(seen: &[Seen]) -> f64 {
    let likelihood = |pull: f64| -> f64 {
        let of_line = |s: &Seen| {
            let (a, b) = (pull * s.coarser, pull * (1.0 - s.coarser));
            ln_beta(s.n + a, s.of - s.n + b) - ln_beta(a, b)
        };
        seen.iter().map(of_line).sum()
    };
    let best = PULLS.iter().map(|pull| (*pull, likelihood(*pull))).max_by(|a, b| a.1.total_cmp(&b.1));
    best.filter(|_| !seen.is_empty()).map_or(PULL, |(pull, _)| pull)
}
