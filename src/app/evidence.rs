//! Every number behind a tip: how often what it prevents follows, what became of it, and whether it helps.

use super::App;
use super::record::RecordError;
use crate::engine::experiment::{Arm as Group, Arms, Effect, needed_each, pooled};
use crate::engine::foresight::{Asked, Basis, HORIZON_DAYS, Had, Next};
use crate::engine::{LIKELY, waits_for_editor};
use crate::ledger::{Arm, ArmCount, OutcomeCount, SuggestionCount};
use crate::tip::{IssueId, SectionId, Tip, TipId};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::BTreeMap;
use std::sync::Arc;

/// How often the prevented issue followed, in one of the tip's situations.
#[derive(Clone, Debug)]
pub struct Following {
    pub product: Option<SectionId>,
    /// None for a tip that is for any issue of its product.
    pub after: Option<IssueId>,
    pub next: Next,
    pub basis: Basis,
}

impl Following {
    /// True where a tip is likely enough to be volunteered, as far as was counted.
    pub fn is_likely(&self) -> bool {
        self.next.n as f32 >= LIKELY * self.next.of as f32
    }
}

/// What the experiment says of one tip.
#[derive(Clone, Debug, Default)]
pub struct Helps {
    pub arms: Arms,
    /// Customers whose horizon still runs.
    pub open: u64,
    /// None while a group is empty.
    pub effect: Option<Effect>,
    /// Customers needed in each group, told and held out, to see an effect worth seeing; none while it is not known
    /// how many come back. Where the lot is off, for the share that it held out before.
    pub needed: Option<(u64, u64)>,
    /// Share of customers that the lot holds out by now; 0 where it is off, and of a tip that takes no part.
    pub lot: f64,
}

impl Helps {
    /// Customers still missing in each group, told and held out, of those that are needed.
    pub fn lacking(&self) -> Option<(u64, u64)> {
        let (told, held_out) = (self.arms.told.customers, self.arms.held_out.customers);
        self.needed.map(|needed| (needed.0.saturating_sub(told), needed.1.saturating_sub(held_out)))
    }
}

#[derive(Clone, Debug)]
pub struct Evidence {
    pub tip: Arc<Tip>,
    pub following: Vec<Following>,
    pub horizon_days: u32,
    pub outcomes: Vec<OutcomeCount>,
    pub shown: Vec<SuggestionCount>,
    pub helps: Helps,
    /// True while it waits for an editor, because somebody dismissed it as wrong or unsafe.
    pub flagged: bool,
}

impl App {
    /// # Errors
    /// `Field` where there is no such tip; and where the ledger cannot be read.
    pub async fn evidence(&self, id: &TipId, now: DateTime<Utc>) -> Result<Evidence, RecordError> {
        let tip = self.known_tip(id)?;
        let ledger = self.ledger()?;
        let now_ms = now.timestamp_millis();
        let horizon_ms = horizon().num_milliseconds();
        let ids: Vec<TipId> = tip.ids().cloned().collect();
        let counts = ledger.experiment(&ids, 0, now_ms, horizon_ms).await?;
        Ok(Evidence {
            following: self.following(&tip),
            horizon_days: self.memory.foresight().horizon_days(),
            outcomes: ledger.outcome_counts(Some(&ids), 0, i64::MAX).await?,
            shown: ledger.suggestion_counts(Some(&ids), 0, i64::MAX).await?,
            helps: helps(&counts, if tip.takes_part() { self.memory.held_out() } else { 0.0 }),
            flagged: waits_for_editor(&self.memory.flagged(), &tip),
            tip,
        })
    }

    fn following(&self, tip: &Tip) -> Vec<Following> {
        let Some(prevented) = &tip.prevents else { return Vec::new() };
        let foresight = self.memory.foresight();
        let products: Vec<Option<&SectionId>> = match tip.products.is_empty() {
            true => vec![None],
            false => tip.products.iter().map(Some).collect(),
        };
        let whens: Vec<Option<&IssueId>> = match tip.when.is_empty() {
            true => vec![None],
            false => tip.when.iter().map(Some).collect(),
        };
        let mut all = Vec::new();
        for product in products {
            for after in &whens {
                let had: Vec<Had> = after.iter().map(|issue| Had { product: None, issue: (*issue).clone() }).collect();
                let asked = Asked { product, had: &had, ..Asked::default() };
                if let Some((next, basis)) = foresight.chance(&asked, prevented) {
                    all.push(Following { product: product.cloned(), after: after.cloned(), next, basis });
                }
            }
        }
        all
    }
}

pub(super) fn horizon() -> TimeDelta {
    TimeDelta::days(i64::from(HORIZON_DAYS))
}

/// The two groups of a tip over all products, and what they say: groups that were drawn at different shares are compared
/// each by itself, so that what changed when the share did is not taken for an effect.
pub(super) fn helps(counts: &[ArmCount], lot: f64) -> Helps {
    let arms = arms(counts);
    // Where the lot is off, what it held out before stands against the same plan.
    let (told, held_out) = (arms.told.customers as f64, arms.held_out.customers as f64);
    let share = if lot > 0.0 { lot } else { held_out / (told + held_out) };
    Helps {
        arms,
        open: counts.iter().map(|count| count.open).sum(),
        effect: pooled(&strata(counts, |count| count.lot)),
        needed: needed_each(arms.held_out.rate(), share),
        lot,
    }
}

/// The groups of each stratum, which `of` names.
pub(super) fn strata<'a, K: Ord>(counts: &'a [ArmCount], of: impl Fn(&'a ArmCount) -> K) -> Vec<Arms> {
    let mut strata: BTreeMap<K, Vec<&ArmCount>> = BTreeMap::new();
    for count in counts {
        strata.entry(of(count)).or_default().push(count);
    }
    strata.into_values().map(arms).collect()
}

fn arms<'a>(counts: impl IntoIterator<Item = &'a ArmCount>) -> Arms {
    let mut arms = Arms::default();
    for count in counts {
        let group = Group { customers: count.customers, returned: count.came_back };
        let more = match count.arm {
            Arm::Told => Arms { told: group, ..Arms::default() },
            Arm::HeldOut => Arms { held_out: group, ..Arms::default() },
        };
        arms = arms.and(more);
    }
    arms
}
