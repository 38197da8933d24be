//! Takes contacts one by one, in any order, and hands out what they teach.
//!
//! The answer depends on which contacts came, never on the order in which they did. The same contact added twice counts
//! twice; who adds has to know what was added before.

use super::cells::Turn;
use super::contact::Contact;
use super::counting::{Known, count};
use super::history::{Visit, firsts, sort};
use super::keys::mixed;
use super::labels::{About, Label, Labels};
use super::outlook::{Foresight, Learned, in_days};
use super::ranking::Ranking;
use super::rates::Pulls;
use super::tables::Tables;
use super::trail::Trail;
use super::{fit, pulling, training};
use crate::tip::IssueId;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// Days within which a customer has to come back to be counted, unless another number is set: the week by which the
/// product measures whether a contact was right first time.
pub const HORIZON_DAYS: u32 = 7;

/// Weights are fitted anew once the contacts are so much more or fewer: a twentieth. Counts are always those of now.
const GROWN: u64 = 20;

/// Learns which issue follows which. Memory: 16 bytes a contact or telling, some 130 a customer, and the counts.
#[derive(Clone, Debug)]
pub struct Learner {
    labels: Arc<Labels>,
    customers: HashMap<u64, Customer>,
    /// Customers whose present contacts are not counted.
    waiting: HashSet<u64>,
    tables: Tables,
    learned: Arc<Learned>,
    contacts: u64,
    timed: u64,
    fitted_at: Option<u64>,
    horizon_days: u32,
}

#[derive(Clone, Debug, Default)]
struct Customer {
    /// Sorted while they are counted.
    visits: Vec<Visit>,
    /// When a tip was first told against an issue, by its number.
    told: Vec<(Label, i64)>,
    counted: bool,
}

impl Customer {
    fn known(&self) -> Known<'_> {
        Known { visits: &self.visits, told: &self.told }
    }
}

impl Default for Learner {
    fn default() -> Self {
        Self::new(HORIZON_DAYS)
    }
}

impl Learner {
    /// An empty one that counts who comes back within `horizon_days`.
    pub fn new(horizon_days: u32) -> Self {
        Self {
            labels: Arc::default(),
            customers: HashMap::new(),
            waiting: HashSet::new(),
            tables: Tables::default(),
            learned: Arc::default(),
            contacts: 0,
            timed: 0,
            fitted_at: None,
            horizon_days,
        }
    }

    /// Contacts that were taken.
    pub fn contacts(&self) -> u64 {
        self.contacts
    }

    /// Takes one contact. False where it says neither product nor issue: there is nothing to learn from it.
    pub fn add(&mut self, contact: Contact) -> bool {
        if contact.product.is_none() && contact.issue.is_none() {
            return false;
        }
        let about = About { product: contact.product, issue: contact.issue };
        let labels = Arc::make_mut(&mut self.labels);
        let Some(label) = labels.intern(about) else { return false };
        labels.came(label);
        self.uncount(contact.customer);
        let order = contact.at.or(contact.position).unwrap_or_default();
        let visit = Visit { order, timed: contact.at.is_some(), label };
        self.customers.entry(contact.customer).or_default().visits.push(visit);
        self.waiting.insert(contact.customer);
        self.contacts += 1;
        self.timed += u64::from(visit.timed);
        true
    }

    /// Takes what a customer was told, in place of what was known of it: issues that a tip prevents, each with when the
    /// customer was told it, in milliseconds UTC. True where that is something new.
    ///
    /// Who was told against an issue before they came back about it counts in no rate of that issue: rates are those of
    /// customers whom nobody told, since that is what a tip has to be weighed by.
    pub fn tell(&mut self, customer: u64, told: &[(IssueId, i64)]) -> bool {
        let labels = Arc::make_mut(&mut self.labels);
        let mut first: Vec<(Label, i64)> =
            told.iter().filter_map(|(issue, at)| Some((labels.issue(issue)?, *at))).collect();
        first.sort_unstable();
        first.dedup_by_key(|(issue, _)| *issue);
        if self.customers.get(&customer).map_or(&[][..], |known| &known.told) == first {
            return false;
        }
        self.uncount(customer);
        self.customers.entry(customer).or_default().told = first;
        self.waiting.insert(customer);
        true
    }

    /// The customers who were told something.
    pub fn told(&self) -> impl Iterator<Item = u64> {
        self.customers.iter().filter(|(_, known)| !known.told.is_empty()).map(|(number, _)| *number)
    }

    /// Forgets all contacts of a customer: the counts are as if they had never come.
    pub fn forget(&mut self, customer: u64) {
        self.uncount(customer);
        self.waiting.remove(&customer);
        if let Some(gone) = self.customers.remove(&customer) {
            self.contacts -= gone.visits.len() as u64;
            gone.visits.iter().for_each(|visit| Arc::make_mut(&mut self.labels).gone(visit.label));
            self.timed -= gone.visits.iter().filter(|visit| visit.timed).count() as u64;
        }
    }

    /// A customer goes on under another number: their contacts are one history.
    pub fn rename(&mut self, customer: u64, to: u64) {
        self.uncount(customer);
        self.uncount(to);
        self.waiting.remove(&customer);
        if let Some(before) = self.customers.remove(&customer) {
            let now = self.customers.entry(to).or_default();
            now.visits.extend(before.visits);
            now.told.extend(before.told);
            now.told.sort_unstable();
            now.told.dedup_by_key(|(issue, _)| *issue);
        }
        if self.customers.contains_key(&to) {
            self.waiting.insert(to);
        }
    }

    fn uncount(&mut self, customer: u64) {
        if let Some(known) = self.customers.get_mut(&customer).filter(|c| c.counted) {
            count(&mut self.tables, &self.labels, known.known(), horizon_ms(self.horizon_days), Turn::Take);
            known.counted = false;
        }
    }

    /// What is known by now. The counts are those of this moment; the weights are fitted anew where the contacts have
    /// become a twentieth more or fewer since the last time.
    pub fn foresight(&mut self) -> Foresight {
        if self.is_stale() { self.refit() } else { self.snapshot() }
    }

    /// True where the weights should be fitted anew.
    pub fn is_stale(&self) -> bool {
        self.fitted_at.is_none_or(|then| self.contacts.abs_diff(then) * GROWN > then)
    }

    /// The fitted weights, for another learner of the same contacts: fitting is the long part of learning, counting the
    /// short one. Their order is known to `take_weights` alone.
    pub fn weights(&self) -> Vec<f64> {
        let Learned { ranking, pulls } = &*self.learned;
        let Pulls { product, issue, first, pair, set, sequence } = *pulls;
        let Ranking { weights, backed_off } = ranking;
        weights.iter().copied().chain([*backed_off, product, issue, first, pair, set, sequence]).collect()
    }

    /// How many contacts the weights were fitted to; none where they never were.
    pub fn fitted_at(&self) -> Option<u64> {
        self.fitted_at
    }

    /// Takes weights that another learner fitted to so many `contacts`. False where they are none of this version's.
    pub fn take_weights(&mut self, weights: &[f64], contacts: u64) -> bool {
        let Ranking { weights: mut logit, .. } = Ranking::default();
        let Some((of_logit, rest)) = weights.split_at_checked(logit.len()) else { return false };
        let [backed_off, product, issue, first, pair, set, sequence] = *rest else { return false };
        if weights.iter().any(|weight| !weight.is_finite()) {
            return false;
        }
        logit.copy_from_slice(of_logit);
        let ranking = Ranking { weights: logit, backed_off };
        let pulls = Pulls { product, issue, first, pair, set, sequence };
        self.learned = Arc::new(Learned { ranking, pulls });
        self.fitted_at = Some(contacts);
        true
    }

    /// What is known by now, with the weights as they are.
    pub fn counted(&mut self) -> Foresight {
        self.snapshot()
    }

    /// What is known by now, with all weights fitted anew: the same for the same contacts, whatever their order.
    pub fn refit(&mut self) -> Foresight {
        self.settle();
        let histories = self.histories();
        let pulls = pulling::fitted(&self.tables, &self.labels, &histories, in_days(self.horizon_days));
        let ranking = fit::fit(&training::cases(&self.labels, &histories));
        self.learned = Arc::new(Learned { ranking, pulls });
        self.fitted_at = Some(self.contacts);
        self.snapshot()
    }

    fn snapshot(&mut self) -> Foresight {
        self.settle();
        Foresight {
            labels: Arc::clone(&self.labels),
            tables: self.tables.clone(),
            learned: Arc::clone(&self.learned),
            contacts: self.contacts,
            timed: self.timed,
            horizon_days: self.horizon_days,
        }
    }

    /// Counts those whose contacts are new.
    fn settle(&mut self) {
        let horizon_ms = horizon_ms(self.horizon_days);
        for number in self.waiting.drain() {
            if let Some(customer) = self.customers.get_mut(&number) {
                sort(&mut customer.visits, &self.labels);
                count(&mut self.tables, &self.labels, customer.known(), horizon_ms, Turn::Add);
                customer.counted = true;
            }
        }
    }

    /// What those customers had who had several issues: all, or a part that is chosen by number.
    fn histories(&self) -> Vec<(u64, Trail)> {
        let mut numbers: Vec<u64> =
            self.customers.iter().filter(|(_, c)| c.visits.len() > 1).map(|(n, _)| *n).collect();
        numbers.sort_unstable_by_key(|number| mixed(*number));
        let trail = |number: u64| -> Trail {
            let visits = self.customers.get(&number).map_or(&[][..], |c| &c.visits);
            Trail::of(&firsts(visits, &self.labels), visits, &self.labels)
        };
        let all = numbers.into_iter().map(|number| (number, trail(number)));
        let several = all.filter(|(_, trail)| trail.steps().len() > 1);
        several.take(training::CUSTOMERS).collect()
    }
}

fn horizon_ms(days: u32) -> i64 {
    i64::from(days) * 24 * 60 * 60 * 1000
}
