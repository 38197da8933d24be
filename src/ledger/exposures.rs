//! The experiment's book: when a customer first came into question for a tip, and which arm the lot put them in.
//! It counts; what the counts mean is worked out by the engine.

use super::customers::Customer;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;
use super::one_tip::OneTip;
use super::rekey::{places, rekey};
use super::value::Value;
use crate::tip::{IssueId, SectionId, TipId};
use std::collections::HashMap;

/// What the lot decided for one customer and one tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Arm {
    Told,
    HeldOut,
}

impl Arm {
    pub fn as_str(self) -> &'static str {
        match self {
            Arm::Told => "told",
            Arm::HeldOut => "held_out",
        }
    }

    pub fn parse(text: &str) -> Option<Arm> {
        [Arm::Told, Arm::HeldOut].into_iter().find(|arm| arm.as_str() == text)
    }
}

/// A customer who came into question for a tip.
#[derive(Clone, Debug)]
pub struct Exposure {
    pub customer: Customer,
    pub tip: TipId,
    pub at_ms: i64,
    pub arm: Arm,
    pub product: Option<SectionId>,
    /// The issue that the tip prevents.
    pub issue: Option<IssueId>,
    /// The share of customers that the lot held out then, 0 to 1.
    pub lot: f64,
}

/// A share is kept in millionths: two that differ by less are one.
const SHARE: f64 = 1e6;

/// One arm of one tip, product and share of the lot, by intention to treat: everyone counts in the arm of the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmCount {
    pub tip: TipId,
    pub product: Option<SectionId>,
    /// Of a million customers, so many were held out when the arm was drawn; none where an older version drew it.
    pub lot: Option<i64>,
    pub arm: Arm,
    /// Customers whose horizon is over.
    pub customers: u64,
    /// Those who came back about the prevented issue within the horizon.
    pub came_back: u64,
    /// Customers whose horizon still runs.
    pub open: u64,
}

impl Ledger {
    /// Records a batch in one transaction. The first time and the first arm of a customer and tip stay for good.
    pub async fn record_exposures(&self, batch: &[Exposure]) -> Result<(), LedgerError> {
        let mut tx = self.write().await?;
        insert_exposures(&mut tx, batch.iter().collect()).await?;
        tx.commit().await
    }

    /// The tips that a customer came into question for, by the ids they had then, first met first.
    pub async fn met(&self, customer: &Customer) -> Result<Vec<TipId>, LedgerError> {
        let ids: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let sql = format!("SELECT tip FROM exposures WHERE customer IN ({}) ORDER BY at_ms, tip", places(ids.len()));
        let rows = self.prompt().rows(sqlx::AssertSqlSafe(sql), &ids).await?;
        rows.iter().map(|row| row.text(0).map(TipId::new)).collect()
    }

    /// Counts of one tip by all its ids, by product, share and arm: for customers who came into question from `from_ms` on. Who
    /// came into question under two of its ids counts from the first time, and in the arm of that time.
    pub async fn experiment(
        &self,
        ids: &[TipId],
        from_ms: i64,
        now_ms: i64,
        horizon_ms: i64,
    ) -> Result<Vec<ArmCount>, LedgerError> {
        let one = OneTip::new(Some(ids), 4);
        let each = format!("SELECT {} AS one, x.* FROM exposures x WHERE {}", one.tip, one.is);
        let values = one.after([from_ms.into(), (now_ms - horizon_ms).into(), horizon_ms.into()]);
        self.count_arms("", &once(&each), &values).await
    }

    /// The same of each tip, `renamed` saying of former ids which tip has them now.
    pub async fn experiments(
        &self,
        renamed: &HashMap<TipId, TipId>,
        from_ms: i64,
        now_ms: i64,
        horizon_ms: i64,
    ) -> Result<Vec<ArmCount>, LedgerError> {
        let mut values: Vec<Value> = vec![from_ms.into(), (now_ms - horizon_ms).into(), horizon_ms.into()];
        // Only those that somebody came into question for: a library may have more aliases than a statement takes values.
        for row in self.db().rows("SELECT DISTINCT tip FROM exposures", &[]).await? {
            let former = TipId::new(row.text(0)?);
            if let Some(now) = renamed.get(&former) {
                values.extend([former.as_str().into(), now.as_str().into()]);
            }
        }
        if values.len() == 3 {
            // The key of the table: nobody is in it twice.
            return self.count_arms("", "SELECT x.*, tip AS one, 1 AS nth FROM exposures x", &values).await;
        }
        let pairs: Vec<String> = (4..4 + values.len() - 3).step_by(2).map(|n| format!("(${n}, ${})", n + 1)).collect();
        let with = format!("WITH renamed (former, present) AS (VALUES {})", pairs.join(", "));
        let each = "SELECT COALESCE(present, tip) AS one, x.* FROM exposures x LEFT JOIN renamed ON former = tip";
        self.count_arms(&with, &once(each), &values).await
    }

    /// Counts the arms of `rows`, of each customer and tip those that are the first.
    async fn count_arms(&self, with: &str, rows: &str, values: &[Value]) -> Result<Vec<ArmCount>, LedgerError> {
        let sql = format!(
            "{with} SELECT e.one, e.product, e.lot, e.arm, COUNT(CASE WHEN e.at_ms <= $2 THEN 1 END), \
             COUNT(CASE WHEN e.at_ms <= $2 AND EXISTS (SELECT 1 FROM contacts c WHERE c.customer = e.customer \
             AND c.issue = e.issue AND c.at_ms > e.at_ms AND c.at_ms <= e.at_ms + $3) THEN 1 END), \
             COUNT(CASE WHEN e.at_ms > $2 THEN 1 END) FROM ({rows}) e WHERE e.at_ms >= $1 AND e.nth = 1 \
             GROUP BY 1, 2, 3, 4 ORDER BY 1, 2 NULLS FIRST, 3 NULLS FIRST, 4"
        );
        let mut counts = Vec::new();
        for row in self.db().rows(sqlx::AssertSqlSafe(sql), values).await? {
            let Some(arm) = Arm::parse(&row.text(3)?) else { continue };
            counts.push(ArmCount {
                tip: TipId::new(row.text(0)?),
                product: row.maybe_text(1)?.map(SectionId::new),
                lot: row.maybe_int(2)?,
                arm,
                customers: row.count(4)?,
                came_back: row.count(5)?,
                open: row.count(6)?,
            });
        }
        Ok(counts)
    }
}

/// The rows of `each`, `nth` of their customer and their tip, which is called `one` there.
fn once(each: &str) -> String {
    format!("SELECT r.*, ROW_NUMBER() OVER (PARTITION BY customer, one ORDER BY at_ms, tip) AS nth FROM ({each}) r")
}

pub(super) async fn insert_exposures(tx: &mut Tx, mut batch: Vec<&Exposure>) -> Result<(), LedgerError> {
    rekey(tx, batch.iter().map(|exposure| &exposure.customer)).await?;
    // In one order everywhere: two servers with the same customers never wait for each other in a circle.
    batch.sort_by_key(|exposure| (exposure.customer.id(), &exposure.tip));
    let values: Vec<Value> = batch.into_iter().flat_map(row_of).collect();
    let head = "INSERT INTO exposures (customer, tip, at_ms, arm, product, issue, lot)";
    tx.run_many(head, "ON CONFLICT DO NOTHING", 7, &values).await.map(drop)
}

fn row_of(exposure: &Exposure) -> [Value; 7] {
    [
        exposure.customer.id().to_string().into(),
        exposure.tip.as_str().into(),
        exposure.at_ms.into(),
        exposure.arm.as_str().into(),
        exposure.product.as_ref().map(SectionId::as_str).into(),
        exposure.issue.as_ref().map(IssueId::as_str).into(),
        ((exposure.lot * SHARE).round() as i64).into(),
    ]
}
