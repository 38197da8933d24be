//! Values on their way into SQL and rows on their way out, the same for both databases.

use super::error::LedgerError;
use sqlx::Row as _;
use sqlx::postgres::PgRow;
use sqlx::sqlite::SqliteRow;

/// One value to bind. A missing one keeps its type, which PostgreSQL wants to know.
#[derive(Clone, Debug)]
pub(super) enum Value {
    Text(Option<String>),
    Int(Option<i64>),
    Bytes(Vec<u8>),
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(Some(text.to_owned()))
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(Some(text))
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(Some(text.clone()))
    }
}

impl From<Option<&str>> for Value {
    fn from(text: Option<&str>) -> Value {
        Value::Text(text.map(str::to_owned))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Value {
        Value::Text(text)
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Value {
        Value::Int(Some(number))
    }
}

impl From<Option<i64>> for Value {
    fn from(number: Option<i64>) -> Value {
        Value::Int(number)
    }
}

/// One row of an answer; columns by their place.
pub(super) enum Row {
    Sqlite(SqliteRow),
    Pg(PgRow),
}

macro_rules! reader {
    ($name:ident, $type:ty) => {
        pub(super) fn $name(&self, column: usize) -> Result<$type, LedgerError> {
            Ok(match self {
                Row::Sqlite(row) => row.try_get(column)?,
                Row::Pg(row) => row.try_get(column)?,
            })
        }
    };
}

impl Row {
    reader!(text, String);
    reader!(maybe_text, Option<String>);
    reader!(int, i64);
    reader!(maybe_int, Option<i64>);
    reader!(bytes, Vec<u8>);

    /// A count, which is never negative.
    pub(super) fn count(&self, column: usize) -> Result<u64, LedgerError> {
        Ok(u64::try_from(self.int(column)?).unwrap_or_default())
    }
}
