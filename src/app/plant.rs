//! Writing new tip files into a folder, without an index and never over what is there: for `new` and `import`.

use crate::library::{Library, LibraryError};
use std::path::Path;

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlantError {
    #[error("{0} is there already; it was left as it is")]
    Exists(String),
    #[error("{0}")]
    Refused(String),
}

/// True where the library has something of that name; `file` is its path below the library, with `/`.
pub fn planted(library: &Path, file: &str) -> bool {
    library.join(file).symlink_metadata().is_ok()
}

/// Ids of the sections that the library has; none where it cannot be looked into.
pub fn sections(library: &Path) -> Vec<String> {
    let Ok(scan) = Library::open(library).and_then(|library| library.scan()) else { return Vec::new() };
    let folders = scan.files.iter().filter_map(|seen| Some(seen.file.rsplit_once('/')?.0.to_owned()));
    folders.collect::<std::collections::BTreeSet<String>>().into_iter().collect()
}

/// Writes `text` as `file` into the library; its folders are made, the library's own too.
///
/// # Errors
/// `Exists` where the file is there; `Refused` with a sentence where it cannot be written.
pub fn plant(library: &Path, file: &str, text: &str) -> Result<(), PlantError> {
    if planted(library, file) {
        return Err(PlantError::Exists(file.to_owned()));
    }
    let refused = |why: String| PlantError::Refused(why);
    std::fs::create_dir_all(library).map_err(|error| refused(format!("{}: {error}", library.display())))?;
    let folder = Library::open(library).map_err(|error| refused(error.to_string()))?;
    folder.create(file, text).map_err(|error| match error {
        LibraryError::Exists(file) => PlantError::Exists(file),
        other => refused(other.to_string()),
    })
}
