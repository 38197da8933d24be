//! What contacts call a product or an issue may mean something later: once an editor has given it a place in the library.
//! Then the contacts that stand under that name move to it, so that what they teach counts where a tip can use it.

use super::super::App;
use super::super::contacts::{by_name, own_product};
use super::super::snapshot::Snapshot;
use crate::ledger::{KeptNames, LedgerError, Names};
use crate::tip::Sections;
use std::sync::Arc;

/// Different names that are looked at, those of most contacts first: further ones are hardly names.
const MOST: u32 = 10_000;

impl App {
    /// Moves contacts that stand under a name as it was reported to the product and issue that it means by now. Those that
    /// moved before are moved on where that name means something else: an edit that is undone undoes what it moved. Only
    /// whoever serves the library does that, `again`; a command may have been pointed at another one. Gives back how many
    /// moved; none where another process is at it.
    pub(in crate::app) async fn understand_names(&self, again: bool) -> Result<Option<u64>, LedgerError> {
        let ledger = self.memory.ledger()?;
        let snapshot = self.snapshot.load_full();
        let kept = ledger.contact_names(MOST).await?;
        // A thousand names that resemble others take a while to compare.
        let compared = tokio::task::spawn_blocking(move || {
            let asked = kept.into_iter().filter(|kept| match kept.reported {
                Some(_) => again,
                None => unknown(&snapshot.sections, &kept.names) > 0 || lacks_product(&snapshot.sections, &kept.names),
            });
            let moved = asked.filter_map(|kept| meant(&snapshot, &kept).map(|meant| (kept, meant)));
            moved.collect::<Vec<(KeptNames, Names)>>()
        });
        let renamed = compared.await.map_err(|error| LedgerError::Broken(error.to_string()))?;
        if renamed.is_empty() {
            return Ok(Some(0));
        }
        let Some(_lead) = ledger.try_lead("names").await else { return Ok(None) };
        let moved = ledger.rename_contacts(&renamed).await?;
        if moved > 0 {
            tracing::info!(contacts = moved, "contacts moved to what the library understands by their names now");
        }
        Ok(Some(moved))
    }
}

/// What contacts are about by all that is known of their name, where that is something else than they stand under, and less
/// of it unknown. A name that means nothing any more takes nobody from where they are.
fn meant(snapshot: &Snapshot, kept: &KeptNames) -> Option<Names> {
    let means = |(product, issue): &Names| {
        let text = (product.as_ref().map(ToString::to_string), issue.as_ref().map(ToString::to_string));
        by_name(&snapshot.sections, &snapshot.lens, &text)
    };
    let unknown = |names: &Names| unknown(&snapshot.sections, names);
    // As they were reported first; where that says less, as they stand.
    let readings = kept.reported.iter().chain([&kept.names]).map(means);
    let best = readings.min_by_key(unknown)?;
    let better = unknown(&best) == 0 || unknown(&best) < unknown(&kept.names);
    (best != kept.names && better).then_some(best)
}

/// True where no product was named, and the issue is of one by itself.
fn lacks_product(sections: &Sections, (product, issue): &Names) -> bool {
    product.is_none() && own_product(sections, issue.as_ref()).is_some()
}

/// How many of them the library does not know.
fn unknown(sections: &Sections, (product, issue): &Names) -> u8 {
    let product = product.as_ref().is_some_and(|id| sections.get(id).is_none());
    let issue = issue.as_ref().is_some_and(|id| sections.issue_title(id).is_none());
    u8::from(product) + u8::from(issue)
}

/// The sections by which contacts are understood.
#[derive(Default)]
pub(super) struct Naming {
    by: Option<Arc<Sections>>,
    /// Another process was at it.
    pub waits: bool,
}

impl Naming {
    /// Understands contacts by what the library says now. True where some moved: whoever learns is told to begin anew.
    pub(super) async fn work(&mut self, app: &App) -> Result<bool, LedgerError> {
        let snapshot = app.snapshot.load_full();
        let known = self.by.as_ref().is_some_and(|by| **by == *snapshot.sections);
        // The lens follows the sections at its own pace, and wakes us once it is there.
        if known || !snapshot.lens.is_of(&snapshot.sections) {
            return Ok(false);
        }
        let moved = app.understand_names(true).await?;
        self.waits = moved.is_none();
        if !self.waits {
            self.by = Some(snapshot.sections.clone());
        }
        Ok(moved.is_some_and(|moved| moved > 0))
    }
}
