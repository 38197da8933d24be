//! Being told that something changed. What is told is a hint and nothing more: whoever hears it looks for itself.
//!
//! Straight on notify: its debouncer wakes many times a second for ever and queues the events of our own reading.

use super::place::ignored;
use super::{Library, LibraryError};
use notify::event::{AccessKind, AccessMode};
use notify::{Config, Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Something may have changed.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hint {
    /// At this path below the library, a file or a folder, there now or gone.
    At(String),
    /// Anywhere: the system lost count, or the root itself changed.
    All,
}

/// Where the system counts watches by folder, each folder is watched on its own, so that `.git`, `node_modules` and what
/// links lead to cost nothing. Elsewhere one watch covers all.
const BY_FOLDER: bool = cfg!(any(target_os = "linux", target_os = "android"));

/// Watches folders until it is dropped.
pub struct Watch {
    watcher: RecommendedWatcher,
    root: PathBuf,
    watched: BTreeSet<PathBuf>,
}

impl Library {
    /// Begins to watch; nothing is watched before `follow` says what.
    ///
    /// # Errors
    /// `Watch` where the system has no more to give.
    pub fn watch(&self, tell: impl Fn(Hint) + Send + 'static) -> Result<Watch, LibraryError> {
        let library = self.clone();
        let real_root = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let hear = move |event: notify::Result<Event>| match event {
            Ok(event) => hints(&library, &real_root, &event).into_iter().for_each(&tell),
            Err(error) => {
                tracing::warn!(%error, "the system's watch stumbled; the whole library is looked through");
                tell(Hint::All);
            }
        };
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(hear, config).map_err(watch_error)?;
        Ok(Watch { watcher, root: self.root.clone(), watched: BTreeSet::new() })
    }
}

impl Watch {
    /// Watches the folders of a scan. True where one of them was not watched before: what happened in it between the
    /// scan and now went unheard, so it has to be scanned again.
    ///
    /// # Errors
    /// `Watch` where the system has no more watches to give; those it gave stay.
    pub fn follow(&mut self, folders: &[PathBuf]) -> Result<bool, LibraryError> {
        let mut new = false;
        if !BY_FOLDER {
            if self.watched.insert(self.root.clone()) {
                self.watcher.watch(&self.root, RecursiveMode::Recursive).map_err(watch_error)?;
                new = true;
            }
            return Ok(new);
        }
        for folder in folders {
            if self.watched.contains(folder) {
                continue;
            }
            match self.watcher.watch(folder, RecursiveMode::NonRecursive) {
                Ok(()) => new |= self.watched.insert(folder.clone()),
                Err(error) if matches!(error.kind, notify::ErrorKind::MaxFilesWatch) => return Err(watch_error(error)),
                // It vanished: its going is told by the folder above it.
                Err(_) => {}
            }
        }
        Ok(new)
    }

    /// Takes it that `path` and what lies below may be other folders than the ones watched under these names.
    pub fn forget(&mut self, path: &Path) {
        let below: Vec<PathBuf> =
            self.watched.range(path.to_owned()..).take_while(|p| p.starts_with(path)).cloned().collect();
        for path in &below {
            self.watched.remove(path);
        }
    }
}

fn watch_error(error: notify::Error) -> LibraryError {
    LibraryError::Watch(error.to_string())
}

/// What one of the system's events hints at. Reading is an event too, our own among it, and hints at nothing: a keeper
/// that answered it by reading would never rest.
fn hints(library: &Library, real_root: &Path, event: &Event) -> Vec<Hint> {
    if event.need_rescan() {
        return vec![Hint::All];
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {}
        EventKind::Access(_) => return Vec::new(),
        _ => {}
    }
    event.paths.iter().filter_map(|path| hint(library, real_root, path)).collect()
}

fn hint(library: &Library, real_root: &Path, path: &Path) -> Option<Hint> {
    let Ok(below) = path.strip_prefix(&library.root).or_else(|_| path.strip_prefix(real_root)) else {
        return Some(Hint::All);
    };
    let mut names = below.components().map(|c| c.as_os_str());
    // A mounted configuration is changed by moving one hidden link, `..data`, to which all its files lead.
    if names.clone().next().is_none_or(|first| first.as_encoded_bytes().starts_with(b"..")) {
        return Some(Hint::All);
    }
    if names.any(ignored) {
        return None;
    }
    let names: Option<Vec<&str>> = below.components().map(|c| c.as_os_str().to_str()).collect();
    Some(names.map_or(Hint::All, |names| Hint::At(names.join("/"))))
}
