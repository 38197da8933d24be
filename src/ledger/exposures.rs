//! The experiment's book: when a customer first came into question for a tip, and which arm the lot put them in.
//! It counts; what the counts mean is worked out by the engine.

use super::customers::Customer;
use super::error::LedgerError;
use super::handle::Ledger;
use super::one_tip::OneTip;
use super::rekey::{places, rekey};
use super::value::Value;
use crate::tip::{IssueId, SectionId, TipId};

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
}

/// One arm of one tip and product, by intention to treat: everyone counts in the arm of the lot.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArmCount {
    pub tip: TipId,
    pub product: Option<SectionId>,
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
        rekey(&mut tx, batch.iter().map(|exposure| &exposure.customer)).await?;
        // In one order everywhere: two servers with the same customers never wait for each other in a circle.
        let mut batch: Vec<&Exposure> = batch.iter().collect();
        batch.sort_by_key(|exposure| (exposure.customer.id(), &exposure.tip));
        let values: Vec<Value> = batch.into_iter().flat_map(row_of).collect();
        let head = "INSERT INTO exposures (customer, tip, at_ms, arm, product, issue)";
        tx.run_many(head, "ON CONFLICT DO NOTHING", 6, &values).await?;
        tx.commit().await
    }

    /// The tips that a customer came into question for, by the ids they had then, first met first.
    pub async fn met(&self, customer: &Customer) -> Result<Vec<TipId>, LedgerError> {
        let ids: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let sql = format!("SELECT tip FROM exposures WHERE customer IN ({}) ORDER BY at_ms, tip", places(ids.len()));
        let rows = self.prompt().rows(sqlx::AssertSqlSafe(sql), &ids).await?;
        rows.iter().map(|row| row.text(0).map(TipId::new)).collect()
    }

    /// The arms that a customer is in, by tip.
    pub async fn arms(&self, customer: &Customer) -> Result<Vec<(TipId, Arm)>, LedgerError> {
        let ids: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let sql = format!(
            "SELECT tip, arm FROM exposures WHERE customer IN ({}) ORDER BY tip, at_ms DESC",
            places(ids.len())
        );
        let mut arms = Vec::new();
        for row in self.db().rows(sqlx::AssertSqlSafe(sql), &ids).await? {
            arms.extend(Arm::parse(&row.text(1)?).map(|arm| (row.text(0).map(TipId::new), arm)));
        }
        arms.into_iter().map(|(tip, arm)| Ok((tip?, arm))).collect()
    }

    /// Counts of all tips, or of one by all its ids, by product and arm: for customers who came into question from
    /// `from_ms` on. Who came into question for one tip under two of its ids counts from the first time.
    pub async fn experiment(
        &self,
        of: Option<&[TipId]>,
        from_ms: i64,
        now_ms: i64,
        horizon_ms: i64,
    ) -> Result<Vec<ArmCount>, LedgerError> {
        let one = OneTip::new(of, 4);
        let first = match of {
            // The key of the table: nobody is in it twice.
            None => "exposures".to_owned(),
            Some(_) => format!(
                "(SELECT customer, product, issue, arm, at_ms, ROW_NUMBER() OVER \
                 (PARTITION BY customer ORDER BY at_ms, tip) AS nth FROM exposures WHERE {})",
                one.is
            ),
        };
        let sql = format!(
            "SELECT {}, e.product, e.arm, COUNT(CASE WHEN e.at_ms <= $2 THEN 1 END), \
             COUNT(CASE WHEN e.at_ms <= $2 AND EXISTS (SELECT 1 FROM contacts c WHERE c.customer = e.customer \
             AND c.issue = e.issue AND c.at_ms > e.at_ms AND c.at_ms <= e.at_ms + $3) THEN 1 END), \
             COUNT(CASE WHEN e.at_ms > $2 THEN 1 END) FROM {first} e WHERE e.at_ms >= $1 {} \
             GROUP BY 1, 2, 3 ORDER BY 1, 2, 3",
            one.tip,
            if of.is_some() { "AND e.nth = 1" } else { "" }
        );
        let values = one.after([from_ms.into(), (now_ms - horizon_ms).into(), horizon_ms.into()]);
        let mut counts = Vec::new();
        for row in self.db().rows(sqlx::AssertSqlSafe(sql), &values).await? {
            let Some(arm) = Arm::parse(&row.text(2)?) else { continue };
            counts.push(ArmCount {
                tip: TipId::new(row.text(0)?),
                product: row.maybe_text(1)?.map(SectionId::new),
                arm,
                customers: row.count(3)?,
                came_back: row.count(4)?,
                open: row.count(5)?,
            });
        }
        Ok(counts)
    }
}

fn row_of(exposure: &Exposure) -> [Value; 6] {
    [
        exposure.customer.id().to_string().into(),
        exposure.tip.as_str().into(),
        exposure.at_ms.into(),
        exposure.arm.as_str().into(),
        exposure.product.as_ref().map(SectionId::as_str).into(),
        exposure.issue.as_ref().map(IssueId::as_str).into(),
    ]
}
