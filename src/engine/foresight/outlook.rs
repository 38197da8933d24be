//! What is likely to come next for one customer: the questions that foresight answers.
//!
//! A snapshot never changes. It ranks by the chance to be the next new issue, and says of each how often it came.

use super::basis::Basis;
use super::contact::Had;
use super::counting::{LONGEST_SINCE, issue_mark, lag_key};
use super::evidence::Rows;
use super::keys::{Row, of_text, paired};
use super::labels::{About, Label, Labels, product_mark};
use super::ranking::Ranking;
use super::rates::{Levels, Pulls, Waited, interval};
use super::tables::Tables;
use super::trail::Step;
use crate::tip::{IssueId, SectionId};
use std::sync::Arc;

/// What is asked: the issues a customer had, oldest first, and the product at hand.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    pub product: Option<&'a SectionId>,
    pub had: &'a [Had],
    /// True where issues without a product are those that came without one, and not as most customers had them.
    pub bare: bool,
    /// Whole days since the customer's situation began, in which none of the issues that may follow came. From 28 on,
    /// it makes no difference. Where times are not known, none.
    pub since_days: u32,
    pub limit: usize,
}

/// What is likely to come next.
#[derive(Clone, Debug, PartialEq)]
pub struct Outlook {
    /// What was asked about, with the products with which it is counted; as it was named where nobody had it.
    pub had: Vec<Had>,
    /// Best first; never an issue that the customer had.
    pub next: Vec<Next>,
    /// Customers counted in this situation, however long ago it began.
    pub of: u64,
    pub basis: Basis,
    /// Whole days since the situation began that the numbers are for; 0 where times are not known.
    pub since_days: u32,
    /// How often those come back with the last issue itself: what was not solved. None where no issue is known.
    pub again: Option<Next>,
}

/// An issue that may follow, with how often it did.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    pub issue: IssueId,
    pub product: Option<SectionId>,
    /// Chance that the customer comes back with it within the horizon from now, 0 to 1, and its 95 % interval.
    pub p: f64,
    pub low: f64,
    pub high: f64,
    /// How many times likelier than after any first contact.
    pub lift: f64,
    /// Customers counted coming back with it, and in the situation without having done so before.
    pub n: u64,
    pub of: u64,
    /// Customers who are not among them, because a tip against it was told to them before they came back about it.
    pub told: u64,
    /// Half of those who came back had done so after so many days, to a tenth; none where times are not known.
    pub median_days: Option<f64>,
}

/// How often an issue followed, as counted in the finest situation that anybody was counted in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct CameBack {
    /// Customers counted coming back with it, and in the situation without having done so before.
    pub n: u64,
    pub of: u64,
    /// Customers who are not among them, because a tip against it was told to them before they came back about it.
    pub told: u64,
    /// Half of those who came back had done so after so many days, to a tenth; none where times are not known.
    pub median_days: Option<f64>,
    pub basis: Basis,
}

/// What was fitted to the counts.
#[derive(Clone, Debug, Default)]
pub(super) struct Learned {
    pub ranking: Ranking,
    pub pulls: Pulls,
}

/// An immutable snapshot of what contacts have taught. Cloning shares everything.
#[derive(Clone, Debug)]
pub struct Foresight {
    pub(super) labels: Arc<Labels>,
    pub(super) tables: Tables,
    pub(super) learned: Arc<Learned>,
    pub(super) contacts: u64,
    pub(super) timed: u64,
    pub(super) horizon_days: u32,
}

impl Foresight {
    /// Contacts that it was learned from.
    pub fn contacts(&self) -> u64 {
        self.contacts
    }

    /// True where most contacts came with their time; else the horizon is any later contact.
    pub fn timed(&self) -> bool {
        self.timed * 2 > self.contacts
    }

    /// Days within which a customer has to come back to be counted.
    pub fn horizon_days(&self) -> u32 {
        self.horizon_days
    }

    /// True where a contact was about the product, with an issue or without.
    pub fn knows_product(&self, product: &SectionId) -> bool {
        self.labels.all().any(|(_, known)| known.about.product.as_ref() == Some(product))
    }

    /// True where a contact was about the issue, of whatever product.
    pub fn knows_issue(&self, issue: &IssueId) -> bool {
        !self.labels.of_issue(issue).is_empty()
    }

    /// The issues likely to come next, best first.
    pub fn next(&self, asked: &Asked<'_>) -> Outlook {
        let (steps, product) = self.situation(asked);
        let waited = self.waited(asked.since_days);
        let at_once = self.levels(&steps, product, Basis::Sequence);
        let levels = self.levels(&steps, product, Basis::Sequence).after(waited);
        let rows = Rows::of(&self.tables, &self.labels, &steps, product);
        let candidates = rows.candidates(&self.labels, &steps);
        let evidence: Vec<_> = candidates.iter().map(|label| rows.evidence(*label, &self.labels)).collect();
        let backed_off = rows.backed_off(&candidates);
        let chances = self.learned.ranking.chances(rows.support(), &evidence, &backed_off);
        let mut ranked: Vec<(Label, f64)> = candidates.into_iter().zip(chances).collect();
        if waited.since > 0 {
            // The chance is that of coming next at any time, so days without it only take from it: by as much as its
            // rate falls. A rate that rises is that of what comes late, and may rise from next to nothing.
            let left = |label: Label| (levels.mean(&[label]) / at_once.mean(&[label])).min(1.0);
            ranked.iter_mut().for_each(|(label, chance)| *chance *= left(*label));
        }
        if steps.iter().all(|step| step.label.is_none()) {
            // The chances are fitted to what follows an issue. After none, what is counted ranks by itself.
            ranked.iter_mut().for_each(|(label, chance)| *chance = levels.mean(&[*label]));
        }
        ranked.sort_by(|a, b| {
            let name = |label: Label| &self.labels.get(label).about;
            digits(b.1).total_cmp(&digits(a.1)).then_with(|| name(a.0).issue.cmp(&name(b.0).issue)).then_with(|| {
                let product = |label: Label| name(label).product.as_ref();
                product(a.0).cmp(&product(b.0))
            })
        });
        let last = steps.last().and_then(|s| s.label);
        Outlook {
            had: self.as_counted(asked),
            next: ranked
                .iter()
                .take(asked.limit)
                .filter_map(|(label, _)| self.told(&levels, last, &[*label]))
                .collect(),
            of: levels.of,
            basis: levels.basis,
            since_days: u32::from(waited.since),
            again: last.and_then(|label| self.again(&levels, label)),
        }
    }

    /// How often `issue` follows in the situation; none where no contact was ever about it, or it is one they had.
    /// `limit` is not looked at.
    pub fn chance(&self, asked: &Asked<'_>, issue: &IssueId) -> Option<(Next, Basis)> {
        let (levels, last, labels) = self.about(asked, issue)?;
        Some((self.told(&levels, last, &labels)?, levels.basis))
    }

    /// The same as counted, without what is concluded from it: a fraction of the work. Of the finest situation that as
    /// many customers were in as its rate is pulled by, and ten: where they are fewer, the coarser one says more.
    pub fn came_back(&self, asked: &Asked<'_>, issue: &IssueId) -> Option<CameBack> {
        let (levels, last, labels) = self.about(asked, issue)?;
        let levels = levels.weighty();
        let (n, of, told) = levels.counts(&labels);
        Some(CameBack { n, of, told, median_days: self.median_days(last, &labels), basis: levels.basis })
    }

    /// The situation, its last issue, and the labels of `issue`; none where there are none or they had one of them.
    fn about(&self, asked: &Asked<'_>, issue: &IssueId) -> Option<(Levels<'_>, Option<Label>, Vec<Label>)> {
        let labels: Vec<Label> = self.labels.of_issue(issue);
        let (steps, product) = self.situation(asked);
        if labels.is_empty() || labels.iter().any(|label| steps.iter().any(|s| s.label == Some(*label))) {
            return None;
        }
        // What is known of a customer may not be all that they had: a single issue need not be their first.
        let finest = if steps.len() == 1 { Basis::Issue } else { Basis::Sequence };
        let levels = self.levels(&steps, product, finest).after(self.waited(asked.since_days));
        Some((levels, steps.last().and_then(|s| s.label), labels))
    }

    fn median_days(&self, last: Option<Label>, labels: &[Label]) -> Option<f64> {
        let last = self.labels.get(last?).mark;
        let next = match labels {
            [only] => self.labels.get(*only).mark,
            several => issue_mark(self.labels.get(*several.first()?)),
        };
        self.tables.median_days(lag_key(last, next))
    }

    fn levels(&self, steps: &[Step], product: u64, finest: Basis) -> Levels<'_> {
        let known = (&self.tables, &*self.labels);
        Levels::of(known, &self.learned.pulls, steps, product, finest, in_days(self.horizon_days))
    }

    fn waited(&self, since_days: u32) -> Waited {
        let since = if self.timed == 0 { 0 } else { in_days(since_days).min(LONGEST_SINCE) };
        Waited { since, horizon: in_days(self.horizon_days) }
    }

    /// The issues had, each once, and the mark of the product at hand.
    fn situation(&self, asked: &Asked<'_>) -> (Vec<Step>, u64) {
        let mut steps: Vec<Step> = Vec::new();
        let taken = self.taken(asked);
        for had in asked.had {
            let step = self.step(had, asked, taken.as_ref());
            if !steps.iter().any(|s| s.mark == step.mark) {
                steps.push(step);
            }
        }
        (steps, product_mark(asked.product))
    }

    /// Where no product is at hand: what most customers had the last issue with that came without one, a product or none.
    /// The others that came without one are taken with the same, so that they were had together.
    fn taken(&self, asked: &Asked<'_>) -> Option<About> {
        let last = asked.had.iter().rfind(|had| had.product.is_none()).filter(|_| asked.product.is_none())?;
        self.commonest(&last.issue, asked).map(|label| self.labels.get(label).about.clone())
    }

    /// The label of an issue that most customers had, of those with the product at hand, one below it, or the section whose
    /// issue it is: that is where a contact stands that named no product.
    fn commonest(&self, issue: &IssueId, asked: &Asked<'_>) -> Option<Label> {
        let labels = &self.labels;
        let of = |label: &Label| {
            let row = self.tables.row(Row::Issue.key(labels.get(*label).mark));
            (row.map_or(0, |row| row.of), labels.get(*label).mark)
        };
        let fits = |label: &Label| match (asked.product, &labels.get(*label).about.product) {
            (Some(at_hand), Some(product)) => at_hand.contains(product) || *product == issue.section(),
            (Some(_), None) => true,
            (None, product) => !asked.bare || product.is_none(),
        };
        labels.of_issue(issue).into_iter().filter(fits).max_by_key(of)
    }

    /// An issue as it was counted. With its own product; without one, with the product at hand, or as it came without a
    /// product, or with the product below or the issue's own section that most had it with; where none is at hand, with the
    /// one that was `taken`, or else as most customers had it.
    fn step(&self, had: &Had, asked: &Asked<'_>, taken: Option<&About>) -> Step {
        let (labels, at_hand) = (&self.labels, asked.product);
        let found = match (&had.product, at_hand) {
            (Some(own), _) => labels.find(Some(own), &had.issue),
            (None, Some(_)) => labels.find(at_hand, &had.issue).or_else(|| labels.find(None, &had.issue)),
            (None, None) => taken.and_then(|taken| labels.find(taken.product.as_ref(), &had.issue)),
        };
        match found.or_else(|| self.commonest(&had.issue, asked).filter(|_| had.product.is_none())) {
            Some(label) => Step::of(label, labels),
            None => {
                let product = product_mark(had.product.as_ref().or(at_hand));
                let mark = paired(product, of_text(had.issue.as_str()));
                Step { label: None, mark, product }
            }
        }
    }

    /// The issues that were asked about, each with the product with which it is counted. One that nobody had stays as it
    /// was named.
    fn as_counted(&self, asked: &Asked<'_>) -> Vec<Had> {
        let taken = self.taken(asked);
        let product = |had: &Had| match self.step(had, asked, taken.as_ref()).label {
            Some(label) => self.labels.get(label).about.product.clone(),
            None => had.product.clone(),
        };
        asked.had.iter().map(|had| Had { product: product(had), issue: had.issue.clone() }).collect()
    }

    /// What was counted of `labels`, which are one issue.
    fn told(&self, levels: &Levels<'_>, last: Option<Label>, labels: &[Label]) -> Option<Next> {
        let first = labels.first()?;
        let rate = levels.rate(labels);
        let about = &self.labels.get(*first).about;
        Some(Next {
            issue: about.issue.clone()?,
            product: about.product.clone().filter(|_| labels.len() == 1),
            p: rate.p,
            low: rate.low,
            high: rate.high,
            lift: rate.p / levels.everyone(labels),
            n: rate.n,
            of: rate.of,
            told: levels.counts(labels).2,
            median_days: self.median_days(last, labels),
        })
    }

    /// How often customers with the issue come back with the same.
    fn again(&self, levels: &Levels<'_>, label: Label) -> Option<Next> {
        let known = self.labels.get(label);
        let (n, of) = levels.of_issue(label)?;
        // Half a customer each way before counting: Jeffreys' prior.
        let rate = interval(n, of, 0.5, 1.0);
        Some(Next {
            issue: known.about.issue.clone()?,
            product: known.about.product.clone(),
            p: rate.p,
            low: rate.low,
            high: rate.high,
            lift: 1.0,
            n: rate.n,
            of: rate.of,
            told: 0,
            median_days: self.tables.median_days(lag_key(known.mark, known.mark)),
        })
    }
}

/// Days as they are counted with; more than there are numbers for are as many as there are.
pub(super) fn in_days(days: u32) -> u16 {
    u16::try_from(days).unwrap_or(u16::MAX)
}

/// A chance as far as it means anything: what is beyond is how its parts were added up, which depends on the order in
/// which contacts came. Issues that are equally likely stand by name.
fn digits(chance: f64) -> f64 {
    (chance * 1e9).round()
}
