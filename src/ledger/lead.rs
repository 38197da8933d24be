//! One process at a time leads in a thing: learning, keeping retention. Whoever leads may die at any time.
//! The system itself frees the lead of a dead process: there is no lease to wait for and no clock to trust.

use super::db::Db;
use super::error::LedgerError;
use super::handle::Ledger;
use sqlx::{Connection, PgConnection, PgPool};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

/// The lead in one thing; dropping it gives it up.
pub struct Lead(Held);

enum Held {
    /// A locked file beside the ledger's own. It is held by being there; closing it frees the lock.
    File { _file: File },
    /// A connection of its own, outside of the pool, that holds an advisory lock as long as it lives.
    Connection(Box<PgConnection>),
}

impl Lead {
    /// False where the lead was lost with its connection: another process may have it by now.
    pub async fn holds(&mut self) -> bool {
        match &mut self.0 {
            Held::File { .. } => true,
            Held::Connection(connection) => connection.ping().await.is_ok(),
        }
    }
}

impl Ledger {
    /// Takes the lead in `name`. None where another has it, or where nobody can say.
    pub async fn try_lead(&self, name: &str) -> Option<Lead> {
        let taken = match (self.db(), &self.0.file) {
            (Db::Pg(pool), _) => lock_key(pool, name).await,
            (Db::Sqlite { .. }, Some(file)) => lock_file(file, name),
            (Db::Sqlite { .. }, None) => Ok(None),
        };
        taken.unwrap_or_else(|error| {
            tracing::warn!("the lead in {name} cannot be taken now: {error}");
            None
        })
    }
}

fn lock_file(ledger: &Path, name: &str) -> Result<Option<Lead>, LedgerError> {
    let mut beside = ledger.as_os_str().to_owned();
    beside.push(format!("-{name}"));
    let cannot = |error: std::io::Error| LedgerError::Away(error.to_string());
    let file = OpenOptions::new().create(true).truncate(false).write(true).open(beside).map_err(cannot)?;
    match file.try_lock() {
        Ok(()) => Ok(Some(Lead(Held::File { _file: file }))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(cannot(error)),
    }
}

async fn lock_key(pool: &PgPool, name: &str) -> Result<Option<Lead>, LedgerError> {
    let hash = blake3::hash(format!("stemwire lead {name}").as_bytes());
    let mut first = [0; 8];
    first.copy_from_slice(&hash.as_bytes()[..8]);
    let mut connection = pool.acquire().await?.detach();
    let locked: bool = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)")
        .bind(i64::from_be_bytes(first))
        .fetch_one(&mut connection)
        .await?;
    Ok(locked.then(|| Lead(Held::Connection(Box::new(connection)))))
}
