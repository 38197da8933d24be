//! Taking up what an index holds: what is known of the files, and what can be served at once. Reads no folder.

use super::known::Known;
use super::lenses::Lenses;
use super::snapshot::Snapshot;
use crate::index::{Index, IndexError, Searcher, Stamp};
use crate::tip::{self, Section, Sections};
use chrono::Utc;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What the index keeps of the section files, as sections. One that no longer parses is passed over: it is read anew.
fn written_sections(stored: Vec<(String, String, Stamp)>) -> BTreeMap<String, Section> {
    let parsed = stored.into_iter().filter_map(|(file, text, _)| {
        let (section, _) = tip::parse_section(&file, &text);
        Some((file, section?))
    });
    parsed.collect()
}

/// What an index knows of the folder's files.
pub(super) struct Recalled {
    pub known: Known,
    /// Section files as they were last read whole.
    pub written: BTreeMap<String, Section>,
}

pub(super) fn recall(index: &Index) -> Result<(Recalled, Arc<Searcher>), IndexError> {
    let searcher = index.searcher()?;
    let known = Known::from_stamps(searcher.stamps()?);
    Ok((Recalled { known, written: written_sections(searcher.sections()?) }, searcher))
}

/// What an index knows, and a snapshot of what it holds.
pub(super) fn taken_up(index: &Index, lenses: &Lenses) -> Result<(Recalled, Snapshot), IndexError> {
    let (recalled, searcher) = recall(index)?;
    let Recalled { known, written } = &recalled;
    let sections = Arc::new(Sections::new(written.values().cloned(), known.folders()));
    let lens = Arc::new(lenses.build(&sections, &searcher)?);
    let fingerprint = known.fingerprint();
    Ok((recalled, Snapshot { sections, lens, searcher, fingerprint, read_at: Utc::now() }))
}
