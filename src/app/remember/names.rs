//! What contacts call a product or an issue may mean something later: once an editor has given it a place in the library.
//! Then the contacts that stand under that name move to it, so that what they teach counts where a tip can use it.

use super::super::App;
use super::super::contacts::by_name;
use crate::ledger::{KeptNames, LedgerError, Names};
use crate::tip::Sections;
use std::sync::Arc;

/// Different names that are looked at, those of most contacts first: further ones are hardly names.
const MOST: u32 = 10_000;

impl App {
    /// Moves contacts that stand under a name as it was reported to the product and issue that it means by now, and those
    /// that moved before to what their name means now: an edit that is undone undoes what it moved. Gives back how many;
    /// none where another process is at it.
    pub(in crate::app) async fn understand_names(&self) -> Result<Option<u64>, LedgerError> {
        let ledger = self.memory.ledger()?;
        let snapshot = self.snapshot.load_full();
        let kept = ledger.contact_names(MOST).await?;
        // A thousand names that resemble others take a while to compare.
        let compared = tokio::task::spawn_blocking(move || {
            let means = |kept: KeptNames| {
                let (product, issue) = kept.reported.as_ref().unwrap_or(&kept.names);
                let text = (product.as_ref().map(ToString::to_string), issue.as_ref().map(ToString::to_string));
                let meant = by_name(&snapshot.sections, &snapshot.lens, &text);
                (kept, meant)
            };
            // Those that moved are asked for again: what they moved to may be gone, or their name may be known after all.
            let asked = kept.into_iter().filter(|k| k.reported.is_some() || is_strange(&snapshot.sections, &k.names));
            asked.map(means).filter(|(kept, meant)| kept.names != *meant).collect::<Vec<(KeptNames, Names)>>()
        });
        let renamed = compared.await.map_err(|error| LedgerError::Broken(error.to_string()))?;
        if renamed.is_empty() {
            return Ok(Some(0));
        }
        let Some(_lead) = ledger.try_lead("names").await else { return Ok(None) };
        let moved = ledger.rename_contacts(&renamed).await?;
        tracing::info!(
            contacts = moved,
            names = renamed.len(),
            "the library knows what these contacts are about by now"
        );
        Ok(Some(moved))
    }
}

fn is_strange(sections: &Sections, (product, issue): &Names) -> bool {
    product.as_ref().is_some_and(|id| sections.get(id).is_none())
        || issue.as_ref().is_some_and(|id| sections.issue_title(id).is_none())
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
        let moved = app.understand_names().await?;
        self.waits = moved.is_none();
        if !self.waits {
            self.by = Some(snapshot.sections.clone());
        }
        Ok(moved.is_some_and(|moved| moved > 0))
    }
}
