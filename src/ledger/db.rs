//! The two databases behind one face: run, read, transact. The same SQL text goes to both.
//! Nothing here knows what the tables mean.

use super::changes::{ChangeKind, Changed, Notices};
use super::error::LedgerError;
use super::taking::Taking;
use super::value::{Row, Value};
use sqlx::{AssertSqlSafe, PgPool, Postgres, SqlSafeStr, Sqlite, SqlitePool, Transaction};
use std::sync::Arc;

/// The channel of PostgreSQL's NOTIFY on which servers tell each other what changed.
pub(super) const CHANNEL: &str = "stemwire";

#[derive(Clone)]
pub(super) enum Db {
    /// Readers beside one writer: SQLite takes one write at a time, so waiting for it happens here, in order.
    Sqlite {
        readers: SqlitePool,
        writer: SqlitePool,
    },
    Pg(PgPool),
}

/// Binds values in order to a query of either database.
macro_rules! bound {
    ($sql:expr, $values:expr) => {{
        let mut query = sqlx::query($sql);
        for value in $values {
            query = match value {
                Value::Text(text) => query.bind(text.clone()),
                Value::Int(number) => query.bind(*number),
                Value::Bytes(bytes) => query.bind(bytes.clone()),
            };
        }
        query
    }};
}

impl Db {
    pub(super) async fn rows(&self, sql: impl SqlSafeStr, values: &[Value]) -> Result<Vec<Row>, LedgerError> {
        let sql = sql.into_sql_str();
        Ok(match self {
            Db::Sqlite { readers, .. } => {
                bound!(sql, values).fetch_all(readers).await?.into_iter().map(Row::Sqlite).collect()
            }
            Db::Pg(pool) => bound!(sql, values).fetch_all(pool).await?.into_iter().map(Row::Pg).collect(),
        })
    }

    pub(super) async fn row(&self, sql: impl SqlSafeStr, values: &[Value]) -> Result<Option<Row>, LedgerError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Begins to write. Nothing is recorded before `commit`; a transaction that is dropped leaves no trace.
    pub(super) async fn write(&self, notices: &Notices, taking: &Arc<Taking>) -> Result<Tx, LedgerError> {
        taking.noting(taking.there())?;
        let begun = match self {
            // A deferred transaction that reads and then writes fails under load, whatever the timeout.
            Db::Sqlite { writer, .. } => match writer.begin_with("BEGIN IMMEDIATE").await {
                Err(sqlx::Error::PoolTimedOut) => return Err(LedgerError::Busy),
                begun => begun.map(Inner::Sqlite),
            },
            Db::Pg(pool) => pool.begin().await.map(Inner::Pg),
        };
        let (notices, taking) = (notices.clone(), Arc::clone(taking));
        Ok(Tx { inner: taking.noting(begun)?, news: Vec::new(), notices, taking, wrote: false, once_key: [0; 32] })
    }
}

enum Inner {
    Sqlite(Transaction<'static, Sqlite>),
    Pg(Transaction<'static, Postgres>),
}

/// One transaction that writes.
pub(super) struct Tx {
    inner: Inner,
    news: Vec<Changed>,
    notices: Notices,
    taking: Arc<Taking>,
    /// Something that was there no longer is, or the other way round.
    wrote: bool,
    /// What bodies of requests that may come again are hashed with.
    pub(super) once_key: [u8; 32],
}

/// Values that one statement may carry: SQLite takes 32,766, PostgreSQL 65,535.
const MOST_VALUES: usize = 16_000;

impl Tx {
    /// Gives back how many rows it touched.
    pub(super) async fn run(&mut self, sql: impl SqlSafeStr, values: &[Value]) -> Result<u64, LedgerError> {
        let sql = sql.into_sql_str();
        let done = match &mut self.inner {
            Inner::Sqlite(tx) => bound!(sql, values).execute(&mut **tx).await.map(|done| done.rows_affected()),
            Inner::Pg(tx) => bound!(sql, values).execute(&mut **tx).await.map(|done| done.rows_affected()),
        };
        let touched = self.taking.noting(done)?;
        self.wrote |= touched > 0;
        Ok(touched)
    }

    pub(super) async fn rows(&mut self, sql: impl SqlSafeStr, values: &[Value]) -> Result<Vec<Row>, LedgerError> {
        let sql = sql.into_sql_str();
        match &mut self.inner {
            Inner::Sqlite(tx) => {
                let rows = self.taking.noting(bound!(sql, values).fetch_all(&mut **tx).await)?;
                Ok(rows.into_iter().map(Row::Sqlite).collect())
            }
            Inner::Pg(tx) => {
                let rows = self.taking.noting(bound!(sql, values).fetch_all(&mut **tx).await)?;
                Ok(rows.into_iter().map(Row::Pg).collect())
            }
        }
    }

    pub(super) async fn row(&mut self, sql: impl SqlSafeStr, values: &[Value]) -> Result<Option<Row>, LedgerError> {
        Ok(self.rows(sql, values).await?.into_iter().next())
    }

    /// Runs `head VALUES (…), (…) tail` for rows of `width` values each; gives back how many rows it touched.
    pub(super) async fn run_many(
        &mut self,
        head: &'static str,
        tail: &'static str,
        width: usize,
        values: &[Value],
    ) -> Result<u64, LedgerError> {
        // SQLite takes `$1` for a name and looks for it among all others: thousands of them would take minutes.
        let place = match &self.inner {
            Inner::Sqlite(_) => |_: usize| "?".to_owned(),
            Inner::Pg(_) => |n: usize| format!("${n}"),
        };
        let mut touched = 0;
        for chunk in values.chunks(MOST_VALUES / width * width) {
            let mut sql = format!("{head} VALUES ");
            for row in 0..chunk.len() / width {
                let places: Vec<String> = (1..=width).map(|n| place(row * width + n)).collect();
                sql += &format!("{}({})", if row > 0 { "," } else { "" }, places.join(","));
            }
            sql += " ";
            sql += tail;
            // Built of fixed texts and place numbers alone.
            touched += self.run(AssertSqlSafe(sql), chunk).await?;
        }
        Ok(touched)
    }

    /// Tells everyone once this is committed.
    pub(super) fn tell(&mut self, kind: ChangeKind, id: &str) {
        self.news.push(Changed { kind, id: id.to_owned() });
    }

    /// When this returns, what was written survives a crash.
    pub(super) async fn commit(mut self) -> Result<(), LedgerError> {
        let news = std::mem::take(&mut self.news);
        if let Inner::Pg(tx) = &mut self.inner {
            for changed in &news {
                let word = format!("{} {} {}", self.notices.origin, changed.kind.as_str(), changed.id);
                sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(word).execute(&mut **tx).await?;
            }
        }
        let done = match self.inner {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Pg(tx) => tx.commit().await,
        };
        self.taking.noting(done)?;
        if self.wrote {
            self.taking.took();
        }
        news.into_iter().for_each(|changed| self.notices.send(changed));
        Ok(())
    }
}
