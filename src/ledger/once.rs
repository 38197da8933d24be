//! The same request twice is done once: an idempotency key keeps the first answer, in the same transaction as the work.

use super::db::Tx;
use super::error::LedgerError;
use super::handle::Ledger;
use super::value::Value;

/// A request that may come again.
#[derive(Clone, Debug)]
pub struct Once {
    key: String,
    route: String,
    body: blake3::Hash,
}

/// The longest key that is taken: four UUIDs.
const MOST_KEY: usize = 255;

impl Once {
    /// `route` keeps keys of different requests apart: method and path.
    /// # Errors
    /// `Refused` where the key is empty or longer than 255 bytes.
    pub fn new(key: &str, route: &str, body: &[u8]) -> Result<Once, LedgerError> {
        if key.is_empty() || key.len() > MOST_KEY {
            return Err(LedgerError::Refused(format!("an idempotency key has 1 to {MOST_KEY} bytes")));
        }
        Ok(Once { key: key.to_owned(), route: route.to_owned(), body: blake3::hash(body) })
    }

    /// The body as the ledger keeps it: under a key, since a body that names a customer can be guessed.
    fn body(&self, once_key: &[u8; 32]) -> String {
        blake3::keyed_hash(once_key, self.body.as_bytes()).to_hex().to_string()
    }

    /// The first answer, where the kept body is this one's.
    fn same(&self, once_key: &[u8; 32], body: &str, answer: String) -> Result<String, LedgerError> {
        // Former versions kept the hash without a key.
        let known = body == self.body(once_key) || body == self.body.to_hex().as_str();
        if known { Ok(answer) } else { Err(LedgerError::OtherBody) }
    }
}

impl Ledger {
    /// The first answer to this request. None where it is new.
    /// # Errors
    /// `OtherBody` where the key came with another body.
    pub async fn answered(&self, once: &Once) -> Result<Option<String>, LedgerError> {
        let sql = "SELECT body, answer FROM answers_once WHERE key = $1 AND route = $2";
        match self.db().row(sql, &[(&once.key).into(), (&once.route).into()]).await? {
            Some(row) => once.same(&self.once_key(), &row.text(0)?, row.text(1)?).map(Some),
            None => Ok(None),
        }
    }

    /// Keeps the answer to a request whose work is not the ledger's own. Of two at once, the first stays.
    pub async fn keep_answer(&self, once: &Once, answer: &str, now_ms: i64) -> Result<(), LedgerError> {
        let mut tx = self.write().await?;
        if begin(&mut tx, Some(once), now_ms).await?.is_none() {
            finish(&mut tx, Some(once), answer).await?;
        }
        tx.commit().await
    }
}

/// Takes the key for this transaction; gives back the first answer where the request was done before.
/// Another transaction with the same key waits here until this one ends.
pub(super) async fn begin(tx: &mut Tx, once: Option<&Once>, now_ms: i64) -> Result<Option<String>, LedgerError> {
    let Some(once) = once else { return Ok(None) };
    let sql = "INSERT INTO answers_once (key, route, body, answer, at_ms) VALUES ($1, $2, $3, '', $4) \
               ON CONFLICT DO NOTHING";
    let place: [Value; 2] = [(&once.key).into(), (&once.route).into()];
    let row = [place[0].clone(), place[1].clone(), once.body(&tx.once_key).into(), now_ms.into()];
    if tx.run(sql, &row).await? == 1 {
        return Ok(None);
    }
    let sql = "SELECT body, answer FROM answers_once WHERE key = $1 AND route = $2";
    // Gone between the two statements: only retention does that, and then the request is new enough to be refused.
    let row = tx.row(sql, &place).await?.ok_or(LedgerError::Busy)?;
    once.same(&tx.once_key, &row.text(0)?, row.text(1)?).map(Some)
}

/// Keeps the answer with the work; both are committed together.
pub(super) async fn finish(tx: &mut Tx, once: Option<&Once>, answer: &str) -> Result<(), LedgerError> {
    let Some(once) = once else { return Ok(()) };
    let sql = "UPDATE answers_once SET answer = $3 WHERE key = $1 AND route = $2";
    tx.run(sql, &[(&once.key).into(), (&once.route).into(), answer.into()]).await.map(drop)
}
