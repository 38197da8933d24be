//! What one customer adds to the counts, or takes from them: the counting rule of `docs/foresight.md`, in code.
//!
//! A customer counts once in each situation, from the moment they were first in it.

use super::history::{MOST_ISSUES, Visit, after, firsts, tenths_between};
use super::keys::{Row, paired};
use super::labels::{Label, Labels};
use super::tables::{Tables, Turn};
use super::trail::{Step, groups, next_keys, set};

/// Longest set of issues that is a situation of its own.
pub(super) const LARGEST_SET: usize = 5;

/// Counts the customer with `visits`, which are sorted, or takes them out again.
pub(super) fn count(tables: &mut Tables, labels: &Labels, visits: &[Visit], horizon_ms: i64, turn: Turn) {
    let firsts = firsts(visits, labels);
    let steps: Vec<Step> = firsts.iter().map(|(_, label)| Step::of(*label, labels)).collect();
    follow(tables, &steps, turn);
    came_back(tables, labels, visits, &firsts, &steps, horizon_ms, turn);
}

/// Which issue came next, and which go together: what the ranking learns from.
pub(super) fn follow(tables: &mut Tables, steps: &[Step], turn: Turn) {
    for at in 1..steps.len() {
        let Some(next) = steps[at].label else { continue };
        for key in next_keys(&steps[..at]).all() {
            tables.count(key, &[next], turn);
        }
    }
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
    visits: &[Visit],
    firsts: &[(usize, Label)],
    steps: &[Step],
    horizon_ms: i64,
    turn: Turn,
) {
    let Some(first) = visits.first() else { return };
    let came = |at: usize| after(visits, at, horizon_ms, labels);
    let only = |came: &[(usize, Label)]| came.iter().map(|(_, label)| *label).collect::<Vec<Label>>();

    let mut all = only(&came(0));
    all.retain(|label| *label != first.label);
    tables.count(Row::Everyone.key(0), &all, turn);

    let mut products: Vec<u64> = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let product = labels.get(visit.label).product;
        if product != 0 && !products.contains(&product) && products.len() < MOST_ISSUES {
            products.push(product);
            let mut all = only(&came(at));
            all.retain(|label| *label != visit.label);
            tables.count(Row::Product.key(product), &all, turn);
        }
    }

    for (nth, (at, label)) in firsts.iter().enumerate() {
        let came = came(*at);
        let mark = labels.get(*label).mark;
        // The issue itself may be among them: that is the same issue again.
        tables.count(Row::Issue.key(mark), &only(&came), turn);
        for (later, next) in &came {
            if let Some(tenths) = tenths_between(visits[*at], visits[*later]) {
                tables.count_lag(lag_key(mark, labels.get(*next).mark), tenths, turn);
            }
        }
        if (1..LARGEST_SET).contains(&nth) {
            tables.count(Row::Set.key(set(&steps[..=nth])), &only(&came), turn);
        }
    }
}

/// Key of the days that passed from the first contact about one issue to the next about another.
pub(super) fn lag_key(from: u64, to: u64) -> u64 {
    paired(Row::Issue.key(from), to)
}
