//! A simulated past for the sample library, so that every number and page shows something on a first start.
//!
//! Nothing in it happened: customers, contacts, outcomes, balloons and promises are thrown by dice, after what the
//! library's own tips say about what follows what. It must never be mixed with a real past unless somebody insists.

mod customer;
mod dice;
mod inbox;
mod world;

use super::App;
use super::record::RecordError;
use crate::ledger::{Ledger, LedgerError, NewOutcome, Reason};
use crate::tip::TipId;
use chrono::{DateTime, TimeDelta, Utc};
use customer::{Span, Story, Teller, name_of};
use dice::Dice;
use std::collections::HashMap;
use std::sync::Arc;
use world::World;

/// Customers, and the days before now in which they get in touch: enough for every measure to have something to say,
/// and written within seconds.
const CUSTOMERS: usize = 8_000;
const DAYS: i64 = 120;

/// Records that are written in one transaction.
const BATCH: usize = 2_000;

/// What was recorded; what an earlier run recorded is not in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Simulated {
    pub customers: u64,
    pub contacts: u64,
    pub outcomes: u64,
    /// Answers of which it is noted what was volunteered, or why nothing was.
    pub suggestions: u64,
    pub balloons: u64,
    pub promises: u64,
    pub searches: u64,
}

impl App {
    /// Records a simulated past. Doing it again adds nothing. `progress` is told (done, total) in records.
    ///
    /// # Errors
    /// `Conflict` where the ledger holds anything real and nobody insisted, or the library has no tips to follow.
    pub async fn simulate(
        &self,
        insist: bool,
        now: DateTime<Utc>,
        progress: &(dyn Fn(usize, usize) + Sync),
    ) -> Result<Simulated, RecordError> {
        let ledger = self.ledger()?;
        let story = self.story(&ledger, now)?;
        if !insist {
            refuse_what_is_real(&ledger, &story).await?;
        }
        let before = ledger.tally().await?;
        ledger.mark_simulated().await?;
        write(&ledger, &story, now.timestamp_millis(), progress).await?;
        let inbox = self.fill_inbox(&ledger, now).await?;
        self.raise_gaps(now).await?;
        let after = ledger.tally().await?;
        Ok(Simulated {
            customers: after.customers - before.customers,
            contacts: after.contacts - before.contacts,
            outcomes: after.outcomes - before.outcomes,
            suggestions: after.suggestions - before.suggestions,
            balloons: after.balloons - before.balloons,
            promises: inbox.promises,
            searches: inbox.searches,
        })
    }

    fn story(&self, ledger: &Ledger, now: DateTime<Utc>) -> Result<Story, RecordError> {
        let mut world = World::new(self, now)?;
        if world.trades.is_empty() {
            let text = "the simulated contacts follow the library's tips, and none here says both `when` to tell it \
                        and what it `prevents`: `stemwire new --sample DIR` unpacks a library that does";
            return Err(LedgerError::Conflict(text.to_owned()).into());
        }
        // The whole day, so that two runs within one day are the same but for what has not happened yet.
        let from = now.date_naive().and_time(chrono::NaiveTime::MIN).and_utc() - TimeDelta::days(DAYS);
        let span = Span { from_ms: from.timestamp_millis(), now_ms: now.timestamp_millis() };
        let mut story = Story::default();
        for number in 0..CUSTOMERS {
            let name = name_of(number);
            let Some(customer) = ledger.customer(&name) else { continue };
            let mut dice = Dice::named(&name);
            let sizes: Vec<f64> = (1..=world.trades.len()).map(|place| 1.0 / (place as f64).sqrt()).collect();
            let Some(trade) = dice.one_of(&sizes, |size| *size) else { continue };
            let (lot, world, story) = (self.memory.lot(), &mut world, &mut story);
            Teller { world, lot, span, story, dice, customer, name, heard: Vec::new() }.tell(trade)?;
        }
        flag_one(&mut story);
        Ok(story)
    }
}

/// One tip is called wrong, so that an editor's desk shows what that looks like: the dismissed one that was shown least.
fn flag_one(story: &mut Story) {
    let mut shown: HashMap<TipId, usize> = HashMap::new();
    for tip in story.suggestions.iter().filter_map(|note| note.tip.clone()) {
        *shown.entry(tip).or_default() += 1;
    }
    let times = |outcome: &NewOutcome| shown.get(&outcome.tip).copied().unwrap_or_default();
    let dismissed = story.outcomes.iter_mut().map(|(_, outcome)| outcome).filter(|outcome| outcome.reason.is_some());
    if let Some(least) = dismissed.min_by(|a, b| times(a).cmp(&times(b)).then_with(|| a.tip.cmp(&b.tip))) {
        least.reason = Some(Reason::Inaccurate);
    }
}

async fn refuse_what_is_real(ledger: &Ledger, story: &Story) -> Result<(), LedgerError> {
    let held = ledger.tally().await?;
    let ids: Vec<String> = story.contacts.iter().filter_map(|contact| contact.id.clone()).collect();
    let ours = ledger.known_contacts(&ids).await?;
    let real = match ours {
        0 => held.contacts + held.outcomes + held.balloons + held.promises,
        _ => held.contacts.saturating_sub(ours),
    };
    if real == 0 {
        return Ok(());
    }
    let text = format!(
        "this ledger holds {real} records that are not simulated, and simulated ones among them would make every \
         number false. Name another ledger, as --ledger sqlite:sample.db, or insist with --force"
    );
    Err(LedgerError::Conflict(text))
}

/// Contacts come first: they mark the ledger as one that holds a simulated past, should the rest not follow.
async fn write(
    ledger: &Arc<Ledger>,
    story: &Story,
    now_ms: i64,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<(), LedgerError> {
    let Story { contacts, suggestions, exposures, outcomes } = story;
    let total = contacts.len() + suggestions.len() + exposures.len() + outcomes.len();
    let mut done = 0;
    let mut count = |more: usize| {
        done += more;
        progress(done, total);
    };
    for batch in contacts.chunks(BATCH) {
        ledger.record_contacts(batch, None, now_ms).await?;
        count(batch.len());
    }
    for batch in suggestions.chunks(BATCH) {
        ledger.record_suggestions(batch).await?;
        count(batch.len());
    }
    for batch in exposures.chunks(BATCH) {
        ledger.record_exposures(batch).await?;
        count(batch.len());
    }
    for batch in outcomes.chunks(BATCH) {
        ledger.record_outcomes(batch, now_ms).await?;
        count(batch.len());
    }
    Ok(())
}
