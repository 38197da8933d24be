//! What one customer adds to the counts, or takes from them: the counting rule of `docs/foresight.md`, in code.
//!
//! A customer counts once in each situation, from the moment they were first in it.

use super::cells::Turn;
use super::history::{DAY_MS, MOST_ISSUES, Visit, after, at_once, day_of, firsts, tenths_between};
use super::keys::{Row, of_text, paired};
use super::labels::{Known as KnownLabel, Label, Labels};
use super::tables::{Back, Tables};
use super::trail::{Trail, groups, pair, sequence, set};
use std::collections::HashSet;

/// Longest set of issues that is a situation of its own.
pub(super) const LARGEST_SET: usize = 5;

/// Days after the moment up to which it makes a difference how long ago it was: four weeks. Of those who were silent for
/// so long, waiting another week says little more; and each week more costs memory.
pub(super) const LONGEST_SINCE: u16 = 28;

/// A tip that is told in a contact may be noted up to an hour before or after the time that the contact bears: many
/// systems stamp a contact when it ends, and few take longer.
const STAMP_MS: i64 = 3_600_000;

/// What is known of one customer: sorted contacts, and for each issue, by its number, when a tip against it was first
/// told, in milliseconds UTC.
#[derive(Clone, Copy, Debug)]
pub(super) struct Known<'a> {
    pub visits: &'a [Visit],
    pub told: &'a [(Label, i64)],
}

/// Counts the customer, or takes them out again.
pub(super) fn count(tables: &mut Tables, labels: &Labels, known: Known<'_>, horizon_ms: i64, turn: Turn) {
    let firsts = firsts(known.visits, labels);
    let trail = Trail::of(&firsts, known.visits, labels);
    follow(tables, &trail, turn);
    came_back(tables, labels, known, &firsts, &trail, horizon_ms, turn);
}

/// Which issue came next, and which go together: what the ranking learns from.
pub(super) fn follow(tables: &mut Tables, trail: &Trail, turn: Turn) {
    trail.followed(|key, next| tables.count(key, &[next], turn));
    let steps = trail.steps();
    let all: Vec<Label> = steps.iter().filter_map(|s| s.label).collect();
    groups(steps, |key, size| {
        if all.len() > size {
            tables.count(key, &all, turn);
        }
    });
}

/// Who came back with what within the horizon: what the rates are made of.
fn came_back(
    tables: &mut Tables,
    labels: &Labels,
    known: Known<'_>,
    firsts: &[(usize, Label)],
    trail: &Trail,
    horizon_ms: i64,
    turn: Turn,
) {
    let visits = known.visits;
    if visits.is_empty() {
        return;
    }
    let moments = Moments { labels, known, horizon_ms };

    // What a moment itself was about is not what comes after it.
    tables.count_back(Row::Everyone.key(0), &moments.back(0, &moments.later(0), &at_once(visits, 0)), turn);

    let mut products: Vec<u64> = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let product = labels.get(visit.label).product;
        if product != 0 && !products.contains(&product) && products.len() < MOST_ISSUES {
            products.push(product);
            let back = moments.back(at, &moments.later(at), &at_once(visits, at));
            tables.count_back(Row::Product.key(product), &back, turn);
        }
    }

    for (nth, (at, label)) in firsts.iter().enumerate() {
        let later = moments.later(*at);
        let mark = labels.get(*label).mark;
        // The issue itself may be among them: that is the same issue again.
        let back = moments.back(*at, &later, &[]);
        tables.count_back(Row::Issue.key(mark), &back, turn);
        let mut issues = HashSet::new();
        for (to, next) in later.iter().filter(|(to, _)| moments.is_soon(*at, *to)) {
            let Some(tenths) = tenths_between(visits[*at], visits[*to]) else { continue };
            let known = labels.get(*next);
            tables.count_lag(lag_key(mark, known.mark), tenths, turn);
            // With whatever product, a customer came back about it once.
            if issues.insert(known.issue) {
                tables.count_lag(lag_key(mark, issue_mark(known)), tenths, turn);
            }
        }
        let (size, had) = (nth + 1, &trail.steps()[..=nth]);
        if trail.is_in_order_at_last(size) {
            tables.count_back(Row::Pair.key(pair(had)), &back, turn);
        }
        match size {
            _ if size > LARGEST_SET || !trail.is_whole(size) => {}
            1 => tables.count_back(Row::First.key(mark), &back, turn),
            _ => {
                tables.count_back(Row::Set.key(set(had)), &back, turn);
                if trail.is_in_order(size) {
                    tables.count_back(Row::Sequence.key(sequence(had)), &back, turn);
                }
            }
        }
    }
}

/// What followed the moments of one customer.
struct Moments<'a> {
    labels: &'a Labels,
    known: Known<'a>,
    horizon_ms: i64,
}

impl Moments<'_> {
    /// As far as it makes a difference.
    fn longest_ms(&self) -> i64 {
        self.horizon_ms + i64::from(LONGEST_SINCE) * DAY_MS
    }

    fn later(&self, at: usize) -> Vec<(usize, Label)> {
        after(self.known.visits, at, self.longest_ms(), self.labels)
    }

    /// True where the visit at `to` is within the horizon after that at `at`.
    fn is_soon(&self, at: usize, to: usize) -> bool {
        let (start, to) = (self.known.visits[at], self.known.visits[to]);
        !(start.timed && to.timed && to.order.saturating_sub(start.order) > self.horizon_ms)
    }

    /// What followed the moment at `at`, of what came `later` and is none of `but`.
    fn back(&self, at: usize, later: &[(usize, Label)], but: &[Label]) -> Back {
        let visits = self.known.visits;
        let start = visits[at];
        let came: Vec<(usize, Label)> = later.iter().filter(|(_, label)| !but.contains(label)).copied().collect();
        let told = self.told(at, &came);
        let issue = |label: Label| self.labels.get(label).issue;
        let untold = |label: Label| told.iter().all(|(told, _)| Some(*told) != issue(label));
        let came: Vec<(usize, Label)> = came.into_iter().filter(|(_, label)| untold(*label)).collect();
        // What the moment was about with another product is not what follows it, where the issue counts with any.
        let second = |nth: usize| {
            let before = came[..nth].iter().map(|(_, label)| label).chain(but);
            before.into_iter().any(|before| issue(*before) == issue(came[nth].1))
        };
        let day = |to: usize| day_of(start, visits[to]);
        let twice = |nth: usize| second(nth).then(|| (came[nth].1, day(came[nth].0).unwrap_or_default()));
        Back {
            soon: came.iter().filter(|(to, _)| self.is_soon(at, *to)).map(|(_, label)| *label).collect(),
            days: start.timed.then(|| came.iter().filter_map(|(to, label)| Some((*label, day(*to)?))).collect()),
            twice: (0..came.len()).filter_map(twice).collect(),
            told,
        }
    }

    /// Issues that a tip was told against before the customer came back about them, and in time to make a difference, each
    /// with the day. None where the moment's time is not known; and none that the customer had by then: who is told about
    /// what they ask was answered.
    fn told(&self, at: usize, came: &[(usize, Label)]) -> Vec<(Label, u16)> {
        let visits = self.known.visits;
        let start = visits[at];
        if !start.timed {
            return Vec::new();
        }
        let issue = |label: Label| self.labels.get(label).issue;
        let had = |told: Label| {
            let until = visits.partition_point(|visit| visit.place() <= start.place());
            visits[..until].iter().any(|visit| issue(visit.label) == Some(told))
        };
        let before = |told: Label, told_ms: i64| {
            let first = came.iter().find(|(_, label)| issue(*label) == Some(told));
            first.is_some_and(|(to, _)| visits[*to].order <= told_ms.saturating_add(STAMP_MS))
        };
        let in_time = |told_ms: i64| told_ms.saturating_sub(start.order) <= self.longest_ms();
        let counts =
            |(told, ms): &(Label, i64)| (in_time(*ms) && !had(*told) && !before(*told, *ms)).then_some((*told, *ms));
        let day = |told_ms: i64| match told_ms.saturating_sub(start.order) {
            passed @ 1.. => u16::try_from((passed - 1) / DAY_MS + 1).unwrap_or(u16::MAX),
            _ => 0,
        };
        self.known.told.iter().filter_map(counts).map(|(told, ms)| (told, day(ms))).collect()
    }
}

/// Mark of an issue with whatever product.
pub(super) fn issue_mark(known: &KnownLabel) -> u64 {
    known.about.issue.as_ref().map_or(0, |issue| of_text(issue.as_str()))
}

/// Key of the days that passed from the first contact about one issue to the next about another.
pub(super) fn lag_key(from: u64, to: u64) -> u64 {
    paired(Row::Issue.key(from), to)
}
