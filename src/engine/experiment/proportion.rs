//! A share of cases with its interval.

/// 97.5 % of a normal distribution lie below this many standard deviations: two-sided 95 % intervals.
pub(super) const Z: f64 = 1.959_963_984_540_054;

/// A counted share with its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    pub hits: u64,
    pub of: u64,
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

impl Share {
    /// None where nothing was counted. `hits` above `of` count as `of`.
    pub fn of(hits: u64, of: u64) -> Option<Self> {
        let hits = hits.min(of);
        let (low, high) = wilson(hits, of)?;
        Some(Self { hits, of, value: hits as f64 / of as f64, low, high })
    }
}

/// The score interval for a share of `hits` in `of` at 95 % (Wilson 1927, without correction for continuity): never
/// outside 0 to 1, and right for few cases too. None where `of` is 0.
pub fn wilson(hits: u64, of: u64) -> Option<(f64, f64)> {
    if of == 0 {
        return None;
    }
    Some(score(hits.min(of) as f64 / of as f64, of as f64))
}

/// The same limits for a share of `p`, 0 to 1, that is as well known as one counted from `n` customers; `n` is above 0
/// and need not be whole.
pub(super) fn score(p: f64, n: f64) -> (f64, f64) {
    let square = Z * Z;
    let middle = p + square / (2.0 * n);
    let reach = Z * (p * (1.0 - p) / n + square / (4.0 * n * n)).sqrt();
    let within = 1.0 + square / n;
    let low = if p <= 0.0 { 0.0 } else { ((middle - reach) / within).max(0.0) };
    let high = if p >= 1.0 { 1.0 } else { ((middle + reach) / within).min(1.0) };
    (low, high)
}
