//! Promises: made on a contact, with a time and an owner; kept or broken in the end.

use super::App;
use super::record::RecordError;
use crate::ledger::{NewPromise, Once, Page, Promise, PromiseFilter};
use crate::tip::TipId;
use chrono::{DateTime, Utc};

/// A promise as made.
#[derive(Clone, Debug)]
pub struct Promised {
    pub what: String,
    pub due: DateTime<Utc>,
    pub customer: Option<String>,
    pub owner: Option<String>,
    pub tip: Option<TipId>,
}

impl App {
    /// Records a promise; for a request that came before, gives back the first one.
    pub async fn make_promise(
        &self,
        promised: Promised,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Promise, RecordError> {
        let ledger = self.ledger()?;
        let tip = promised.tip.map(|id| self.known_tip(&id).map(|tip| tip.id.clone())).transpose()?;
        let promise = NewPromise {
            what: promised.what,
            due_ms: promised.due.timestamp_millis(),
            customer: promised.customer.as_deref().and_then(|text| ledger.customer(text)),
            owner: promised.owner,
            tip,
        };
        let id = ledger.make_promise(&promise, once, now.timestamp_millis()).await?;
        Ok(ledger.promise(&id).await?)
    }

    /// Soonest due first.
    pub async fn promises(
        &self,
        filter: PromiseFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Promise>, RecordError> {
        Ok(self.ledger()?.promises(filter, cursor, limit).await?)
    }

    pub async fn settle_promise(&self, id: &str, kept: bool, now: DateTime<Utc>) -> Result<Promise, RecordError> {
        Ok(self.ledger()?.settle_promise(id, kept, now.timestamp_millis()).await?)
    }
}
