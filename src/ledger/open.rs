//! Opening a ledger: connections, schema, keys. A ledger that a newer stemwire made is left as it is.

use super::address::Address;
use super::changes::Notices;
use super::db::Db;
use super::error::LedgerError;
use super::handle::{Inner, Ledger};
use super::keys::{self, Keys};
use super::listen::listen;
use super::taking::Taking;
use super::written::{lacking, note_key, written_with};
use sqlx::migrate::{MigrateError, Migration, MigrationType, Migrator};
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{ConnectOptions, Connection, SqlSafeStr};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

/// How a ledger is opened.
#[derive(Clone, Debug)]
pub struct Options {
    /// Holds the keys that hash customers; made where there is none.
    pub key_file: PathBuf,
    /// Connections that may be busy at once, besides those that write to SQLite or listen.
    pub connections: u32,
    /// The size in bytes that a SQLite file may grow to; a write beyond it is answered with `Full`.
    pub most_bytes: Option<u64>,
}

impl Default for Options {
    /// Four connections: a look-up takes well below a millisecond, so that more would only wait for two cores.
    fn default() -> Self {
        Options { key_file: PathBuf::from("stemwire.key"), connections: 4, most_bytes: None }
    }
}

/// Every migration that was ever released, in order. One that was released is never edited.
const MIGRATIONS: [(i64, &str, &str); 5] = [
    (1, "ledger", include_str!("../../migrations/0001_ledger.sql")),
    (2, "beside", include_str!("../../migrations/0002_beside.sql")),
    (3, "reported", include_str!("../../migrations/0003_reported.sql")),
    (4, "lot", include_str!("../../migrations/0004_lot.sql")),
    (5, "names", include_str!("../../migrations/0005_names.sql")),
];

/// How long a write waits for another process that holds the file.
const LOCK_WAIT: Duration = Duration::from_secs(5);
/// How often a file that is being made is looked at.
const LOCK_LOOK: Duration = Duration::from_millis(20);
/// How long a write waits for those before it in this process: a batch of an import takes a tenth of this at most.
const TURN_WAIT: Duration = Duration::from_secs(10);
/// How long PostgreSQL has to give a connection: an agent who waits longer has asked someone else.
const CONNECT_WAIT: Duration = Duration::from_secs(2);
/// Connections for what an agent waits for: each look-up takes well below a millisecond.
const PROMPT: u32 = 2;
/// Bytes of a page of a SQLite file: what SQLite takes by itself.
const PAGE_BYTES: u64 = 4096;

impl Ledger {
    /// Opens the ledger at `sqlite:PATH` or `postgres://…`, makes or updates its tables, and begins to listen.
    /// # Errors
    /// `Address`, `Away`, `Newer` or `Key`, each with what to do.
    pub async fn open(url: &str, options: Options) -> Result<Ledger, LedgerError> {
        let address = Address::read(url)?;
        let file = match &address {
            Address::Sqlite(path) => Some(path.clone()),
            Address::Pg(_) => None,
        };
        let (db, prompt) = match address {
            Address::Sqlite(path) => open_sqlite(&path, &options).await?,
            Address::Pg(connect) => open_pg(*connect, &options).await?,
        };
        let taking = Arc::new(Taking::new(file.as_deref(), options.most_bytes.filter(|_| file.is_some())));
        let notices = Notices::new();
        let keys = open_keys(&db, &notices, &taking, &options.key_file).await?;
        let listener = listen(&db, &notices).await?;
        Ok(Ledger(Arc::new(Inner {
            db,
            prompt,
            keys,
            key_file: options.key_file,
            began: AtomicBool::new(false),
            notices,
            taking,
            file,
            listener,
        })))
    }

    /// False where the address names a file that is not there, which opening would make.
    /// # Errors
    /// `Address`.
    pub fn is_there(url: &str) -> Result<bool, LedgerError> {
        Ok(match Address::read(url)? {
            Address::Sqlite(path) => path.exists(),
            Address::Pg(_) => true,
        })
    }
}

/// Opens the file, and again while another process is turning it into a ledger: SQLite does not wait for that itself.
async fn open_sqlite(path: &Path, options: &Options) -> Result<(Db, Db), LedgerError> {
    let begun = Instant::now();
    loop {
        match try_sqlite(path, options).await {
            Err(LedgerError::Busy) if begun.elapsed() < LOCK_WAIT => tokio::time::sleep(LOCK_LOOK).await,
            done => return done,
        }
    }
}

async fn try_sqlite(path: &Path, options: &Options) -> Result<(Db, Db), LedgerError> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.is_dir()) {
        let text = format!("there is no folder {}: make it, or name another place", folder.display());
        return Err(LedgerError::Address(text));
    }
    if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        let text = format!("{} is no file: name the file that the ledger is, or shall be", path.display());
        return Err(LedgerError::Address(text));
    }
    // It holds what people wrote in plain words. SQLite gives its log the same rights, and says what is wrong where no
    // file can be made.
    let _ = keys::private(path);
    let mut connect = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        // What was acknowledged survives a power cut, too.
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(LOCK_WAIT)
        // What was erased is overwritten and not only let go of.
        .pragma("secure_delete", "ON")
        .disable_statement_logging();
    if let Some(bytes) = options.most_bytes {
        connect = connect.pragma("max_page_count", (bytes / PAGE_BYTES).max(1).to_string());
    }
    // 32 MB: ids are hashes, so that a large import touches pages all over the indexes.
    let write = connect.clone().pragma("cache_size", "-32768");
    let pool = || SqlitePoolOptions::new().acquire_timeout(TURN_WAIT).idle_timeout(None).max_lifetime(None);
    // Where SQLite gives a transaction up by itself, as on a full disk, sqlx goes on counting it as open, and every later
    // write would fail: such a connection is closed, and the next write gets a new one.
    let writer = pool()
        .max_connections(1)
        .before_acquire(|connection, _| Box::pin(async move { Ok(!connection.is_in_transaction()) }))
        .connect_with(write.clone())
        .await
        .map_err(|error| named(path, error.into()))?;
    // From now on a file that is gone is gone: an empty one in its place would be taken for it.
    writer.set_connect_options(write.create_if_missing(false));
    // Two processes may start at once: whoever is second finds the tables made.
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    migrator().run(&mut *tx).await.map_err(newer)?;
    tx.commit().await?;
    let read = connect.create_if_missing(false).pragma("query_only", "ON");
    let prompt = pool().max_connections(PROMPT).connect_with(read.clone()).await?;
    let readers = pool().max_connections(options.connections.max(1)).connect_with(read).await?;
    Ok((Db::Sqlite { readers, writer: writer.clone() }, Db::Sqlite { readers: prompt, writer }))
}

/// Says which file it is that is none of ours.
fn named(path: &Path, error: LedgerError) -> LedgerError {
    match error {
        LedgerError::Address(what) => LedgerError::Address(format!("{}: {what}", path.display())),
        other => other,
    }
}

async fn open_pg(connect: PgConnectOptions, options: &Options) -> Result<(Db, Db), LedgerError> {
    let connect = connect.application_name("stemwire").disable_statement_logging();
    // One more listens for as long as the ledger is open.
    let pool = |most| PgPoolOptions::new().max_connections(most).acquire_timeout(CONNECT_WAIT);
    let all = pool(options.connections.max(1) + 1).connect_with(connect.clone()).await?;
    migrator().run(&all).await.map_err(newer)?;
    // At least one that is never given back, so that no agent waits for a connection to be made.
    let prompt = pool(PROMPT).min_connections(1).connect_with(connect).await?;
    Ok((Db::Pg(all), Db::Pg(prompt)))
}

fn migrator() -> Migrator {
    let migration = |(version, name, sql): (i64, &'static str, &'static str)| {
        Migration::new(version, name.into(), MigrationType::Simple, sql.into_sql_str(), false)
    };
    Migrator::with_migrations(MIGRATIONS.into_iter().map(migration).collect())
}

fn newer(error: MigrateError) -> LedgerError {
    let known = MIGRATIONS.iter().map(|(version, _, _)| *version).max().unwrap_or_default();
    match error {
        MigrateError::VersionMissing(found) if found > known => LedgerError::Newer { found, known },
        other => other.into(),
    }
}

/// Reads the keys, or makes the first; refuses a file that lacks one of those that this ledger was written with.
async fn open_keys(db: &Db, notices: &Notices, taking: &Arc<Taking>, path: &Path) -> Result<Keys, LedgerError> {
    let mut tx = db.write(notices, taking).await?;
    let written = written_with(&mut tx).await?;
    let mut keys = match (Keys::read(path)?, written.is_empty()) {
        (Some(keys), _) => keys,
        (None, true) => Keys::make(path)?,
        (None, false) => {
            let text = "the key that the ledger was written with is not there: every customer would be a stranger. \
                        Put the file back";
            return Err(keys::fault(path, text.to_owned()));
        }
    };
    keys.know(&written)
        .map_err(|gone| lacking(path, &gone, keys.fingerprints().iter().any(|one| written.contains(one))))?;
    if written.is_empty() {
        // At once, so that a second server with another file is told so when it starts.
        note_key(&mut tx, &keys).await?;
        keys.know(&written_with(&mut tx).await?).map_err(|gone| lacking(path, &gone, false))?;
    }
    tx.commit().await?;
    keys::warn_if_open(path);
    Ok(keys)
}
