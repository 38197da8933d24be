//! Contacts that came back: about what, how often, and what went before each. Only counts come from here.

use super::error::LedgerError;
use super::handle::Ledger;
use super::value::Value;
use crate::tip::{IssueId, SectionId, TipId};

/// Contacts about one issue that followed another contact of the same customer within the horizon, about anything else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Returned {
    pub product: Option<SectionId>,
    pub issue: IssueId,
    pub contacts: u64,
    pub customers: u64,
}

/// Contacts that came back about one issue, each put down to the first of these that holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Before {
    /// A tip that prevents it was told.
    pub told: u64,
    /// The lot kept the tip from the customer.
    pub held_out: u64,
    /// The tip was shown and not told.
    pub shown: u64,
    /// The tip was at hand and a gate kept it back.
    pub gated: u64,
    /// Something was asked, and the tip did not come up.
    pub elsewhere: u64,
    /// Nothing was asked of stemwire.
    pub unasked: u64,
}

/// A contact that came back: `b` after an `a`. Times alone tell, so contacts without one are left out.
const CAME_BACK: &str = "FROM contacts b WHERE b.issue IS NOT NULL AND b.at_ms >= $1 AND b.at_ms < $2 \
    AND EXISTS (SELECT 1 FROM contacts a WHERE a.customer = b.customer AND a.at_ms < b.at_ms \
    AND a.at_ms >= b.at_ms - $3 AND (a.issue IS NULL OR a.issue <> b.issue))";

impl Ledger {
    /// By product and issue, for contacts from one time (included) to another (not included); most first.
    pub async fn returned(&self, from_ms: i64, until_ms: i64, horizon_ms: i64) -> Result<Vec<Returned>, LedgerError> {
        let sql = format!(
            "SELECT b.product, b.issue, COUNT(*), COUNT(DISTINCT b.customer) {CAME_BACK} \
             GROUP BY b.product, b.issue ORDER BY 3 DESC, 2, 1"
        );
        let values = [from_ms.into(), until_ms.into(), horizon_ms.into()];
        let rows = self.db().rows(sqlx::AssertSqlSafe(sql), &values).await?;
        rows.iter()
            .map(|row| {
                Ok(Returned {
                    product: row.maybe_text(0)?.map(SectionId::new),
                    issue: IssueId::new(row.text(1)?),
                    contacts: row.count(2)?,
                    customers: row.count(3)?,
                })
            })
            .collect()
    }

    /// What went before the contacts that came back about `issue` (of `product`), given the tips that prevent it.
    pub async fn before(
        &self,
        (product, issue): (Option<&SectionId>, &IssueId),
        tips: &[TipId],
        (from_ms, until_ms): (i64, i64),
        horizon_ms: i64,
    ) -> Result<Before, LedgerError> {
        let mut values: Vec<Value> = vec![from_ms.into(), until_ms.into(), horizon_ms.into()];
        values.extend([issue.as_str().into(), product.map_or("", SectionId::as_str).into()]);
        values.extend(tips.iter().map(|tip| Value::from(tip.as_str())));
        let of: Vec<String> = (6..6 + tips.len()).map(|n| format!("${n}")).collect();
        let of = of.join(", ");
        let within = "x.customer = b.customer AND x.at_ms < b.at_ms AND x.at_ms >= b.at_ms - $3";
        let sql = format!(
            "SELECT cause, COUNT(*) FROM (SELECT CASE \
             WHEN EXISTS (SELECT 1 FROM outcomes x WHERE {within} AND x.tip IN ({of}) \
             AND x.outcome IN ('told', 'given', 'sent', 'helped')) THEN 'told' \
             WHEN EXISTS (SELECT 1 FROM suggestions x WHERE {within} AND x.tip IN ({of}) AND x.silence = 'held_out') \
             THEN 'held_out' \
             WHEN EXISTS (SELECT 1 FROM suggestions x WHERE {within} AND x.tip IN ({of}) AND x.silence IS NULL) \
             THEN 'shown' \
             WHEN EXISTS (SELECT 1 FROM suggestions x WHERE {within} AND x.tip IN ({of})) THEN 'gated' \
             WHEN EXISTS (SELECT 1 FROM suggestions x WHERE {within}) THEN 'elsewhere' \
             ELSE 'unasked' END AS cause {CAME_BACK} AND b.issue = $4 AND COALESCE(b.product, '') = $5) AS put \
             GROUP BY cause"
        );
        let mut before = Before::default();
        for row in self.db().rows(sqlx::AssertSqlSafe(sql), &values).await? {
            let count = row.count(1)?;
            match row.text(0)?.as_str() {
                "told" => before.told = count,
                "held_out" => before.held_out = count,
                "shown" => before.shown = count,
                "gated" => before.gated = count,
                "elsewhere" => before.elsewhere = count,
                _ => before.unasked = count,
            }
        }
        Ok(before)
    }
}
