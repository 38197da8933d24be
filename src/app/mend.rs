//! `check --fix`: makes the mends that problems carry, file by file.

use super::Checked;
use crate::library::Library;
use crate::tip::{self, Problem};
use std::path::Path;

/// Mends what can be mended safely and says how many problems that were. A file that changed since it was checked is
/// left alone.
///
/// # Errors
/// A sentence where a file cannot be written.
pub fn mend(library: &Path, checked: &Checked) -> Result<usize, String> {
    let folder = Library::open(library).map_err(|error| error.to_string())?;
    let mut mended = 0;
    for (file, text) in &checked.sources {
        let of_file = checked.problems.iter().filter(|p| p.file == *file && p.fix.is_some());
        let problems: Vec<Problem> = of_file.cloned().collect();
        let as_checked = matches!(folder.read(file), Some(Ok((now, _))) if now == *text);
        if problems.is_empty() || !as_checked {
            continue;
        }
        folder.write(file, &tip::apply_fixes(text, &problems)).map_err(|error| error.to_string())?;
        mended += problems.len();
    }
    Ok(mended)
}
