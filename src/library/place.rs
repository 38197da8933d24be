//! Where a file lies: paths below the root, what is passed over, and whether something is still inside.

use super::{Library, LibraryError};
use std::ffi::OsStr;
use std::path::{Component, Path, PathBuf};
use unicode_normalization::UnicodeNormalization;

/// Which folder a root's path leads to at a moment: it differs once a root is swapped, moved or mounted over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    real: PathBuf,
    node: (u64, u64),
}

impl Identity {
    /// The folder's path without links.
    pub fn path(&self) -> &Path {
        &self.real
    }
}

/// True for a name that a library passes over without a word: hidden ones (`.git`, an editor's swap and lock files)
/// and `node_modules`.
pub fn ignored(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".") || name == "node_modules"
}

/// True for a name that is a tip's or a section's file.
pub(super) fn is_markdown(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "md")
}

impl Library {
    /// Which folder the root is right now; none while it is away.
    pub fn identity(&self) -> Option<Identity> {
        let real = self.root.canonicalize().ok()?;
        let meta = std::fs::metadata(&real).ok()?;
        meta.is_dir().then(|| Identity { node: node(&meta), real })
    }

    /// The root without links.
    ///
    /// # Errors
    /// `Missing` while it is away.
    pub(super) fn real_root(&self) -> Result<PathBuf, LibraryError> {
        self.identity().map(|i| i.real).ok_or_else(|| LibraryError::Missing(self.root.clone()))
    }

    /// Path of `file` below the root, where it is a plain relative path whose parts a library does not pass over.
    pub(super) fn path_of(&self, file: &str) -> Option<PathBuf> {
        let plain = !file.is_empty()
            && !file.contains(['\\', '\0'])
            && Path::new(file).components().all(|c| matches!(c, Component::Normal(name) if !ignored(name)))
            && file.split('/').all(|part| !part.is_empty() && part != ".");
        plain.then(|| self.root.join(file))
    }

    /// Files of the library whose paths are `file` in other letters: of another case, or composed in another way. Some
    /// disks cannot tell such names apart, and no person can.
    pub fn namesakes(&self, file: &str) -> Vec<String> {
        let mut alike = vec![String::new()];
        for part in file.split('/') {
            let wanted = read_aloud(part);
            let below = |folder: &String| -> Vec<String> {
                let entries = std::fs::read_dir(self.root.join(folder)).into_iter().flatten().flatten();
                let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
                let fitting = names.filter(|name| !ignored(OsStr::new(name)) && read_aloud(name) == wanted);
                fitting.map(|name| if folder.is_empty() { name } else { format!("{folder}/{name}") }).collect()
            };
            alike = alike.iter().flat_map(below).collect();
        }
        alike.retain(|other| other != file && self.holds(other));
        alike.sort();
        alike
    }

    /// `path` as a path below the library with `/`; none where it lies elsewhere or a name is not text.
    pub(super) fn file_of(&self, path: &Path) -> Option<String> {
        let below = path.strip_prefix(&self.root).ok()?;
        let parts: Option<Vec<&str>> = below.components().map(|c| c.as_os_str().to_str()).collect();
        Some(parts?.join("/"))
    }

    /// True where `path`, with its links followed, lies in the library.
    pub(super) fn inside(&self, path: &Path) -> bool {
        // Nearly always there is no link on the way, which is found out for a third of the price of following all.
        let below = path.ancestors().take_while(|at| *at != self.root);
        let plain = path.starts_with(&self.root)
            && below.into_iter().all(|at| at.symlink_metadata().is_ok_and(|meta| !meta.is_symlink()));
        if plain {
            return true;
        }
        let (Ok(root), Ok(real)) = (self.root.canonicalize(), path.canonicalize()) else { return false };
        real.starts_with(root)
    }
}

fn read_aloud(name: &str) -> String {
    name.nfc().collect::<String>().to_lowercase()
}

#[cfg(unix)]
fn node(meta: &std::fs::Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    (meta.dev(), meta.ino())
}

#[cfg(not(unix))]
fn node(meta: &std::fs::Metadata) -> (u64, u64) {
    let made = meta.created().ok().and_then(|t| t.duration_since(std::time::UNIX_EPOCH).ok());
    (made.map_or(0, |d| d.as_secs()), made.map_or(0, |d| u64::from(d.subsec_nanos())))
}
