//! Right first time: counted from the contacts themselves, as docs/ledger.md writes it down.
//! Only counts come from here; shares and intervals are worked out elsewhere.

use super::error::LedgerError;
use super::handle::Ledger;
use crate::tip::{IssueId, SectionId};

/// Contacts of one product, issue and week, and after how many of them the customer stayed away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RightFirstTime {
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    /// When the week began: its Monday, 0:00 UTC.
    pub week_ms: i64,
    /// Contacts whose horizon is over.
    pub contacts: u64,
    /// Those after which that customer did not come back within the horizon.
    pub right: u64,
    /// Contacts too young to be counted yet.
    pub open: u64,
    /// The same three, where contacts of one customer at one instant count once, with the first of them: for the sums
    /// over products and issues.
    pub moments: Moments,
}

/// Moments at which a customer got in touch, about however many things.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moments {
    pub contacts: u64,
    pub right: u64,
    pub open: u64,
}

/// 1970-01-01 was a Thursday: the Monday before it lies three days back.
const MONDAY_MS: i64 = 3 * DAY_MS;
const DAY_MS: i64 = 86_400_000;
const WEEK_MS: i64 = 7 * DAY_MS;

impl Ledger {
    /// By product, issue and week, for contacts from `from_ms` on. A further contact is a later one by the same
    /// customer about anything. Two issues at the same instant are one contact: each is counted where it belongs, and one
    /// of them in `moments`. Two reports of the same at the same instant are one. Contacts without a time are left out.
    pub async fn right_first_time(
        &self,
        from_ms: i64,
        now_ms: i64,
        horizon_ms: i64,
    ) -> Result<Vec<RightFirstTime>, LedgerError> {
        let sql = "SELECT product, issue, (at_ms + $4) / $5, \
                   COUNT(CASE WHEN at_ms <= $3 THEN 1 END), \
                   COUNT(CASE WHEN at_ms <= $3 AND again_ms IS NULL THEN 1 END), \
                   COUNT(CASE WHEN at_ms > $3 THEN 1 END), \
                   COUNT(CASE WHEN at_ms <= $3 AND begins = 1 THEN 1 END), \
                   COUNT(CASE WHEN at_ms <= $3 AND begins = 1 AND again_ms IS NULL THEN 1 END), \
                   COUNT(CASE WHEN at_ms > $3 AND begins = 1 THEN 1 END) \
                   FROM (SELECT product, issue, at_ms, MIN(at_ms) OVER (PARTITION BY customer ORDER BY at_ms \
                   RANGE BETWEEN 1 FOLLOWING AND $2 FOLLOWING) AS again_ms, \
                   CASE WHEN LAG(at_ms) OVER (PARTITION BY customer ORDER BY at_ms) = at_ms THEN 0 ELSE 1 END AS begins \
                   FROM (SELECT DISTINCT customer, product, issue, at_ms FROM contacts WHERE at_ms >= $1) AS c) AS seen \
                   GROUP BY 1, 2, 3 ORDER BY 1 NULLS FIRST, 2 NULLS FIRST, 3";
        let values =
            [from_ms.into(), horizon_ms.into(), (now_ms - horizon_ms).into(), MONDAY_MS.into(), WEEK_MS.into()];
        let rows = self.db().rows(sql, &values).await?;
        rows.iter()
            .map(|row| {
                Ok(RightFirstTime {
                    product: row.maybe_text(0)?.map(SectionId::new),
                    issue: row.maybe_text(1)?.map(IssueId::new),
                    week_ms: row.int(2)? * WEEK_MS - MONDAY_MS,
                    contacts: row.count(3)?,
                    right: row.count(4)?,
                    open: row.count(5)?,
                    moments: Moments { contacts: row.count(6)?, right: row.count(7)?, open: row.count(8)? },
                })
            })
            .collect()
    }
}
