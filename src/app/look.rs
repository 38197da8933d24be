//! Looking at the folder: from hints to the files that have to be read and those that are gone. Reads none.

use super::known::Known;
use crate::library::{Hint, Library, LibraryError, Scan, Watch};
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Above so many hints at once, one walk through the whole folder is cheaper than a look at each.
const WORTH_A_WALK: usize = 64;

/// A walk is repeated while it meets folders that were not watched yet, at most this often: somebody who makes folders
/// faster than they are walked is caught at the next hint.
const WALKS: usize = 4;

/// At least so many files have to be gone together, and more than half of what is known, to be taken for a library that
/// is being moved or checked out anew rather than for an editor's decision.
const MANY: usize = 16;

/// What to look at.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub(super) struct Hints {
    /// Paths below the library.
    pub at: BTreeSet<String>,
    pub all: bool,
    /// The folders that are watched may be others by now: events were lost, or the root itself had one.
    pub lost: bool,
    /// Files that are gone are gone, however many.
    pub sure: bool,
    /// Even a root that shows nothing is believed: nobody is there who would look again.
    pub once: bool,
}

/// What has to be done.
#[derive(Debug, Default)]
pub(super) struct Found {
    /// Files to read, by path.
    pub read: BTreeSet<String>,
    pub gone: Vec<String>,
    /// By folder that was walked: what in it is in the way of being read, at all.
    pub in_the_way: Vec<(String, Vec<String>)>,
    /// True where so much is gone that `gone` was left empty: to be looked at again in a moment, and then believed.
    pub doubtful: bool,
    /// The index is being made: it is finished by a commit even where there is nothing to read.
    pub everything: bool,
}

/// Why nothing was found.
#[derive(Debug)]
pub(super) enum Away {
    /// The root is missing, may not be read, or shows nothing at all as a mount point without its disk does.
    Root,
    Other(LibraryError),
}

impl Hints {
    /// Everything, believed as it is.
    pub(super) fn once() -> Hints {
        Hints { all: true, sure: true, once: true, ..Hints::default() }
    }

    pub(super) fn add(&mut self, hint: Hint) {
        match hint {
            Hint::At(path) => drop(self.at.insert(path)),
            Hint::All => (self.all, self.lost) = (true, true),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.at.is_empty() && !self.all
    }
}

/// Looks at the folder. `linked` is true where the last whole walk followed links: then a hint at one name says nothing
/// about the others, and all is looked at.
pub(super) fn look(
    library: &Library,
    watch: Option<&mut Watch>,
    known: &Known,
    hints: &Hints,
    linked: &mut bool,
) -> Result<Found, Away> {
    let mut found = Found::default();
    // Where a new link leads shows only on a walk.
    let link = |at: &String| library.root().join(at).is_symlink();
    if hints.all || *linked || hints.at.len() > WORTH_A_WALK || hints.at.iter().any(link) {
        let scan = walk(library, watch, "")?;
        *linked = scan.links;
        if scan.bare && !known.is_empty() && !hints.once {
            return Err(Away::Root);
        }
        found.take(known, "", &scan);
        found.read.extend(hints.at.iter().filter(|at| sees(&scan, at)).cloned());
    } else {
        look_at_each(library, watch, known, hints, &mut found)?;
    }
    if found.gone.len() > MANY && found.gone.len() * 2 > known.len() && !hints.sure {
        found.gone.clear();
        found.doubtful = true;
    }
    Ok(found)
}

fn look_at_each(
    library: &Library,
    mut watch: Option<&mut Watch>,
    known: &Known,
    hints: &Hints,
    found: &mut Found,
) -> Result<(), Away> {
    for at in &hints.at {
        let path = library.root().join(at);
        if path.is_dir() {
            let scan = walk(library, watch.as_deref_mut(), at)?;
            found.take(known, at, &scan);
        } else if at.ends_with(".md") && path.is_file() {
            found.read.insert(at.clone());
        } else {
            // What is gone is in nobody's way any more.
            found.in_the_way.push((at.clone(), Vec::new()));
            // A link that leads out now, or a file that became something else, is gone as well.
            found.gone.extend(known.contains(at).then(|| at.clone()));
            found.gone.extend(known.below(at).filter(|_| !path.exists()).map(str::to_owned));
        }
    }
    if !found.gone.is_empty() && library.identity().is_none() {
        return Err(Away::Root);
    }
    Ok(())
}

/// Scans a folder and has all that it holds watched, again while some of it was not.
fn walk(library: &Library, mut watch: Option<&mut Watch>, folder: &str) -> Result<Scan, Away> {
    let mut walks = 0;
    loop {
        let scan = if folder.is_empty() { library.scan() } else { library.scan_below(folder) };
        let scan = scan.map_err(|error| match error {
            LibraryError::Missing(_) | LibraryError::Unreadable { .. } => Away::Root,
            other => Away::Other(other),
        })?;
        walks += 1;
        let new = match watch.as_deref_mut() {
            Some(watch) => follow(watch, &scan.folders)?,
            None => false,
        };
        if !new || walks == WALKS {
            return Ok(scan);
        }
    }
}

fn follow(watch: &mut Watch, folders: &[PathBuf]) -> Result<bool, Away> {
    watch.follow(folders).map_err(Away::Other)
}

fn sees(scan: &Scan, file: &str) -> bool {
    scan.files.binary_search_by(|s| s.file.as_str().cmp(file)).is_ok()
}

impl Found {
    fn take(&mut self, known: &Known, folder: &str, scan: &Scan) {
        self.read.extend(scan.files.iter().filter(|seen| known.differs(seen)).map(|seen| seen.file.clone()));
        self.gone.extend(known.gone(folder, scan));
        let errors = scan.problems.iter().filter(|problem| problem.is_error());
        self.in_the_way.push((folder.to_owned(), errors.map(|problem| problem.file.clone()).collect()));
    }
}
