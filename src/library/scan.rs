//! Walking the folder: which files are there and what they look like from outside, without reading one.
//!
//! Links are followed as long as they stay inside; loops and ways out are reported, not taken.

use super::place::{ignored, is_markdown};
use super::{Library, LibraryError};
use crate::tip::{self, Code, Problem};
use std::collections::HashSet;
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;
use walkdir::{DirEntry, WalkDir};

/// A file as the folder shows it, unread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Path below the library, with `/`.
    pub file: String,
    pub modified_ns: i64,
    pub size: u64,
}

/// All of a library's markdown files, and what was in the way of reading others.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Scan {
    /// By path.
    pub files: Vec<Seen>,
    pub problems: Vec<Problem>,
    /// The folders that were walked, without those reached by a link: what is to be watched.
    pub folders: Vec<PathBuf>,
    /// Paths below the library that could not be looked into: nothing is known of what lies there.
    pub unseen: Vec<String>,
    /// True where a link was followed: then one file can have two names, and a change of the one changes the other.
    pub links: bool,
    /// True where the root shows nothing at all, as a mount point does whose disk is away.
    pub bare: bool,
}

impl Seen {
    pub(super) fn of(file: String, meta: &Metadata) -> Seen {
        Seen { file, modified_ns: modified_ns(meta), size: meta.len() }
    }
}

/// Nanoseconds since 1970, negative before, 0 where the disk keeps no time.
fn modified_ns(meta: &Metadata) -> i64 {
    let Ok(time) = meta.modified() else { return 0 };
    let ns = match time.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()),
        Err(before) => i64::try_from(before.duration().as_nanos()).map(|ns| -ns),
    };
    ns.unwrap_or_default()
}

impl Library {
    /// Every markdown file below the root, without reading one. Never leaves the root by a link.
    ///
    /// # Errors
    /// `Missing` where the root is away, or went away or was swapped during the walk: then what was seen means nothing.
    /// `Unreadable` where it may not be looked into.
    pub fn scan(&self) -> Result<Scan, LibraryError> {
        self.readable()?;
        let before = self.identity();
        let mut scan = self.scan_below("")?;
        if self.identity() != before {
            return Err(LibraryError::Missing(self.root.clone()));
        }
        scan.bare = std::fs::read_dir(&self.root).is_ok_and(|mut all| all.next().is_none());
        Ok(scan)
    }

    /// Paths of all files below the root that a tip can point to, pictures and others too.
    pub fn every_file(&self) -> HashSet<String> {
        let Ok(real_root) = self.real_root() else { return HashSet::new() };
        let enter = |entry: &DirEntry| entry.depth() == 0 || !ignored(entry.file_name());
        let mut entries = WalkDir::new(&self.root).follow_links(true).into_iter().filter_entry(enter);
        let mut files = HashSet::new();
        while let Some(entry) = entries.next() {
            let Ok(entry) = entry else { continue };
            let stays = |entry: &DirEntry| entry.path().canonicalize().is_ok_and(|real| real.starts_with(&real_root));
            if entry.depth() > 0 && entry.path_is_symlink() && !stays(&entry) {
                if entry.file_type().is_dir() {
                    entries.skip_current_dir();
                }
            } else if entry.file_type().is_file() {
                files.extend(self.file_of(entry.path()));
            }
        }
        files
    }

    /// The same as `scan` for one folder below the root; one that is not there is empty.
    ///
    /// # Errors
    /// `Missing` where the root is away.
    pub fn scan_below(&self, folder: &str) -> Result<Scan, LibraryError> {
        let mut walk = Walk { library: self, real_root: self.real_root()?, scan: Scan::default() };
        let start = if folder.is_empty() { Some(self.root.clone()) } else { self.path_of(folder) };
        if let Some(start) = start
            && self.inside(&start)
        {
            walk.below(&start);
        }
        let mut scan = walk.scan;
        scan.files.sort_by(|a, b| a.file.cmp(&b.file));
        scan.problems.sort_by(|a, b| a.file.cmp(&b.file));
        Ok(scan)
    }
}

struct Walk<'a> {
    library: &'a Library,
    real_root: PathBuf,
    scan: Scan,
}

impl Walk<'_> {
    fn below(&mut self, start: &Path) {
        let mut entries = WalkDir::new(start).follow_links(true).into_iter();
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => {
                    if !self.enter(&entry) && entry.file_type().is_dir() {
                        entries.skip_current_dir();
                    }
                }
                Err(error) => self.failed(&error),
            }
        }
    }

    /// Takes note of one entry. False where a folder is not to be walked.
    fn enter(&mut self, entry: &DirEntry) -> bool {
        let path = entry.path();
        let is_dir = entry.file_type().is_dir();
        if entry.depth() > 0 && ignored(entry.file_name()) {
            return false;
        }
        if !is_dir && !is_markdown(path) {
            return true;
        }
        let Some(file) = self.library.file_of(path) else {
            self.unreadable_name(path);
            return false;
        };
        if entry.path_is_symlink() && entry.depth() > 0 {
            self.scan.links = true;
            if !path.canonicalize().is_ok_and(|real| real.starts_with(&self.real_root)) {
                self.link(&file, "The link leads out of the library.".to_owned());
                return false;
            }
        }
        if is_dir {
            self.scan.folders.push(path.to_owned());
        } else if entry.file_type().is_file() {
            match entry.metadata() {
                Ok(meta) => self.scan.files.push(Seen::of(file, &meta)),
                Err(error) => self.failed(&error),
            }
        }
        if is_markdown(path) && !entry.file_type().is_file() && entry.depth() > 0 {
            self.no_file(path, is_dir);
        }
        true
    }

    fn failed(&mut self, error: &walkdir::Error) {
        let Some(path) = error.path() else { return };
        if path.file_name().is_some_and(ignored) && path != self.library.root {
            return;
        }
        let Some(file) = self.library.file_of(path) else { return self.unreadable_name(path) };
        if let Some(above) = error.loop_ancestor() {
            let above = self.library.file_of(above).unwrap_or_default();
            let above = if above.is_empty() { "the library itself".to_owned() } else { above };
            self.scan.links = true;
            return self.link(&file, format!("The link leads back to {above}, round and round."));
        }
        let link = path.is_symlink();
        match error.io_error() {
            Some(io) if link && io.kind() == std::io::ErrorKind::NotFound => {
                if is_markdown(path) {
                    self.scan.links = true;
                    self.link(&file, "The link leads to nothing.".to_owned());
                }
            }
            // It vanished while the walk was on its way.
            Some(io) if io.kind() == std::io::ErrorKind::NotFound => {}
            // A link in a circle of links is no folder that could hide anything.
            Some(io) if link => {
                if is_markdown(path) {
                    self.link(&file, format!("The link cannot be followed: {io}."));
                }
            }
            io => {
                let why = io.map_or_else(|| error.to_string(), ToString::to_string);
                self.scan.problems.push(Problem::whole(
                    Code::Unreadable,
                    &file,
                    format!("It cannot be looked into: {why}."),
                    "Give the account that runs stemwire the right to read it.",
                ));
                self.scan.unseen.push(file);
            }
        }
    }

    /// A folder or a pipe that is called as a tip is.
    fn no_file(&mut self, path: &Path, is_dir: bool) {
        let Some(file) = self.library.file_of(path) else { return };
        let what = if is_dir { "a folder" } else { "no file that holds a text" };
        let help = "Give it a name that does not end in `.md`.";
        self.scan.problems.push(Problem::whole(Code::Unreadable, &file, format!("It is {what}."), help));
    }

    fn link(&mut self, file: &str, message: String) {
        let help = "Put the file itself here, or link to something inside the library that is not above it.";
        self.scan.problems.push(Problem::whole(Code::LeavesLibrary, file, message, help));
    }

    fn unreadable_name(&mut self, path: &Path) {
        let shown = path.strip_prefix(&self.library.root).unwrap_or(path).to_string_lossy().replace('\\', "/");
        self.scan.problems.push(tip::bad_name(&shown));
    }
}
