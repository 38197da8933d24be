//! What became of a tip, as somebody reports it: recorded before it is acknowledged.

use super::App;
use crate::engine;
use crate::index::IndexError;
use crate::ledger::{Customer, Flagged, Ledger, LedgerError, NewOutcome, NewPromise, Once, OutcomeKind, Reason};
use crate::tip::{Substance, Tip, TipId};
use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;

/// Clocks differ by minutes, and zones by less than a day: what is said to have happened further ahead is a mistake.
pub(super) const AHEAD: TimeDelta = TimeDelta::days(1);

/// Why something could not be recorded or looked up.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Index(#[from] IndexError),
    #[error(transparent)]
    Write(#[from] super::WriteError),
    /// What was given in a field does not fit; the field's name, and what to do.
    #[error("{detail}")]
    Field { field: &'static str, detail: String },
}

/// An outcome as reported.
#[derive(Clone, Debug)]
pub struct Report {
    pub tip: TipId,
    pub outcome: OutcomeKind,
    pub reason: Option<Reason>,
    pub suggestion: Option<String>,
    pub customer: Option<String>,
    pub agent: Option<String>,
    pub channel: Option<String>,
    /// When it happened; now where nothing is said.
    pub at: Option<DateTime<Utc>>,
    /// Whether the agent wants to ask later whether it helped.
    pub follow_up: bool,
}

/// What was recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reported {
    /// Of the outcome.
    pub id: String,
    /// The promise to ask whether it helped, where one was wanted and the tip says when that shows.
    pub follow_up: Option<String>,
}

impl App {
    /// The ledger.
    ///
    /// # Errors
    /// `Away` while it cannot be reached.
    pub(super) fn ledger(&self) -> Result<Arc<Ledger>, LedgerError> {
        self.memory.ledger()
    }

    /// Asks the ledger for a sign of life; fine where none is wanted.
    ///
    /// # Errors
    /// `Away` where it gives none within a second.
    pub async fn ledger_reachable(&self) -> Result<(), LedgerError> {
        self.memory.reachable().await
    }

    /// False where a ledger was named and its contacts are not counted yet: until then, nothing that they teach is known.
    pub fn has_learned(&self) -> bool {
        self.memory.has_learned()
    }

    /// Records an outcome and gives back its id; for a request that came before, that of the first time. The tip is noted
    /// as it is now, so that a later change of substance makes it news again.
    pub async fn record_outcome(
        &self,
        report: Report,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Reported, RecordError> {
        let ledger = self.ledger()?;
        let tip = self.known_tip(&report.tip)?;
        let at = report.at.unwrap_or(now);
        if at > now + AHEAD {
            let detail = format!("at lies in the future: {}; leave it out for now", at.format("%Y-%m-%d %H:%M"));
            return Err(RecordError::Field { field: "at", detail });
        }
        if report.reason.is_some() && report.outcome != OutcomeKind::Dismissed {
            let detail = format!("only `dismissed` has a reason, `{}` has none", report.outcome.as_str());
            return Err(RecordError::Field { field: "reason", detail });
        }
        let outcome = NewOutcome {
            at_ms: at.timestamp_millis(),
            substance: Some(Substance::of(&tip).as_str().to_owned()),
            // Under its present id, so that all its outcomes are found together.
            tip: tip.id.clone(),
            kind: report.outcome,
            reason: report.reason,
            suggestion: report.suggestion.clone(),
            customer: self.reported_of(&ledger, &report).await?,
            agent: report.agent.clone(),
            channel: report.channel.clone(),
        };
        let promise = follow_up(&tip, &report, &outcome, at);
        let recorded = ledger.record_with_promise(&outcome, promise.as_ref(), once, now.timestamp_millis()).await?;
        // What came before is remembered since then, as far as it still holds: an editor may have looked meanwhile.
        if recorded.new {
            self.memory.lately.recorded(&recorded.id, &outcome);
        }
        if recorded.new && report.reason.is_some_and(|reason| matches!(reason, Reason::Inaccurate | Reason::Unsafe)) {
            // At once, and not only when the notice has made its way: the next question must not show it.
            self.memory.flag(&outcome.tip, outcome.substance.clone());
        }
        Ok(Reported { id: recorded.id, follow_up: recorded.promise })
    }

    /// The customer of whom an outcome is reported: whoever is named, since a name may be put right after the answer; or
    /// else whom the answer was for that showed the tip. An answer that nobody knows says nothing: it may not be written
    /// down yet, or not any more.
    async fn reported_of(&self, ledger: &Ledger, report: &Report) -> Result<Option<Customer>, RecordError> {
        if let Some(named) = report.customer.as_deref().and_then(|text| ledger.customer(text)) {
            return Ok(Some(named));
        }
        let Some(suggestion) = &report.suggestion else { return Ok(None) };
        match self.memory.lately.answered_to(suggestion) {
            Some(customer) => Ok(Some(customer)),
            None => Ok(ledger.suggested_to(suggestion).await?),
        }
    }

    /// Takes an outcome back: what it said counts no more.
    pub async fn withdraw_outcome(&self, id: &str) -> Result<(), RecordError> {
        self.ledger()?.withdraw_outcome(id).await?;
        self.memory.lately.withdrawn(id);
        Ok(())
    }

    /// The tip with this id or former id.
    pub(super) fn known_tip(&self, id: &TipId) -> Result<Arc<Tip>, RecordError> {
        match self.tip(id)? {
            Some(stored) => Ok(stored.tip),
            None => {
                let detail = format!("there is no tip {id}; search for its words to find its id");
                Err(RecordError::Field { field: "tip", detail })
            }
        }
    }

    /// The tips that wait for an editor, longest waiting first: each once, under the id it has now, with the dismissals
    /// of what it says now.
    pub async fn flags(&self, now: DateTime<Utc>) -> Result<Vec<Flagged>, RecordError> {
        let flags = self.ledger()?.flagged().await?;
        let mut open = engine::Flagged::new();
        for flag in &flags {
            open.entry(flag.tip.clone()).or_default().push(flag.substance.clone().map(Substance::from_text));
        }
        let roll = self.roll(now.date_naive()).await?;
        let waiting = self.waiting(&roll, &open)?;
        let mut found: Vec<Flagged> = waiting.values().filter_map(|tip| over_all(tip, &flags)).collect();
        found.sort_by(|a, b| (a.first_ms, &a.tip).cmp(&(b.first_ms, &b.tip)));
        Ok(found)
    }

    /// An editor has looked at a tip that was dismissed as wrong or unsafe, under whichever of its ids, and stands by
    /// it. Gives back how many dismissals that settles; none where there is no such tip.
    pub async fn clear_flags(
        &self,
        id: &TipId,
        editor: Option<&str>,
        now: DateTime<Utc>,
    ) -> Result<Option<u64>, RecordError> {
        let Some(stored) = self.tip_or_draft(id)? else { return Ok(None) };
        let ids: Vec<TipId> = stored.tip.ids().cloned().collect();
        Ok(Some(self.ledger()?.clear_flags(&ids, editor, now.timestamp_millis()).await?))
    }
}

/// The open flags of one tip as one: of what it says now, under any id it ever had. None where there are none.
fn over_all(tip: &Tip, flags: &[Flagged]) -> Option<Flagged> {
    let now = Substance::of(tip);
    let says =
        |flag: &&Flagged| flag.substance.as_ref().is_none_or(|then| Substance::from_text(then.as_str()).is_same(&now));
    let own = flags.iter().filter(|flag| tip.goes_by(&flag.tip)).filter(says).cloned();
    own.reduce(|a, b| Flagged {
        inaccurate: a.inaccurate + b.inaccurate,
        dangerous: a.dangerous + b.dangerous,
        first_ms: a.first_ms.min(b.first_ms),
        last_ms: a.last_ms.max(b.last_ms),
        ..a
    })
    .map(|flag| Flagged { tip: tip.id.clone(), ..flag })
}

/// Outcomes after which it can turn out whether the tip helped.
const TOLD: [OutcomeKind; 3] = [OutcomeKind::Told, OutcomeKind::Given, OutcomeKind::Sent];

/// "Did the wire help?", due when what the tip prevents would have come by.
fn follow_up(tip: &Tip, report: &Report, outcome: &NewOutcome, at: DateTime<Utc>) -> Option<NewPromise> {
    let after = tip.after.as_ref().filter(|_| report.follow_up && TOLD.contains(&outcome.kind))?;
    let minutes = TimeDelta::try_minutes((f64::from(after.max_days) * 24.0 * 60.0) as i64)?;
    let due = at.checked_add_signed(minutes)?;
    Some(NewPromise {
        what: format!("Ask whether it helped: {}", tip.question),
        due_ms: due.timestamp_millis(),
        customer: outcome.customer.clone(),
        owner: report.agent.clone(),
        tip: Some(tip.id.clone()),
    })
}
