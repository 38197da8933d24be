//! The roll of all tips, drafts too, as far as an editor's lists ask.

use crate::engine::{ReviewState, review_state};
use crate::index::{IndexError, Searcher};
use crate::tip::{Tip, TipId};
use chrono::NaiveDate;
use std::sync::{Arc, Mutex};

/// One tip, as far as lists ask.
pub(super) struct Entry {
    pub id: TipId,
    pub draft: bool,
    pub review: ReviewState,
}

/// All tips by id, of which library on which day.
pub(super) type Cache = Mutex<Option<(String, NaiveDate, Arc<Vec<Entry>>)>>;

/// All tips of an index by id, as they stand on a day.
pub(super) fn roll(searcher: &Searcher, today: NaiveDate) -> Result<Vec<Entry>, IndexError> {
    let mut tips = searcher.list(None, usize::MAX)?;
    tips.extend(searcher.drafts()?);
    let entry = |tip: &Arc<Tip>| Entry {
        id: tip.id.clone(),
        draft: tip.draft,
        review: if tip.draft { ReviewState::None } else { review_state(tip, today).0 },
    };
    let mut roll: Vec<Entry> = tips.iter().map(entry).collect();
    roll.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(roll)
}
