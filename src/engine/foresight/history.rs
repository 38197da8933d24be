//! A customer's contacts in their order.
//!
//! The order goes by time, or by position, never by arrival. What came at the same instant is one moment: nothing in it
//! is before or after anything else in it. Names keep it in one order, and nothing counts by that.

use super::labels::{Label, Labels};
use std::collections::HashSet;

/// Issues of one customer that are looked at, from their first: hardly a business has more, and a number shared by
/// everybody must not cost a day.
pub(super) const MOST_ISSUES: usize = 256;

/// One contact of a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Visit {
    /// Milliseconds UTC, or the position.
    pub order: i64,
    pub timed: bool,
    pub label: Label,
}

impl Visit {
    /// Where it stands: equal for all of one moment.
    pub(super) fn place(&self) -> (bool, i64) {
        (self.timed, self.order)
    }
}

/// Sorts `visits`. Those of which only the position is known come before those with a time.
pub(super) fn sort(visits: &mut [Visit], labels: &Labels) {
    visits.sort_by(|a, b| {
        a.place().cmp(&b.place()).then_with(|| labels.get(a.label).mark.cmp(&labels.get(b.label).mark))
    });
}

/// The customer's issues, each where it first came, at most `MOST_ISSUES`: place among the visits, label.
pub(super) fn firsts(visits: &[Visit], labels: &Labels) -> Vec<(usize, Label)> {
    let mut firsts: Vec<(usize, Label)> = Vec::new();
    let mut seen: HashSet<Label> = HashSet::new();
    for (at, visit) in visits.iter().enumerate() {
        let issue = labels.get(visit.label).about.issue.is_some();
        if issue && is_new(visit.label, &firsts, &mut seen) {
            firsts.push((at, visit.label));
            if firsts.len() == MOST_ISSUES {
                break;
            }
        }
    }
    firsts
}

/// Up to so many, looking them through is faster than a set of them.
const FEW: usize = 16;

/// True where `label` is not among `all`; `seen` is what it takes to know where they are many.
fn is_new(label: Label, all: &[(usize, Label)], seen: &mut HashSet<Label>) -> bool {
    if all.len() < FEW {
        return !all.iter().any(|(_, known)| *known == label);
    }
    if seen.is_empty() {
        seen.extend(all.iter().map(|(_, known)| *known));
    }
    seen.insert(label)
}

/// A day in milliseconds.
pub(super) const DAY_MS: i64 = 24 * 60 * 60 * 1000;

/// What the customer got in touch about at the moment of the visit at `of`.
pub(super) fn at_once(visits: &[Visit], of: usize) -> Vec<Label> {
    let place = visits[of].place();
    let from = visits.partition_point(|visit| visit.place() < place);
    visits[from..].iter().take_while(|visit| visit.place() == place).map(|visit| visit.label).collect()
}

/// Issues that come later than the visit at `from`, and within `longest_ms`, each with where it first does, in their
/// order.
pub(super) fn after(visits: &[Visit], from: usize, longest_ms: i64, labels: &Labels) -> Vec<(usize, Label)> {
    let start = visits[from];
    let mut came: Vec<(usize, Label)> = Vec::new();
    let mut seen: HashSet<Label> = HashSet::new();
    let later = visits.iter().enumerate().skip(from + 1).skip_while(|(_, visit)| visit.place() == start.place());
    for (at, visit) in later {
        let too_late = start.timed && visit.timed && visit.order.saturating_sub(start.order) > longest_ms;
        if too_late || came.len() == MOST_ISSUES {
            break;
        }
        let issue = labels.get(visit.label).about.issue.is_some();
        if issue && is_new(visit.label, &came, &mut seen) {
            came.push((at, visit.label));
        }
    }
    came
}

/// Tenths of days between two visits, where both times are known.
pub(super) fn tenths_between(earlier: Visit, later: Visit) -> Option<u16> {
    if !(earlier.timed && later.timed) {
        return None;
    }
    let tenth_ms = DAY_MS / 10;
    let tenths = (later.order.saturating_sub(earlier.order) + tenth_ms / 2) / tenth_ms;
    u16::try_from(tenths).ok()
}

/// The day after `earlier` on which `later` was, which came later: 1 until a whole day has passed, where both times are
/// known.
pub(super) fn day_of(earlier: Visit, later: Visit) -> Option<u16> {
    if !(earlier.timed && later.timed) {
        return None;
    }
    let passed = later.order.saturating_sub(earlier.order);
    u16::try_from((passed - 1) / DAY_MS + 1).ok()
}
