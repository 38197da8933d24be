//! Promises: made on a contact, with a time and an owner; kept or broken in the end.

use super::App;
use super::record::RecordError;
use crate::ledger::{NewPromise, Once, Page, Promise, PromiseFilter, PromiseState};
use crate::tip::TipId;
use chrono::{DateTime, TimeDelta, Utc};

/// A promise as made.
#[derive(Clone, Debug)]
pub struct Promised {
    pub what: String,
    pub due: DateTime<Utc>,
    pub customer: Option<String>,
    pub owner: Option<String>,
    pub tip: Option<TipId>,
}

/// A promise is due from a day before its time: there must be time to keep it.
const DUE: TimeDelta = TimeDelta::days(1);

/// How a promise stands at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromiseStands {
    /// Neither kept nor broken; asked for, these are those that are due and overdue, too.
    Open,
    /// Open, and its time comes within a day; asked for, these are those that are overdue, too.
    Due,
    /// Open, and past its time.
    Overdue,
    Kept,
    Broken,
}

impl PromiseStands {
    pub const ALL: [PromiseStands; 5] =
        [PromiseStands::Open, PromiseStands::Due, PromiseStands::Overdue, PromiseStands::Kept, PromiseStands::Broken];

    pub fn as_str(self) -> &'static str {
        match self {
            PromiseStands::Open => "open",
            PromiseStands::Due => "due",
            PromiseStands::Overdue => "overdue",
            PromiseStands::Kept => "kept",
            PromiseStands::Broken => "broken",
        }
    }

    pub fn parse(text: &str) -> Option<PromiseStands> {
        Self::ALL.into_iter().find(|stands| stands.as_str() == text)
    }

    pub fn of(promise: &Promise, now: DateTime<Utc>) -> PromiseStands {
        match promise.state {
            PromiseState::Kept => PromiseStands::Kept,
            PromiseState::Broken => PromiseStands::Broken,
            // A promise that is due this very millisecond is not over it yet.
            PromiseState::Open if promise.due_ms < now.timestamp_millis() => PromiseStands::Overdue,
            PromiseState::Open if promise.due_ms <= (now + DUE).timestamp_millis() => PromiseStands::Due,
            PromiseState::Open => PromiseStands::Open,
        }
    }

    /// Those that are asked for by this word.
    pub fn filter(self, now: DateTime<Utc>) -> PromiseFilter {
        let (state, until_ms) = match self {
            PromiseStands::Open => (PromiseState::Open, i64::MAX),
            PromiseStands::Due => (PromiseState::Open, (now + DUE).timestamp_millis()),
            PromiseStands::Overdue => (PromiseState::Open, now.timestamp_millis() - 1),
            PromiseStands::Kept => (PromiseState::Kept, i64::MAX),
            PromiseStands::Broken => (PromiseState::Broken, i64::MAX),
        };
        PromiseFilter { state: Some(state), until_ms, ..PromiseFilter::default() }
    }
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

    pub async fn settle_promise(
        &self,
        id: &str,
        kept: bool,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Promise, RecordError> {
        Ok(self.ledger()?.settle_promise(id, kept, once, now.timestamp_millis()).await?)
    }

    /// Takes back what was said about a promise: it is open again.
    pub async fn reopen_promise(
        &self,
        id: &str,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Promise, RecordError> {
        Ok(self.ledger()?.reopen_promise(id, once, now.timestamp_millis()).await?)
    }
}
