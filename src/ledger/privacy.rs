//! A customer's right to see what is kept about them, and to have it gone.

use super::changes::ChangeKind;
use super::counters;
use super::customers::Customer;
use super::db::{Db, Tx};
use super::error::LedgerError;
use super::handle::Ledger;
use super::rekey::{TABLES, places};
use super::relearn;
use super::value::Value;
use sqlx::AssertSqlSafe;

/// One record about a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptRecord {
    /// The table it stands in.
    pub kind: &'static str,
    pub at_ms: Option<i64>,
    /// What it says, by the names of docs/ledger.md; empty fields are left out.
    pub fields: Vec<(&'static str, String)>,
}

/// A table's time column, and its other columns but the customer's, as text.
const KEPT: [(&str, &str, &[&str]); 5] = [
    ("outcomes", "at_ms", &["tip", "substance", "outcome", "reason", "suggestion", "agent", "channel"]),
    ("contacts", "at_ms", &["position", "product", "issue", "reported"]),
    ("suggestions", "at_ms", &["id", "tip", "silence", "beside", "product", "issue", "arm"]),
    ("exposures", "at_ms", &["tip", "arm", "product", "issue", "reported", "lot"]),
    ("promises", "made_ms", &["due_ms", "what", "state", "settled_ms", "owner", "tip"]),
];

/// When a customer was last erased, among the counters.
const ERASED: &str = "erased";

impl Ledger {
    /// Everything that the ledger keeps about a customer, table by table, oldest first.
    pub async fn export(&self, customer: &Customer) -> Result<Vec<KeptRecord>, LedgerError> {
        let ids: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let mut records = Vec::new();
        for (table, time, columns) in KEPT {
            let list: Vec<String> = columns.iter().map(|name| format!("CAST({name} AS TEXT)")).collect();
            let sql = format!(
                "SELECT {time}, {} FROM {table} WHERE customer IN ({}) ORDER BY {time}",
                list.join(", "),
                places(ids.len())
            );
            for row in self.db().rows(AssertSqlSafe(sql), &ids).await? {
                let mut fields = Vec::new();
                for (place, name) in columns.iter().enumerate() {
                    fields.extend(row.maybe_text(place + 1)?.map(|value| (*name, value)));
                }
                records.push(KeptRecord { kind: table, at_ms: row.maybe_int(0)?, fields });
            }
        }
        for receipt in self.reached_by(customer).await? {
            let sql = "SELECT balloon, given_ms, said FROM givers WHERE receipt = $1";
            if let Some(row) = self.db().row(sql, &[receipt.into()]).await? {
                let fields = vec![("balloon", row.text(0)?), ("said", row.text(2)?)];
                records.push(KeptRecord { kind: "givers", at_ms: row.maybe_int(1)?, fields });
            }
        }
        Ok(records)
    }

    /// Removes everything about a customer, and what was learned while they were in it. Gives back how many records
    /// went. SQLite overwrites them at once; PostgreSQL does when it next vacuums.
    /// # Errors
    /// `Logged` where the records are gone, and a long read kept SQLite from overwriting its log.
    pub async fn erase(&self, customer: &Customer) -> Result<u64, LedgerError> {
        let ids: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let reached = self.reached_by(customer).await?;
        let mut tx = self.write().await?;
        let mut gone = reached.len() as u64;
        for receipt in reached {
            tx.run("UPDATE givers SET contact = NULL WHERE receipt = $1", &[receipt.into()]).await?;
        }
        for table in TABLES {
            let sql = format!("DELETE FROM {table} WHERE customer IN ({})", places(ids.len()));
            gone += tx.run(AssertSqlSafe(sql), &ids).await?;
        }
        // What another server noted before, and could not write yet, is written without anybody's name.
        counters::set(&mut tx, ERASED, chrono::Utc::now().timestamp_millis()).await?;
        if gone > 0 {
            tx.run("DELETE FROM models", &[]).await?;
            relearn::raise(&mut tx).await?;
            for id in customer.all() {
                tx.tell(ChangeKind::Erased, &id.to_string());
            }
        }
        tx.commit().await?;
        if self.overwrite_log().await? { Ok(gone) } else { Err(LedgerError::Logged(gone)) }
    }

    /// Empties SQLite's write-ahead log, which still holds pages as they were. False where somebody reads an old state
    /// for longer than a lock is waited for.
    pub(super) async fn overwrite_log(&self) -> Result<bool, LedgerError> {
        let Db::Sqlite { writer, .. } = self.db() else { return Ok(true) };
        let (busy, _, _): (i64, i64, i64) = sqlx::query_as("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(writer).await?;
        Ok(busy == 0)
    }

    /// Receipts of balloons whose giver wrote this customer as the way to reach them.
    async fn reached_by(&self, customer: &Customer) -> Result<Vec<String>, LedgerError> {
        let rows = self.db().rows("SELECT receipt, contact FROM givers WHERE contact IS NOT NULL", &[]).await?;
        let mut receipts = Vec::new();
        for row in rows {
            if self.customer(&row.text(1)?).as_ref() == Some(customer) {
                receipts.push(row.text(0)?);
            }
        }
        Ok(receipts)
    }
}

/// When a customer was last erased; none where nobody was.
pub(super) async fn last_erased_ms(tx: &mut Tx) -> Result<Option<i64>, LedgerError> {
    counters::get(tx, ERASED).await
}
