//! Balloons as they are read: oldest first, whoever gave them, with everyone who did.
//! A receipt is never shown here: it belongs to its giver alone.

use super::error::LedgerError;
use super::handle::Ledger;
use super::page::{After, Page};
use super::rekey::places;
use super::value::{Row, Value};
use super::wording::likeness;
use crate::tip::{IssueId, SectionId, TipId};
use std::collections::HashMap;

/// Where a balloon is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BalloonState {
    Waiting,
    Acknowledged,
    Adopted,
    Declined,
}

impl BalloonState {
    pub const ALL: [BalloonState; 4] =
        [BalloonState::Waiting, BalloonState::Acknowledged, BalloonState::Adopted, BalloonState::Declined];

    pub fn as_str(self) -> &'static str {
        match self {
            BalloonState::Waiting => "waiting",
            BalloonState::Acknowledged => "acknowledged",
            BalloonState::Adopted => "adopted",
            BalloonState::Declined => "declined",
        }
    }

    pub fn parse(text: &str) -> Option<BalloonState> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// True while nobody has decided.
    pub fn is_open(self) -> bool {
        matches!(self, BalloonState::Waiting | BalloonState::Acknowledged)
    }
}

/// Someone who gave a balloon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Giver {
    pub given_ms: i64,
    pub name: Option<String>,
    /// As they called it: agent, customer, editor …
    pub role: Option<String>,
    /// The contact on which it came up, or how to reach them: as they gave it.
    pub contact: Option<String>,
    /// In their own words.
    pub said: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Balloon {
    pub id: String,
    /// When the first of its givers let it go.
    pub given_ms: i64,
    pub said: String,
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    pub state: BalloonState,
    pub acknowledged_ms: Option<i64>,
    pub decided_ms: Option<i64>,
    /// Why it was declined.
    pub reason: Option<String>,
    /// The tip that it became.
    pub tip: Option<TipId>,
    /// What it rose from by itself; none where a person gave it.
    pub rose_from: Option<String>,
    /// Oldest first. None where it rose by itself.
    pub givers: Vec<Giver>,
    /// True where it was looked up by the receipt of another one, which was merged into it.
    pub merged: bool,
}

const COLUMNS: &str =
    "id, given_ms, said, product, issue, state, acknowledged_ms, decided_ms, reason, tip, rises_once, merged_into";

impl Ledger {
    /// The balloon of this id, or the one that it was merged into.
    /// # Errors
    /// `NotFound`.
    pub async fn balloon(&self, id: &str) -> Result<Balloon, LedgerError> {
        let sql = format!("SELECT {COLUMNS} FROM balloons WHERE id = $1");
        let mut at = id.to_owned();
        loop {
            let row = self.db().row(sqlx::AssertSqlSafe(sql.as_str()), &[(&at).into()]).await?;
            let row = row.ok_or_else(|| LedgerError::NotFound(format!("balloon {id}")))?;
            match row.maybe_text(11)? {
                // A balloon that was merged into never merges back, so this ends.
                Some(into) => at = into,
                None => {
                    let mut found = self.with_givers(vec![balloon(&row)?]).await?;
                    return Ok(found.swap_remove(0));
                }
            }
        }
    }

    /// What became of the balloon that this receipt was given for, in the words that its giver said.
    /// # Errors
    /// `NotFound`.
    pub async fn balloon_by_receipt(&self, receipt: &str) -> Result<Balloon, LedgerError> {
        let row =
            self.db().row("SELECT balloon, said FROM givers WHERE receipt = $1", &[receipt.trim().into()]).await?;
        let row = row.ok_or_else(|| LedgerError::NotFound("balloon with this receipt".to_owned()))?;
        let (balloon, said) = (self.balloon(&row.text(0)?).await?, row.text(1)?);
        // Whoever joined an open balloon said the same; others came to it where somebody merged theirs.
        Ok(Balloon { merged: likeness(&said) != likeness(&balloon.said), said, ..balloon })
    }

    /// Oldest first, in one state or in all. Those that were merged into another are in it.
    pub async fn balloons(
        &self,
        state: Option<BalloonState>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Balloon>, LedgerError> {
        let after = After::read(cursor)?;
        let sql = format!(
            "SELECT {COLUMNS} FROM balloons WHERE state <> 'merged' AND ($1 IS NULL OR state = $1) \
             AND (given_ms > $2 OR (given_ms = $2 AND id > $3)) ORDER BY given_ms, id LIMIT $4"
        );
        let state = state.map(BalloonState::as_str);
        let values = [state.into(), after.at_ms.into(), after.id.into(), (i64::from(limit) + 1).into()];
        let rows = self.db().rows(sqlx::AssertSqlSafe(sql), &values).await?;
        let items = rows.iter().map(balloon).collect::<Result<Vec<_>, _>>()?;
        let mut page = Page::of(items, limit, |balloon: &Balloon| (balloon.given_ms, &balloon.id));
        page.items = self.with_givers(page.items).await?;
        Ok(page)
    }

    async fn with_givers(&self, mut balloons: Vec<Balloon>) -> Result<Vec<Balloon>, LedgerError> {
        if balloons.is_empty() {
            return Ok(balloons);
        }
        let ids: Vec<Value> = balloons.iter().map(|balloon| (&balloon.id).into()).collect();
        let sql = format!(
            "SELECT balloon, given_ms, name, role, contact, said FROM givers WHERE balloon IN ({}) \
             ORDER BY given_ms, receipt",
            places(ids.len())
        );
        let mut givers: HashMap<String, Vec<Giver>> = HashMap::new();
        for row in self.db().rows(sqlx::AssertSqlSafe(sql), &ids).await? {
            givers.entry(row.text(0)?).or_default().push(Giver {
                given_ms: row.int(1)?,
                name: row.maybe_text(2)?,
                role: row.maybe_text(3)?,
                contact: row.maybe_text(4)?,
                said: row.text(5)?,
            });
        }
        for balloon in &mut balloons {
            balloon.givers = givers.remove(&balloon.id).unwrap_or_default();
        }
        Ok(balloons)
    }
}

fn balloon(row: &Row) -> Result<Balloon, LedgerError> {
    Ok(Balloon {
        id: row.text(0)?,
        given_ms: row.int(1)?,
        said: row.text(2)?,
        product: row.maybe_text(3)?.map(SectionId::new),
        issue: row.maybe_text(4)?.map(IssueId::new),
        state: BalloonState::parse(&row.text(5)?).unwrap_or(BalloonState::Waiting),
        acknowledged_ms: row.maybe_int(6)?,
        decided_ms: row.maybe_int(7)?,
        reason: row.maybe_text(8)?,
        tip: row.maybe_text(9)?.map(TipId::new),
        rose_from: row.maybe_text(10)?,
        givers: Vec::new(),
        merged: false,
    })
}
