//! What became of tips: recorded before it is acknowledged, counted by tip.
//! No count here is by agent: nobody is ranked.

use super::changes::ChangeKind;
use super::customers::Customer;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::{Ledger, new_id};
use super::once::{self, Once};
use super::one_tip::OneTip;
use super::promises::{self, NewPromise};
use super::rekey::rekey;
use super::value::Value;
use crate::tip::TipId;

/// What became of a tip that was shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OutcomeKind {
    Told,
    Given,
    Sent,
    Helped,
    Declined,
    Dismissed,
}

/// Why a tip was dismissed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    AlreadyKnew,
    AlreadyTold,
    WrongSituation,
    NoTime,
    Inaccurate,
    Unsafe,
    Unclear,
}

impl OutcomeKind {
    pub const ALL: [OutcomeKind; 6] = [
        OutcomeKind::Told,
        OutcomeKind::Given,
        OutcomeKind::Sent,
        OutcomeKind::Helped,
        OutcomeKind::Declined,
        OutcomeKind::Dismissed,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            OutcomeKind::Told => "told",
            OutcomeKind::Given => "given",
            OutcomeKind::Sent => "sent",
            OutcomeKind::Helped => "helped",
            OutcomeKind::Declined => "declined",
            OutcomeKind::Dismissed => "dismissed",
        }
    }

    pub fn parse(text: &str) -> Option<OutcomeKind> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl Reason {
    pub const ALL: [Reason; 7] = [
        Reason::AlreadyKnew,
        Reason::AlreadyTold,
        Reason::WrongSituation,
        Reason::NoTime,
        Reason::Inaccurate,
        Reason::Unsafe,
        Reason::Unclear,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Reason::AlreadyKnew => "already_knew",
            Reason::AlreadyTold => "already_told",
            Reason::WrongSituation => "wrong_situation",
            Reason::NoTime => "no_time",
            Reason::Inaccurate => "inaccurate",
            Reason::Unsafe => "unsafe",
            Reason::Unclear => "unclear",
        }
    }

    pub fn parse(text: &str) -> Option<Reason> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == text)
    }
}

/// An outcome as it is reported.
#[derive(Clone, Debug)]
pub struct NewOutcome {
    pub at_ms: i64,
    pub tip: TipId,
    /// What the tip says and hands over, at the time it was shown.
    pub substance: Option<String>,
    pub kind: OutcomeKind,
    /// Of a dismissal only.
    pub reason: Option<Reason>,
    /// The id of the answer that showed it.
    pub suggestion: Option<String>,
    pub customer: Option<Customer>,
    pub agent: Option<String>,
    pub channel: Option<String>,
}

/// How often a tip had an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutcomeCount {
    pub tip: TipId,
    pub kind: OutcomeKind,
    pub reason: Option<Reason>,
    pub times: u64,
    /// Different customers among them; those without a customer are not counted here.
    pub customers: u64,
}

/// What came of recording an outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recorded {
    pub id: String,
    /// Of the promise that was made with it.
    pub promise: Option<String>,
    /// False where this request was done before: nothing was recorded now.
    pub new: bool,
}

/// The route under which a follow-up's promise is kept with its outcome's id as the key.
const FOLLOW_UP: &str = "follow-up";

const INTO: &str = "INSERT INTO outcomes (id, at_ms, recorded_ms, tip, substance, outcome, reason, suggestion, \
                    customer, agent, channel)";
/// Columns of `INTO`.
const WIDTH: usize = 11;

impl Ledger {
    /// Gives back the outcome's id; for a request that came before, that of the first time.
    /// # Errors
    /// `Refused` for a reason without a dismissal; `OtherBody`; and where nothing can be written.
    pub async fn record_outcome(
        &self,
        outcome: &NewOutcome,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Recorded, LedgerError> {
        self.record_with_promise(outcome, None, once, now_ms).await
    }

    /// The same with the promise to follow it up: both are recorded, or neither.
    /// # Errors
    /// As above.
    pub async fn record_with_promise(
        &self,
        outcome: &NewOutcome,
        promise: Option<&NewPromise>,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Recorded, LedgerError> {
        reason_fits(outcome)?;
        let mut tx = self.write().await?;
        if let Some(id) = once::begin(&mut tx, once, now_ms).await? {
            return recorded_before(&mut tx, id).await;
        }
        rekey(&mut tx, outcome.customer.iter()).await?;
        let id = new_id();
        tx.run_many(INTO, "", WIDTH, &row_of(&id, outcome, now_ms)).await?;
        once::finish(&mut tx, once, &id).await?;
        tx.tell(ChangeKind::Outcome, &id);
        let promise = match promise {
            Some(promise) => Some(promises::made(&mut tx, promise, now_ms).await?),
            None => None,
        };
        if let Some(promise) = &promise {
            let follow_up = Once::new(&id, FOLLOW_UP, id.as_bytes())?;
            once::begin(&mut tx, Some(&follow_up), now_ms).await?;
            once::finish(&mut tx, Some(&follow_up), promise).await?;
        }
        tx.commit().await?;
        Ok(Recorded { id, promise, new: true })
    }

    /// Takes an outcome back, as a slip of the finger, with the promise to follow it up that nobody has settled.
    /// # Errors
    /// `NotFound` where there is none with this id.
    pub async fn withdraw_outcome(&self, id: &str) -> Result<(), LedgerError> {
        let mut tx = self.write().await?;
        if tx.run("DELETE FROM outcomes WHERE id = $1", &[id.into()]).await? == 0 {
            return Err(LedgerError::NotFound(format!("outcome {id}")));
        }
        let sql = "DELETE FROM promises WHERE state = 'open' \
                   AND id IN (SELECT answer FROM answers_once WHERE key = $1 AND route = $2)";
        if tx.run(sql, &[id.into(), FOLLOW_UP.into()]).await? > 0 {
            tx.tell(ChangeKind::Promise, "");
        }
        tx.tell(ChangeKind::Outcome, id);
        tx.commit().await
    }

    /// Records outcomes that have an id already, in one transaction; one whose id is known is left as it is. Gives back
    /// how many are new.
    /// # Errors
    /// `Refused` for a reason without a dismissal; and where nothing can be written.
    pub async fn record_outcomes(&self, batch: &[(String, NewOutcome)], now_ms: i64) -> Result<u64, LedgerError> {
        batch.iter().try_for_each(|(_, outcome)| reason_fits(outcome))?;
        let mut tx = self.write().await?;
        rekey(&mut tx, batch.iter().filter_map(|(_, outcome)| outcome.customer.as_ref())).await?;
        let values: Vec<Value> = batch.iter().flat_map(|(id, outcome)| row_of(id, outcome, now_ms)).collect();
        let new = tx.run_many(INTO, "ON CONFLICT DO NOTHING", WIDTH, &values).await?;
        if new > 0 {
            tx.tell(ChangeKind::Outcome, "");
        }
        tx.commit().await?;
        Ok(new)
    }

    /// Outcomes from one time (included) to another (not included), counted by tip, outcome and reason;
    /// of one tip where it is named, by all its ids.
    pub async fn outcome_counts(
        &self,
        of: Option<&[TipId]>,
        from_ms: i64,
        until_ms: i64,
    ) -> Result<Vec<OutcomeCount>, LedgerError> {
        let one = OneTip::new(of, 3);
        let sql = format!(
            "SELECT {}, outcome, reason, COUNT(*), COUNT(DISTINCT customer) FROM outcomes \
             WHERE at_ms >= $1 AND at_ms < $2 AND {} GROUP BY 1, 2, 3 ORDER BY 1, 2, 3 NULLS FIRST",
            one.tip, one.is
        );
        let values = one.after([from_ms.into(), until_ms.into()]);
        let rows = self.db().rows(sqlx::AssertSqlSafe(sql), &values).await?;
        let mut counts = Vec::with_capacity(rows.len());
        for row in rows {
            // What a later version recorded is none of ours to count.
            let Some(kind) = OutcomeKind::parse(&row.text(1)?) else { continue };
            counts.push(OutcomeCount {
                tip: TipId::new(row.text(0)?),
                kind,
                reason: row.maybe_text(2)?.as_deref().and_then(Reason::parse),
                times: row.count(3)?,
                customers: row.count(4)?,
            });
        }
        Ok(counts)
    }
}

/// The answer to a request that was done before: the first one, whatever became since of what it recorded.
async fn recorded_before(tx: &mut Tx, id: String) -> Result<Recorded, LedgerError> {
    let sql = "SELECT answer FROM answers_once WHERE key = $1 AND route = $2";
    let promise = tx.row(sql, &[(&id).into(), FOLLOW_UP.into()]).await?;
    let promise = promise.map(|row| row.text(0)).transpose()?;
    Ok(Recorded { id, promise, new: false })
}

fn reason_fits(outcome: &NewOutcome) -> Result<(), LedgerError> {
    if outcome.reason.is_some() && outcome.kind != OutcomeKind::Dismissed {
        let text = format!("only `dismissed` has a reason, `{}` has none", outcome.kind.as_str());
        return Err(LedgerError::Refused(text));
    }
    Ok(())
}

fn row_of(id: &str, outcome: &NewOutcome, now_ms: i64) -> [Value; WIDTH] {
    [
        id.into(),
        outcome.at_ms.into(),
        now_ms.into(),
        outcome.tip.as_str().into(),
        outcome.substance.clone().into(),
        outcome.kind.as_str().into(),
        outcome.reason.map(Reason::as_str).into(),
        outcome.suggestion.clone().into(),
        outcome.customer.as_ref().map(|customer| customer.id().to_string()).into(),
        outcome.agent.clone().into(),
        outcome.channel.clone().into(),
    ]
}
