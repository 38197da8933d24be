//! What editors look through: tips by what is to be done with them, and how many of each there are.

use super::App;
use super::elsewhere::{elsewhere, failed};
use super::record::RecordError;
use super::roll::{Entry, roll};
use crate::engine::{Flagged, ReviewState, waits_for_editor};
use crate::index::IndexError;
use crate::ledger::OutcomeKind;
use crate::tip::{SectionId, Severity, Tip, TipId};
use chrono::{NaiveDate, Utc};
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// Why an editor might look at a tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TipState {
    /// For whatever reason: all there are.
    Any,
    /// Not served yet.
    Draft,
    /// To be checked again within a month.
    Due,
    /// Past its review.
    Overdue,
    /// Dismissed as wrong or unsafe, and not looked at since.
    Flagged,
    /// Served, and never told, given, sent or said to have helped.
    Unused,
}

impl TipState {
    pub const ALL: [TipState; 6] =
        [TipState::Any, TipState::Draft, TipState::Due, TipState::Overdue, TipState::Flagged, TipState::Unused];

    pub fn as_str(self) -> &'static str {
        match self {
            TipState::Any => "any",
            TipState::Draft => "draft",
            TipState::Due => "due",
            TipState::Overdue => "overdue",
            TipState::Flagged => "flagged",
            TipState::Unused => "unused",
        }
    }
}

/// Which tips.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    pub state: Option<TipState>,
    /// In this section and those below it.
    pub section: Option<SectionId>,
    /// After this id.
    pub after: Option<TipId>,
    pub limit: usize,
}

/// How much there is to do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// Served and drafts.
    pub tips: usize,
    pub drafts: usize,
    pub due: usize,
    pub overdue: usize,
    pub flagged: usize,
    /// None while the ledger is away.
    pub unused: Option<usize>,
    /// Gaps. None while the ledger is away.
    pub missing: Option<usize>,
    pub problems: usize,
    pub errors: usize,
    /// Pairs of tips that answer the same question.
    pub alike: usize,
}

/// Tips that wait for an editor, by id.
pub(super) type Waiting = BTreeMap<TipId, Arc<Tip>>;

/// Gaps that are counted: an editor who has more does not need the number.
const MOST_GAPS: usize = 1_000;

/// What shows that a tip is of use.
const USED: [OutcomeKind; 4] = [OutcomeKind::Told, OutcomeKind::Given, OutcomeKind::Sent, OutcomeKind::Helped];

impl App {
    /// The wanted tips by id, and how many there are in all.
    ///
    /// # Errors
    /// Where the index cannot be read; for `Unused`, where the ledger is away.
    pub async fn desk_tips(&self, wanted: &Wanted) -> Result<(Vec<Arc<Tip>>, usize), RecordError> {
        let used = match wanted.state {
            Some(TipState::Unused) => self.used().await?,
            _ => HashSet::new(),
        };
        let roll = self.roll(Utc::now().date_naive()).await?;
        let flagged = match wanted.state {
            Some(TipState::Flagged) => self.waiting(&roll, &self.memory.flagged())?,
            _ => Waiting::new(),
        };
        let is = |entry: &&Entry| match wanted.state {
            None => self.settings.drafts || !entry.draft,
            Some(TipState::Any) => true,
            Some(TipState::Draft) => entry.draft,
            Some(TipState::Due) => entry.review == ReviewState::Due,
            Some(TipState::Overdue) => entry.review == ReviewState::Overdue,
            Some(TipState::Flagged) => flagged.contains_key(&entry.id),
            Some(TipState::Unused) => is_unused(entry, &used),
        };
        let lies = |entry: &&Entry| wanted.section.as_ref().is_none_or(|section| lies_in(&entry.id, section));
        let all: Vec<&Entry> = roll.iter().filter(lies).filter(is).collect();
        let start = wanted.after.as_ref().map_or(0, |after| all.partition_point(|entry| entry.id <= *after));
        let mut tips = Vec::new();
        for entry in all[start..].iter().take(wanted.limit) {
            tips.extend(self.tip_or_draft(&entry.id)?.map(|stored| stored.tip));
        }
        Ok((tips, all.len()))
    }

    /// How much there is to do.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub async fn work(self: &Arc<Self>) -> Result<Work, RecordError> {
        let now = Utc::now();
        let roll = self.roll(now.date_naive()).await?;
        let app = Arc::clone(self);
        let checked = tokio::task::spawn_blocking(move || app.problems()).await;
        let checked = checked.unwrap_or_else(|error| {
            tracing::warn!(%error, "the library could not be checked");
            Arc::default()
        });
        let count = |is: &dyn Fn(&Entry) -> bool| roll.iter().filter(|entry| is(entry)).count();
        let flagged = self.waiting(&roll, &self.memory.flagged())?;
        let used = self.used().await.ok();
        let of = |is: &dyn Fn(&crate::tip::Problem) -> bool| checked.problems.iter().filter(|p| is(p)).count();
        Ok(Work {
            tips: roll.len(),
            drafts: count(&|entry| entry.draft),
            due: count(&|entry| entry.review == ReviewState::Due),
            overdue: count(&|entry| entry.review == ReviewState::Overdue),
            flagged: flagged.len(),
            unused: used.map(|used| count(&|entry| is_unused(entry, &used))),
            missing: self.gaps(now, MOST_GAPS).await.ok().map(|gaps| gaps.len()),
            problems: checked.problems.len(),
            errors: of(&|p| p.code.severity() == Severity::Error),
            alike: of(&|p| p.code == crate::tip::Code::SameQuestion),
        })
    }

    /// Those of these tips that wait for an editor, drafts too: the very ones that are not suggested because of it.
    pub(super) fn waiting(&self, roll: &[Entry], flagged: &Flagged) -> Result<Waiting, IndexError> {
        let mut waiting = Waiting::new();
        for entry in roll.iter().filter(|entry| entry.ids().any(|id| flagged.contains_key(id))) {
            let tip = self.tip_or_draft(&entry.id)?.map(|stored| stored.tip);
            waiting.extend(tip.filter(|tip| waits_for_editor(flagged, tip)).map(|tip| (tip.id.clone(), tip)));
        }
        Ok(waiting)
    }

    /// Tips that were of use to somebody, ever, by the ids they had then.
    async fn used(&self) -> Result<HashSet<TipId>, RecordError> {
        let counts = self.ledger()?.outcome_counts(None, 0, i64::MAX).await?;
        Ok(counts.into_iter().filter(|count| USED.contains(&count.kind)).map(|count| count.tip).collect())
    }

    /// The roll of today; made once a day and once a change of what is served: a commit changes days, and no file.
    pub(super) async fn roll(&self, today: NaiveDate) -> Result<Arc<Vec<Entry>>, RecordError> {
        let (cache, searcher) = (Arc::clone(&self.roll), Arc::clone(&self.snapshot.load().searcher));
        // It is made to its end though who asked first hangs up: others wait for it.
        let made = tokio::spawn(async move {
            // Held while it is made, so that many who ask at once wait for one making.
            let mut cache = cache.lock().await;
            if let Some((of, on, kept)) = &*cache
                && (of.as_ptr(), *on) == (Arc::as_ptr(&searcher), today)
            {
                return Ok(kept.clone());
            }
            let of = Arc::downgrade(&searcher);
            // Each tip is read, which takes a second where there are many.
            let made = Arc::new(elsewhere(move || roll(&searcher, today)).await??);
            *cache = Some((of, today, made.clone()));
            Ok(made)
        });
        made.await.map_err(failed)?
    }
}

/// True where the tip is served and was of use to nobody under any of its ids.
fn is_unused(entry: &Entry, used: &HashSet<TipId>) -> bool {
    !entry.draft && !entry.ids().any(|id| used.contains(id))
}

/// True where the tip's file lies in the section's folder or below it.
fn lies_in(id: &TipId, section: &SectionId) -> bool {
    let section = section.as_str();
    section.is_empty() || id.as_str().strip_prefix(section).is_some_and(|rest| rest.starts_with('/'))
}
