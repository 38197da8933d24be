//! Promises: what was promised, by when, by whom; kept or broken, once.

use super::changes::ChangeKind;
use super::customers::Customer;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::{Ledger, new_id};
use super::once::{self, Once};
use super::page::{After, Page};
use super::rekey::rekey;
use super::value::Row;
use crate::tip::TipId;

/// How a promise stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum PromiseState {
    Open,
    Kept,
    Broken,
}

impl PromiseState {
    pub fn as_str(self) -> &'static str {
        match self {
            PromiseState::Open => "open",
            PromiseState::Kept => "kept",
            PromiseState::Broken => "broken",
        }
    }
}

/// Which promises to list: all, unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PromiseFilter {
    pub state: Option<PromiseState>,
    /// The first time of those that are due.
    pub from_ms: i64,
    /// The last one.
    pub until_ms: i64,
}

impl Default for PromiseFilter {
    fn default() -> Self {
        PromiseFilter { state: None, from_ms: i64::MIN, until_ms: i64::MAX }
    }
}

#[derive(Clone, Debug)]
pub struct NewPromise {
    pub what: String,
    pub due_ms: i64,
    pub customer: Option<Customer>,
    pub owner: Option<String>,
    pub tip: Option<TipId>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    pub id: String,
    pub made_ms: i64,
    pub due_ms: i64,
    pub what: String,
    pub state: PromiseState,
    pub settled_ms: Option<i64>,
    /// The customer's hash.
    pub customer: Option<String>,
    pub owner: Option<String>,
    pub tip: Option<TipId>,
}

/// How promises that fell due, or were settled, in some time ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PromiseCounts {
    pub kept: u64,
    /// Of those that were kept: after the day on which they were due.
    pub late: u64,
    pub broken: u64,
    /// Open, and past their time.
    pub overdue: u64,
}

/// A promise that is kept on the day it is due is kept in time; days are those of UTC.
const DAY_MS: i64 = 86_400_000;

const COLUMNS: &str = "id, made_ms, due_ms, what, state, settled_ms, customer, owner, tip";

impl Ledger {
    /// Gives back the promise's id; for a request that came before, that of the first time.
    pub async fn make_promise(
        &self,
        promise: &NewPromise,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<String, LedgerError> {
        let mut tx = self.write().await?;
        if let Some(id) = once::begin(&mut tx, once, now_ms).await? {
            return Ok(id);
        }
        rekey(&mut tx, promise.customer.iter()).await?;
        let id = made(&mut tx, promise, now_ms).await?;
        once::finish(&mut tx, once, &id).await?;
        tx.commit().await?;
        Ok(id)
    }

    /// # Errors
    /// `NotFound`.
    pub async fn promise(&self, id: &str) -> Result<Promise, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM promises WHERE id = $1");
        let row = self.db().row(sqlx::AssertSqlSafe(sql), &[id.into()]).await?;
        row.ok_or_else(|| missing(id)).and_then(|row| promise(&row))
    }

    /// Soonest due first.
    pub async fn promises(
        &self,
        filter: PromiseFilter,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Promise>, LedgerError> {
        let after = After::read(cursor)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM promises WHERE ($1 IS NULL OR state = $1) AND due_ms >= $2 AND due_ms <= $3 \
             AND (due_ms > $4 OR (due_ms = $4 AND id > $5)) ORDER BY due_ms, id LIMIT $6"
        );
        let values = [
            filter.state.map(PromiseState::as_str).into(),
            filter.from_ms.into(),
            filter.until_ms.into(),
            after.at_ms.into(),
            after.id.into(),
            (i64::from(limit) + 1).into(),
        ];
        let rows = self.db().rows(sqlx::AssertSqlSafe(sql), &values).await?;
        let items = rows.iter().map(promise).collect::<Result<_, _>>()?;
        Ok(Page::of(items, limit, |promise: &Promise| (promise.due_ms, &promise.id)))
    }

    /// Says whether a promise was kept. Saying the same again changes nothing; for a request that came before, it is the
    /// promise as it stood then.
    /// # Errors
    /// `NotFound`; `Conflict` where it was settled the other way; `OtherBody`.
    pub async fn settle_promise(
        &self,
        id: &str,
        kept: bool,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Promise, LedgerError> {
        self.turn(id, if kept { PromiseState::Kept } else { PromiseState::Broken }, once, now_ms).await
    }

    /// Takes back what was said about a promise, as a slip of the finger: it is open again. Nothing changes where it is.
    /// # Errors
    /// `NotFound`; `OtherBody`.
    pub async fn reopen_promise(&self, id: &str, once: Option<&Once>, now_ms: i64) -> Result<Promise, LedgerError> {
        self.turn(id, PromiseState::Open, once, now_ms).await
    }

    async fn turn(
        &self,
        id: &str,
        state: PromiseState,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Promise, LedgerError> {
        let mut tx = self.write().await?;
        let before = once::begin(&mut tx, once, now_ms).await?;
        let sql = match state {
            PromiseState::Open => "UPDATE promises SET state = $2, settled_ms = NULL WHERE id = $1 AND state <> $2",
            _ => "UPDATE promises SET state = $2, settled_ms = $3 WHERE id = $1 AND state = 'open'",
        };
        // PostgreSQL wants every value to have a place.
        let values = [id.into(), state.as_str().into(), now_ms.into()];
        let used = if state == PromiseState::Open { 2 } else { 3 };
        if before.is_none() && tx.run(sql, &values[..used]).await? == 1 {
            tx.tell(ChangeKind::Promise, id);
        }
        let sql = format!("SELECT {COLUMNS} FROM promises WHERE id = $1");
        let row = tx.row(sqlx::AssertSqlSafe(sql), &[id.into()]).await?;
        let mut now = row.ok_or_else(|| missing(id)).and_then(|row| promise(&row))?;
        match before {
            // Only when it was settled can have changed since: what is said of a promise is its state.
            Some(settled_ms) => (now.state, now.settled_ms) = (state, settled_ms.parse().ok()),
            None if now.state != state => {
                let text = format!("this promise was settled as {} before", now.state.as_str());
                return Err(LedgerError::Conflict(text));
            }
            None => {
                let settled_ms = now.settled_ms.map(|ms| ms.to_string()).unwrap_or_default();
                once::finish(&mut tx, once, &settled_ms).await?;
            }
        }
        tx.commit().await?;
        Ok(now)
    }

    /// Promises that fell due from one time (included) to another (not included), and how they ended, with those that were
    /// settled in that time, whenever they fall due; and those that are overdue, however long: what is
    /// open is never too old to count, and does not drop out where somebody admits that it was broken.
    pub async fn promise_counts(&self, from_ms: i64, until_ms: i64, now_ms: i64) -> Result<PromiseCounts, LedgerError> {
        let sql = "SELECT COUNT(CASE WHEN state = 'kept' THEN 1 END), COUNT(CASE WHEN state = 'broken' THEN 1 END), \
                   COUNT(CASE WHEN state = 'open' AND due_ms < $3 THEN 1 END), \
                   COUNT(CASE WHEN state = 'kept' AND settled_ms / $4 > due_ms / $4 THEN 1 END) FROM promises \
                   WHERE (due_ms < $2 AND (due_ms >= $1 OR state = 'open')) OR (settled_ms >= $1 AND settled_ms < $2)";
        let row = self.db().row(sql, &[from_ms.into(), until_ms.into(), now_ms.into(), DAY_MS.into()]).await?;
        let Some(row) = row else { return Ok(PromiseCounts::default()) };
        Ok(PromiseCounts { kept: row.count(0)?, late: row.count(3)?, broken: row.count(1)?, overdue: row.count(2)? })
    }
}

/// Writes a promise down under an id of its own, and has it told once this is committed.
pub(super) async fn made(tx: &mut Tx, promise: &NewPromise, now_ms: i64) -> Result<String, LedgerError> {
    let id = new_id();
    let sql = "INSERT INTO promises (id, made_ms, due_ms, what, state, customer, owner, tip) \
               VALUES ($1, $2, $3, $4, 'open', $5, $6, $7)";
    let row = [
        (&id).into(),
        now_ms.into(),
        promise.due_ms.into(),
        (&promise.what).into(),
        promise.customer.as_ref().map(|customer| customer.id().to_string()).into(),
        promise.owner.clone().into(),
        promise.tip.as_ref().map(TipId::as_str).into(),
    ];
    tx.run(sql, &row).await?;
    tx.tell(ChangeKind::Promise, &id);
    Ok(id)
}

fn missing(id: &str) -> LedgerError {
    LedgerError::NotFound(format!("promise {id}"))
}

fn promise(row: &Row) -> Result<Promise, LedgerError> {
    let state = row.text(4)?;
    let known = [PromiseState::Open, PromiseState::Kept, PromiseState::Broken];
    Ok(Promise {
        id: row.text(0)?,
        made_ms: row.int(1)?,
        due_ms: row.int(2)?,
        what: row.text(3)?,
        state: known.into_iter().find(|one| one.as_str() == state).unwrap_or(PromiseState::Open),
        settled_ms: row.maybe_int(5)?,
        customer: row.maybe_text(6)?,
        owner: row.maybe_text(7)?,
        tip: row.maybe_text(8)?.map(TipId::new),
    })
}
