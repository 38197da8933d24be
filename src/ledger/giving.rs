//! Giving a balloon: a receipt at once. One that says what an open one says joins it, and no giver is lost.
//! Who gives it changes nothing about its place.

use super::changes::ChangeKind;
use super::db::Tx;
use super::error::LedgerError;
use super::handle::{Ledger, new_id};
use super::keys::hex;
use super::once::{self, Once};
use super::wording::likeness_about;
use crate::tip::{IssueId, SectionId};

#[derive(Clone, Debug, Default)]
pub struct NewBalloon {
    pub said: String,
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    /// Who gives it, as far as they say.
    pub name: Option<String>,
    pub role: Option<String>,
    pub contact: Option<String>,
}

/// What a giver gets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub id: String,
    /// 128 random bits in hexadecimal digits: whoever has it can look up what became of the balloon.
    pub receipt: String,
    /// True where an open balloon said the same already; this giver is now among its givers.
    pub joined: bool,
}

impl Ledger {
    /// For a request that came before, it is the receipt of the first time.
    /// # Errors
    /// `Refused` for a blank text; `OtherBody`; and where nothing can be written.
    pub async fn give_balloon(
        &self,
        balloon: &NewBalloon,
        once: Option<&Once>,
        now_ms: i64,
    ) -> Result<Given, LedgerError> {
        if balloon.said.trim().is_empty() {
            return Err(LedgerError::Refused("a balloon says something: its text is blank".to_owned()));
        }
        let mut tx = self.write().await?;
        if let Some(answer) = once::begin(&mut tx, once, now_ms).await? {
            return given(&answer);
        }
        let (id, joined) = open(&mut tx, balloon, None, now_ms).await?;
        let receipt = receipt()?;
        let sql = "INSERT INTO givers (receipt, balloon, given_ms, name, role, contact, said) \
                   VALUES ($1, $2, $3, $4, $5, $6, $7)";
        let row = [
            (&receipt).into(),
            (&id).into(),
            now_ms.into(),
            balloon.name.clone().into(),
            balloon.role.clone().into(),
            balloon.contact.clone().into(),
            balloon.said.trim().into(),
        ];
        tx.run(sql, &row).await?;
        once::finish(&mut tx, once, &format!("{id} {receipt} {joined}")).await?;
        tx.tell(ChangeKind::Balloon, &id);
        tx.commit().await?;
        Ok(Given { id, receipt, joined })
    }

    /// A balloon that rises by itself from what is missing. None where one rose from the same before, whatever
    /// became of it: each comes once.
    /// # Errors
    /// `Refused` for a blank text; and where nothing can be written.
    pub async fn raise_balloon(
        &self,
        rises_from: &str,
        balloon: &NewBalloon,
        now_ms: i64,
    ) -> Result<Option<String>, LedgerError> {
        if balloon.said.trim().is_empty() {
            return Err(LedgerError::Refused("a balloon says something: its text is blank".to_owned()));
        }
        const RISEN: &str = "SELECT id FROM balloons WHERE rises_once = $1";
        // Most have risen before: nobody who writes waits for those.
        if self.db().row(RISEN, &[rises_from.into()]).await?.is_some() {
            return Ok(None);
        }
        let mut tx = self.write().await?;
        if tx.row(RISEN, &[rises_from.into()]).await?.is_some() {
            return Ok(None);
        }
        let (id, joined) = open(&mut tx, balloon, Some(rises_from), now_ms).await?;
        if joined {
            // Someone said so before; from now on this is where it rose to.
            let sql = "UPDATE balloons SET rises_once = $2 WHERE id = $1 AND rises_once IS NULL";
            tx.run(sql, &[(&id).into(), rises_from.into()]).await?;
        }
        tx.tell(ChangeKind::Balloon, &id);
        tx.commit().await?;
        Ok((!joined).then_some(id))
    }
}

/// The open balloon that says this, made where there is none, and whether it was there.
async fn open(
    tx: &mut Tx,
    balloon: &NewBalloon,
    rises_from: Option<&str>,
    now_ms: i64,
) -> Result<(String, bool), LedgerError> {
    let likeness = likeness_about(&balloon.said, balloon.product.as_ref(), balloon.issue.as_ref());
    if balloon.product.is_none() && balloon.issue.is_none() {
        // Who names nothing means whatever somebody named who said the same.
        let begins = format!("{likeness}\n");
        let letters = i64::try_from(begins.chars().count()).unwrap_or(i64::MAX);
        let sql = "SELECT id FROM balloons WHERE state IN ('waiting', 'acknowledged') \
                   AND (likeness = $1 OR SUBSTR(likeness, 1, CAST($2 AS INT)) = $3) ORDER BY given_ms, id LIMIT 1";
        if let Some(row) = tx.row(sql, &[(&likeness).into(), letters.into(), begins.into()]).await? {
            return Ok((row.text(0)?, true));
        }
    }
    let id = new_id();
    let sql = "INSERT INTO balloons (id, given_ms, said, likeness, product, issue, state, rises_once) \
               VALUES ($1, $2, $3, $4, $5, $6, 'waiting', $7) ON CONFLICT DO NOTHING";
    let row = [
        (&id).into(),
        now_ms.into(),
        balloon.said.trim().into(),
        (&likeness).into(),
        balloon.product.as_ref().map(SectionId::as_str).into(),
        balloon.issue.as_ref().map(IssueId::as_str).into(),
        rises_from.into(),
    ];
    if tx.run(sql, &row).await? == 1 {
        return Ok((id, false));
    }
    let sql = "SELECT id FROM balloons WHERE likeness = $1 AND state IN ('waiting', 'acknowledged')";
    // It was decided in this moment: the next try makes a new one.
    let row = tx.row(sql, &[likeness.into()]).await?.ok_or(LedgerError::Busy)?;
    Ok((row.text(0)?, true))
}

fn receipt() -> Result<String, LedgerError> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|error| LedgerError::Broken(format!("no randomness: {error}")))?;
    Ok(hex(&bytes))
}

fn given(answer: &str) -> Result<Given, LedgerError> {
    let mut words = answer.split(' ');
    match (words.next(), words.next(), words.next()) {
        (Some(id), Some(receipt), Some(joined)) => {
            Ok(Given { id: id.to_owned(), receipt: receipt.to_owned(), joined: joined == "true" })
        }
        _ => Err(LedgerError::Broken("the answer that was kept cannot be read".to_owned())),
    }
}
