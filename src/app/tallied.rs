//! What the ledger is asked to count for the pulse, all at one time. What it means is worked out where the library is
//! known.

use crate::ledger::{
    ArmCount, BalloonStats, Ledger, LedgerError, OutcomeCount, PromiseCounts, Repeats, RightFirstTime, SuggestionCount,
};
use crate::tip::TipId;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;

/// Counted from `from` until `until`.
pub(super) struct Tallied {
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub shown: Vec<SuggestionCount>,
    pub outcomes: Vec<OutcomeCount>,
    pub experiment: Vec<ArmCount>,
    pub right: Vec<RightFirstTime>,
    pub repeats: Vec<Repeats>,
    pub promises: PromiseCounts,
    pub balloons: BalloonStats,
}

impl Tallied {
    /// Counts the last `span` before `until`, with further contacts within `horizon`; `renamed` says of former ids which
    /// tip has them now.
    pub async fn count(
        ledger: &Ledger,
        renamed: &HashMap<TipId, TipId>,
        until: DateTime<Utc>,
        span: TimeDelta,
        horizon: TimeDelta,
    ) -> Result<Tallied, LedgerError> {
        let from = until - span;
        let (from_ms, until_ms) = (from.timestamp_millis(), until.timestamp_millis());
        let horizon_ms = horizon.num_milliseconds();
        Ok(Tallied {
            from,
            until,
            shown: ledger.suggestion_counts(None, from_ms, until_ms + 1).await?,
            outcomes: ledger.outcome_counts(None, from_ms, until_ms + 1).await?,
            experiment: ledger.experiments(renamed, from_ms, until_ms, horizon_ms).await?,
            right: ledger.right_first_time(from_ms, until_ms, horizon_ms).await?,
            repeats: ledger.repeats(from_ms, until_ms, horizon_ms).await?,
            promises: ledger.promise_counts(from_ms, until_ms, until_ms).await?,
            balloons: ledger.balloon_stats(from_ms).await?,
        })
    }
}
