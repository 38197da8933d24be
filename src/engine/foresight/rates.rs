//! How often customers in one situation come back with an issue: counted, and pulled towards coarser situations.
//!
//! From everyone to the product to the issue to the last two issues, or the set of all and their order, each rate is a beta
//! distribution whose mean before counting is the coarser rate, that of those who are not in the finer situation: p = (n + k ·
//! coarser) / (of + k), where k is never more than the customers whom the coarser rate rests on. It ranks nothing.

use super::basis::Basis;
use super::beta::{ln_beta, quantile};
use super::counting::LARGEST_SET;
use super::keys::Row;
use super::labels::{Label, Labels};
use super::tables::{Counts, Days, Tables};
use super::trail::{Step, pair, sequence, set};

/// A history is a situation of its own from so many customers on: fewer say less than those who share only the last
/// issue. For product and issue one customer is enough, since the pull knows how little that is.
const ENOUGH_FOR_HISTORY: u32 = 2;

/// So much does a coarser rate weigh, in customers, before anything was fitted: a guess between "nothing" and the
/// hundred at which counts speak for themselves.
const PULL: f64 = 10.0;

/// An even share of all labels weighs as much as one customer.
const GUESS: f64 = 1.0;

/// What a pull may be; a factor of about two apart, since likelihood is flat around its top.
const PULLS: [f64; 10] = [0.5, 1.0, 2.0, 4.0, 8.0, 16.0, 32.0, 64.0, 128.0, 256.0];

/// How strongly each level is pulled towards the coarser one, in customers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Pulls {
    pub product: f64,
    pub issue: f64,
    pub first: f64,
    pub pair: f64,
    pub set: f64,
    pub sequence: f64,
}

impl Default for Pulls {
    fn default() -> Self {
        Self { product: PULL, issue: PULL, first: PULL, pair: PULL, set: PULL, sequence: PULL }
    }
}

/// A rate with its 95 % interval and what it was counted from.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Rate {
    pub p: f64,
    pub low: f64,
    pub high: f64,
    pub n: u64,
    pub of: u64,
}

/// One situation: its customers, and when they came back.
struct Level<'a> {
    basis: Basis,
    row: &'a Counts,
    days: &'a Days,
    twice: &'a Days,
    told: &'a Days,
    /// How strongly its rates are pulled towards the coarser one, in customers.
    pull: f64,
}

/// The situation of one customer, level by level.
pub(super) struct Levels<'a> {
    everyone: Option<Level<'a>>,
    finer: Vec<Level<'a>>,
    known: &'a Labels,
    labels: f64,
    waited: Waited,
    pub basis: Basis,
    /// Customers counted at the finest level, however long ago the moment is that is asked about.
    pub of: u64,
}

/// How long after the moment it is asked, and for how long from then on: in days.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waited {
    pub since: u16,
    pub horizon: u16,
}

impl<'a> Levels<'a> {
    /// The situation of who had `steps` and whose contact is about `product` (its mark, 0 for none), no finer than
    /// `finest`; counted within `horizon` days.
    pub(super) fn of(
        (tables, labels): (&'a Tables, &'a Labels),
        pulls: &Pulls,
        steps: &[Step],
        product: u64,
        finest: Basis,
        horizon: u16,
    ) -> Self {
        // An issue that nobody had says nothing: what was had before it still does.
        let known: Vec<Step> = steps.iter().filter(|step| step.label.is_some()).copied().collect();
        let last = known.last();
        let product = steps.last().map_or(product, |s| s.product);
        let several = (2..=LARGEST_SET).contains(&steps.len());
        let first = last.filter(|_| steps.len() == 1);
        let has =
            |row: Option<u64>| row.and_then(|key| tables.row(key)).is_some_and(|row| row.of >= ENOUGH_FOR_HISTORY);
        let whole = several.then(|| Row::Set.key(set(steps)));
        // Who had just these says more than who had the last two, and neither of them lie within the other.
        let pair = (known.len() > 1 && (finest < Basis::Set || !has(whole))).then(|| Row::Pair.key(pair(&known)));
        let finer = [
            (Basis::Product, (product != 0).then(|| Row::Product.key(product)), pulls.product, 1),
            (Basis::Issue, last.map(|s| Row::Issue.key(s.mark)), pulls.issue, 1),
            (Basis::First, first.map(|s| Row::First.key(s.mark)), pulls.first, ENOUGH_FOR_HISTORY),
            (Basis::Pair, pair, pulls.pair, ENOUGH_FOR_HISTORY),
            (Basis::Set, whole, pulls.set, ENOUGH_FOR_HISTORY),
            (Basis::Sequence, several.then(|| Row::Sequence.key(sequence(steps))), pulls.sequence, ENOUGH_FOR_HISTORY),
        ];
        let level = |basis: Basis, key: u64, pull: f64| {
            let (days, twice, told) = (tables.days(key), tables.twice(key), tables.told(key));
            tables.row(key).map(|row| Level { basis, row, days, twice, told, pull })
        };
        // One customer more is assumed, who comes back about any issue alike.
        let everyone = level(Basis::Popularity, Row::Everyone.key(0), GUESS);
        let mut levels = Self {
            of: everyone.as_ref().map_or(0, |level| u64::from(level.row.of)),
            everyone,
            finer: Vec::new(),
            known: labels,
            labels: labels.len() as f64,
            waited: Waited { since: 0, horizon },
            basis: Basis::Popularity,
        };
        for (basis, key, pull, enough) in finer.into_iter().filter(|(basis, ..)| *basis <= finest) {
            if let Some(level) = key.and_then(|key| level(basis, key, pull)).filter(|level| level.row.of >= enough) {
                levels.of = u64::from(level.row.of);
                levels.basis = basis;
                levels.finer.push(level);
            }
        }
        levels
    }

    /// The same, asked so long after the moment.
    pub(super) fn after(self, waited: Waited) -> Self {
        Self { waited, ..self }
    }

    /// Without histories of so few customers, on the day, that the coarser rate weighs more; a pull that was fitted to few
    /// says little.
    pub(super) fn weighty(mut self) -> Self {
        let is_light = |level: &Level<'_>| level.basis > Basis::First && f64::from(level.row.of) < level.pull.max(PULL);
        while self.finer.pop_if(|level| is_light(level)).is_some() {}
        if let Some(finest) = self.finer.last() {
            (self.basis, self.of) = (finest.basis, u64::from(finest.row.of));
        }
        self
    }

    /// Share of all customers who came back about one of `labels` within the horizon. Where there are customers, one of
    /// them counts at least: of what nobody came back about, nobody can say how many times likelier it became.
    pub(super) fn everyone(&self, labels: &[Label]) -> f64 {
        let wanted = self.wanted(labels);
        let Counted { n, of, .. } = self.everyone.as_ref().map(|level| level.counted(&wanted)).unwrap_or_default();
        (n.max(of.min(1)) as f64 + self.guess(labels)) / (of as f64 + 1.0)
    }

    /// How often the last issue itself came again, of how many: as counted. None where nobody had it.
    pub(super) fn of_issue(&self, label: Label) -> Option<(u64, u64)> {
        let level = self.finer.iter().find(|level| level.basis == Basis::Issue)?;
        let Counted { n, of, .. } = level.counted(&self.wanted(&[label]));
        Some((n, of))
    }

    fn guess(&self, labels: &[Label]) -> f64 {
        (labels.len() as f64 / (self.labels + 1.0)).min(1.0)
    }

    /// How often one of `labels` follows. Several stand for one issue with several products.
    pub(super) fn rate(&self, labels: &[Label]) -> Rate {
        let mut levels = Vec::with_capacity(1 + self.finer.len());
        self.each_level(labels, |seen, pull| levels.push((seen, pull)));
        let [.., (seen, pull)] = levels.as_slice() else { return interval(0, 0, self.guess(labels), GUESS) };
        let (a, b) = seen.beta(*pull);
        let (low, high) = (lower(&levels), upper(&levels));
        Rate { p: a / (a + b), low, high, n: seen.n as u64, of: seen.of as u64 }
    }

    /// Customers who came back about one of `labels` at the finest level, of how many, and how many are left out because
    /// they were told: as counted.
    pub(super) fn counts(&self, labels: &[Label]) -> (u64, u64, u64) {
        let finest = self.finer.last().or(self.everyone.as_ref());
        let Counted { n, of, told } = finest.map(|level| level.counted(&self.wanted(labels))).unwrap_or_default();
        (n, of, told)
    }

    fn wanted<'b>(&self, labels: &'b [Label]) -> Wanted<'b> {
        let issue = labels.first().and_then(|label| self.known.get(*label).issue);
        Wanted { labels, issue, waited: self.waited }
    }

    /// The same without its interval, which takes most of the time.
    pub(super) fn mean(&self, labels: &[Label]) -> f64 {
        let (mut finest, mut pull) = (self.nothing(labels), GUESS);
        self.each_level(labels, |seen, of| (finest, pull) = (seen, of));
        let (a, b) = finest.beta(pull);
        a / (a + b)
    }

    /// What was counted at the finest level, and the rate of the levels above it, without those of them who are counted
    /// in a finer one.
    pub(super) fn seen(&self, labels: &[Label]) -> Seen {
        let mut finest = self.nothing(labels);
        self.each_level(labels, |seen, _| finest = seen);
        finest
    }

    /// Nobody was counted, and any issue is as likely as another.
    fn nothing(&self, labels: &[Label]) -> Seen {
        Seen { n: 0.0, of: 0.0, coarser: self.guess(labels), behind: GUESS }
    }

    /// Calls `each` with what was counted at each level, coarsest first, and with the level's pull.
    fn each_level(&self, labels: &[Label], mut each: impl FnMut(Seen, f64)) {
        let mut seen = self.nothing(labels);
        let mut pull = GUESS;
        let wanted = self.wanted(labels);
        for (nth, level) in self.everyone.iter().chain(&self.finer).enumerate() {
            let Counted { n, of, .. } = level.counted(&wanted);
            let (n, of) = (n as f64, of as f64);
            if nth > 0 {
                // Nearly all customers of this level are among those of the one before: nobody is counted twice.
                let others = (seen.of - of).max(0.0);
                let weight = seen.pull(pull);
                seen.behind = others + weight;
                seen.coarser = ((seen.n - n).clamp(0.0, others) + weight * seen.coarser) / seen.behind;
            }
            (seen.n, seen.of, pull) = (n, of, level.pull);
            each(seen, pull);
        }
    }
}

/// What is counted of a level: labels, which are one issue, asked so long after the moment.
struct Wanted<'a> {
    labels: &'a [Label],
    /// The number of their issue.
    issue: Option<Label>,
    waited: Waited,
}

/// Customers at one level.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counted {
    /// Who came back, of so many who had not by then and were not told.
    n: u64,
    of: u64,
    /// Those who are left out because a tip against it was told to them before they came back about it.
    told: u64,
}

impl Level<'_> {
    /// Who came back, of how many. Once some days have passed since the moment: of those who had not come back by then,
    /// and whose moment's time is known; where none is, time says nothing. Who came about the issue with two products
    /// counts once.
    fn counted(&self, wanted: &Wanted<'_>) -> Counted {
        let Waited { since, horizon } = wanted.waited;
        let asked_later = since > 0 && self.row.timed > 0;
        let since = if asked_later { since } else { 0 };
        let until = since.saturating_add(horizon);
        // Only one who was told by a known day is left out, and whose moment has a time.
        let told = wanted.issue.map_or(0, |issue| between(self.told, issue, 0, until));
        let once = |from: u16, until: u16| -> u64 {
            let twice =
                |label: &Label| if wanted.labels.len() > 1 { between(self.twice, *label, from, until) } else { 0 };
            wanted.labels.iter().map(twice).sum()
        };
        let (mut n, all) = if asked_later {
            let sum = |from: u16, until: u16| -> u64 {
                wanted.labels.iter().map(|label| between(self.days, *label, from, until)).sum()
            };
            let before = sum(1, since).saturating_sub(once(1, since));
            (sum(since + 1, until), u64::from(self.row.timed).saturating_sub(before))
        } else {
            (wanted.labels.iter().map(|label| u64::from(self.row.of_label(*label))).sum(), u64::from(self.row.of))
        };
        n = n.saturating_sub(once(if asked_later { since + 1 } else { 0 }, until));
        let of = all.saturating_sub(told);
        Counted { n: n.min(of), of, told: told.min(all) }
    }
}

/// How many stand under `label` with a day from `from` to `until`, both included.
pub(super) fn between(days: &Days, label: Label, from: u16, until: u16) -> u64 {
    let start = days.partition_point(|(key, _)| *key < (label, from));
    days[start..].iter().take_while(|((of, day), _)| *of == label && *day <= until).map(|(_, n)| u64::from(*n)).sum()
}

/// Shares of the distribution that lie below the limits of a 95 % interval.
const LOWER: f64 = 0.025;
const UPPER: f64 = 0.975;

/// Less than half a customer of a kind, expected and counted together, makes a beta distribution that says all or
/// nothing: half of them is what Jeffreys' prior holds for possible where nothing is known.
const HALF: f64 = 0.5;

/// The upper 95 % limit at the finest of `levels`. Where nearly nobody came, and few were expected to, it is as wide as
/// with half a customer, as long as the coarser situation holds that for possible.
fn upper(levels: &[(Seen, f64)]) -> f64 {
    let [coarser @ .., (seen, pull)] = levels else { return 1.0 };
    let (a, b) = seen.beta(*pull);
    let own = quantile(a, b, UPPER).max(a / (a + b));
    if a >= HALF { own } else { own.max(quantile(HALF, b, UPPER).min(upper(coarser))) }
}

/// The lower one; likewise where nearly everybody came.
fn lower(levels: &[(Seen, f64)]) -> f64 {
    let [coarser @ .., (seen, pull)] = levels else { return 0.0 };
    let (a, b) = seen.beta(*pull);
    let own = quantile(a, b, LOWER).min(a / (a + b));
    if b >= HALF { own } else { own.min(quantile(a, HALF, LOWER).max(lower(coarser))) }
}

/// The beta distribution after `n` of `of`, which before had the mean `prior` with the weight of `pull` counted ones.
pub(super) fn interval(n: u64, of: u64, prior: f64, pull: f64) -> Rate {
    let n = n.min(of);
    let (a, b) = (n as f64 + pull * prior, (of - n) as f64 + pull * (1.0 - prior));
    let p = a / (a + b);
    // A distribution squeezed against 0 or 1 has its mean outside its own middle 95 %.
    Rate { p, low: quantile(a, b, LOWER).min(p), high: quantile(a, b, UPPER).max(p), n, of }
}

/// A chance and its 95 % interval after `n` of `of` were counted, where `prior` was expected with the weight of so many
/// counted ones: (mean, low, high).
pub fn weighed(n: u64, of: u64, prior: f64, weighs: f64) -> (f64, f64, f64) {
    let rate = interval(n, of, prior.clamp(0.0, 1.0), weighs.max(0.0));
    (rate.p, rate.low, rate.high)
}

/// One line of the likelihood: n of `of`, and the rate that the coarser situation gives.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    pub n: f64,
    pub of: f64,
    pub coarser: f64,
    /// Customers that the coarser rate rests on, none of whom is among `of`; a pull cannot weigh more.
    pub behind: f64,
}

impl Seen {
    /// What the coarser rate weighs, in customers.
    fn pull(&self, pull: f64) -> f64 {
        pull.min(self.behind)
    }

    /// The beta distribution that says the same, with the coarser rate weighing as much as `pull` customers.
    fn beta(&self, pull: f64) -> (f64, f64) {
        let pull = self.pull(pull);
        (self.n + pull * self.coarser, self.of - self.n + pull * (1.0 - self.coarser))
    }
}

/// The pull under which `seen` is likeliest: empirical Bayes with a beta-binomial distribution (Good 1965).
pub(super) fn likeliest_pull(seen: &[Seen]) -> f64 {
    let likelihood = |pull: f64| -> f64 {
        let of_line = |s: &Seen| {
            let pull = s.pull(pull);
            let (a, b) = (pull * s.coarser, pull * (1.0 - s.coarser));
            ln_beta(s.n + a, s.of - s.n + b) - ln_beta(a, b)
        };
        seen.iter().map(of_line).sum()
    };
    let best = PULLS.iter().map(|pull| (*pull, likelihood(*pull))).max_by(|a, b| a.1.total_cmp(&b.1));
    best.filter(|_| !seen.is_empty()).map_or(PULL, |(pull, _)| pull)
}
