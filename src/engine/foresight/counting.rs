//! What one customer adds to the counts, or takes from them: the counting rule of `docs/foresight.md`, in code.
//!
//! A customer counts once in each situation, from the moment they were first in it.

use super::cells::Turn;
use super::history::{DAY_MS, MOST_ISSUES, Visit, after, at_once, day_of, firsts, tenths_between};
use super::keys::{Row, paired};
use super::labels::{Label, Labels};
use super::tables::{Back, Tables};
use super::trail::{Trail, groups, sequence, set};

/// Longest set of issues that is a situation of its own.
pub(super) const LARGEST_SET: usize = 5;

/// Days after the moment up to which it makes a difference how long ago it was: four weeks. Of those who were silent for
/// so long, waiting another week says little more; and each week more costs memory.
pub(super) const LONGEST_SINCE: u16 = 28;

/// Counts the customer with `visits`, which are sorted, or takes them out again.
pub(super) fn count(tables: &mut Tables, labels: &Labels, visits: &[Visit], horizon_ms: i64, turn: Turn) {
    let firsts = firsts(visits, labels);
    let trail = Trail::of(&firsts, visits, labels);
    follow(tables, &trail, turn);
    came_back(tables, labels, visits, &firsts, &trail, horizon_ms, turn);
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
    visits: &[Visit],
    firsts: &[(usize, Label)],
    trail: &Trail,
    horizon_ms: i64,
    turn: Turn,
) {
    if visits.is_empty() {
        return;
    }
    let later = |at: usize| after(visits, at, horizon_ms + i64::from(LONGEST_SINCE) * DAY_MS, labels);
    let back = |at: usize, later: &[(usize, Label)], but: &[Label]| -> Back {
        let start = visits[at];
        let others = || later.iter().filter(|(_, label)| !but.contains(label));
        let soon = |to: &Visit| !(start.timed && to.timed && to.order.saturating_sub(start.order) > horizon_ms);
        Back {
            soon: others().filter(|(at, _)| soon(&visits[*at])).map(|(_, label)| *label).collect(),
            days: start
                .timed
                .then(|| others().filter_map(|(at, label)| Some((*label, day_of(start, visits[*at])?))).collect()),
        }
    };

    // What a moment itself was about is not what comes after it.
    tables.count_back(Row::Everyone.key(0), &back(0, &later(0), &at_once(visits, 0)), turn);

    let mut products: Vec<u64> = Vec::new();
    for (at, visit) in visits.iter().enumerate() {
        let product = labels.get(visit.label).product;
        if product != 0 && !products.contains(&product) && products.len() < MOST_ISSUES {
            products.push(product);
            tables.count_back(Row::Product.key(product), &back(at, &later(at), &at_once(visits, at)), turn);
        }
    }

    for (nth, (at, label)) in firsts.iter().enumerate() {
        let later = later(*at);
        let mark = labels.get(*label).mark;
        // The issue itself may be among them: that is the same issue again.
        let back = back(*at, &later, &[]);
        tables.count_back(Row::Issue.key(mark), &back, turn);
        for (to, next) in later.iter().take(back.soon.len()) {
            if let Some(tenths) = tenths_between(visits[*at], visits[*to]) {
                tables.count_lag(lag_key(mark, labels.get(*next).mark), tenths, turn);
            }
        }
        let (size, had) = (nth + 1, &trail.steps()[..=nth]);
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

/// Key of the days that passed from the first contact about one issue to the next about another.
pub(super) fn lag_key(from: u64, to: u64) -> u64 {
    paired(Row::Issue.key(from), to)
}
