//! How a command can end; exit codes are made of it in one place.

/// How a command ended when it could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ended {
    /// Exit code 0.
    Done,
    /// Exit code 1: the answer is no: silence, nothing found, problems.
    No,
}

/// Why a command could not run: exit code 2.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// A sentence for a person, with what to do.
    Said(String),
    /// It stands in the log already: nothing more is said.
    Logged,
    /// Whoever read the output went away, which is their right: nothing is said and the exit code is 0.
    Gone,
}

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure::Said(error.to_string())
    }
}

impl Failure {
    /// What is said; nothing where whoever listened is gone.
    pub fn text(self) -> String {
        match self {
            Failure::Said(text) => text,
            Failure::Logged | Failure::Gone => String::new(),
        }
    }
}

pub(super) type Run = Result<Ended, Failure>;
