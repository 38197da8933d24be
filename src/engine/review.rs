//! How old a tip's last check is: fresh, due soon, overdue.

use super::ReviewState;
use crate::tip::Tip;
use chrono::{Days, NaiveDate};

/// How long before its day a review counts as due: a month's notice is enough to find the owner and the facts.
pub const DUE_DAYS: u64 = 30;

/// State of the tip's review on `today`, and the day it falls due. The day itself is still in time.
pub fn review_state(tip: &Tip, today: NaiveDate) -> (ReviewState, Option<NaiveDate>) {
    let by = tip.review_by();
    let state = match by {
        None => ReviewState::None,
        Some(day) if day < today => ReviewState::Overdue,
        Some(day) if today.checked_add_days(Days::new(DUE_DAYS)).is_none_or(|soon| day <= soon) => ReviewState::Due,
        Some(_) => ReviewState::Fresh,
    };
    (state, by)
}
