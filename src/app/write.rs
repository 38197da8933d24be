//! Writing and deleting tips through the library, checked before and served after.

use super::App;
use super::keeping::Message;
use super::known::hash_of;
use super::look::{Hints, look};
use super::reload::Upkeep;
use crate::index::guarded;
use crate::library::{Hint, LibraryError, is_section_file};
use crate::tip::{self, Problem, TipId};
use std::sync::PoisonError;
use std::sync::mpsc::sync_channel;
use std::time::Duration;

/// How long a writer waits for the file to be served. It is written by then: what is slow is told by the log, and the
/// writer goes on.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the writer knows of the file: guards against overwriting somebody else's edit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Precondition {
    /// `If-None-Match: *`: it must not exist.
    Absent,
    /// `If-Match: *`, or nothing said of a deletion: it must exist, in whatever version.
    Any,
    /// `If-Match`: it must be this version (the tip's tag, see `App::tag`).
    Tag(String),
    /// `If-Match` with several: it must be one of these versions.
    OneOf(Vec<String>),
}

impl Precondition {
    /// True where the version that is there is what the writer knows of.
    fn met(&self, there: Option<&str>) -> bool {
        match (self, there) {
            (Precondition::Absent, there) => there.is_none(),
            (Precondition::Any, there) => there.is_some(),
            (Precondition::Tag(tag), Some(there)) => tag == there,
            (Precondition::OneOf(tags), Some(there)) => tags.iter().any(|tag| tag == there),
            (Precondition::Tag(_) | Precondition::OneOf(_), None) => false,
        }
    }
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
    /// The id may be a tip's, and there can be no such file here; the text says why.
    #[error("{0}")]
    Refused(String),
    #[error("there is no tip {0}")]
    Missing(String),
    #[error("the tip changed since you read it")]
    Conflict { tag: Option<String> },
    #[error("the text has {} problems that would keep it from being served", .0.len())]
    Problems(Vec<Problem>),
    /// The folder is not there, or cannot be read; the text says which.
    #[error("{0}")]
    Away(String),
    #[error("the file could not be written: {0}")]
    Io(#[from] std::io::Error),
}

impl App {
    /// The tag of a version of a tip's file, by its id and text. It changes with every byte.
    pub fn tag(id: &TipId, text: &str) -> String {
        format!("{:032x}", hash_of(&tip::file_of(id), text))
    }

    /// Writes the tip's file atomically and waits until it is served.
    pub fn put_tip(&self, id: &str, text: &str, when: &Precondition) -> Result<Written, WriteError> {
        self.library_there()?;
        let (id, file) = self.tip_file(id)?;
        let _guard = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let alone = self.library.alone();
        let there = self.tag_on_disk(&id, &file);
        if !when.met(there.as_deref()) {
            return Err(WriteError::Conflict { tag: there });
        }
        let mut problems = self.check_text(id.as_str(), text);
        problems.retain(Problem::is_error);
        if !problems.is_empty() {
            return Err(WriteError::Problems(problems));
        }
        self.library.write(&file, text).map_err(|error| write_error(&id, error))?;
        drop(alone);
        self.serve_written(file);
        Ok(Written { created: there.is_none(), tag: App::tag(&id, text) })
    }

    /// Deletes the tip's file and waits until it is no longer served.
    pub fn delete_tip(&self, id: &str, when: &Precondition) -> Result<(), WriteError> {
        self.library_there()?;
        let (id, file) = self.tip_file(id)?;
        let _guard = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let alone = self.library.alone();
        let Some(there) = self.tag_on_disk(&id, &file) else { return Err(WriteError::Missing(id.to_string())) };
        if !when.met(Some(&there)) {
            return Err(WriteError::Conflict { tag: Some(there) });
        }
        if !self.library.delete(&file).map_err(|error| write_error(&id, error))? {
            return Err(WriteError::Missing(id.to_string()));
        }
        drop(alone);
        self.serve_written(file);
        Ok(())
    }

    /// Whether there is a library to write to: the empty folder below a disk that is away is none.
    fn library_there(&self) -> Result<(), WriteError> {
        self.library.readable().map_err(|error| WriteError::Away(error.to_string()))?;
        let away = || WriteError::Away(format!("{} is empty: is its disk away?", self.library.root().display()));
        if self.library_readable() { Ok(()) } else { Err(away()) }
    }

    /// True where some file of the library is broken.
    pub fn any_broken(&self) -> bool {
        !self.shared.broken.load().is_empty()
    }

    /// Text and tag of the tip's file as it lies on the disk, where that is broken: then an older version is served, or
    /// none. For whoever mends it.
    pub fn broken_source(&self, id: &TipId) -> Option<(String, String)> {
        let (id, file) = self.tip_file(id.as_str()).ok()?;
        let broken = self.shared.broken.load().iter().any(|problem| problem.file == file);
        let text = self.library.read_lossy(&file).filter(|_| broken)?;
        let tag = App::tag(&id, &text);
        Some((text, tag))
    }

    /// The id and file that `id` names, where a tip can be there. A section's file is no tip.
    fn tip_file(&self, id: &str) -> Result<(TipId, String), WriteError> {
        let wrong = || WriteError::Id(id.to_owned());
        let id = Some(id).filter(|id| TipId::valid(id)).map(|id| TipId::new(id).composed()).ok_or_else(wrong)?;
        let file = tip::file_of(&id);
        if is_section_file(&file) {
            return Err(wrong());
        }
        if self.library.holds(&file) {
            return Ok((id, file));
        }
        // Some systems store names decomposed: the same id all the same.
        let same = self.library.namesakes(&file).into_iter().find(|other| tip::id_of(other).as_ref() == Some(&id));
        Ok((id, same.unwrap_or(file)))
    }

    /// Tag of the file as it is on the disk, which may be newer than what is served. None where there is none.
    fn tag_on_disk(&self, id: &TipId, file: &str) -> Option<String> {
        let text = self.library.read_lossy(file);
        text.map(|text| App::tag(id, &text)).or_else(|| self.library.holds(file).then(|| UNREADABLE.to_owned()))
    }

    /// Has a file that was written or deleted taken up, and waits for it.
    fn serve_written(&self, file: String) {
        match &self.upkeep {
            Upkeep::Always { outbox, .. } => {
                let (reply, answer) = sync_channel(1);
                let told = outbox.send(Message::Written { file: file.clone(), reply });
                if told.is_err() || answer.recv_timeout(PATIENCE).is_err() {
                    tracing::warn!(%file, "written, but not served yet");
                }
            }
            Upkeep::Once(keeper, lenses) => {
                let mut keeper = keeper.lock().unwrap_or_else(PoisonError::into_inner);
                let mut hints = Hints::default();
                hints.add(Hint::At(file.clone()));
                let Ok(found) = look(&self.library, None, &keeper.known, &hints, &mut false) else { return };
                match guarded(|| keeper.catch_up(found, &|_, _| {})) {
                    Ok(()) => lenses.renew(&self.shared),
                    Err(error) => tracing::warn!(%file, %error, "written, but not in the index yet"),
                }
            }
        }
    }
}

/// The tag of something that cannot be read and is there nevertheless: it matches none, since no header can carry a line
/// break.
const UNREADABLE: &str = "\n";

fn write_error(id: &TipId, error: LibraryError) -> WriteError {
    match error {
        LibraryError::Refused(why) => {
            tracing::info!(%id, %why, "a write was refused");
            WriteError::Refused(why)
        }
        LibraryError::Io { source, .. } if source.kind() == std::io::ErrorKind::InvalidFilename => {
            WriteError::Id(id.to_string())
        }
        LibraryError::Io { path, source } => {
            WriteError::Io(std::io::Error::new(source.kind(), format!("{}: {source}", path.display())))
        }
        gone @ (LibraryError::Missing(_) | LibraryError::Unreadable { .. }) => WriteError::Away(gone.to_string()),
        other => WriteError::Io(std::io::Error::other(other.to_string())),
    }
}
