//! What `check` finds: in a folder, in what is served, and in a text that is not saved yet.

use super::App;
use crate::tip::Problem;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// All problems of a library, with the texts they point into.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Checked {
    /// By file, then place.
    pub problems: Vec<Problem>,
    /// Text of each file that has a problem and could be read.
    pub sources: BTreeMap<String, String>,
    pub tips: usize,
    pub files: usize,
}

/// Checks the library folder that `path` is or lies in; where it is a file or a folder below, only what lies there
/// is reported. Needs no index.
///
/// # Errors
/// A sentence where there is nothing to check.
pub fn check_folder(_library: &Path, _path: Option<&Path>) -> Result<Checked, String> {
    Ok(Checked::default())
}

impl App {
    /// What `check` finds in the library that is served; made once a fingerprint.
    pub fn problems(&self) -> Arc<Checked> {
        Arc::default()
    }

    /// What `check` would find if `text` were the file of tip `id`.
    pub fn check_text(&self, _id: &str, _text: &str) -> Vec<Problem> {
        Vec::new()
    }
}
