//! The ledger as everyone holds it: a handle that can be cloned, with its database, its keys and its notices.
//! What can be asked of it lies in one file for each kind of record.

use super::changes::{Changed, Notices};
use super::counters;
use super::customers::Customer;
use super::db::{Db, Tx};
use super::error::LedgerError;
use super::keys::Keys;
use super::taking::Taking;
use super::written::begin_key;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tokio::sync::broadcast;
use tokio::task::AbortHandle;

/// The ledger. Cloning it is cheap; all clones are the same ledger.
#[derive(Clone)]
pub struct Ledger(pub(super) Arc<Inner>);

pub(super) struct Inner {
    pub(super) db: Db,
    /// The same database over connections of their own, for what an agent waits for: a page that counts for seconds
    /// never stands in its way.
    pub(super) prompt: Db,
    pub(super) keys: Keys,
    pub(super) key_file: PathBuf,
    /// True once the newest key is noted as one that the ledger was written with.
    pub(super) began: AtomicBool,
    pub(super) notices: Notices,
    pub(super) taking: Arc<Taking>,
    /// Of a SQLite ledger.
    pub(super) file: Option<PathBuf>,
    /// Listens for what others change.
    pub(super) listener: AbortHandle,
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

impl Ledger {
    /// A customer as the ledger knows them. None where the text is blank. Case counts; space around it does not.
    pub fn customer(&self, text: &str) -> Option<Customer> {
        Customer::of(&self.0.keys, text)
    }

    /// A key of its own for one purpose, made from the oldest customer key: the same on every server with that key file,
    /// and while keys are added.
    pub fn seed(&self, purpose: &str) -> [u8; 32] {
        self.0.keys.seed(purpose)
    }

    /// Notices of what changed, also by other processes: within a second.
    pub fn changes(&self) -> broadcast::Receiver<Changed> {
        self.0.notices.listen()
    }

    /// # Errors
    /// `Away` or `Busy` where nothing can be read now.
    pub async fn reachable(&self) -> Result<(), LedgerError> {
        self.0.taking.there()?;
        self.db().row("SELECT value FROM counters WHERE name = 'contacts'", &[]).await.map(drop)
    }

    /// After a write that there was no room for, or that nothing took, tries whether there is now.
    ///
    /// # Errors
    /// `Full` or `Away` where that is still so.
    pub async fn writable(&self) -> Result<(), LedgerError> {
        if !self.0.taking.refused() {
            return Ok(());
        }
        match self.try_to_write().await {
            Err(LedgerError::Busy) => Ok(()),
            tried => tried,
        }
    }

    async fn try_to_write(&self) -> Result<(), LedgerError> {
        let mut tx = self.begin().await?;
        counters::set(&mut tx, "tried", chrono::Utc::now().timestamp_millis()).await?;
        tx.commit().await
    }

    async fn begin(&self) -> Result<Tx, LedgerError> {
        self.0.db.write(&self.0.notices, &self.0.taking).await
    }

    /// Ends all connections; every later call is answered with `Away`.
    pub async fn close(&self) {
        self.0.listener.abort();
        for db in [&self.0.prompt, &self.0.db] {
            match db {
                Db::Sqlite { readers, writer } => {
                    readers.close().await;
                    writer.close().await;
                }
                Db::Pg(pool) => pool.close().await,
            }
        }
    }

    /// For look-ups of one customer, while an agent waits.
    pub(super) fn prompt(&self) -> &Db {
        &self.0.prompt
    }

    pub(super) fn db(&self) -> &Db {
        &self.0.db
    }

    pub(super) async fn write(&self) -> Result<Tx, LedgerError> {
        if !self.0.began.load(Ordering::Relaxed) {
            let mut tx = self.begin().await?;
            begin_key(&mut tx, &self.0.keys, &self.0.key_file).await?;
            tx.commit().await?;
            self.0.began.store(true, Ordering::Relaxed);
        }
        let mut tx = self.begin().await?;
        tx.once_key = self.once_key();
        Ok(tx)
    }

    pub(super) fn once_key(&self) -> [u8; 32] {
        self.seed("requests")
    }
}

/// An id that sorts by the time it was made: a UUID of version 7.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
