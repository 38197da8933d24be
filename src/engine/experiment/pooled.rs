//! One number over many tips: each compared with its own held-out customers, then weighed together.
//!
//! Never the sums of all groups: tips differ in how often what they prevent follows and in how many were held out, and
//! sums would take that for an effect (Simpson's paradox).

use super::arms::{Arm, Arms, Effect, Interval};
use super::proportion::score;

/// The common difference and the common ratio by Mantel and Haenszel's weights (1959): the two groups' shares, each
/// stratum's weighing n · m / (n + m), told and held out, are compared as those of one tip are. So one stratum gives
/// what `Arms::effect` gives. Strata with an empty group say nothing and are left out; none where no other is there.
pub fn pooled(strata: &[Arms]) -> Option<Effect> {
    let whole: Vec<&Arms> = strata.iter().filter(|s| s.told.customers > 0 && s.held_out.customers > 0).collect();
    let weight = |arms: &Arms| {
        let (told, held) = (arms.told.customers as f64, arms.held_out.customers as f64);
        told * held / (told + held)
    };
    let sum: f64 = whole.iter().map(|arms| weight(arms)).sum();
    let group =
        |of: fn(&Arms) -> Arm| -> Vec<(f64, Arm)> { whole.iter().map(|arms| (weight(arms) / sum, of(arms))).collect() };
    (sum > 0.0).then(|| Effect::between(weighed(&group(|arms| arms.told)), weighed(&group(|arms| arms.held_out))))
}

/// The share that comes back in one group, over strata whose weights sum to 1, with its 95 % score interval: that of as
/// many customers as would know it as well (effective sample size; E. L. Korn and B. I. Graubard, 1998).
///
/// They are P · (1 − P) / V with V = Σ w² · (p · (1 − p) + P · (1 − P) / n) / n, where P is the share in question, and w,
/// p and n are a stratum's weight, share and customers. The second part is what a stratum's own spread falls short by
/// on average where all are alike; alone, it keeps strata of a single customer from counting as sure. Strata that differ
/// can only make the share better known than customers who are all alike, so they are never fewer than 1 / Σ (w² / n)
/// (L. Kish, 1965), which is also what is left where nobody or everybody came back.
fn weighed(group: &[(f64, Arm)]) -> Interval {
    let all_back = group.iter().all(|(_, arm)| arm.returned >= arm.customers);
    let value = if all_back { 1.0 } else { group.iter().map(|(weight, arm)| weight * arm.rate()).sum() };
    let alike = value * (1.0 - value);
    let (mut spread, mut concentrated) = (0.0, 0.0);
    for (weight, arm) in group {
        let (n, p) = (arm.customers as f64, arm.rate());
        concentrated += weight * weight / n;
        spread += weight * weight / n * (p * (1.0 - p) + alike / n);
    }
    let fewest = 1.0 / concentrated;
    let customers = if alike > 0.0 { (alike / spread).max(fewest) } else { fewest };
    let (low, high) = score(value, customers);
    Interval { value, low, high }
}
