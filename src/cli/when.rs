//! Times as people type them: a time, a day, or how long it is until then.

use super::ended::Failure;
use crate::app::moment;
use crate::tip::After;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

const DAY_SECONDS: f64 = 86_400.0;

/// When something happened: a time, or a day's beginning.
pub(super) fn happened(typed: &str, option: &str) -> Result<DateTime<Utc>, Failure> {
    let typed = typed.trim();
    moment(typed).or_else(|| day(typed, 0, 0, 0)).ok_or_else(|| {
        Failure::Said(format!("--{option} {typed}: a time is expected, such as 2026-11-12T09:30:00Z or 2026-11-12"))
    })
}

/// By when something shall be done: a time, a day until its end, or how long from now.
pub(super) fn due(typed: &str, now: DateTime<Utc>) -> Result<DateTime<Utc>, Failure> {
    let typed = typed.trim();
    moment(typed).or_else(|| day(typed, 23, 59, 59)).or_else(|| from(now, typed)).ok_or_else(|| {
        Failure::Said(format!(
            "--due {typed}: a time is expected, such as 2026-11-12T16:00:00Z, 2026-11-12, or '2 days' from now"
        ))
    })
}

fn day(typed: &str, hour: u32, minute: u32, second: u32) -> Option<DateTime<Utc>> {
    let day = NaiveDate::parse_from_str(typed, "%Y-%m-%d").ok()?;
    Some(day.and_hms_opt(hour, minute, second)?.and_utc())
}

/// `2 hours`, `in 3 days`; of a range its end.
fn from(now: DateTime<Utc>, typed: &str) -> Option<DateTime<Utc>> {
    let after = After::parse(typed.strip_prefix("in ").unwrap_or(typed))?;
    let seconds = (f64::from(after.max_days) * DAY_SECONDS).round();
    now.checked_add_signed(TimeDelta::try_seconds(seconds as i64)?)
}

#[cfg(test)]
mod tests {
    use super::{due, happened};
    use chrono::DateTime;

    #[test]
    fn times_are_read_as_people_type_them() {
        let now = DateTime::from_timestamp(1_700_000_000, 0).expect("a time");
        let seconds = |typed| due(typed, now).map(|at| (at - now).num_seconds()).ok();
        assert_eq!(
            ["2 hours", "in 3 days", "1 week", "30 min"].map(seconds),
            [7_200, 259_200, 604_800, 1_800].map(Some)
        );
        let time = |typed| due(typed, now).map(|at| at.to_rfc3339()).ok();
        assert_eq!(time("2026-11-12").as_deref(), Some("2026-11-12T23:59:59+00:00"));
        assert_eq!(time("2026-11-12 16:00").as_deref(), Some("2026-11-12T16:00:00+00:00"));
        assert_eq!(time("2026-11-12T16:00:00+01:00").as_deref(), Some("2026-11-12T15:00:00+00:00"));
        assert!(["tomorrow", "", "3", "999999 years"].into_iter().all(|typed| seconds(typed).is_none()));
        assert_eq!(
            happened("2026-11-12", "at").map(|at| at.to_rfc3339()).ok().as_deref(),
            Some("2026-11-12T00:00:00+00:00")
        );
        assert!(happened("2 hours", "at").is_err());
    }
}
