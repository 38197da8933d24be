//! How much is in the ledger, and of which schema it is: for whoever asks whether it is well.

use super::counters;
use super::error::LedgerError;
use super::handle::Ledger;
use super::keys::hex;
use super::rekey::places;
use super::value::Value;

/// Records by kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Of the last migration that was applied.
    pub schema: u64,
    pub contacts: u64,
    /// Different customers with a contact.
    pub customers: u64,
    pub outcomes: u64,
    pub suggestions: u64,
    /// Customers and tips in the experiment.
    pub exposures: u64,
    pub balloons: u64,
    pub promises: u64,
    /// Groups of searches that found nothing.
    pub misses: u64,
}

/// Ids that are looked for at once: far below what either database takes as values of one statement.
const AT_ONCE: usize = 1_000;

impl Ledger {
    pub async fn tally(&self) -> Result<Tally, LedgerError> {
        let sql = "SELECT (SELECT CAST(MAX(version) AS BIGINT) FROM _sqlx_migrations), \
                   (SELECT COUNT(*) FROM contacts), (SELECT COUNT(DISTINCT customer) FROM contacts), \
                   (SELECT COUNT(*) FROM outcomes), (SELECT COUNT(*) FROM suggestions), \
                   (SELECT COUNT(*) FROM exposures), (SELECT COUNT(*) FROM balloons WHERE state <> 'merged'), \
                   (SELECT COUNT(*) FROM promises), (SELECT COUNT(*) FROM misses)";
        let Some(row) = self.db().row(sql, &[]).await? else { return Ok(Tally::default()) };
        Ok(Tally {
            schema: row.count(0)?,
            contacts: row.count(1)?,
            customers: row.count(2)?,
            outcomes: row.count(3)?,
            suggestions: row.count(4)?,
            exposures: row.count(5)?,
            balloons: row.count(6)?,
            promises: row.count(7)?,
            misses: row.count(8)?,
        })
    }

    /// How many of the contacts that the reporting system calls by these ids are recorded.
    pub async fn known_contacts(&self, ids: &[String]) -> Result<u64, LedgerError> {
        let mut known = 0;
        for some in ids.chunks(AT_ONCE) {
            let hashes: Vec<Value> = some.iter().map(|id| hex(&self.contact_id(id)).into()).collect();
            let sql = format!("SELECT COUNT(*) FROM contacts WHERE id IN ({})", places(hashes.len()));
            if let Some(row) = self.db().row(sqlx::AssertSqlSafe(sql), &hashes).await? {
                known += row.count(0)?;
            }
        }
        Ok(known)
    }
}

/// Stands among the counters of a ledger that holds a simulated past.
const SIMULATED: &str = "simulated";

impl Ledger {
    /// Notes that there is a simulated past in this ledger: nothing in it happened, and whoever reads its numbers is told.
    pub async fn mark_simulated(&self) -> Result<(), LedgerError> {
        let mut tx = self.write().await?;
        counters::set(&mut tx, SIMULATED, 1).await?;
        tx.commit().await
    }

    /// True where there is a simulated past in it.
    pub async fn is_simulated(&self) -> Result<bool, LedgerError> {
        let row = self.db().row("SELECT value FROM counters WHERE name = $1", &[SIMULATED.into()]).await?;
        Ok(row.is_some())
    }
}
