//! Single numbers that the ledger keeps by name.

use super::db::Tx;
use super::error::LedgerError;

/// Puts `value` in place of what the number was.
pub(super) async fn set(tx: &mut Tx, name: &str, value: i64) -> Result<(), LedgerError> {
    let sql = "INSERT INTO counters (name, value) VALUES ($1, $2) \
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    tx.run(sql, &[name.into(), value.into()]).await.map(drop)
}

/// Makes the number greater by one; one that was never set counts from 0 on.
pub(super) async fn raise(tx: &mut Tx, name: &str) -> Result<(), LedgerError> {
    let sql = "INSERT INTO counters (name, value) VALUES ($1, 1) \
               ON CONFLICT (name) DO UPDATE SET value = counters.value + 1";
    tx.run(sql, &[name.into()]).await.map(drop)
}

/// None where it was never set.
pub(super) async fn get(tx: &mut Tx, name: &str) -> Result<Option<i64>, LedgerError> {
    let row = tx.row("SELECT value FROM counters WHERE name = $1", &[name.into()]).await?;
    row.map(|row| row.int(0)).transpose()
}
