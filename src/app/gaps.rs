//! What is missing: issues that customers come back with and no tip prevents, and searches that found nothing. What is
//! missed often enough becomes a balloon by itself, once.

use super::App;
use super::evidence::Following;
use super::memory::Returned;
use super::record::RecordError;
use crate::engine::foresight::{Asked, HORIZON_DAYS};
use crate::ledger::{Ledger, LedgerError, NewBalloon};
use crate::tip::{IssueId, SectionId};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// Days that are looked back on: long enough for rare things to add up, short enough to be about now.
pub const DAYS: i64 = 90;

/// Days of a month on average in the Gregorian calendar.
const MONTH: f64 = 30.436_875;

const DAY_MS: f64 = 86_400_000.0;

/// Searches in vain that are looked at, those of most times first.
const MOST: u32 = 500;

/// Issues named that one follows: as many as an editor puts into a tip's `when`.
const MOST_EARLIER: usize = 3;

/// What rises by itself: about one a working day and a week's worth seen, or the same words in vain on as many occasions.
const RISES_A_MONTH: f64 = 20.0;
const RISES_TIMES: u64 = 5;

/// What no tip is there for.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// Customers come back about it.
    Issue { product: Option<SectionId>, issue: IssueId },
    /// Words that found nothing.
    Search { words: String },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Gap {
    pub what: Missing,
    /// How often it happened in the days looked back on; for a search, since it was first counted.
    pub times: u64,
    /// The same by the month, of the days that contacts reach back: contacts that a tip could save at most.
    pub a_month: f64,
}

impl App {
    /// What is missing, most contacts a month first.
    pub async fn gaps(&self, now: DateTime<Utc>, limit: usize) -> Result<Vec<Gap>, RecordError> {
        let mut gaps = self.all_gaps(now).await?;
        gaps.truncate(limit);
        Ok(gaps)
    }

    async fn all_gaps(&self, now: DateTime<Utc>) -> Result<Vec<Gap>, RecordError> {
        let ledger = self.ledger()?;
        let mut gaps = self.issue_gaps(&ledger, now).await?;
        gaps.extend(search_gaps(&ledger, now).await?);
        gaps.sort_by(|a, b| {
            b.a_month.total_cmp(&a.a_month).then_with(|| b.times.cmp(&a.times)).then_with(|| a.key().cmp(&b.key()))
        });
        Ok(gaps)
    }

    /// After which issues of the same product customers come back with what is missing, and how often: the numbers that a
    /// tip would have there. Most customers first; nothing of a search.
    pub fn follows(&self, gap: &Gap) -> Vec<Following> {
        match &gap.what {
            Missing::Issue { product, issue } => self.issue_follows(product.as_ref(), issue),
            Missing::Search { .. } => Vec::new(),
        }
    }

    pub(super) fn issue_follows(&self, product: Option<&SectionId>, issue: &IssueId) -> Vec<Following> {
        let foresight = self.memory.foresight();
        let earlier = foresight.before(product, issue, MOST_EARLIER);
        let following = earlier.into_iter().filter_map(|had| {
            let only = std::slice::from_ref(&had);
            let asked = Asked { product, had: only, bare: product.is_none(), ..Asked::default() };
            let (next, basis) = foresight.chance(&asked, issue)?;
            Some(Following { product: product.cloned(), after: Some(had.issue), next, basis })
        });
        let mut following: Vec<Following> = following.collect();
        // Those who were told are in no number, so that the order may be another than by all.
        following.sort_by_key(|after| std::cmp::Reverse(after.next.n));
        following
    }

    async fn issue_gaps(&self, ledger: &Ledger, now: DateTime<Utc>) -> Result<Vec<Gap>, RecordError> {
        let returned = self.memory.returned.get(now, returned(ledger, now)).await?;
        let searcher = Arc::clone(&self.snapshot.load().searcher);
        let mut gaps = Vec::new();
        for ((product, issue), times) in &returned.about {
            if !searcher.is_prevented(issue, product.as_ref()) {
                let (product, issue, times) = (product.clone(), issue.clone(), *times);
                let a_month = times as f64 * MONTH / returned.days;
                gaps.push(Gap { what: Missing::Issue { product, issue }, times, a_month });
            }
        }
        Ok(gaps)
    }

    /// Lets what is missed often enough rise, each once. Gives back how many rose.
    pub(super) async fn raise_gaps(&self, now: DateTime<Utc>) -> Result<usize, RecordError> {
        let ledger = self.ledger()?;
        let mut risen = 0;
        // Of all of them: what an editor sees first is what costs most, and a search rises by how often it was in vain.
        for gap in self.all_gaps(now).await?.into_iter().filter(Gap::rises) {
            let balloon = self.balloon_of(&gap);
            risen += usize::from(ledger.raise_balloon(&gap.key(), &balloon, now.timestamp_millis()).await?.is_some());
        }
        Ok(risen)
    }

    fn balloon_of(&self, gap: &Gap) -> NewBalloon {
        let snapshot = self.snapshot.load();
        match &gap.what {
            Missing::Issue { product, issue, .. } => {
                let title = snapshot.sections.issue_title(issue).unwrap_or(issue.name()).to_owned();
                let named = product.as_ref().and_then(|id| snapshot.sections.get(id)).map(|s| s.title.clone());
                let of = named.or_else(|| product.as_ref().map(ToString::to_string));
                let of = of.map(|of| format!(" ({of})")).unwrap_or_default();
                let said = format!("Customers come back about “{title}”{of}, and no tip prevents it.");
                NewBalloon { said, product: product.clone(), issue: Some(issue.clone()), ..NewBalloon::default() }
            }
            Missing::Search { words } => NewBalloon {
                said: format!("“{words}” is looked for, and nothing is found."),
                ..NewBalloon::default()
            },
        }
    }
}

/// What customers came back about in the days looked back on, and how often.
async fn returned(ledger: &Ledger, now: DateTime<Utc>) -> Result<Returned, LedgerError> {
    let from = now - TimeDelta::days(DAYS);
    let horizon_ms = TimeDelta::days(i64::from(HORIZON_DAYS)).num_milliseconds();
    let (from_ms, now_ms) = (from.timestamp_millis(), now.timestamp_millis());
    let mut returned = Returned::default();
    for repeat in ledger.repeats(from_ms, now_ms, horizon_ms).await? {
        if let Some(issue) = repeat.issue {
            *returned.about.entry((repeat.product, issue)).or_default() += repeat.times;
        }
    }
    // A ledger that began last week, or that keeps a month, has seen so many days and no more. Of fewer than the horizon
    // it is not known how often that is a month: hardly anybody had the time to come back.
    let since_ms = ledger.first_contact_ms(from_ms, now_ms).await?.unwrap_or(from_ms);
    returned.days = ((now_ms - since_ms).max(horizon_ms)) as f64 / DAY_MS;
    Ok(returned)
}

async fn search_gaps(ledger: &Ledger, now: DateTime<Utc>) -> Result<Vec<Gap>, LedgerError> {
    let gap = |miss: crate::ledger::Miss| {
        // Of what was first missed yesterday it is not known how often that is a month: twice in a day is two so far.
        let days = ((now.timestamp_millis() - miss.first_ms) as f64 / DAY_MS).max(MONTH);
        Gap {
            a_month: miss.times as f64 * MONTH / days,
            times: miss.times,
            what: Missing::Search { words: miss.words },
        }
    };
    Ok(ledger.misses(MOST).await?.into_iter().map(gap).collect())
}

/// Names an issue that is missing, of a product or of none.
pub(super) fn rises_from(product: Option<&SectionId>, issue: Option<&IssueId>) -> String {
    let (product, issue) = (product.map_or("", SectionId::as_str), issue.map_or("", IssueId::as_str));
    format!("issue {product} {issue}")
}

impl Gap {
    /// Names what is missing: the same for as long as it is.
    fn key(&self) -> String {
        match &self.what {
            Missing::Issue { product, issue, .. } => rises_from(product.as_ref(), Some(issue)),
            Missing::Search { words } => format!("search {words}"),
        }
    }

    fn rises(&self) -> bool {
        match self.what {
            Missing::Issue { .. } => self.a_month >= RISES_A_MONTH,
            Missing::Search { .. } => self.times >= RISES_TIMES,
        }
    }
}
