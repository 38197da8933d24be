//! How the ledger stands at this moment, in a few numbers that are quick to count: for whoever watches the server.

use super::App;
use super::pulse::DAYS;
use crate::ledger::{BalloonStats, LedgerError, PromiseCounts};
use chrono::{DateTime, TimeDelta, Utc};

/// Of the days that the pulse looks back on.
#[derive(Clone, Debug)]
pub struct Standing {
    pub balloons: BalloonStats,
    pub promises: PromiseCounts,
    /// False where the last write was refused, for lack of space or since nothing takes it, and another still is.
    pub writable: bool,
}

impl App {
    /// How the ledger stands; none where no ledger was named.
    ///
    /// # Errors
    /// `Away` where it does not answer within a second.
    pub async fn standing(&self, now: DateTime<Utc>) -> Result<Option<Standing>, LedgerError> {
        let Some(ledger) = self.memory.wanted()? else { return Ok(None) };
        let (from_ms, now_ms) = ((now - TimeDelta::days(DAYS)).timestamp_millis(), now.timestamp_millis());
        let count = async {
            let balloons = ledger.balloon_stats(from_ms).await?;
            let promises = ledger.promise_counts(from_ms, now_ms, now_ms).await?;
            Ok(Some(Standing { balloons, promises, writable: ledger.writable().await.is_ok() }))
        };
        self.memory.soon(count).await
    }
}
