//! Errors of the use cases, as problems.

use super::{Fault, Kind, Problem};
use crate::app::{RecordError, WriteError};
use crate::index::IndexError;
use crate::ledger::LedgerError;
use crate::tip::Severity;
use axum::http::{HeaderValue, header};

impl From<IndexError> for Problem {
    fn from(error: IndexError) -> Self {
        match error {
            IndexError::Cursor => {
                let detail = error.to_string();
                Problem::new(Kind::InvalidQuery, format!("The cursor cannot be used: {detail}."))
                    .with_errors(vec![Fault::new("query", "#/cursor", detail)])
            }
            other => Problem::internal(other),
        }
    }
}

impl From<RecordError> for Problem {
    fn from(error: RecordError) -> Self {
        match error {
            RecordError::Ledger(error) => error.into(),
            RecordError::Index(error) => error.into(),
            RecordError::Write(error) => error.into(),
            RecordError::Field { field, detail } => {
                let fault = Fault::new("body", format!("#/{field}"), detail.clone());
                Problem::fields(&detail).with_errors(vec![fault])
            }
        }
    }
}

impl From<LedgerError> for Problem {
    fn from(error: LedgerError) -> Self {
        let detail = sentence(&error.to_string());
        match error {
            LedgerError::Away(_) => {
                let detail =
                    "Nothing can be recorded or looked up now; tips are suggested all the same. Send it again.";
                Problem { cause: Some(error.to_string()), ..Problem::later(Kind::LedgerAway, detail) }
            }
            LedgerError::Busy => Problem::later(Kind::LedgerAway, &detail),
            LedgerError::Full { .. } => Problem::later(Kind::LedgerFull, &detail),
            LedgerError::NotFound(_) => Problem::new(Kind::NotFound, detail),
            LedgerError::Conflict(_) => Problem::new(Kind::Decided, detail),
            LedgerError::OtherBody => Problem::new(
                Kind::IdempotencyKeyReused,
                "The key was sent before with another body. Take a new key for a new request.",
            ),
            LedgerError::Refused(_) => Problem::fields(&detail),
            LedgerError::Address(_)
            | LedgerError::Newer { .. }
            | LedgerError::Key { .. }
            | LedgerError::Logged(_)
            | LedgerError::Broken(_) => Problem::internal(error),
        }
    }
}

/// A text as a sentence: with a capital letter and a full stop.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str().trim_end_matches('.'))
}

impl From<WriteError> for Problem {
    fn from(error: WriteError) -> Self {
        match error {
            WriteError::Id(id) => Problem::new(Kind::InvalidId, id_detail(&id)),
            WriteError::Refused(why) => Problem::new(Kind::InvalidId, sentence(&why)),
            WriteError::Missing(id) => Problem::new(Kind::TipNotFound, format!("There is no tip {id}.")),
            WriteError::Conflict { tag } => conflict(tag),
            WriteError::Problems(problems) => {
                let faults: Vec<Fault> =
                    problems.into_iter().filter(|p| p.code.severity() == Severity::Error).map(fault).collect();
                let detail = match faults.as_slice() {
                    [one] => format!("Line {}: {}", one.line.unwrap_or(1), one.detail),
                    many => format!("{} errors would keep it from being served; see `errors`.", many.len()),
                };
                Problem::new(Kind::TipHasErrors, detail).with_errors(faults)
            }
            WriteError::Away(cause) => {
                let detail = "The library's folder cannot be read now. Nothing was written, and what was served stays \
                              served; save it again later.";
                Problem { cause: Some(cause), ..Problem::later(Kind::LibraryAway, detail) }
            }
            WriteError::Io(error) => not_written(error),
        }
    }
}

/// What an operator can mend is named; the rest is for the log.
fn not_written(error: std::io::Error) -> Problem {
    use std::io::ErrorKind as Why;
    let problem = match error.kind() {
        Why::StorageFull | Why::QuotaExceeded => {
            let detail = "There is no space left where the library lies. Nothing was written; save it again later.";
            Problem::later(Kind::LibraryFull, detail)
        }
        Why::ReadOnlyFilesystem | Why::PermissionDenied => {
            let detail = "The server may not write where this file lies. Nothing was written.";
            Problem::new(Kind::LibraryReadOnly, detail)
        }
        _ => return Problem::internal(error),
    };
    Problem { cause: Some(error.to_string()), ..problem }
}

/// Why `id` is refused, and what an id looks like.
fn id_detail(id: &str) -> String {
    format!(
        "{id:?} cannot be a tip's id. An id is the path below the library without .md: parts of letters, digits, \
         - and _, with / between them."
    )
}

/// 412, with the tag that the tip has now, so that the caller can read again and merge.
fn conflict(tag: Option<String>) -> Problem {
    let Some(tag) = tag else {
        return Problem::new(Kind::PreconditionFailed, "The tip does not exist (any more), so it cannot be replaced.");
    };
    let detail = "The tip exists in another version than the one you name. Read its file again (Accept: text/markdown \
                  gives it even where it has errors), merge, and send its ETag.";
    let problem = Problem::new(Kind::PreconditionFailed, detail);
    match HeaderValue::from_str(&format!("\"{tag}\"")) {
        Ok(value) => problem.with_header(header::ETAG, value),
        Err(_) => problem,
    }
}

fn fault(problem: crate::tip::Problem) -> Fault {
    Fault {
        code: Some(problem.code.as_str()),
        line: Some(problem.line),
        column: Some(problem.column),
        help: Some(problem.help),
        ..Fault::new("body", "#", problem.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{Error, ErrorKind};

    #[test]
    fn a_disk_that_takes_nothing_is_told_from_a_fault_of_ours() {
        for (why, slug) in [
            (ErrorKind::StorageFull, "library-full"),
            (ErrorKind::QuotaExceeded, "library-full"),
            (ErrorKind::ReadOnlyFilesystem, "library-read-only"),
            (ErrorKind::PermissionDenied, "library-read-only"),
            (ErrorKind::InvalidData, "internal"),
        ] {
            let problem = Problem::from(WriteError::Io(Error::new(why, "tips/a.md: no")));
            assert_eq!((problem.kind.slug(), problem.cause.as_deref()), (slug, Some("tips/a.md: no")), "{why}");
            assert!(!problem.detail.contains("tips/a.md"), "paths are for the log");
        }
    }
}
