//! Numbers, as they are sent.

use crate::tip::After;

/// Shortest and longest, in days.
pub(in crate::http) fn days(after: &After) -> [f64; 2] {
    [rounded(after.min_days), rounded(after.max_days)]
}

/// Four places: enough to tell apart what differs, and no digits that only the arithmetic knows.
pub(in crate::http) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 1e4).round() / 1e4
}
