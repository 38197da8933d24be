//! What tells one contact from another: what the reporting system calls it, or else what was reported of it. What the
//! library makes of that may change, and the same row must stay the same contact.

use super::customers::Customer;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;
use super::keys::hex;
use super::naming::Names;
use super::rekey::places;
use super::value::Value;
use crate::tip::{IssueId, SectionId};
use sqlx::AssertSqlSafe;
use std::collections::HashSet;

/// A contact as it is reported. It has a time, or else a position.
#[derive(Clone, Debug)]
pub struct NewContact {
    /// What the reporting system calls it, of any form; kept as a hash. Without one, what was reported tells it from
    /// others; where that is not known either, the same customer, time or position, product and issue is the same contact.
    pub id: Option<String>,
    pub reported: Option<AsReported>,
    pub customer: Customer,
    pub at_ms: Option<i64>,
    /// The order among this customer's contacts, where no time is known.
    pub position: Option<i64>,
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
}

/// What was reported of a contact that has no id of its own: a hash, and what older versions may have known it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AsReported {
    said: [u8; 16],
    formerly: Vec<Names>,
}

/// Begins the ids that are made of what was reported. Older versions made them of what the library understood, and all
/// others are plain hexadecimal digits, which sort before it.
const REPORTED: &str = "r";

/// Ids that are looked for at once: far below what either database takes as values of one statement.
const AT_ONCE: usize = 1000;

impl Ledger {
    /// What was reported of a contact in its own words, which are hashed here and go no further. `formerly`: what the
    /// library may have made of the names so far.
    pub fn as_reported(
        &self,
        product: Option<&str>,
        issue: Option<&str>,
        text: Option<&str>,
        formerly: Vec<Names>,
    ) -> AsReported {
        let part = |part: Option<&str>| part.map_or_else(|| "-".to_owned(), |part| format!("{}:{part}", part.len()));
        let words = format!("{} {} {}", part(product), part(issue), part(text));
        AsReported { said: self.0.keys.oldest_hash("contact's words", &words), formerly }
    }

    /// What a contact of this id is kept as.
    pub(super) fn contact_id(&self, id: &str) -> [u8; 16] {
        self.0.keys.oldest_hash("contact id", id.trim())
    }

    /// What a contact is kept as.
    pub(super) fn kept_as(&self, contact: &NewContact) -> String {
        match (&contact.id, &contact.reported) {
            (Some(id), _) => hex(&self.contact_id(id)),
            (None, Some(reported)) => {
                let when = (contact.at_ms, contact.position);
                let same = format!("{} {when:?} {}", contact.customer.oldest(), hex(&reported.said));
                format!("{REPORTED}{}", hex(&self.0.keys.oldest_hash("contact as reported", &same)))
            }
            (None, None) => self.understood_as(contact, contact.product.as_ref(), contact.issue.as_ref()),
        }
    }

    /// What an older version kept a contact as, of which it had understood this.
    fn understood_as(&self, contact: &NewContact, product: Option<&SectionId>, issue: Option<&IssueId>) -> String {
        let (product, issue) = (product.map(SectionId::as_str), issue.map(IssueId::as_str));
        let when = (contact.at_ms, contact.position);
        let same = format!("{} {when:?} {product:?} {issue:?}", contact.customer.oldest());
        hex(&self.0.keys.oldest_hash("contact", &same))
    }

    /// The contacts that an older version did not record already.
    pub(super) async fn unrecorded<'a>(
        &self,
        tx: &mut Tx,
        contacts: &'a [NewContact],
    ) -> Result<Vec<&'a NewContact>, LedgerError> {
        let all: Vec<&NewContact> = contacts.iter().collect();
        if all.iter().all(|contact| contact.id.is_some() || contact.reported.is_none()) {
            return Ok(all);
        }
        if tx.row("SELECT id FROM contacts WHERE id < $1 LIMIT 1", &[REPORTED.into()]).await?.is_none() {
            return Ok(all);
        }
        let former = |contact: &NewContact| -> Vec<String> {
            let reported = contact.reported.as_ref().filter(|_| contact.id.is_none());
            let names = reported.map(|reported| reported.formerly.as_slice()).unwrap_or_default();
            names.iter().map(|(product, issue)| self.understood_as(contact, product.as_ref(), issue.as_ref())).collect()
        };
        let former: Vec<Vec<String>> = contacts.iter().map(former).collect();
        let asked: Vec<Value> = former.iter().flatten().map(Value::from).collect();
        let mut known = HashSet::new();
        for some in asked.chunks(AT_ONCE) {
            let sql = format!("SELECT id FROM contacts WHERE id IN ({})", places(some.len()));
            for row in tx.rows(AssertSqlSafe(sql), some).await? {
                known.insert(row.text(0)?);
            }
        }
        let new = all.into_iter().zip(&former).filter(|(_, ids)| ids.iter().all(|id| !known.contains(id)));
        Ok(new.map(|(contact, _)| contact).collect())
    }
}
