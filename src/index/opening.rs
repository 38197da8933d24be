//! Opening what lies on disk: telling our folder from others', a whole index from a damaged or stale one.
//!
//! Only files of our own names are ever deleted, and those of an index only under the writer's lock.

use super::directory::{EagerDirectory, replace};
use super::{Damage, IndexError, Opening, schema};
use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::UNIX_EPOCH;
use std::time::{Duration, Instant};
use tantivy::IndexSettings;

/// Written last when an index is made: holds the fingerprint and the origin, and says that the folder is ours.
const MARKER: &str = "stemwire.index";
/// Locked by whoever writes; never deleted, so that two processes always lock the same file.
const LOCK: &str = "stemwire.lock";
/// What each of tantivy's files looked like after the last commit.
const FILES: &str = "stemwire.files";
/// tantivy's own folder.
const DATA: &str = "tantivy";
/// What may lie in an index folder and is not ours.
const GUESTS: [&str; 3] = ["README.md", ".gitignore", ".gitkeep"];

/// Documents of this many bytes are compressed together: larger saves disk, smaller saves time a hit.
const STORE_BLOCK: usize = 8_192;

/// Size and time of each of tantivy's files, by name. None is ever changed once it is written.
type Looks = BTreeMap<String, (u64, u128)>;

/// Where the index lies, and what it is made from.
#[derive(Clone, Debug)]
pub(super) struct Folder {
    pub dir: PathBuf,
    /// One line that names the library; empty for any.
    origin: String,
    /// How the files looked when they were written, or found right by their checksums. What they look like later is
    /// never taken over: it may be damage.
    looks: Arc<Mutex<Looks>>,
}

/// The right to write to an index: nobody else gets it while this one or a copy of it is there.
#[derive(Clone, Debug)]
pub struct Hold {
    locked: Arc<File>,
    path: PathBuf,
}

impl Hold {
    /// False where the folder was removed, and what was locked in it.
    pub fn stands(&self) -> bool {
        same_file(&self.locked, &self.path)
    }

    fn of(&self, folder: &Folder) -> bool {
        self.path == folder.dir.join(LOCK)
    }
}

#[cfg(unix)]
fn same_file(open: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let place = |meta: fs::Metadata| (meta.dev(), meta.ino());
    let (open, there) = (open.metadata().map(place), fs::metadata(path).map(place));
    open.is_ok() && open.ok() == there.ok()
}

/// Elsewhere a file that is open cannot be removed.
#[cfg(not(unix))]
fn same_file(_open: &File, path: &Path) -> bool {
    path.exists()
}

/// How long a lock is waited for. A program that this process starts holds a copy of all its open files from being
/// forked until it runs, a lock that was just let go among them; that takes milliseconds.
const LET_GO: Duration = Duration::from_millis(250);

/// Bytes that have to fit on the disk: as much as a small commit takes.
const TRIAL: usize = 64 << 10;

/// How often an index in use is looked at until two looks agree: no more merges end in so short a time.
const LOOKS: usize = 5;

impl Folder {
    /// Opens the index in `dir`, or makes a new one where there is none that can be used.
    pub fn open(dir: &Path, origin: &str) -> Result<(Folder, tantivy::Index, Opening), IndexError> {
        let (origin, looks) = (origin.escape_debug().to_string(), Arc::default());
        let folder = Folder { dir: dir.to_owned(), origin, looks };
        folder.claim()?;
        match folder.open_whole() {
            Ok(index) => Ok((folder, index, Opening::Warm)),
            Err(reason) => {
                let index = folder.wipe()?;
                Ok((folder, index, Opening::Empty { reason }))
            }
        }
    }

    /// Makes the folder where there is none, and makes sure that it is not somebody else's.
    fn claim(&self) -> Result<(), IndexError> {
        if self.dir.exists() && !self.dir.is_dir() {
            return Err(self.unusable(&"it is a file; name a folder"));
        }
        fs::create_dir_all(&self.dir).map_err(|e| self.unusable(&e))?;
        self.refuse_foreign()
    }

    /// Deletes what there is of an index and makes an empty one.
    pub fn wipe(&self) -> Result<tantivy::Index, IndexError> {
        self.wipe_held(&self.hold()?)
    }

    /// Deletes what there is of an index that nobody else can write to, and makes an empty one.
    pub fn wipe_held(&self, hold: &Hold) -> Result<tantivy::Index, IndexError> {
        debug_assert!(hold.of(self), "the right to another index");
        self.make_anew().map_err(|e| self.unusable(&e))
    }

    /// Why nothing can be written here, where that is so: tantivy's own errors tell of the thread that it killed.
    pub fn writable(&self) -> Result<(), IndexError> {
        let trial = self.dir.join(format!("{FILES}.trial"));
        let written = fs::write(&trial, vec![0; TRIAL]);
        absent_is_fine(fs::remove_file(&trial)).and(written).map_err(|e| self.unusable(&e))
    }

    fn unusable(&self, reason: &dyn std::fmt::Display) -> IndexError {
        IndexError::Unusable { path: self.dir.display().to_string(), reason: reason.to_string() }
    }

    /// A folder with other people's files and without our marker is somebody's, and is left alone.
    fn refuse_foreign(&self) -> Result<(), IndexError> {
        if self.dir.join(MARKER).exists() {
            return Ok(());
        }
        for entry in fs::read_dir(&self.dir).map_err(|e| self.unusable(&e))? {
            let name = entry.map_err(|e| self.unusable(&e))?.file_name();
            let name = name.to_string_lossy();
            let ours = [DATA, LOCK, FILES].contains(&&*name) || name.starts_with(MARKER) || name.starts_with(FILES);
            if !ours && !GUESTS.contains(&&*name) {
                let reason = format!("{name} lies there and it is not an index of stemwire's; name an empty folder");
                return Err(self.unusable(&reason));
            }
        }
        Ok(())
    }

    /// The right to write here; see `Index::hold`.
    pub fn hold(&self) -> Result<Hold, IndexError> {
        self.claim()?;
        let path = self.dir.join(LOCK);
        let file =
            File::options().create(true).truncate(false).write(true).open(&path).map_err(|e| self.unusable(&e))?;
        let since = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Hold { locked: Arc::new(file), path }),
                Err(TryLockError::WouldBlock) if since.elapsed() < LET_GO => std::thread::sleep(LET_GO / 50),
                Err(TryLockError::WouldBlock) => return Err(IndexError::Busy(self.dir.display().to_string())),
                Err(TryLockError::Error(e)) => return Err(self.unusable(&e)),
            }
        }
    }

    /// The index, or the sentence that says why it has to be built anew.
    fn open_whole(&self) -> Result<tantivy::Index, String> {
        match fs::read_to_string(self.dir.join(MARKER)) {
            Ok(text) if text.lines().next() == Some(&schema::fingerprint()) => {
                let origin = text.lines().nth(1).unwrap_or_default();
                if origin != self.origin && !self.origin.is_empty() {
                    return Err(format!("the index was made from another library, {origin}"));
                }
            }
            Ok(_) => return Err("the index was made by another version of stemwire".into()),
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Err("there was no index yet".into()),
            Err(e) => return Err(format!("the index's marker cannot be read: {e}")),
        }
        let damaged = |e: &dyn std::fmt::Display| format!("the index was damaged: {e}");
        let mut index = self.open_data().map_err(|e| damaged(&e))?;
        index.set_tokenizers(schema::tokenizers());
        let metas = index.load_metas().map_err(|e| damaged(&e))?;
        if metas.payload.is_none() {
            return Err("the index was never finished".into());
        }
        if index.schema() != schema::schema().0 {
            return Err("the index was made by another version of stemwire".into());
        }
        *self.looks() = self.recorded();
        self.verify(&index, false).map_err(|damage| damage.reason)?;
        Ok(index)
    }

    fn open_data(&self) -> tantivy::Result<tantivy::Index> {
        tantivy::Index::open(EagerDirectory::open(&self.dir.join(DATA))?)
    }

    /// Looks at what lies on the disk now, beside whatever has it open. `thorough` reads every file through.
    pub fn examine(&self, thorough: bool) -> Result<(), Damage> {
        let look = || {
            let gone =
                |e: tantivy::TantivyError| Damage { reason: format!("the index is damaged: {e}"), in_place: false };
            self.verify(&self.open_data().map_err(gone)?, thorough)
        };
        // A merge may take files away between two looks; what is wrong twice is wrong.
        let mut found = look();
        for _ in 0..LOOKS {
            let before = std::mem::replace(&mut found, Ok(()));
            let Err(damage) = before else { return Ok(()) };
            found = look();
            if found == Err(damage.clone()) {
                return Err(damage);
            }
        }
        found
    }

    /// Every file of every segment is there, and either untouched since it was written in this very start of the
    /// machine (by size and time), or right by its checksum.
    fn verify(&self, index: &tantivy::Index, thorough: bool) -> Result<(), Damage> {
        let damaged = |what: &dyn std::fmt::Display, in_place| {
            Err(Damage { reason: format!("the index was damaged: {what}"), in_place })
        };
        let files = match live_files(index) {
            Ok(files) => files,
            Err(error) => return damaged(&error, false),
        };
        let mut looks = Looks::new();
        for path in files {
            let name = path.display().to_string();
            // Before the bytes are read, so that what happens to them meanwhile shows the next time.
            let Some(seen) = look(&self.dir.join(DATA).join(&path)) else {
                return damaged(&format!("{name} is gone"), false);
            };
            let untouched = !thorough && self.looks().get(&name) == Some(&seen);
            if !untouched && !matches!(index.directory().validate_checksum(&path), Ok(true)) {
                return damaged(&name, true);
            }
            looks.insert(name, seen);
        }
        *self.looks() = looks;
        Ok(())
    }

    fn looks(&self) -> MutexGuard<'_, Looks> {
        self.looks.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn make_anew(&self) -> io::Result<tantivy::Index> {
        for name in [MARKER, FILES] {
            absent_is_fine(fs::remove_file(self.dir.join(name)))?;
        }
        self.looks().clear();
        let data = self.dir.join(DATA);
        absent_is_fine(fs::remove_dir_all(&data))?;
        fs::create_dir_all(&data)?;
        let settings = IndexSettings {
            docstore_blocksize: STORE_BLOCK,
            docstore_compress_dedicated_thread: false,
            ..IndexSettings::default()
        };
        let directory = EagerDirectory::open(&data).map_err(io::Error::other)?;
        let mut index = tantivy::Index::create(directory, schema::schema().0, settings).map_err(io::Error::other)?;
        index.set_tokenizers(schema::tokenizers());
        replace(&self.dir.join(MARKER), format!("{}\n{}\n", schema::fingerprint(), self.origin).as_bytes())?;
        Ok(index)
    }

    /// Notes what tantivy's files looked like when they were written, so that the next opening need not read them
    /// through.
    pub fn record(&self, index: &tantivy::Index) {
        let (Ok(files), Some(boot)) = (live_files(index), boot()) else {
            return;
        };
        let mut text = format!("{boot}\n");
        let mut looks = self.looks();
        let known = std::mem::take(&mut *looks);
        for path in files {
            let name = path.display().to_string();
            let seen = known.get(&name).copied().or_else(|| look(&self.dir.join(DATA).join(&path)));
            if let Some((size, modified)) = seen {
                text.push_str(&format!("{size} {modified} {name}\n"));
                looks.insert(name, (size, modified));
            }
        }
        drop(looks);
        if let Err(error) = replace(&self.dir.join(FILES), text.as_bytes()) {
            tracing::warn!(%error, "the next start will read the whole index to check it");
        }
    }

    /// What `record` noted; nothing where the machine was started since: what the kernel held may be lost.
    fn recorded(&self) -> Looks {
        let text = fs::read_to_string(self.dir.join(FILES)).unwrap_or_default();
        let mut lines = text.lines();
        if lines.next().map(str::to_owned) != boot() {
            return Looks::new();
        }
        lines
            .filter_map(|line| {
                let mut parts = line.splitn(3, ' ');
                let (size, modified, name) = (parts.next()?, parts.next()?, parts.next()?);
                Some((name.to_owned(), (size.parse().ok()?, modified.parse().ok()?)))
            })
            .collect()
    }
}

/// The machine's start, where the system tells; elsewhere every opening reads the index through.
fn boot() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/random/boot_id").ok().map(|id| id.trim().to_owned())
}

fn look(path: &Path) -> Option<(u64, u128)> {
    let meta = fs::metadata(path).ok()?;
    Some((meta.len(), meta.modified().ok()?.duration_since(UNIX_EPOCH).ok()?.as_nanos()))
}

/// The files that the last commit consists of, tantivy's list of files aside.
fn live_files(index: &tantivy::Index) -> tantivy::Result<Vec<PathBuf>> {
    let metas = index.load_metas()?;
    let whole: Vec<String> = metas.segments.iter().filter(|m| !m.has_deletes()).map(|m| m.id().uuid_string()).collect();
    // tantivy lists what a segment could have: a file of deletes is there only once there are some.
    let there = |path: &PathBuf| {
        let name = path.to_string_lossy();
        !name.ends_with("temp") && (!name.ends_with(".del") || !whole.iter().any(|id| name.starts_with(id)))
    };
    let mut files: Vec<PathBuf> = metas.list_segment_files().into_iter().filter(there).collect();
    files.sort();
    Ok(files)
}

fn absent_is_fine(done: io::Result<()>) -> io::Result<()> {
    match done {
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other,
    }
}
