//! Writing new tip files into a folder, without an index and never over what is there: for `new` and `import`.

use std::path::Path;

/// Why a file was not written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlantError {
    #[error("{0} is there already; it was left as it is")]
    Exists(String),
    #[error("{0}")]
    Refused(String),
}

/// True where the library has a file of that name; `file` is its path below the library, with `/`.
pub fn planted(library: &Path, file: &str) -> bool {
    library.join(file).exists()
}

/// Writes `text` as `file` into the library; its folders are made.
///
/// # Errors
/// `Exists` where the file is there; `Refused` with a sentence where it cannot be written.
pub fn plant(library: &Path, file: &str, text: &str) -> Result<(), PlantError> {
    if planted(library, file) {
        return Err(PlantError::Exists(file.to_owned()));
    }
    let path = library.join(file);
    let folder = path.parent().unwrap_or(library);
    std::fs::create_dir_all(folder)
        .and_then(|()| std::fs::write(&path, text))
        .map_err(|e| PlantError::Refused(format!("{}: {e}", path.display())))
}
