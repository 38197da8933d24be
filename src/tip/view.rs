//! A library as a whole, as those see it who compare its files.

use super::{Draft, Sections, Tip};
use chrono::NaiveDate;
use std::collections::HashSet;

/// All of a library at one moment.
pub struct LibraryView<'a> {
    pub sections: &'a Sections,
    /// Every tip's file that could be read, in order of paths; beside it the tip, where the file has no error.
    pub tips: Vec<(&'a Draft, Option<&'a Tip>)>,
    /// Path of every file below the library, pictures and others too. None where they are not known: then links to
    /// files that are not markdown are not looked at.
    pub files: Option<&'a HashSet<String>>,
    pub today: NaiveDate,
}
