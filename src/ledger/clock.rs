//! Whether the clock can be believed before anything goes for good by it. An empty battery, a restored machine or a wrong
//! time server moves it by years, and what was erased then would not come back when the clock is set right.

use super::counters;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;
use super::retention::{Removed, Retention};

/// What came of tidying up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tidied {
    Removed(Removed),
    /// Nothing went: the clock is too far from when the ledger was last tidied, and has been so for this many hours.
    Doubted {
        last_ms: i64,
        hours: i64,
    },
}

/// Hours of running after which a clock that jumped is believed: a week, in which somebody reads the log. Of several
/// servers that agree, each counts: they are so many clocks.
pub const BELIEVED_AFTER_HOURS: i64 = 7 * 24;

/// A clock is never doubted for less than it takes a team to come back from its holidays, 30 days, where all is kept for
/// longer than that.
const HOLIDAYS_MS: i64 = 30 * 86_400_000;

/// When the ledger was last tidied.
const TIDIED: &str = "tidied";
/// Hours for which the clock has been in doubt.
const DOUBTED: &str = "doubted";

/// The last time that anything was recorded, by the clock of then: for ledgers that were never tidied so.
const LAST_RECORDED: &str = "SELECT MAX(at_ms) FROM (SELECT MAX(recorded_ms) AS at_ms FROM outcomes \
    UNION ALL SELECT MAX(recorded_ms) FROM contacts UNION ALL SELECT MAX(at_ms) FROM suggestions \
    UNION ALL SELECT MAX(given_ms) FROM balloons UNION ALL SELECT MAX(made_ms) FROM promises) AS recorded";

impl Ledger {
    /// Removes what is over its time, unless the clock has jumped, ahead or back, since this was last done.
    /// `hour_later`: this process has run for an hour since it last asked.
    pub async fn tidy(&self, now_ms: i64, keep: &Retention, hour_later: bool) -> Result<Tidied, LedgerError> {
        let mut tx = self.write().await?;
        let last_ms = match counters::get(&mut tx, TIDIED).await? {
            Some(last_ms) => last_ms,
            None => last_recorded(&mut tx).await?.unwrap_or(now_ms),
        };
        let jumped = now_ms.abs_diff(last_ms) > keep.doubtful_ms().unsigned_abs();
        let hours = counters::get(&mut tx, DOUBTED).await?.unwrap_or(0) + i64::from(hour_later);
        let doubted = jumped && hours < BELIEVED_AFTER_HOURS;
        counters::set(&mut tx, TIDIED, if doubted { last_ms } else { now_ms }).await?;
        counters::set(&mut tx, DOUBTED, if doubted { hours } else { 0 }).await?;
        tx.commit().await?;
        match doubted {
            true => Ok(Tidied::Doubted { last_ms, hours }),
            false => Ok(Tidied::Removed(self.retain(now_ms, keep).await?)),
        }
    }
}

impl Retention {
    /// Milliseconds by which a clock has to jump to be doubted: never so many that all records of a kind could go.
    fn doubtful_ms(&self) -> i64 {
        let kinds = [
            self.contacts_ms,
            self.outcomes_ms,
            self.suggestions_ms,
            self.exposures_ms,
            self.balloons_ms,
            self.promises_ms,
            self.misses_ms,
        ];
        kinds.into_iter().flatten().fold(HOLIDAYS_MS, i64::min)
    }
}

async fn last_recorded(tx: &mut Tx) -> Result<Option<i64>, LedgerError> {
    let row = tx.row(LAST_RECORDED, &[]).await?;
    Ok(row.map(|row| row.maybe_int(0)).transpose()?.flatten())
}
