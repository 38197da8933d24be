//! Writing and deleting files so that no reader ever sees half of one, and nothing outside the root is touched.

use super::place::is_markdown;
use super::{Library, LibraryError, SECTION_FILE};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// How long another process is waited for that writes: a hundred times as long as a save takes.
const ALONE: Duration = Duration::from_secs(2);

/// Numbers the temporary files of this process.
static TURN: AtomicU64 = AtomicU64::new(0);

impl Library {
    /// Puts `text` in place of `file` in one step, making the folders it needs and keeping the mode of what was there.
    ///
    /// # Errors
    /// `Refused` for what lies outside, is passed over, or is not a file that may be written; `Io` otherwise.
    pub fn write(&self, file: &str, text: &str) -> Result<(), LibraryError> {
        let path = self.writable(file)?;
        self.in_its_folder(file, &path, |folder| replace(&path, folder, text))
    }

    /// Puts `text` into a new `file`, making the folders it needs. Unlike `write` it does not wait for the disk, so it
    /// suits thousands of files.
    ///
    /// # Errors
    /// `Exists` where something is there; as for `write` otherwise.
    pub fn create(&self, file: &str, text: &str) -> Result<(), LibraryError> {
        let path = self.writable(file)?;
        let made = self.in_its_folder(file, &path, |_| {
            let mut new = OpenOptions::new().write(true).create_new(true).open(&path)?;
            new.write_all(text.as_bytes()).inspect_err(|_| drop(fs::remove_file(&path)))
        });
        made.map_err(|error| match error {
            LibraryError::Io { source, .. } if source.kind() == io::ErrorKind::AlreadyExists => {
                LibraryError::Exists(file.to_owned())
            }
            other => other,
        })
    }

    /// Keeps other stemwire processes on this machine that ask for the same from writing, for as long as it is kept: an
    /// advisory lock on the folder itself, which leaves no file behind. None where the system has no such thing, or
    /// somebody keeps it for longer than `ALONE`: then they may write, too.
    pub fn alone(&self) -> Option<File> {
        let folder = File::open(&self.root).ok()?;
        let since = Instant::now();
        loop {
            match folder.try_lock() {
                Ok(()) => return Some(folder),
                Err(TryLockError::WouldBlock) if since.elapsed() < ALONE => std::thread::sleep(ALONE / 100),
                Err(TryLockError::WouldBlock) => {
                    tracing::warn!(folder = %self.root.display(), "somebody has locked the library; it is written to all the same");
                    return None;
                }
                Err(TryLockError::Error(_)) => return None,
            }
        }
    }

    /// Does `work` with the folder of `path`, which is made for it and unmade where nothing came of it.
    fn in_its_folder(
        &self,
        file: &str,
        path: &Path,
        work: impl FnOnce(&Path) -> io::Result<()>,
    ) -> Result<(), LibraryError> {
        let folder = path.parent().unwrap_or(&self.root);
        let made = make_folders(folder).map_err(|e| io_error(folder, e))?;
        let written = if self.inside(folder) {
            work(folder).map_err(|e| io_error(path, e))
        } else {
            Err(refused(file, "its folder lies outside the library"))
        };
        if written.is_err() {
            // Nothing was in them before, so only what stayed empty goes.
            made.iter().rev().for_each(|folder| drop(fs::remove_dir(folder)));
        }
        written
    }

    /// Deletes `file`, and the folders above it that are empty then, up to the root. False where it was not there.
    ///
    /// # Errors
    /// As for `write`.
    pub fn delete(&self, file: &str) -> Result<bool, LibraryError> {
        let path = self.path_of(file).filter(|p| is_markdown(p)).ok_or_else(|| refused(file, "it is not a tip's"))?;
        let Some(folder) = path.parent().filter(|folder| folder.is_dir()) else { return Ok(false) };
        if !self.inside(folder) {
            return Err(refused(file, "its folder lies outside the library"));
        }
        match fs::remove_file(&path) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
            Err(error) => return Err(io_error(&path, error)),
        }
        sync_folder(folder);
        let mut empty = Some(folder);
        while let Some(folder) = empty.filter(|f| *f != self.root && !f.is_symlink()) {
            if fs::remove_dir(folder).is_err() {
                break;
            }
            empty = folder.parent();
        }
        Ok(true)
    }

    /// The path to write to: links followed, known to stay inside as far as it exists.
    fn writable(&self, file: &str) -> Result<PathBuf, LibraryError> {
        let path = self.path_of(file).filter(|p| is_markdown(p)).ok_or_else(|| refused(file, "it is not a tip's"))?;
        self.real_root()?;
        let exists = path.ancestors().find(|p| p.symlink_metadata().is_ok()).unwrap_or(&self.root);
        if !self.inside(exists) {
            return Err(refused(file, "a link on its way leads out of the library"));
        }
        match fs::metadata(&path) {
            Ok(meta) if !meta.is_file() => Err(refused(file, "something that is not a file has its name")),
            Ok(meta) if meta.permissions().readonly() => {
                Err(io_error(&path, io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only")))
            }
            // Written through the link, which stays.
            Ok(_) => path.canonicalize().map_err(|e| io_error(&path, e)),
            Err(_) => match not_everywhere(file) {
                Some(why) => Err(refused(file, why)),
                None => Ok(path),
            },
        }
    }
}

/// Makes `folder` and those above it; gives back the ones that were not there, topmost first.
fn make_folders(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut missing: Vec<PathBuf> = folder.ancestors().take_while(|p| !p.exists()).map(Path::to_owned).collect();
    missing.reverse();
    for folder in &missing {
        match fs::create_dir(folder) {
            Ok(()) => folder.parent().into_iter().for_each(sync_folder),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Ok(missing)
}

/// Writes beside, makes it durable, then moves it over: after a crash there is the old text or the new one.
fn replace(path: &Path, folder: &Path, text: &str) -> io::Result<()> {
    let turn = TURN.fetch_add(1, Ordering::Relaxed);
    // Hidden, so that no scan sees it.
    let beside = folder.join(format!(".stemwire-{}-{turn}.tmp", std::process::id()));
    let done = write_beside(&beside, path, text).and_then(|()| fs::rename(&beside, path));
    if done.is_err() {
        let _ = fs::remove_file(&beside);
    }
    done?;
    sync_folder(folder);
    Ok(())
}

fn write_beside(beside: &Path, path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(beside)?;
    file.write_all(text.as_bytes())?;
    if let Ok(meta) = fs::metadata(path) {
        file.set_permissions(meta.permissions())?;
    }
    file.sync_all()
}

/// Makes a rename or a new name durable. Not every disk can; the file's own bytes are safe already.
fn sync_folder(folder: &Path) {
    if cfg!(unix)
        && let Ok(folder) = File::open(folder)
    {
        let _ = folder.sync_all();
    }
}

/// Why a new file of this name could not be had on every system that the library may be checked out on.
fn not_everywhere(file: &str) -> Option<&'static str> {
    let name = file.rsplit('/').next().unwrap_or_default();
    if name != SECTION_FILE && name.eq_ignore_ascii_case(SECTION_FILE) {
        return Some("where case does not count, it would take the place of its section's file");
    }
    file.trim_end_matches(".md").split('/').any(is_device).then_some("Windows keeps one of its names for a device")
}

/// The names of <https://learn.microsoft.com/windows/win32/fileio/naming-a-file>, in any case.
fn is_device(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let port = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(&*name, "con" | "prn" | "aux" | "nul") || port.is_some_and(|n| matches!(n.as_bytes(), [b'1'..=b'9']))
}

fn refused(file: &str, why: &str) -> LibraryError {
    LibraryError::Refused(format!("{file:?} cannot be written: {why}"))
}

fn io_error(path: &Path, source: io::Error) -> LibraryError {
    LibraryError::Io { path: path.to_owned(), source }
}
