//! The roll of all tips, drafts too, as far as an editor's lists ask.

use crate::engine::{ReviewState, review_state};
use crate::index::{IndexError, Searcher};
use crate::tip::{Tip, TipId};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::{Arc, Weak};
use tokio::sync::Mutex;

/// One tip, as far as lists ask.
pub(super) struct Entry {
    pub id: TipId,
    /// Ids it had before.
    pub aliases: Vec<TipId>,
    pub draft: bool,
    pub review: ReviewState,
}

impl Entry {
    /// The id it has, and those it had before.
    pub fn ids(&self) -> impl Iterator<Item = &TipId> {
        std::iter::once(&self.id).chain(&self.aliases)
    }
}

/// Present ids by former ones. A former id that another tip has by now is that one's.
pub(super) fn renamed(roll: &[Entry]) -> HashMap<TipId, TipId> {
    let taken = |id: &TipId| roll.binary_search_by(|entry| entry.id.cmp(id)).is_ok();
    let former = roll.iter().flat_map(|entry| entry.aliases.iter().map(move |old| (old, &entry.id)));
    // Where two tips claim one, the first by id has it, as where it is looked up.
    former.rev().filter(|(old, _)| !taken(old)).map(|(old, id)| (old.clone(), id.clone())).collect()
}

/// All tips by id, as what was served on which day.
pub(super) type Cache = Arc<Mutex<Option<(Weak<Searcher>, NaiveDate, Arc<Vec<Entry>>)>>>;

/// All tips of an index by id, as they stand on a day.
pub(super) fn roll(searcher: &Searcher, today: NaiveDate) -> Result<Vec<Entry>, IndexError> {
    let mut tips = searcher.list(None, usize::MAX)?;
    tips.extend(searcher.drafts()?);
    let entry = |tip: &Arc<Tip>| Entry {
        id: tip.id.clone(),
        aliases: tip.aliases.clone(),
        draft: tip.draft,
        review: if tip.draft { ReviewState::None } else { review_state(tip, today).0 },
    };
    let mut roll: Vec<Entry> = tips.iter().map(entry).collect();
    roll.sort_by(|a, b| a.id.cmp(&b.id));
    Ok(roll)
}
