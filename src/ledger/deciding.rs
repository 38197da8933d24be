//! What editors do with a balloon: acknowledge, adopt, decline with a reason, merge. Each has its state to begin in. The
//! same said again, by whomever, is done already; anything else comes too late.

use super::balloons::{Balloon, BalloonState};
use super::changes::ChangeKind;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;
use super::once::{self, Once};
use crate::tip::TipId;

/// What is decided about a balloon.
enum Decision<'a> {
    Acknowledged,
    /// As this tip.
    Adopted(&'a str),
    /// For this reason.
    Declined(&'a str),
    /// Into this one.
    Merged(&'a str),
}

impl Decision<'_> {
    fn as_str(&self) -> &'static str {
        match self {
            Decision::Acknowledged => "acknowledged",
            Decision::Adopted(_) => "adopted",
            Decision::Declined(_) => "declined",
            Decision::Merged(_) => "merged",
        }
    }
}

impl Ledger {
    /// Someone has seen it.
    /// # Errors
    /// `NotFound`; `Conflict` where it was decided; `OtherBody`.
    pub async fn acknowledge_balloon(
        &self,
        id: &str,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Balloon, LedgerError> {
        self.decide(id, &Decision::Acknowledged, once, now_ms).await
    }

    /// It became a tip.
    /// # Errors
    /// `NotFound`; `Conflict` where something else was decided; `OtherBody`.
    pub async fn adopt_balloon(
        &self,
        id: &str,
        tip: &TipId,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Balloon, LedgerError> {
        self.decide(id, &Decision::Adopted(tip.as_str()), once, now_ms).await
    }

    /// # Errors
    /// `Refused` without a reason; `NotFound`; `Conflict` where something else was decided, or for another reason;
    /// `OtherBody`.
    pub async fn decline_balloon(
        &self,
        id: &str,
        reason: &str,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Balloon, LedgerError> {
        if reason.trim().is_empty() {
            let text = "whoever gave a balloon is told why it was declined: give a reason";
            return Err(LedgerError::Refused(text.to_owned()));
        }
        self.decide(id, &Decision::Declined(reason.trim()), once, now_ms).await
    }

    /// It says what another one says: its givers go over to that one, in whichever state that is. The older of the
    /// two ages counts, so that nobody loses their place. Gives back the other one.
    /// # Errors
    /// `NotFound`; `Conflict` where something else was decided, or it is the same one; `OtherBody`.
    pub async fn merge_balloon(
        &self,
        id: &str,
        into: &str,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Balloon, LedgerError> {
        if id == into {
            return Err(LedgerError::Conflict("a balloon cannot be merged into itself".to_owned()));
        }
        self.decide(id, &Decision::Merged(into), once, now_ms).await
    }

    async fn decide(
        &self,
        id: &str,
        decision: &Decision<'_>,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Balloon, LedgerError> {
        let mut tx = self.write().await?;
        if once::begin(&mut tx, once, now_ms).await?.is_none() {
            if !stands(&mut tx, id, decision).await? {
                carry_out(&mut tx, id, decision, now_ms).await?;
                tx.tell(ChangeKind::Balloon, id);
            }
            once::finish(&mut tx, once, id).await?;
        }
        tx.commit().await?;
        self.balloon(id).await
    }
}

/// True where just this was decided before. The balloon is held until the transaction ends.
async fn stands(tx: &mut Tx, id: &str, decision: &Decision<'_>) -> Result<bool, LedgerError> {
    let (state, what) = state_of(tx, id).await?;
    let same = match decision {
        Decision::Acknowledged => true,
        Decision::Adopted(said) | Decision::Declined(said) | Decision::Merged(said) => what.as_deref() == Some(*said),
    };
    if same && state == decision.as_str() {
        return Ok(true);
    }
    match BalloonState::parse(&state).is_some_and(BalloonState::is_open) {
        true => Ok(false),
        false => {
            let text = format!("this balloon was {state}; it can no longer be {}", decision.as_str());
            Err(LedgerError::Conflict(text))
        }
    }
}

/// State of a balloon, and what goes with that: its tip, the reason, or the balloon that it was merged into. Touching
/// the row holds it on PostgreSQL; on SQLite the whole transaction holds it.
async fn state_of(tx: &mut Tx, id: &str) -> Result<(String, Option<String>), LedgerError> {
    let sql = "UPDATE balloons SET state = state WHERE id = $1 RETURNING state, \
               CASE state WHEN 'adopted' THEN tip WHEN 'declined' THEN reason WHEN 'merged' THEN merged_into END";
    let row = tx.row(sql, &[id.into()]).await?;
    let row = row.ok_or_else(|| LedgerError::NotFound(format!("balloon {id}")))?;
    Ok((row.text(0)?, row.maybe_text(1)?))
}

async fn carry_out(tx: &mut Tx, id: &str, decision: &Decision<'_>, now_ms: i64) -> Result<(), LedgerError> {
    let (sql, said) = match decision {
        Decision::Acknowledged => {
            let sql = "UPDATE balloons SET state = 'acknowledged', acknowledged_ms = $2 WHERE id = $1";
            return tx.run(sql, &[id.into(), now_ms.into()]).await.map(drop);
        }
        Decision::Adopted(tip) => {
            let sql = "UPDATE balloons SET state = 'adopted', tip = $2, decided_ms = $3, \
                       acknowledged_ms = COALESCE(acknowledged_ms, $3) WHERE id = $1";
            (sql, tip)
        }
        Decision::Declined(reason) => {
            let sql = "UPDATE balloons SET state = 'declined', reason = $2, decided_ms = $3, \
                       acknowledged_ms = COALESCE(acknowledged_ms, $3) WHERE id = $1";
            (sql, reason)
        }
        Decision::Merged(into) => {
            hand_over(tx, id, into).await?;
            let sql = "UPDATE balloons SET state = 'merged', merged_into = $2, decided_ms = $3 WHERE id = $1";
            (sql, into)
        }
    };
    tx.run(sql, &[id.into(), (*said).into(), now_ms.into()]).await.map(drop)
}

/// Gives a balloon's givers and its age to another.
async fn hand_over(tx: &mut Tx, id: &str, into: &str) -> Result<(), LedgerError> {
    if state_of(tx, into).await?.0 == "merged" {
        let text = "the other balloon was itself merged into one: merge into that";
        return Err(LedgerError::Conflict(text.to_owned()));
    }
    let pair = [id.into(), into.into()];
    tx.run("UPDATE givers SET balloon = $2 WHERE balloon = $1", &pair).await?;
    let sql = "UPDATE balloons SET given_ms = (SELECT MIN(given_ms) FROM balloons WHERE id IN ($1, $2)) WHERE id = $2";
    tx.run(sql, &pair).await?;
    tx.tell(ChangeKind::Balloon, into);
    Ok(())
}
