//! The pulse: the directive, and the measures that say whether it is kept, each with its interval or with how much is
//! still missing for one.

mod causes;
mod right;

pub use causes::Causes;
pub use right::{ENOUGH, Right, RightOf};

use super::App;
use super::evidence::{Helps, arms, helps, horizon};
use super::record::RecordError;
use crate::engine::experiment::pooled;
use crate::ledger::{BalloonStats, OutcomeCount, PromiseCounts};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;

/// Days that the pulse looks back on: a quarter of a year has room for twelve whole weeks.
pub const DAYS: i64 = 91;

#[derive(Clone, Debug)]
pub struct Pulse {
    pub directive: Option<String>,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub horizon_days: i64,
    pub right: Right,
    pub promises: PromiseCounts,
    pub balloons: BalloonStats,
    /// By outcome, over all tips.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// Answers that volunteered a tip, and that stayed silent.
    pub volunteered: u64,
    pub silent: u64,
    /// What the experiment says over all tips: each tip and product with its own held-out customers, then pooled.
    pub helps: Helps,
    pub causes: Causes,
}

impl App {
    /// The directive and its measures as of `now`.
    pub async fn pulse(&self, now: DateTime<Utc>) -> Result<Pulse, RecordError> {
        let ledger = self.ledger()?;
        let from = now - TimeDelta::days(DAYS);
        let (from_ms, now_ms) = (from.timestamp_millis(), now.timestamp_millis());
        let horizon_ms = horizon().num_milliseconds();
        let shown = ledger.suggestion_counts(None, from_ms, now_ms + 1).await?;
        let (volunteered, silent): (Vec<_>, Vec<_>) = shown.iter().partition(|count| count.silence.is_none());
        let experiment = ledger.experiment(None, from_ms, now_ms, horizon_ms).await?;
        Ok(Pulse {
            directive: self.snapshot.load().sections.directive(),
            from,
            until: now,
            horizon_days: horizon().num_days(),
            right: Right::of(&ledger.right_first_time(from_ms, now_ms, horizon_ms).await?),
            promises: ledger.promise_counts(from_ms, now_ms, now_ms).await?,
            balloons: ledger.balloon_stats(from_ms).await?,
            outcomes: by_outcome(&ledger.outcome_counts(None, from_ms, now_ms + 1).await?),
            volunteered: volunteered.iter().map(|count| count.times).sum(),
            silent: silent.iter().map(|count| count.times).sum(),
            helps: self.over_all(&experiment),
            causes: self.causes(from_ms, now_ms, horizon_ms).await?,
        })
    }

    fn over_all(&self, experiment: &[crate::ledger::ArmCount]) -> Helps {
        let mut strata = BTreeMap::<_, Vec<_>>::new();
        for count in experiment {
            strata.entry((&count.tip, &count.product)).or_default().push(count);
        }
        let strata: Vec<_> = strata.into_values().map(arms).collect();
        Helps { effect: pooled(&strata), ..helps(experiment, self.memory.held_out()) }
    }
}

fn by_outcome(counts: &[OutcomeCount]) -> BTreeMap<&'static str, u64> {
    let mut all: BTreeMap<&'static str, u64> =
        crate::ledger::OutcomeKind::ALL.into_iter().map(|kind| (kind.as_str(), 0)).collect();
    for count in counts {
        *all.entry(count.kind.as_str()).or_default() += count.times;
    }
    all
}
