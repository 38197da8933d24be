//! Fits how strongly each rate is pulled towards the coarser one, from all the situations that were counted.

use super::basis::Basis;
use super::counting::LARGEST_SET;
use super::keys::mixed;
use super::labels::{Known, Label, Labels};
use super::rates::{Levels, Pulls, Seen, likeliest_pull};
use super::tables::Tables;
use super::trail::{Step, Trail, pair, sequence, set};
use std::collections::HashMap;

/// Situations and issues that are looked at for each level: enough for a number that is only known to a factor of two.
const SITUATIONS: usize = 150;
const ISSUES: usize = 150;

/// The pulls that fit the counts within `horizon` days best; `histories` are those of which sets and sequences are taken.
pub(super) fn fitted(tables: &Tables, labels: &Labels, histories: &[(u64, Trail)], horizon: u16) -> Pulls {
    let mut issues: Vec<(Label, &Known)> = labels.all().filter(|(_, k)| k.about.issue.is_some()).collect();
    issues.sort_by_key(|(_, known)| mixed(known.mark));
    issues.truncate(SITUATIONS);
    let targets: Vec<Label> = issues.iter().take(ISSUES).map(|(label, _)| *label).collect();

    let mut products: Vec<u64> = issues.iter().map(|(_, known)| known.product).filter(|p| *p != 0).collect();
    products.sort_unstable();
    products.dedup();
    let pairs = several(histories, pair, Trail::is_in_order_at_last);
    let sets = several(histories, set, Trail::is_whole);
    let sequences = several(histories, sequence, |trail, size| trail.is_whole(size) && trail.is_in_order(size));

    let lines = |pulls: &Pulls, wanted: Basis, steps: &[Step], product: u64| -> Vec<Seen> {
        let levels = Levels::of((tables, labels), pulls, steps, product, wanted, horizon);
        if levels.basis != wanted {
            return Vec::new();
        }
        let others = targets.iter().filter(|label| !steps.iter().any(|s| s.label == Some(**label)));
        others.map(|label| levels.seen(&[*label])).collect()
    };
    let mut pulls = Pulls::default();
    let seen: Vec<Seen> = products.iter().flat_map(|p| lines(&pulls, Basis::Product, &[], *p)).collect();
    pulls.product = likeliest_pull(&seen);
    let of_issues = |pulls: &Pulls, wanted: Basis| -> Vec<Seen> {
        issues.iter().flat_map(|(label, _)| lines(pulls, wanted, &[Step::of(*label, labels)], 0)).collect()
    };
    pulls.issue = likeliest_pull(&of_issues(&pulls, Basis::Issue));
    pulls.first = likeliest_pull(&of_issues(&pulls, Basis::First));
    let of_several = |pulls: &Pulls, wanted: Basis, all: &[&[Step]]| -> Vec<Seen> {
        all.iter().flat_map(|steps| lines(pulls, wanted, steps, 0)).collect()
    };
    pulls.pair = likeliest_pull(&of_several(&pulls, Basis::Pair, &pairs));
    pulls.set = likeliest_pull(&of_several(&pulls, Basis::Set, &sets));
    pulls.sequence = likeliest_pull(&of_several(&pulls, Basis::Sequence, &sequences));
    pulls
}

/// Beginnings of `histories` with two issues or more that are `counted` at the level, each once by its `number`, as many as
/// are looked at. Where several orders are one, which of them stands for it goes by hashes.
fn several(
    histories: &[(u64, Trail)],
    number: fn(&[Step]) -> u64,
    counted: impl Fn(&Trail, usize) -> bool,
) -> Vec<&[Step]> {
    let mut all: HashMap<u64, &[Step]> = HashMap::new();
    for (_, trail) in histories {
        let steps = trail.steps();
        for size in (2..=steps.len().min(LARGEST_SET)).filter(|size| counted(trail, *size)) {
            all.entry(number(&steps[..size])).or_insert(&steps[..size]);
        }
    }
    let mut all: Vec<(u64, &[Step])> = all.into_iter().collect();
    all.sort_by_key(|(number, _)| mixed(*number));
    all.into_iter().take(SITUATIONS).map(|(_, steps)| steps).collect()
}
