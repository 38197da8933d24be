//! How long each kind of record is kept. What is over its time goes, in small steps that nobody waits for.

use super::changes::ChangeKind;
use super::error::LedgerError;
use super::handle::Ledger;
use super::relearn;
use super::value::Value;

/// Milliseconds for which each kind is kept; none means for good.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Retention {
    /// From the contact's time; from when it was recorded, where only its position is known.
    pub contacts_ms: Option<i64>,
    /// With them goes what a customer was told. A tip that was called wrong or unsafe stays so until an editor has
    /// looked; who said so, and to whom, goes.
    pub outcomes_ms: Option<i64>,
    pub suggestions_ms: Option<i64>,
    pub exposures_ms: Option<i64>,
    /// From the decision; one that nobody decided about stays.
    pub balloons_ms: Option<i64>,
    /// From when it was kept or broken; an open one stays.
    pub promises_ms: Option<i64>,
    /// From the last time the words were searched for.
    pub misses_ms: Option<i64>,
    /// First answers to requests that may come again.
    pub answers_ms: Option<i64>,
}

/// How many records of each kind went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Removed {
    pub contacts: u64,
    pub outcomes: u64,
    pub suggestions: u64,
    pub exposures: u64,
    pub balloons: u64,
    pub promises: u64,
    pub misses: u64,
    pub answers: u64,
}

/// Rows that go in one transaction: well below the time that a report waits for its turn.
const STEP: i64 = 2000;

const CONTACTS: &str = "DELETE FROM contacts WHERE id IN (SELECT id FROM contacts WHERE at_ms < $1 \
    OR (at_ms IS NULL AND recorded_ms < $1) LIMIT $2)";
const OUTCOMES: &str = "DELETE FROM outcomes WHERE id IN (SELECT id FROM outcomes WHERE at_ms < $1 \
    AND (reason IS NULL OR reason NOT IN ('inaccurate', 'unsafe') OR cleared_ms IS NOT NULL) LIMIT $2)";
const FLAGS: &str = "UPDATE outcomes SET customer = NULL, agent = NULL WHERE id IN (SELECT id FROM outcomes \
    WHERE at_ms < $1 AND reason IN ('inaccurate', 'unsafe') AND cleared_ms IS NULL \
    AND (customer IS NOT NULL OR agent IS NOT NULL) LIMIT $2)";
const SUGGESTIONS: &str = "DELETE FROM suggestions WHERE id IN (SELECT id FROM suggestions WHERE at_ms < $1 LIMIT $2)";
const EXPOSURES: &str = "DELETE FROM exposures WHERE (customer, tip) IN \
    (SELECT customer, tip FROM exposures WHERE at_ms < $1 LIMIT $2)";
const PROMISES: &str = "DELETE FROM promises WHERE id IN (SELECT id FROM promises WHERE settled_ms < $1 LIMIT $2)";
const MISSES: &str = "DELETE FROM misses WHERE words IN (SELECT words FROM misses WHERE last_ms < $1 LIMIT $2)";
const ANSWERS: &str = "DELETE FROM answers_once WHERE (key, route) IN \
    (SELECT key, route FROM answers_once WHERE at_ms < $1 LIMIT $2)";
/// One that others were merged into goes after them.
const BALLOONS: &str = "DELETE FROM balloons WHERE id IN (SELECT id FROM balloons b WHERE decided_ms < $1 \
    AND NOT EXISTS (SELECT 1 FROM balloons m WHERE m.merged_into = b.id) LIMIT $2)";
const GIVERS: &str = "DELETE FROM givers WHERE balloon IN (SELECT id FROM balloons b WHERE decided_ms < $1 \
    AND NOT EXISTS (SELECT 1 FROM balloons m WHERE m.merged_into = b.id) LIMIT $2)";

impl Ledger {
    /// Removes what is over its time. May be called as often as one likes, by any server.
    pub async fn retain(&self, now_ms: i64, keep: &Retention) -> Result<Removed, LedgerError> {
        // What is erased while somebody reads for long stays in SQLite's log until then.
        self.overwrite_log().await?;
        let contacts = self.remove(&[CONTACTS], now_ms, keep.contacts_ms).await?;
        if contacts > 0 {
            // Whoever learned from them begins anew: what is over its time is in no server's memory either.
            let mut tx = self.write().await?;
            tx.tell(ChangeKind::Erased, "");
            tx.commit().await?;
        }
        let outcomes = self.remove(&[FLAGS, OUTCOMES], now_ms, keep.outcomes_ms).await?;
        if outcomes > 0 {
            let mut tx = self.write().await?;
            tx.tell(ChangeKind::Outcome, "");
            tx.commit().await?;
        }
        Ok(Removed {
            contacts,
            outcomes,
            suggestions: self.remove(&[SUGGESTIONS], now_ms, keep.suggestions_ms).await?,
            exposures: self.remove(&[EXPOSURES], now_ms, keep.exposures_ms).await?,
            balloons: self.remove(&[GIVERS, BALLOONS], now_ms, keep.balloons_ms).await?,
            promises: self.remove(&[PROMISES], now_ms, keep.promises_ms).await?,
            misses: self.remove(&[MISSES], now_ms, keep.misses_ms).await?,
            answers: self.remove(&[ANSWERS], now_ms, keep.answers_ms).await?,
        })
    }

    /// Runs the statements step by step until the last of them finds nothing more; counts what that one removed.
    async fn remove(&self, sql: &[&'static str], now_ms: i64, keep_ms: Option<i64>) -> Result<u64, LedgerError> {
        let Some(keep_ms) = keep_ms else { return Ok(0) };
        let values: [Value; 2] = [now_ms.saturating_sub(keep_ms).into(), STEP.into()];
        let mut removed = 0;
        loop {
            let mut tx = self.write().await?;
            let mut step = 0;
            for sql in sql {
                step = tx.run(*sql, &values).await?;
            }
            if step > 0 && sql.contains(&CONTACTS) {
                relearn::raise(&mut tx).await?;
            }
            tx.commit().await?;
            removed += step;
            if step == 0 {
                return Ok(removed);
            }
        }
    }
}
