//! Numbers as people read them: thousands apart, shares in per cent with their interval, times in the unit that fits.

/// `12,345`.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() * 4 / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// `1 contact`, `2 contacts`.
pub(super) fn counted(number: u64, one: &str, more: &str) -> String {
    format!("{} {}", thousands(number), if number == 1 { one } else { more })
}

/// Of a share from 0 to 1: `31.2`, in points of a hundred.
pub(super) fn points(share: f64) -> String {
    format!("{:.1}", share * 100.0)
}

/// `31.2 % (28.0 to 34.6)`.
pub(super) fn share(value: f64, low: f64, high: f64) -> String {
    format!("{} % ({} to {})", points(value), points(low), points(high))
}

/// Of milliseconds: `40 minutes`, `5 hours`, `3 days`.
pub(super) fn time_for(ms: i64) -> String {
    let minutes = u64::try_from(ms / 60_000).unwrap_or_default();
    match minutes {
        0..60 => counted(minutes, "minute", "minutes"),
        60..2_880 => counted(minutes / 60, "hour", "hours"),
        _ => counted(minutes / 1_440, "day", "days"),
    }
}

#[cfg(test)]
mod tests {
    use super::{counted, thousands, time_for};

    #[test]
    fn numbers_read_well() {
        assert_eq!([0, 999, 1_000, 1_234_567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(counted(1, "day", "days"), "1 day");
        assert_eq!(
            [59, 60, 47 * 60, 2_880].map(|m| time_for(m * 60_000)),
            ["59 minutes", "1 hour", "47 hours", "2 days"]
        );
    }
}
