//! The pulse: the directive, and the measures that say whether it is kept, each with its interval or with how much is
//! still missing for one.

mod causes;
mod right;

pub use causes::Causes;
pub use right::{ENOUGH, Right, RightOf};

use super::App;
use super::elsewhere::elsewhere;
use super::evidence::{Helps, helps, horizon, strata};
use super::record::RecordError;
use super::roll::renamed;
use super::tallied::Tallied;
use crate::engine::experiment::pooled;
use crate::ledger::{ArmCount, BalloonStats, OutcomeCount, PromiseCounts};
use crate::tip::TipId;
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// Days that the pulse looks back on: a quarter of a year has room for twelve whole weeks.
pub const DAYS: i64 = 91;

#[derive(Clone, Debug)]
pub struct Pulse {
    pub directive: Option<String>,
    pub from: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub horizon_days: i64,
    /// True where `learn --sample` put a simulated past into the ledger.
    pub simulated: bool,
    pub right: Right,
    pub promises: PromiseCounts,
    pub balloons: BalloonStats,
    /// By outcome, over all tips.
    pub outcomes: BTreeMap<&'static str, u64>,
    /// The tips that most was reported about, most first.
    pub of_tips: Vec<OfTip>,
    /// Answers that volunteered a tip, and that stayed silent.
    pub volunteered: u64,
    pub silent: u64,
    /// What the experiment says over all tips: each tip, product and share of the lot with its own
    /// held-out customers, then pooled.
    pub helps: Helps,
    pub causes: Causes,
}

/// What was reported about one tip.
#[derive(Clone, Debug)]
pub struct OfTip {
    pub tip: TipId,
    /// None where the tip is no longer served.
    pub question: Option<String>,
    pub outcomes: BTreeMap<&'static str, u64>,
}

/// Present ids by former ones.
type Renamed = HashMap<TipId, TipId>;

/// As many tips as a chart shows at a glance.
const MOST_TIPS: usize = 12;

impl App {
    /// The directive and its measures as of `now`, or as of a while ago where counting them takes long.
    pub async fn pulse(&self, now: DateTime<Utc>) -> Result<Pulse, RecordError> {
        let ledger = self.ledger()?;
        let renamed = renamed(&self.roll(now.date_naive()).await?);
        let count = Tallied::count(&ledger, &renamed, now, TimeDelta::days(DAYS), horizon());
        let tallied = self.memory.tallied.get(now, count).await?;
        let (searcher, of) = (self.snapshot.load().searcher.clone(), Arc::clone(&tallied));
        let causes = elsewhere(move || Causes::of_all(&searcher, &of.repeats)).await??;
        let (volunteered, silent): (Vec<_>, Vec<_>) = tallied.shown.iter().partition(|count| count.silence.is_none());
        Ok(Pulse {
            directive: self.snapshot.load().sections.directive(),
            from: tallied.from,
            until: tallied.until,
            horizon_days: horizon().num_days(),
            simulated: ledger.is_simulated().await?,
            right: Right::of(&tallied.right),
            promises: tallied.promises,
            balloons: tallied.balloons.clone(),
            outcomes: by_outcome(&tallied.outcomes),
            of_tips: self.of_tips(&tallied.outcomes, &renamed)?,
            volunteered: volunteered.iter().map(|count| count.times).sum(),
            silent: silent.iter().map(|count| count.times).sum(),
            helps: self.over_all(&tallied.experiment, &renamed),
            causes,
        })
    }

    fn of_tips(&self, counts: &[OutcomeCount], renamed: &Renamed) -> Result<Vec<OfTip>, RecordError> {
        let mut tips = BTreeMap::<_, Vec<_>>::new();
        for count in counts {
            tips.entry(renamed.get(&count.tip).unwrap_or(&count.tip)).or_default().push(count);
        }
        let mut tips: Vec<_> = tips.into_iter().collect();
        tips.sort_by_key(|(_, of)| std::cmp::Reverse(of.iter().map(|count| count.times).sum::<u64>()));
        tips.truncate(MOST_TIPS);
        let tip = |(tip, of): (&TipId, Vec<&OutcomeCount>)| {
            let question = self.snapshot.load().searcher.tip(tip)?.map(|stored| stored.tip.question.clone());
            Ok(OfTip { tip: tip.clone(), question, outcomes: by_outcome(of) })
        };
        tips.into_iter().map(tip).collect()
    }

    fn over_all(&self, experiment: &[ArmCount], renamed: &Renamed) -> Helps {
        let tip = |count: &ArmCount| renamed.get(&count.tip).unwrap_or(&count.tip).clone();
        let strata = strata(experiment, |count| (tip(count), &count.product, count.lot));
        Helps { effect: pooled(&strata), ..helps(experiment, self.memory.held_out()) }
    }
}

fn by_outcome<'a>(counts: impl IntoIterator<Item = &'a OutcomeCount>) -> BTreeMap<&'static str, u64> {
    let mut all: BTreeMap<&'static str, u64> =
        crate::ledger::OutcomeKind::ALL.into_iter().map(|kind| (kind.as_str(), 0)).collect();
    for count in counts {
        *all.entry(count.kind.as_str()).or_default() += count.times;
    }
    all
}
