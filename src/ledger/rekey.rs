//! Moves what stands under an older key's hash to the newest one, whenever a customer is written.
//! So a new key takes over little by little, and nobody is two customers meanwhile.

use super::changes::ChangeKind;
use super::customers::Customer;
use super::db::Tx;
use super::error::LedgerError;
use super::relearn;
use super::value::Value;
use sqlx::AssertSqlSafe;
use std::collections::BTreeMap;

/// Every table that names customers.
pub(super) const TABLES: [&str; 5] = ["outcomes", "contacts", "suggestions", "exposures", "promises"];

/// Hashes that are looked for at once: far below what either database takes as values of one statement.
const AT_ONCE: usize = 1000;

/// `$1, $2, …` for so many values.
pub(super) fn places(count: usize) -> String {
    (1..=count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}

pub(super) async fn rekey<'a>(tx: &mut Tx, customers: impl Iterator<Item = &'a Customer>) -> Result<(), LedgerError> {
    let newest: BTreeMap<String, String> = customers
        .flat_map(|customer| customer.older().iter().map(|old| (old.to_string(), customer.id().to_string())))
        .collect();
    let old: Vec<Value> = newest.keys().map(Value::from).collect();
    for some in old.chunks(AT_ONCE) {
        let one = |table: &str| format!("SELECT customer FROM {table} WHERE customer IN ({})", places(some.len()));
        let sql = TABLES.map(one).join(" UNION ");
        for row in tx.rows(AssertSqlSafe(sql), some).await? {
            let old = row.text(0)?;
            if let Some(new) = newest.get(&old) {
                rename(tx, &old, new).await?;
            }
        }
    }
    Ok(())
}

async fn rename(tx: &mut Tx, old: &str, new: &str) -> Result<(), LedgerError> {
    let pair = [old.into(), new.into()];
    // A tip that is met under both names was met first under the old one.
    let sql = "DELETE FROM exposures WHERE customer = $2 AND tip IN (SELECT tip FROM exposures WHERE customer = $1)";
    tx.run(sql, &pair).await?;
    for table in TABLES {
        let sql = format!("UPDATE {table} SET customer = $2 WHERE customer = $1");
        tx.run(AssertSqlSafe(sql), &pair).await?;
    }
    relearn::raise(tx).await?;
    tx.tell(ChangeKind::Renamed, &format!("{old}:{new}"));
    Ok(())
}
