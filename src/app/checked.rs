//! What a check of a whole library found, as it is handed on and kept.

use crate::tip::Problem;
use chrono::NaiveDate;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

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

/// What was found last, and after how many changes of the library.
pub(super) type Cache = Mutex<Option<(u64, NaiveDate, Arc<Checked>)>>;
