//! Contacts: recorded in batches, each counted once, read back in the order in which they were committed.

use super::changes::ChangeKind;
use super::customers::{Customer, CustomerId};
use super::error::LedgerError;
use super::handle::Ledger;
use super::identity::NewContact;
use super::once::{self, Once};
use super::rekey::{places, rekey};
use super::value::{Row, Value};
use crate::tip::{IssueId, SectionId};

/// What became of a batch.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Accepted {
    pub accepted: u64,
    /// Known before, or twice in the batch.
    pub repeated: u64,
}

/// A contact as it stands in the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptContact {
    /// Grows from commit to commit, with gaps: nothing is ever committed below what was read.
    pub seq: i64,
    pub customer: CustomerId,
    pub at_ms: Option<i64>,
    pub position: Option<i64>,
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
}

/// What is known of a customer from their contacts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CustomerFacts {
    pub contacts: u64,
    pub first_ms: Option<i64>,
    pub last_ms: Option<i64>,
}

const COLUMNS: &str = "seq, customer, at_ms, position, product, issue";

impl Ledger {
    /// Records a batch in one transaction: all of it, or on an error nothing.
    /// # Errors
    /// `Refused` where one has neither time nor position; `OtherBody`; and where nothing can be written.
    pub async fn record_contacts(
        &self,
        contacts: &[NewContact],
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Accepted, LedgerError> {
        if contacts.iter().any(|contact| contact.at_ms.is_none() && contact.position.is_none()) {
            return Err(LedgerError::Refused("a contact has a time or a position".to_owned()));
        }
        let mut tx = self.write().await?;
        if let Some(answer) = once::begin(&mut tx, once, now_ms).await? {
            return accepted(&answer);
        }
        rekey(&mut tx, contacts.iter().map(|contact| &contact.customer)).await?;
        let count = i64::try_from(contacts.len()).unwrap_or(i64::MAX);
        // Holding this row until the commit makes the order of numbers the order of commits.
        let sql = "UPDATE counters SET value = value + $1 WHERE name = 'contacts' RETURNING value";
        let last = tx.row(sql, &[count.into()]).await?.ok_or_else(no_counter)?.int(0)?;
        let new = self.unrecorded(&mut tx, contacts).await?;
        let mut values = Vec::with_capacity(new.len() * 8);
        for (contact, seq) in new.into_iter().zip(last - count + 1..) {
            values.extend(self.row_of(contact, seq, now_ms));
        }
        let head = "INSERT INTO contacts (id, seq, customer, at_ms, position, product, issue, recorded_ms)";
        let accepted = tx.run_many(head, "ON CONFLICT DO NOTHING", 8, &values).await?;
        let done = Accepted { accepted, repeated: contacts.len() as u64 - accepted };
        once::finish(&mut tx, once, &format!("{} {}", done.accepted, done.repeated)).await?;
        if accepted > 0 {
            tx.tell(ChangeKind::Contacts, "");
        }
        tx.commit().await?;
        Ok(done)
    }

    fn row_of(&self, contact: &NewContact, seq: i64, now_ms: i64) -> [Value; 8] {
        let product = contact.product.as_ref().map(SectionId::as_str);
        let issue = contact.issue.as_ref().map(IssueId::as_str);
        [
            self.kept_as(contact).into(),
            seq.into(),
            contact.customer.id().to_string().into(),
            contact.at_ms.into(),
            contact.position.into(),
            product.into(),
            issue.into(),
            now_ms.into(),
        ]
    }

    /// At most `limit` contacts with a number above `seq`, in its order: for whoever learns from all of them.
    pub async fn contacts_after(&self, seq: i64, limit: u32) -> Result<Vec<KeptContact>, LedgerError> {
        let sql = "SELECT seq, customer, at_ms, position, product, issue FROM contacts WHERE seq > $1 \
                   ORDER BY seq LIMIT $2";
        let rows = self.db().rows(sql, &[seq.into(), i64::from(limit).into()]).await?;
        rows.iter().map(kept).collect()
    }

    /// One customer's contacts, oldest first; at most `limit`, the latest of them.
    pub async fn history(&self, customer: &Customer, limit: u32) -> Result<Vec<KeptContact>, LedgerError> {
        let mut values: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let sql = format!(
            "SELECT {COLUMNS} FROM contacts WHERE customer IN ({}) \
             ORDER BY COALESCE(at_ms, position) DESC, COALESCE(position, 0) DESC, seq DESC LIMIT ${}",
            places(values.len()),
            values.len() + 1
        );
        values.push(i64::from(limit).into());
        let mut rows = self.prompt().rows(sqlx::AssertSqlSafe(sql), &values).await?;
        rows.reverse();
        rows.iter().map(kept).collect()
    }

    /// When the first contact from `from_ms` (included) to `until_ms` (not included) was; none where there is none.
    pub async fn first_contact_ms(&self, from_ms: i64, until_ms: i64) -> Result<Option<i64>, LedgerError> {
        let sql = "SELECT MIN(at_ms) FROM contacts WHERE at_ms >= $1 AND at_ms < $2";
        let row = self.db().row(sql, &[from_ms.into(), until_ms.into()]).await?;
        row.map_or(Ok(None), |row| row.maybe_int(0))
    }

    pub async fn customer_facts(&self, customer: &Customer) -> Result<CustomerFacts, LedgerError> {
        let ids: Vec<Value> = customer.all().map(|id| id.to_string().into()).collect();
        let sql =
            format!("SELECT COUNT(*), MIN(at_ms), MAX(at_ms) FROM contacts WHERE customer IN ({})", places(ids.len()));
        let Some(row) = self.prompt().row(sqlx::AssertSqlSafe(sql), &ids).await? else {
            return Ok(CustomerFacts::default());
        };
        Ok(CustomerFacts { contacts: row.count(0)?, first_ms: row.maybe_int(1)?, last_ms: row.maybe_int(2)? })
    }
}

fn kept(row: &Row) -> Result<KeptContact, LedgerError> {
    let customer = row.text(1)?;
    Ok(KeptContact {
        seq: row.int(0)?,
        customer: CustomerId::parse(&customer)
            .ok_or_else(|| LedgerError::Broken("a contact's customer is no hash".to_owned()))?,
        at_ms: row.maybe_int(2)?,
        position: row.maybe_int(3)?,
        product: row.maybe_text(4)?.map(SectionId::new),
        issue: row.maybe_text(5)?.map(IssueId::new),
    })
}

fn accepted(answer: &str) -> Result<Accepted, LedgerError> {
    let mut numbers = answer.split(' ').map(str::parse);
    match (numbers.next(), numbers.next()) {
        (Some(Ok(accepted)), Some(Ok(repeated))) => Ok(Accepted { accepted, repeated }),
        _ => Err(LedgerError::Broken("the answer that was kept cannot be read".to_owned())),
    }
}

fn no_counter() -> LedgerError {
    LedgerError::Broken("the counter of contacts is gone".to_owned())
}
