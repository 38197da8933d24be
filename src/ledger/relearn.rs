//! How often contacts that somebody may have learned from went, or came to stand under other names.
//!
//! A notice says so too, but only PostgreSQL carries it to other processes: on SQLite they hear that something changed,
//! and compare this number.

use super::counters;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;

/// Among the counters.
const RELEARN: &str = "relearn";

/// Counts one more, with whatever this transaction changes.
pub(super) async fn raise(tx: &mut Tx) -> Result<(), LedgerError> {
    counters::raise(tx, RELEARN).await
}

impl Ledger {
    /// Another number than before: whoever learned from contacts begins anew.
    pub async fn relearn_mark(&self) -> Result<i64, LedgerError> {
        let row = self.db().row("SELECT value FROM counters WHERE name = $1", &[RELEARN.into()]).await?;
        row.map_or(Ok(0), |row| row.int(0))
    }
}
