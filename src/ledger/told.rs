//! What a customer was told, by whomever and on whichever channel; and the tips that someone called wrong or unsafe.

use super::changes::ChangeKind;
use super::customers::Customer;
use super::db::Db;
use super::error::LedgerError;
use super::handle::Ledger;
use super::one_tip::OneTip;
use super::rekey::places;
use crate::tip::TipId;

/// A tip that a customer has heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    pub tip: TipId,
    /// Of what was told; none where nobody said.
    pub substance: Option<String>,
    /// When they were told it last.
    pub at_ms: i64,
}

/// A tip that was dismissed as wrong or unsafe, and that no editor has looked at since.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flagged {
    pub tip: TipId,
    /// Of what was dismissed: where the tip's substance is another by now, its file was changed since.
    pub substance: Option<String>,
    pub inaccurate: u64,
    /// Dismissals as unsafe.
    pub dangerous: u64,
    pub first_ms: i64,
    pub last_ms: i64,
}

impl Ledger {
    /// Each tip once for each substance, by tip. What they declined, and a dismissal because they knew or were
    /// told already, counts, too: they have heard it.
    pub async fn told(&self, customer: &Customer) -> Result<Vec<Told>, LedgerError> {
        told(self.prompt(), customer).await
    }

    /// Tips with open flags, longest waiting first.
    pub async fn flagged(&self) -> Result<Vec<Flagged>, LedgerError> {
        let sql = "SELECT tip, substance, COUNT(CASE WHEN reason = 'inaccurate' THEN 1 END), \
                   COUNT(CASE WHEN reason = 'unsafe' THEN 1 END), MIN(at_ms), MAX(at_ms) FROM outcomes \
                   WHERE reason IN ('inaccurate', 'unsafe') AND cleared_ms IS NULL \
                   GROUP BY tip, substance ORDER BY MIN(at_ms), tip, substance";
        let rows = self.db().rows(sql, &[]).await?;
        rows.iter()
            .map(|row| {
                Ok(Flagged {
                    tip: TipId::new(row.text(0)?),
                    substance: row.maybe_text(1)?,
                    inaccurate: row.count(2)?,
                    dangerous: row.count(3)?,
                    first_ms: row.int(4)?,
                    last_ms: row.int(5)?,
                })
            })
            .collect()
    }

    /// An editor has looked at the tip of these ids: its open flags are settled. Gives back how many there were.
    pub async fn clear_flags(&self, ids: &[TipId], editor: Option<&str>, now_ms: i64) -> Result<u64, LedgerError> {
        let one = OneTip::new(Some(ids), 3);
        let mut tx = self.write().await?;
        let sql = format!(
            "UPDATE outcomes SET cleared_ms = $1, cleared_by = $2 \
             WHERE {} AND reason IN ('inaccurate', 'unsafe') AND cleared_ms IS NULL",
            one.is
        );
        let cleared = tx.run(sqlx::AssertSqlSafe(sql), &one.after([now_ms.into(), editor.into()])).await?;
        tx.tell(ChangeKind::Outcome, "");
        tx.commit().await?;
        Ok(cleared)
    }
}

async fn told(db: &Db, customer: &Customer) -> Result<Vec<Told>, LedgerError> {
    let ids: Vec<_> = customer.all().map(|id| id.to_string().into()).collect();
    let sql = format!(
        "SELECT tip, substance, MAX(at_ms) FROM outcomes WHERE customer IN ({}) \
         AND (outcome IN ('told', 'given', 'sent', 'helped', 'declined') OR reason IN ('already_knew', 'already_told')) \
         GROUP BY tip, substance ORDER BY tip, substance",
        places(ids.len())
    );
    let rows = db.rows(sqlx::AssertSqlSafe(sql), &ids).await?;
    rows.iter()
        .map(|row| Ok(Told { tip: TipId::new(row.text(0)?), substance: row.maybe_text(1)?, at_ms: row.int(2)? }))
        .collect()
}
