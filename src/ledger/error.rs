//! What can keep the ledger from doing what it was asked, in words that a person can act on.
//! No message ever holds a password or what was to be written.

use std::path::PathBuf;

#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The address is none that a ledger can have; the text says what to write instead.
    #[error("{0}")]
    Address(String),
    /// The database cannot be reached, or the connection broke. What was under way is not recorded, unless the
    /// connection broke while it was being committed: an idempotency key makes it safe to ask again.
    #[error("the ledger cannot be reached: {0}")]
    Away(String),
    /// Nothing more fits. What is there can still be read.
    #[error("the ledger is full: {}", full(*.megabytes))]
    Full {
        /// What the operator bounded a SQLite file to: SQLite does not say whether that or the disk was in the way.
        megabytes: Option<u64>,
    },
    /// Someone else held it for too long. Trying again is safe.
    #[error("the ledger is busy: something else is writing to it; try again")]
    Busy,
    /// A later version of stemwire has changed it.
    #[error(
        "this ledger was made by a newer stemwire (its schema is {found}, this one knows {known}): \
         use that version, or restore a backup from before"
    )]
    Newer { found: i64, known: i64 },
    /// What hashes customers is missing or is not the one that this ledger was written with.
    #[error("{path}: {detail}")]
    Key { path: PathBuf, detail: String },
    /// So many records were erased, and the log still holds them.
    #[error(
        "{0} records are erased, and SQLite's log still holds them: something reads the ledger for longer than five \
         seconds. Erase once more when that is over"
    )]
    Logged(u64),
    #[error("there is no {0}")]
    NotFound(String),
    /// It is in a state in which this cannot be done; the text says which.
    #[error("{0}")]
    Conflict(String),
    /// The idempotency key came before, with another body.
    #[error("this idempotency key was used before with another body")]
    OtherBody,
    /// What was given cannot be recorded; the text says why.
    #[error("{0}")]
    Refused(String),
    /// Anything else, for the log.
    #[error("the ledger failed: {0}")]
    Broken(String),
}

impl LedgerError {
    /// True where the same call may succeed later without anyone changing it.
    pub fn passes(&self) -> bool {
        matches!(self, LedgerError::Away(_) | LedgerError::Full { .. } | LedgerError::Busy)
    }
}

fn full(megabytes: Option<u64>) -> String {
    match megabytes {
        None => "there is no space left where it lies".to_owned(),
        Some(most) => format!(
            "it has grown to the {most} MB that ledger_megabytes allows, or there is no space left where it lies. Allow it \
             more, keep records for fewer days, or make room"
        ),
    }
}

impl From<sqlx::Error> for LedgerError {
    fn from(error: sqlx::Error) -> Self {
        match &error {
            sqlx::Error::Database(inner) => {
                let code = inner.code().unwrap_or_default().into_owned();
                match inner.try_downcast_ref::<sqlx::sqlite::SqliteError>() {
                    Some(_) => sqlite(&code, inner.message()),
                    None => postgres(&code, inner.message()),
                }
            }
            sqlx::Error::Io(cause) => LedgerError::Away(cause.to_string()),
            sqlx::Error::Tls(cause) => LedgerError::Away(format!("no secure connection: {cause}")),
            sqlx::Error::PoolTimedOut => LedgerError::Away(NO_CONNECTION.to_owned()),
            sqlx::Error::PoolClosed => LedgerError::Away("it is closed".to_owned()),
            sqlx::Error::WorkerCrashed => LedgerError::Away("the thread that served it ended".to_owned()),
            _ => LedgerError::Broken(error.to_string()),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for LedgerError {
    fn from(error: sqlx::migrate::MigrateError) -> Self {
        use sqlx::migrate::MigrateError as M;
        match error {
            M::Execute(inner) | M::ExecuteMigration(inner, _) => inner.into(),
            M::VersionMismatch(version) => {
                LedgerError::Broken(format!("its schema {version} is not the one that was released"))
            }
            other => LedgerError::Broken(other.to_string()),
        }
    }
}

/// The driver tries again for as long as it may, and does not say what it was told meanwhile.
const NO_CONNECTION: &str = "no connection could be had in time: the server does not answer, or it has as many \
                             connections as it takes (max_connections, and that of the user and the database)";

/// Result codes: <https://www.sqlite.org/rescode.html>. The low byte is the primary one.
fn sqlite(code: &str, message: &str) -> LedgerError {
    let code: i32 = code.parse().unwrap_or(1);
    match (code & 0xff, code) {
        (5 | 6, _) => LedgerError::Busy,
        // 4874, SQLITE_IOERR_SHMSIZE: there is no room for the shared memory file.
        (13, _) | (_, 4874) => LedgerError::Full { megabytes: None },
        (14, _) => {
            let why =
                "the file cannot be opened: is its folder there, may it be written to, and may more files be open?";
            LedgerError::Away(why.into())
        }
        (8, _) => LedgerError::Away("the file may not be written to".into()),
        (10, _) => LedgerError::Away(format!("the disk failed: {message}")),
        (26, _) => LedgerError::Address("the file is no SQLite database; stemwire leaves it as it is".into()),
        (11, _) => LedgerError::Broken(format!("the file is damaged, restore a backup: {message}")),
        _ => LedgerError::Broken(message.to_owned()),
    }
}

/// Classes of SQLSTATE: <https://www.postgresql.org/docs/current/errcodes-appendix.html>.
fn postgres(code: &str, message: &str) -> LedgerError {
    match (code.get(..2).unwrap_or_default(), code) {
        (_, "53100") => LedgerError::Full { megabytes: None },
        (_, "40001" | "40P01" | "55P03" | "57014") => LedgerError::Busy,
        // No connection, refused at the door, out of resources, shut down by an operator.
        ("08" | "28" | "53" | "57" | "3D", _) => LedgerError::Away(message.to_owned()),
        // Text with a zero byte, or a number out of any range.
        ("22", _) => LedgerError::Refused(format!("it holds something that cannot be kept: {message}")),
        (_, "25006") => LedgerError::Away("the server takes no writes".to_owned()),
        _ => LedgerError::Broken(message.to_owned()),
    }
}
