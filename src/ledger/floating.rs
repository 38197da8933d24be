//! How balloons fare: how many wait, how long it takes, whose are answered.

use super::error::LedgerError;
use super::handle::Ledger;

/// Measures of the inbox. Times are milliseconds on the clock; working hours are counted elsewhere.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BalloonStats {
    pub waiting: u64,
    pub acknowledged: u64,
    pub adopted: u64,
    pub declined: u64,
    /// When the balloon that waits longest was given.
    pub oldest_waiting_ms: Option<i64>,
    /// Half of those that were acknowledged were so within this.
    pub median_to_acknowledgement_ms: Option<i64>,
    /// How many balloons that is said of: those that wait are not among them.
    pub median_of_acknowledgement: u64,
    pub median_to_decision_ms: Option<i64>,
    pub median_of_decision: u64,
    /// Givers by role, most first. Without a role: none.
    pub givers_by_role: Vec<(Option<String>, u64)>,
}

impl Ledger {
    /// Of balloons given from `from_ms` on, and of all that nobody has decided about: what waits longest must not drop
    /// out of sight by waiting.
    pub async fn balloon_stats(&self, from_ms: i64) -> Result<BalloonStats, LedgerError> {
        let mut stats = BalloonStats::default();
        let sql = "SELECT state, COUNT(*), MIN(given_ms) FROM balloons \
                   WHERE given_ms >= $1 OR state IN ('waiting', 'acknowledged') GROUP BY state";
        for row in self.db().rows(sql, &[from_ms.into()]).await? {
            let count = row.count(1)?;
            match row.text(0)?.as_str() {
                "waiting" => (stats.waiting, stats.oldest_waiting_ms) = (count, row.maybe_int(2)?),
                "acknowledged" => stats.acknowledged = count,
                "adopted" => stats.adopted = count,
                "declined" => stats.declined = count,
                _ => {}
            }
        }
        let to_acknowledgement = "SELECT CAST(AVG(took) AS BIGINT), COALESCE(MAX(all_of), 0) FROM (SELECT acknowledged_ms - given_ms AS took, \
             ROW_NUMBER() OVER (ORDER BY acknowledged_ms - given_ms) AS place, COUNT(*) OVER () AS all_of \
             FROM balloons WHERE acknowledged_ms IS NOT NULL AND given_ms >= $1) AS taken \
             WHERE place IN ((all_of + 1) / 2, (all_of + 2) / 2)";
        let to_decision = "SELECT CAST(AVG(took) AS BIGINT), COALESCE(MAX(all_of), 0) FROM (SELECT decided_ms - given_ms AS took, \
             ROW_NUMBER() OVER (ORDER BY decided_ms - given_ms) AS place, COUNT(*) OVER () AS all_of \
             FROM balloons WHERE decided_ms IS NOT NULL AND state <> 'merged' AND given_ms >= $1) AS taken \
             WHERE place IN ((all_of + 1) / 2, (all_of + 2) / 2)";
        (stats.median_to_acknowledgement_ms, stats.median_of_acknowledgement) =
            self.median(to_acknowledgement, from_ms).await?;
        (stats.median_to_decision_ms, stats.median_of_decision) = self.median(to_decision, from_ms).await?;
        let sql = "SELECT role, COUNT(*) FROM givers WHERE given_ms >= $1 GROUP BY role \
                   ORDER BY COUNT(*) DESC, role NULLS FIRST";
        for row in self.db().rows(sql, &[from_ms.into()]).await? {
            stats.givers_by_role.push((row.maybe_text(0)?, row.count(1)?));
        }
        Ok(stats)
    }

    /// The median, and of how many it is.
    async fn median(&self, sql: &'static str, from_ms: i64) -> Result<(Option<i64>, u64), LedgerError> {
        match self.db().row(sql, &[from_ms.into()]).await? {
            Some(row) => Ok((row.maybe_int(0)?, row.count(1)?)),
            None => Ok((None, 0)),
        }
    }
}
