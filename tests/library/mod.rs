//! Folders: scanning, reading, watching, writing, asking git.

pub(crate) mod commits;
mod read;
mod scan;
mod watch;
mod write;

use std::path::Path;
use stemwire::library::Library;
use tempfile::TempDir;

/// A library with these files.
fn library(files: &[(&str, &str)]) -> (TempDir, Library) {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let root = dir.path().join("tips");
    std::fs::create_dir(&root).expect("its root");
    for (file, text) in files {
        put(&root, file, text);
    }
    let library = Library::open(&root).expect("a library");
    (dir, library)
}

fn put(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
    std::fs::write(path, text).expect("a file");
}
