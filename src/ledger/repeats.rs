//! Customers who came back, each with what stemwire had said to them in between: what the causes are told apart by.
//! It counts; which cause a count belongs to is decided where the library is known.

use super::error::LedgerError;
use super::handle::Ledger;
use crate::tip::{IssueId, SectionId, TipId};

/// Contacts that followed another one of the same customer within the horizon, and what was said meanwhile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Repeats {
    /// What the earlier contact was about.
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    /// What they came back about. The same as before: the issue was not solved.
    pub next_product: Option<SectionId>,
    pub next_issue: Option<IssueId>,
    /// True where stemwire was asked in between; its last answer is the tip or the silence here.
    pub asked: bool,
    pub tip: Option<TipId>,
    pub silence: Option<String>,
    /// True where that tip was told to that customer, as far as anyone reported.
    pub told: bool,
    pub times: u64,
}

/// An answer given so long before a contact's time still belongs to that contact: many systems stamp a contact when
/// it ends, and few contacts take longer.
const STAMP_MS: i64 = 3_600_000;

impl Ledger {
    /// Counts the repeats from `from_ms` (included) to `until_ms` (not included), by when the customer came back.
    /// Each is counted once, after the contact that came last before it.
    pub async fn repeats(&self, from_ms: i64, until_ms: i64, horizon_ms: i64) -> Result<Vec<Repeats>, LedgerError> {
        let sql = "WITH pairs AS (SELECT customer, product AS next_product, issue AS next_issue, at_ms, \
                   LAG(at_ms) OVER line AS before_ms, LAG(product) OVER line AS product, LAG(issue) OVER line AS issue \
                   FROM contacts WHERE at_ms >= $1 - $3 AND at_ms < $2 \
                   WINDOW line AS (PARTITION BY customer ORDER BY at_ms, seq)), \
                   said AS (SELECT p.customer, p.product, p.issue, p.next_product, p.next_issue, p.at_ms, \
                   (SELECT s.id FROM suggestions s WHERE s.customer = p.customer AND s.at_ms >= p.before_ms - $4 \
                   AND s.at_ms < p.at_ms - $4 ORDER BY s.at_ms DESC, s.id DESC LIMIT 1) AS answer \
                   FROM pairs p WHERE p.at_ms >= $1 AND p.at_ms > p.before_ms AND p.at_ms <= p.before_ms + $3), \
                   known AS (SELECT r.product, r.issue, r.next_product, r.next_issue, s.tip, s.silence, \
                   CAST(CASE WHEN s.id IS NULL THEN 0 ELSE 1 END AS BIGINT) AS asked, \
                   CAST(CASE WHEN EXISTS (SELECT 1 FROM outcomes o WHERE o.customer = r.customer AND o.tip = s.tip \
                   AND o.at_ms < r.at_ms AND o.outcome IN ('told', 'given', 'sent', 'helped')) THEN 1 ELSE 0 END \
                   AS BIGINT) AS told FROM said r LEFT JOIN suggestions s ON s.id = r.answer) \
                   SELECT product, issue, next_product, next_issue, tip, silence, asked, told, COUNT(*) FROM known \
                   GROUP BY 1, 2, 3, 4, 5, 6, 7, 8 ORDER BY 1, 2, 3, 4, 5, 6, 7, 8";
        let values = [from_ms.into(), until_ms.into(), horizon_ms.into(), STAMP_MS.into()];
        let rows = self.db().rows(sql, &values).await?;
        rows.iter()
            .map(|row| {
                Ok(Repeats {
                    product: row.maybe_text(0)?.map(SectionId::new),
                    issue: row.maybe_text(1)?.map(IssueId::new),
                    next_product: row.maybe_text(2)?.map(SectionId::new),
                    next_issue: row.maybe_text(3)?.map(IssueId::new),
                    tip: row.maybe_text(4)?.map(TipId::new),
                    silence: row.maybe_text(5)?,
                    asked: row.int(6)? == 1,
                    told: row.int(7)? == 1,
                    times: row.count(8)?,
                })
            })
            .collect()
    }
}
