//! When a balloon that nobody has decided about floats away: so many hours after it was given, counted on working days.

use chrono::{DateTime, Datelike, TimeDelta, Utc, Weekday};

/// The moment by which a balloon given at `given` has waited `hours` hours on working days (Monday to Friday, UTC).
pub(super) fn floats_away(given: DateTime<Utc>, hours: u32) -> DateTime<Utc> {
    let mut at = given;
    let mut left = TimeDelta::hours(i64::from(hours));
    loop {
        let midnight = (at + TimeDelta::days(1)).date_naive().and_time(chrono::NaiveTime::MIN).and_utc();
        if matches!(at.weekday(), Weekday::Sat | Weekday::Sun) {
            at = midnight;
            continue;
        }
        let today = midnight - at;
        if left <= today {
            return at + left;
        }
        left -= today;
        at = midnight;
    }
}
