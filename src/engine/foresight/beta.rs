//! The beta distribution: what counts say about a chance, and how surely.
//!
//! Formulas: Lanczos' approximation of the gamma function, and the continued fraction of the incomplete beta function
//! (Abramowitz and Stegun 1964, 6.1 and 26.5.8), by Lentz's method.

/// Natural logarithm of the gamma function, for positive numbers.
pub(super) fn ln_gamma(x: f64) -> f64 {
    // Coefficients of Lanczos' series for g = 7, n = 9: good to 15 digits.
    const SERIES: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        return ln_gamma(x + 1.0) - x.ln();
    }
    let x = x - 1.0;
    let sum: f64 = SERIES.iter().enumerate().skip(1).map(|(i, c)| c / (x + i as f64)).sum::<f64>() + SERIES[0];
    let t = x + 7.5;
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * t.ln() - t + sum.ln()
}

/// Logarithm of the beta function.
pub(super) fn ln_beta(a: f64, b: f64) -> f64 {
    ln_gamma(a) + ln_gamma(b) - ln_gamma(a + b)
}

/// Share of the distribution with `a` and `b` that lies below `x`.
pub(super) fn below(a: f64, b: f64, x: f64) -> f64 {
    if x <= 0.0 {
        return 0.0;
    }
    if x >= 1.0 {
        return 1.0;
    }
    let front = (a * x.ln() + b * (-x).ln_1p() - ln_beta(a, b)).exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(a, b, x) / a
    } else {
        1.0 - front * fraction(b, a, 1.0 - x) / b
    }
}

/// The continued fraction; it converges in some tens of terms where `x` lies below the mean.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    const TERMS: u32 = 500;
    let kept = |v: f64| if v.abs() < TINY { TINY } else { v };
    let mut c = 1.0;
    let mut d = 1.0 / kept(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for term in 1..TERMS {
        let m = f64::from(term);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        d = 1.0 / kept(1.0 + even * d);
        c = kept(1.0 + even / c);
        value *= d * c;
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        d = 1.0 / kept(1.0 + odd * d);
        c = kept(1.0 + odd / c);
        value *= d * c;
        if (d * c - 1.0).abs() < 1e-12 {
            break;
        }
    }
    value
}

/// The value below which `share` of the distribution lies: by halving, to nine digits.
pub(super) fn quantile(a: f64, b: f64, share: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..30 {
        let middle = (low + high) / 2.0;
        if below(a, b, middle) < share { low = middle } else { high = middle }
    }
    (low + high) / 2.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_those_of_the_tables() {
        // Beta(1, 1) is uniform; Beta(2, 1) has the distribution function x²; Beta(8, 4): R's qbeta.
        assert!((quantile(1.0, 1.0, 0.025) - 0.025).abs() < 1e-8);
        assert!((quantile(2.0, 1.0, 0.25) - 0.5).abs() < 1e-8);
        assert!((quantile(8.0, 4.0, 0.025) - 0.390_257).abs() < 1e-5);
        assert!((quantile(8.0, 4.0, 0.975) - 0.890_737).abs() < 1e-5);
        assert!((ln_gamma(0.5) - std::f64::consts::PI.sqrt().ln()).abs() < 1e-12);
        assert!((ln_gamma(11.0) - 3_628_800_f64.ln()).abs() < 1e-10);
    }
}
