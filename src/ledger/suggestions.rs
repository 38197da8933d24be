//! What was suggested, or why nothing was: recorded in the background, so that no answer waits for it.
//! A crash may lose the batch that was not yet written.

use super::changes::ChangeKind;
use super::customers::{Customer, CustomerId};
use super::db::Tx;
use super::error::LedgerError;
use super::exposures::{Arm, Exposure, insert_exposures};
use super::handle::Ledger;
use super::one_tip::OneTip;
use super::privacy::last_erased_ms;
use super::rekey::rekey;
use super::value::Value;
use crate::tip::{IssueId, SectionId, TipId};

/// One answer that was given.
#[derive(Clone, Debug)]
pub struct SuggestionNote {
    /// The answer's id.
    pub id: String,
    pub at_ms: i64,
    pub customer: Option<Customer>,
    /// The tip that was volunteered, or that was kept back.
    pub tip: Option<TipId>,
    /// Why nothing was said, by its code.
    pub silence: Option<String>,
    /// Tips that were shown beside it: among the others, or as answers to what was asked.
    pub beside: Vec<TipId>,
    /// The product and issue that were understood.
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    pub arm: Option<Arm>,
}

/// How often a tip was shown, or something kept it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestionCount {
    pub tip: Option<TipId>,
    pub silence: Option<String>,
    pub times: u64,
}

/// A report that was written at the very moment of its answer may not have seen it, nor have been seen: the next answers
/// within this time look once more.
const LATE_MS: i64 = 60_000;

/// Columns of a note.
const WIDTH: usize = 9;

impl Ledger {
    /// Records a batch in one transaction. One that is known already, by its id, is left as it is.
    pub async fn record_suggestions(&self, batch: &[SuggestionNote]) -> Result<(), LedgerError> {
        let mut tx = self.write().await?;
        insert(&mut tx, batch).await?;
        tx.commit().await
    }

    /// Records what was suggested a moment ago, or longer where the ledger was away. Whoever was erased since is not to
    /// come back with it, and nobody knows any more who that was: of what is older than that, no customer is kept.
    pub async fn record_noted(&self, batch: &[SuggestionNote], exposures: &[Exposure]) -> Result<(), LedgerError> {
        let mut tx = self.write().await?;
        let erased_ms = last_erased_ms(&mut tx).await?;
        let since = |at_ms: i64| erased_ms.is_none_or(|erased_ms| at_ms > erased_ms);
        insert_exposures(&mut tx, exposures.iter().filter(|exposure| since(exposure.at_ms)).collect()).await?;
        let nameless = |note: &SuggestionNote| SuggestionNote { customer: None, ..note.clone() };
        let notes: Vec<SuggestionNote> =
            batch.iter().map(|note| if since(note.at_ms) { note.clone() } else { nameless(note) }).collect();
        insert(&mut tx, &notes).await?;
        tx.commit().await
    }

    /// The customer whom an answer was for, by its id. None where nobody was named, and where it is not written down yet
    /// or any more.
    pub async fn suggested_to(&self, id: &str) -> Result<Option<Customer>, LedgerError> {
        let row = self.db().row("SELECT customer FROM suggestions WHERE id = $1", &[id.into()]).await?;
        let hash = row.map(|row| row.maybe_text(0)).transpose()?.flatten();
        Ok(hash.as_deref().and_then(CustomerId::parse).map(Customer::kept))
    }

    /// Answers from one time (included) to another (not included), by tip and silence; of one tip where it is named, by
    /// all its ids.
    pub async fn suggestion_counts(
        &self,
        of: Option<&[TipId]>,
        from_ms: i64,
        until_ms: i64,
    ) -> Result<Vec<SuggestionCount>, LedgerError> {
        let one = OneTip::new(of, 3);
        let sql = format!(
            "SELECT {}, silence, COUNT(*) FROM suggestions WHERE at_ms >= $1 AND at_ms < $2 AND {} \
             GROUP BY 1, 2 ORDER BY 1 NULLS FIRST, 2 NULLS FIRST",
            one.tip, one.is
        );
        let values = one.after([from_ms.into(), until_ms.into()]);
        let rows = self.db().rows(sqlx::AssertSqlSafe(sql), &values).await?;
        rows.iter()
            .map(|row| {
                Ok(SuggestionCount {
                    tip: row.maybe_text(0)?.map(TipId::new),
                    silence: row.maybe_text(1)?,
                    times: row.count(2)?,
                })
            })
            .collect()
    }
}

async fn insert(tx: &mut Tx, batch: &[SuggestionNote]) -> Result<(), LedgerError> {
    rekey(tx, batch.iter().filter_map(|note| note.customer.as_ref())).await?;
    let values: Vec<Value> = batch.iter().flat_map(row_of).collect();
    let head = "INSERT INTO suggestions (id, at_ms, customer, tip, silence, product, issue, arm, beside)";
    tx.run_many(head, "ON CONFLICT DO NOTHING", WIDTH, &values).await?;
    name_reports(tx, batch).await
}

/// A report that names the answer alone may be faster than the answer's own record: it is of whom the answer was for.
async fn name_reports(tx: &mut Tx, batch: &[SuggestionNote]) -> Result<(), LedgerError> {
    let Some(from_ms) = batch.iter().filter(|note| note.customer.is_some()).map(|note| note.at_ms).min() else {
        return Ok(());
    };
    // From the few answers to their reports, by the index of those that name nobody: SQLite keeps to this order.
    let sql = "UPDATE outcomes SET customer = (SELECT s.customer FROM suggestions s WHERE s.id = outcomes.suggestion) \
               WHERE id IN (SELECT o.id FROM suggestions s CROSS JOIN outcomes o WHERE s.at_ms >= $1 \
               AND s.customer IS NOT NULL AND o.suggestion = s.id AND o.customer IS NULL AND o.suggestion IS NOT NULL)";
    if tx.run(sql, &[(from_ms - LATE_MS).into()]).await? > 0 {
        tx.tell(ChangeKind::Outcome, "");
    }
    Ok(())
}

fn row_of(note: &SuggestionNote) -> [Value; WIDTH] {
    let beside: Vec<&str> = note.beside.iter().map(TipId::as_str).collect();
    [
        (&note.id).into(),
        note.at_ms.into(),
        note.customer.as_ref().map(|customer| customer.id().to_string()).into(),
        note.tip.as_ref().map(TipId::as_str).into(),
        note.silence.clone().into(),
        note.product.as_ref().map(SectionId::as_str).into(),
        note.issue.as_ref().map(IssueId::as_str).into(),
        note.arm.map(Arm::as_str).into(),
        Some(beside.join(" ")).filter(|ids| !ids.is_empty()).into(),
    ]
}
