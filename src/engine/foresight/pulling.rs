//! Fits how strongly each rate is pulled towards the coarser one, from all the situations that were counted.

use super::counting::LARGEST_SET;
use super::keys::mixed;
use super::labels::{Known, Label, Labels};
use super::rates::{Basis, Levels, Pulls, Seen, likeliest_pull};
use super::tables::Tables;
use super::trail::{Step, set};
use std::collections::HashMap;

/// Situations and issues that are looked at for each level: enough for a number that is only known to a factor of two.
const SITUATIONS: usize = 150;
const ISSUES: usize = 150;

/// The pulls that fit the counts best; `histories` are those of which the sets are taken.
pub(super) fn fitted(tables: &Tables, labels: &Labels, histories: &[(u64, Vec<Step>)]) -> Pulls {
    let mut issues: Vec<(Label, &Known)> = labels.all().filter(|(_, k)| k.about.issue.is_some()).collect();
    issues.sort_by_key(|(_, known)| mixed(known.mark));
    issues.truncate(SITUATIONS);
    let targets: Vec<Label> = issues.iter().take(ISSUES).map(|(label, _)| *label).collect();

    let mut products: Vec<u64> = issues.iter().map(|(_, known)| known.product).filter(|p| *p != 0).collect();
    products.sort_unstable();
    products.dedup();
    let mut sets: HashMap<u64, &[Step]> = HashMap::new();
    for (_, steps) in histories {
        for size in 2..=steps.len().min(LARGEST_SET) {
            sets.entry(set(&steps[..size])).or_insert(&steps[..size]);
        }
    }
    let mut sets: Vec<(u64, &[Step])> = sets.into_iter().collect();
    sets.sort_by_key(|(key, _)| mixed(*key));

    let lines = |pulls: &Pulls, wanted: Basis, steps: &[Step], product: u64| -> Vec<Seen> {
        let levels = Levels::of(tables, labels, pulls, steps, product);
        if levels.basis != wanted {
            return Vec::new();
        }
        let others = targets.iter().filter(|label| !steps.iter().any(|s| s.label == Some(**label)));
        others.map(|label| levels.seen(&[*label])).collect()
    };
    let mut pulls = Pulls::default();
    let seen: Vec<Seen> = products.iter().flat_map(|p| lines(&pulls, Basis::Product, &[], *p)).collect();
    pulls.product = likeliest_pull(&seen);
    let of_issue = |label: &Label| lines(&pulls, Basis::Issue, &[Step::of(*label, labels)], 0);
    let seen: Vec<Seen> = issues.iter().flat_map(|(label, _)| of_issue(label)).collect();
    pulls.issue = likeliest_pull(&seen);
    let of_sets = sets.iter().take(SITUATIONS);
    let seen: Vec<Seen> = of_sets.flat_map(|(_, steps)| lines(&pulls, Basis::Set, steps, 0)).collect();
    pulls.set = likeliest_pull(&seen);
    pulls
}
