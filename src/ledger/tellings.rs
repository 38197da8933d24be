//! When customers were told a tip first: what the rates of what comes next leave out.

use super::customers::CustomerId;
use super::error::LedgerError;
use super::handle::Ledger;
use super::rekey::places;
use super::value::{Row, Value};
use crate::tip::TipId;
use std::collections::HashSet;

/// A tip that a customer was told, under the id it had then.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    pub customer: CustomerId,
    pub tip: TipId,
    /// When for the first time.
    pub at_ms: i64,
}

/// Tells whether tellings came or went since.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TellingsMark {
    times: i64,
    last_ms: Option<i64>,
}

const TOLD: &str = "SELECT customer, tip, MIN(at_ms) FROM outcomes \
                    WHERE outcome IN ('told', 'given', 'sent', 'helped') AND customer IS NOT NULL";

impl Ledger {
    pub async fn tellings_mark(&self) -> Result<TellingsMark, LedgerError> {
        let sql = "SELECT COUNT(*), MAX(recorded_ms) FROM outcomes \
                   WHERE outcome IN ('told', 'given', 'sent', 'helped') AND customer IS NOT NULL";
        let row = self.db().row(sql, &[]).await?;
        let Some(row) = row else { return Ok(TellingsMark { times: 0, last_ms: None }) };
        Ok(TellingsMark { times: row.int(0)?, last_ms: row.maybe_int(1)? })
    }

    /// Tellings by customer and tip, after `last`, at most `limit`.
    pub async fn tellings(&self, last: Option<&Telling>, limit: u32) -> Result<Vec<Telling>, LedgerError> {
        let (customer, tip) =
            last.map_or_else(Default::default, |last| (last.customer.to_string(), last.tip.to_string()));
        let sql =
            format!("{TOLD} AND (customer, tip) > ($1, $2) GROUP BY customer, tip ORDER BY customer, tip LIMIT $3");
        let values = [customer.into(), tip.into(), i64::from(limit).into()];
        read(&self.db().rows(sqlx::AssertSqlSafe(sql), &values).await?)
    }

    /// All tellings of the customers whom these outcomes are about, and who they are. None where an outcome is not there:
    /// it was taken back.
    pub async fn tellings_of(
        &self,
        outcomes: &[String],
    ) -> Result<Option<(HashSet<CustomerId>, Vec<Telling>)>, LedgerError> {
        let ids: Vec<Value> = outcomes.iter().map(|id| id.as_str().into()).collect();
        let sql = format!("SELECT customer FROM outcomes WHERE id IN ({})", places(ids.len()));
        let rows = self.db().rows(sqlx::AssertSqlSafe(sql), &ids).await?;
        if rows.len() < outcomes.len() {
            return Ok(None);
        }
        let named = rows.iter().map(|row| row.maybe_text(0)).collect::<Result<Vec<_>, _>>()?;
        let customers: HashSet<CustomerId> = named.iter().flatten().filter_map(|id| CustomerId::parse(id)).collect();
        if customers.is_empty() {
            return Ok(Some((customers, Vec::new())));
        }
        let ids: Vec<Value> = customers.iter().map(|id| id.to_string().into()).collect();
        let sql = format!("{TOLD} AND customer IN ({}) GROUP BY customer, tip", places(ids.len()));
        Ok(Some((customers, read(&self.db().rows(sqlx::AssertSqlSafe(sql), &ids).await?)?)))
    }
}

fn read(rows: &[Row]) -> Result<Vec<Telling>, LedgerError> {
    let mut tellings = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(customer) = CustomerId::parse(&row.text(0)?) else { continue };
        tellings.push(Telling { customer, tip: TipId::new(row.text(1)?), at_ms: row.int(2)? });
    }
    Ok(tellings)
}
