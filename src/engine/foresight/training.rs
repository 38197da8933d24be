//! Makes the cases from which the ranking learns its weights: past moments, asked as if they had not been counted.
//!
//! Most are asked without their own customer; some without a fifth of all kinds of histories, so that the weights hold
//! for histories that never came before. The choice goes by hashes and not by chance: the same contacts give the same
//! weights.

use super::cells::Turn;
use super::counting::follow;
use super::evidence::Rows;
use super::fit::Case;
use super::keys::mixed;
use super::labels::Labels;
use super::tables::Tables;
use super::trail::{Trail, set};

/// Customers at most, so that a fit takes a second or so however many there are.
pub(super) const CUSTOMERS: usize = 20_000;

/// Cases at most; 70 weights are well settled by 6,000.
const CASES: usize = 6_000;

/// One case in so many is asked without its kind of history. On thirds of SGD's train file, one in twenty raised the MRR
/// of histories whose products had never met before from 0.43 to 0.49, and that of the others stayed; at one in two it
/// fell by 0.02.
const STRANGE: usize = 20;

/// Kinds of histories that are left out together: a fifth.
const FOLDS: u64 = 5;

/// Cases of `customers`: each by its number and what it had; by turns they are of one half and of the other.
pub(super) fn cases(labels: &Labels, customers: &[(u64, Trail)]) -> Vec<Case> {
    let mut tables = Tables::default();
    for (_, trail) in customers {
        follow(&mut tables, trail, Turn::Add);
    }
    let mut moments: Vec<(u64, usize, usize)> = Vec::new();
    for (nth, (number, trail)) in customers.iter().enumerate() {
        let later = (1..trail.steps().len()).filter(|at| !trail.before(*at).is_empty());
        moments.extend(later.map(|at| (mixed(number.wrapping_add(at as u64)), nth, at)));
    }
    moments.sort_unstable_by_key(|(hash, nth, at)| (*hash, customers[*nth].0, *at));
    moments.truncate(CASES);
    let (strange, usual): (Vec<_>, Vec<_>) = moments.iter().enumerate().partition(|(i, _)| i % STRANGE == STRANGE - 1);

    let mut cases = Vec::with_capacity(moments.len());
    for (_, (_, nth, at)) in usual {
        let trail = &customers[*nth].1;
        follow(&mut tables, trail, Turn::Take);
        cases.extend(case(&tables, labels, customers, (*nth, *at)));
        follow(&mut tables, trail, Turn::Add);
    }
    for fold in 0..FOLDS {
        let of_fold = |trail: &Trail| set(trail.steps()) % FOLDS == fold;
        let out = || customers.iter().filter(|(_, trail)| of_fold(trail));
        out().for_each(|(_, trail)| follow(&mut tables, trail, Turn::Take));
        for (_, (_, nth, at)) in strange.iter().filter(|(_, (_, nth, _))| of_fold(&customers[*nth].1)) {
            cases.extend(case(&tables, labels, customers, (*nth, *at)));
        }
        out().for_each(|(_, trail)| follow(&mut tables, trail, Turn::Add));
    }
    cases
}

/// The case of the issue at `at` of the customer at `nth`, after what came before it; none where it is no candidate.
fn case(tables: &Tables, labels: &Labels, customers: &[(u64, Trail)], (nth, at): (usize, usize)) -> Option<Case> {
    let (_, trail) = &customers[nth];
    let (had, next) = (trail.before(at), trail.steps()[at].label?);
    let half = nth.is_multiple_of(2);
    let rows = Rows::of(tables, labels, had, 0);
    let candidates = rows.candidates(labels, had);
    let came = candidates.iter().position(|label| *label == next)?;
    let evidence = candidates.iter().map(|label| rows.evidence(*label, labels)).collect();
    let backed_off = rows.backed_off(&candidates);
    Some(Case { half, support: rows.support(), evidence, came, backed_off })
}
