//! One number over many tips: each compared with its own held-out customers, then weighed together.
//!
//! Never the sums of all groups: tips differ in how often what they prevent follows and in how many were held out, and
//! sums would take that for an effect (Simpson's paradox).

use super::arms::{Arms, Effect, Interval};
use super::proportion::Z;

/// The common difference by Mantel and Haenszel's weights with Sato's variance (1989), the common ratio with Greenland
/// and Robins' (1985), both at 95 %, stratum by stratum. Strata with an empty group say nothing and are left out; none
/// where no other is there.
pub fn pooled(strata: &[Arms]) -> Option<Effect> {
    let whole: Vec<&Arms> = strata.iter().filter(|s| s.told.customers > 0 && s.held_out.customers > 0).collect();
    if whole.is_empty() {
        return None;
    }
    let (mut weights, mut differences, mut variance_p, mut variance_q) = (0.0, 0.0, 0.0, 0.0);
    let (mut told_sum, mut held_sum, mut spread) = (0.0, 0.0, 0.0);
    for arms in whole {
        let (n, m) = (arms.told.customers as f64, arms.held_out.customers as f64);
        let (x, y) = (arms.told.returned as f64, arms.held_out.returned as f64);
        let all = n + m;
        weights += n * m / all;
        differences += (x * m - y * n) / all;
        variance_p += (n * n * y - m * m * x + n * m * (m - n) / 2.0) / (all * all);
        variance_q += (x * (m - y) + y * (n - x)) / (2.0 * all);
        told_sum += x * m / all;
        held_sum += y * n / all;
        spread += ((x + y) * n * m - x * y * all) / (all * all);
    }
    let value = differences / weights;
    let deviation = ((value * variance_p + variance_q).max(0.0) / (weights * weights)).sqrt();
    let difference = Interval { value, low: (value - Z * deviation).max(-1.0), high: (value + Z * deviation).min(1.0) };
    let ratio = (told_sum > 0.0 && held_sum > 0.0).then(|| {
        let value = told_sum / held_sum;
        let reach = (Z * (spread / (told_sum * held_sum)).max(0.0).sqrt()).exp();
        Interval { value, low: value / reach, high: value * reach }
    });
    Some(Effect { difference, ratio })
}
