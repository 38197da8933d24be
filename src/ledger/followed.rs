//! What followed what: the counts behind foresight, recomputed from the contacts by the query of docs/ledger.md.
//! Only counts come from here; rates and intervals are the engine's.

use super::error::LedgerError;
use super::handle::Ledger;
use super::value::Value;
use crate::tip::{IssueId, SectionId};

/// The situation that customers were in: each counts once, from the moment they were first in it.
#[derive(Clone, Copy, Debug)]
pub enum Since<'a> {
    /// Their first contact, whatever it was about.
    Anything,
    /// Their first contact about this product.
    Product(&'a SectionId),
    /// Their first contact about this issue, with this product or with none known.
    About(Option<&'a SectionId>, &'a IssueId),
}

/// How often customers came back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Followed {
    /// Customers who were in the situation.
    pub of: u64,
    /// Those of them who came back about the issue asked for, within the horizon.
    pub n: u64,
}

/// The query for one situation: `first` says which contacts are in it, `unless` who does not count as coming back.
/// `$1` next product, `$2` next issue, `$3` horizon, `$4` product, `$5` issue. A contact with a time comes after all
/// of which only the position is known; the horizon holds between two times. `COALESCE` keeps SQLite from going
/// through all contacts about the issue for each customer, instead of through the customer's few.
fn query(first: &str, unless: &str) -> String {
    format!(
        "WITH seen AS (SELECT customer, product, issue, CASE WHEN at_ms IS NULL THEN 0 ELSE 1 END AS timed, \
         COALESCE(at_ms, position) AS place FROM contacts WHERE product IS NOT NULL OR issue IS NOT NULL), \
         firsts AS (SELECT customer, timed, place, \
         ROW_NUMBER() OVER (PARTITION BY customer ORDER BY timed, place) AS nth FROM seen WHERE {first}) \
         SELECT COUNT(*), COUNT(CASE WHEN EXISTS (SELECT 1 FROM contacts b WHERE {NEXT} \
         AND ((b.at_ms IS NOT NULL AND a.timed = 0) OR (b.at_ms IS NULL AND a.timed = 0 AND b.position > a.place) \
         OR (a.timed = 1 AND b.at_ms > a.place AND b.at_ms <= a.place + $3))) AND {unless} THEN 1 END) \
         FROM firsts a WHERE nth = 1"
    )
}

const NEXT: &str = "b.customer = a.customer AND COALESCE(b.issue, '') = $2 AND b.product IS NOT DISTINCT FROM $1";

/// What the moment itself was about is not what comes after it.
fn at_once() -> String {
    format!(
        "NOT EXISTS (SELECT 1 FROM contacts b WHERE {NEXT} AND COALESCE(b.at_ms, b.position) = a.place \
         AND CASE WHEN b.at_ms IS NULL THEN 0 ELSE 1 END = a.timed)"
    )
}

impl Ledger {
    /// Counts customers who came back about `next` (with this product, or with none known) within the horizon after
    /// they were first in the situation. After `Anything` and `Product`, what they got in touch about at that first
    /// moment does not count as coming back.
    pub async fn followed(
        &self,
        since: Since<'_>,
        next: (Option<&SectionId>, &IssueId),
        horizon_ms: i64,
    ) -> Result<Followed, LedgerError> {
        let (product, issue, sql) = match since {
            Since::Anything => (None, None, query("$4 IS NULL AND $5 IS NULL", &at_once())),
            Since::Product(product) => (Some(product), None, query("product = $4 AND $5 IS NULL", &at_once())),
            Since::About(product, issue) => {
                (product, Some(issue), query("product IS NOT DISTINCT FROM $4 AND issue = $5", "$5 IS NOT NULL"))
            }
        };
        let values: [Value; 5] = [
            next.0.map(SectionId::as_str).into(),
            next.1.as_str().into(),
            horizon_ms.into(),
            product.map(SectionId::as_str).into(),
            issue.map(IssueId::as_str).into(),
        ];
        let Some(row) = self.db().row(sqlx::AssertSqlSafe(sql), &values).await? else { return Ok(Followed::default()) };
        Ok(Followed { of: row.count(0)?, n: row.count(1)? })
    }
}
