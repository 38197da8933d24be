//! What editors do with a balloon: acknowledge, adopt, decline with a reason, merge. Each has its state to begin in.

use super::balloons::{Balloon, BalloonState};
use super::changes::ChangeKind;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;
use crate::tip::TipId;

impl Ledger {
    /// Someone has seen it. Acknowledging again changes nothing.
    /// # Errors
    /// `NotFound`; `Conflict` where it was decided.
    pub async fn acknowledge_balloon(&self, id: &str, now_ms: i64) -> Result<Balloon, LedgerError> {
        let mut tx = self.write().await?;
        let state = open_state(&mut tx, id, "acknowledged").await?;
        if state == BalloonState::Waiting {
            let sql = "UPDATE balloons SET state = 'acknowledged', acknowledged_ms = $2 WHERE id = $1";
            tx.run(sql, &[id.into(), now_ms.into()]).await?;
            tx.tell(ChangeKind::Balloon, id);
        }
        tx.commit().await?;
        self.balloon(id).await
    }

    /// It became a tip.
    /// # Errors
    /// `NotFound`; `Conflict` where it was decided.
    pub async fn adopt_balloon(&self, id: &str, tip: &TipId, now_ms: i64) -> Result<Balloon, LedgerError> {
        let mut tx = self.write().await?;
        open_state(&mut tx, id, "adopted").await?;
        let sql = "UPDATE balloons SET state = 'adopted', tip = $2, decided_ms = $3, \
                   acknowledged_ms = COALESCE(acknowledged_ms, $3) WHERE id = $1";
        tx.run(sql, &[id.into(), tip.as_str().into(), now_ms.into()]).await?;
        tx.tell(ChangeKind::Balloon, id);
        tx.commit().await?;
        self.balloon(id).await
    }

    /// # Errors
    /// `Refused` without a reason; `NotFound`; `Conflict` where it was decided.
    pub async fn decline_balloon(&self, id: &str, reason: &str, now_ms: i64) -> Result<Balloon, LedgerError> {
        if reason.trim().is_empty() {
            let text = "whoever gave a balloon is told why it was declined: give a reason";
            return Err(LedgerError::Refused(text.to_owned()));
        }
        let mut tx = self.write().await?;
        open_state(&mut tx, id, "declined").await?;
        let sql = "UPDATE balloons SET state = 'declined', reason = $2, decided_ms = $3, \
                   acknowledged_ms = COALESCE(acknowledged_ms, $3) WHERE id = $1";
        tx.run(sql, &[id.into(), reason.trim().into(), now_ms.into()]).await?;
        tx.tell(ChangeKind::Balloon, id);
        tx.commit().await?;
        self.balloon(id).await
    }

    /// It says what another one says: its givers go over to that one, in whichever state that is. The older of the
    /// two ages counts, so that nobody loses their place.
    /// # Errors
    /// `NotFound`; `Conflict` where it was decided, or is the same one.
    pub async fn merge_balloon(&self, id: &str, into: &str, now_ms: i64) -> Result<Balloon, LedgerError> {
        if id == into {
            return Err(LedgerError::Conflict("a balloon cannot be merged into itself".to_owned()));
        }
        let mut tx = self.write().await?;
        open_state(&mut tx, id, "merged").await?;
        if state_of(&mut tx, into).await? == "merged" {
            let text = "the other balloon was itself merged into one: merge into that";
            return Err(LedgerError::Conflict(text.to_owned()));
        }
        let pair = [id.into(), into.into()];
        tx.run("UPDATE givers SET balloon = $2 WHERE balloon = $1", &pair).await?;
        let sql = "UPDATE balloons SET given_ms = (SELECT MIN(given_ms) FROM balloons WHERE id IN ($1, $2)) \
                   WHERE id = $2";
        tx.run(sql, &pair).await?;
        let sql = "UPDATE balloons SET state = 'merged', merged_into = $2, decided_ms = $3 WHERE id = $1";
        tx.run(sql, &[id.into(), into.into(), now_ms.into()]).await?;
        tx.tell(ChangeKind::Balloon, id);
        tx.tell(ChangeKind::Balloon, into);
        tx.commit().await?;
        self.balloon(into).await
    }
}

/// The state of a balloon that nobody has decided about; it is held until the transaction ends.
async fn open_state(tx: &mut Tx, id: &str, wanted: &str) -> Result<BalloonState, LedgerError> {
    let state = state_of(tx, id).await?;
    match BalloonState::parse(&state).filter(|state| state.is_open()) {
        Some(state) => Ok(state),
        None => Err(LedgerError::Conflict(format!("this balloon was {state}; it can no longer be {wanted}"))),
    }
}

/// Touching the row holds it on PostgreSQL; on SQLite the whole transaction holds it.
async fn state_of(tx: &mut Tx, id: &str) -> Result<String, LedgerError> {
    let sql = "UPDATE balloons SET state = state WHERE id = $1 RETURNING state";
    let row = tx.row(sql, &[id.into()]).await?;
    row.ok_or_else(|| LedgerError::NotFound(format!("balloon {id}")))?.text(0)
}
