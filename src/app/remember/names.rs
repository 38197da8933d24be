//! What contacts call a product or an issue may mean something later: once an editor has given it a place in the library.
//! Then the contacts that stand under that name move to it, so that what they teach counts where a tip can use it; and with
//! them the experiment's book, which is counted by them, and the balloons.

use super::super::App;
use super::super::contacts::{by_name, own_product};
use super::super::gaps::rises_from;
use super::super::snapshot::Snapshot;
use crate::ledger::{KeptNames, Ledger, LedgerError, Names, NamesOf};
use crate::tip::Sections;
use std::sync::Arc;

/// Different names that are looked at, those of most contacts first: further ones are hardly names.
const MOST: u32 = 10_000;

impl App {
    /// True where all that is kept stands under the names that the sections served now give it.
    pub(super) fn names_are_understood(&self) -> bool {
        let by = self.memory.named_by.load();
        by.as_ref().is_some_and(|by| **by == *self.snapshot.load().sections)
    }

    /// Moves contacts, exposures and balloons that stand under a name to the product and issue that it means by now. Those
    /// that moved before are moved on where that name means something else: an edit that is undone undoes what it moved.
    /// Only whoever serves the library does that, `again`; a command may have been pointed at another one. Gives back how
    /// many contacts moved; none where another process is at it.
    pub(in crate::app) async fn understand_names(&self, again: bool) -> Result<Option<u64>, LedgerError> {
        let ledger = self.memory.ledger()?;
        let snapshot = self.snapshot.load_full();
        let contacts = ledger.kept_names(NamesOf::Contacts, MOST).await?;
        let exposures = ledger.kept_names(NamesOf::Exposures, MOST).await?;
        let balloons = ledger.kept_names(NamesOf::Balloons, MOST).await?;
        // A thousand names that resemble others take a while to compare.
        let compared =
            tokio::task::spawn_blocking(move || Renamed::of(&snapshot, again, contacts, exposures, balloons));
        let renamed = compared.await.map_err(|error| LedgerError::Broken(error.to_string()))?;
        if renamed == Renamed::default() {
            return Ok(Some(0));
        }
        let Some(_lead) = ledger.try_lead("names").await else { return Ok(None) };
        renamed.keep(&ledger).await.map(Some)
    }
}

/// What is to stand under other names.
#[derive(Default, PartialEq, Eq)]
struct Renamed {
    contacts: Vec<(KeptNames, Names)>,
    exposures: Vec<(KeptNames, Names)>,
    balloons: Vec<(KeptNames, Names)>,
}

impl Renamed {
    fn of(
        snapshot: &Snapshot,
        again: bool,
        contacts: Vec<KeptNames>,
        exposures: Vec<KeptNames>,
        balloons: Vec<KeptNames>,
    ) -> Self {
        let is_unknown = |kept: &KeptNames| unknown(&snapshot.sections, &kept.names) > 0;
        let lacks = |kept: &KeptNames| kept.reported.is_none() && lacks_product(&snapshot.sections, &kept.names);
        let asked = |kept: &KeptNames| if kept.reported.is_some() { again } else { is_unknown(kept) };
        let moved = |kept: KeptNames| meant(snapshot, &kept).map(|meant| (kept, meant));
        // An issue brings its product to contacts alone: here none stands for "any".
        let as_named = |kept: KeptNames| {
            let (kept, (product, issue)) = moved(kept)?;
            let meant = (product.filter(|_| kept.names.0.is_some()), issue);
            (meant != kept.names).then_some((kept, meant))
        };
        Self {
            contacts: contacts.into_iter().filter(|kept| asked(kept) || lacks(kept)).filter_map(moved).collect(),
            exposures: exposures.into_iter().filter(asked).filter_map(as_named).collect(),
            // What a command was pointed at may be another library, and a balloon is read by people.
            balloons: balloons.into_iter().filter(|kept| again && asked(kept)).filter_map(as_named).collect(),
        }
    }

    /// Gives back how many contacts moved.
    async fn keep(&self, ledger: &Ledger) -> Result<u64, LedgerError> {
        let exposures = ledger.rename(NamesOf::Exposures, &self.exposures).await?;
        let contacts = ledger.rename(NamesOf::Contacts, &self.contacts).await?;
        let mut balloons = 0;
        for (from, to) in &self.balloons {
            let rose = [&from.names, to].map(|(product, issue)| rises_from(product.as_ref(), issue.as_ref()));
            balloons += ledger.rename_balloons(from, to, (&rose[0], &rose[1])).await?;
        }
        if contacts + exposures + balloons > 0 {
            tracing::info!(contacts, exposures, balloons, "moved to what the library understands by their names now");
        }
        Ok(contacts)
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

/// Understands names whenever the sections change.
#[derive(Default)]
pub(super) struct Naming {
    /// Another process was at it.
    pub waits: bool,
}

impl Naming {
    /// Understands contacts by what the library says now. True where some moved: whoever learns is told to begin anew.
    pub(super) async fn work(&mut self, app: &App) -> Result<bool, LedgerError> {
        let snapshot = app.snapshot.load_full();
        // The lens follows the sections at its own pace, and wakes us once it is there.
        if app.names_are_understood() || !snapshot.lens.is_of(&snapshot.sections) {
            return Ok(false);
        }
        let moved = app.understand_names(true).await?;
        self.waits = moved.is_none();
        if !self.waits {
            app.memory.named_by.store(Some(Arc::clone(&snapshot.sections)));
            app.memory.returned.forget().await;
        }
        Ok(moved.is_some_and(|moved| moved > 0))
    }
}
