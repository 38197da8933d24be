//! What was learned, as bytes that servers share: one version of each name, the newest.

use super::changes::ChangeKind;
use super::error::LedgerError;
use super::handle::Ledger;
use super::value::Value;

/// Something learned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Model {
    pub version: i64,
    pub at_ms: i64,
    pub bytes: Vec<u8>,
}

impl Ledger {
    /// Puts a version in place of an older one. False where a version as new or newer is there already.
    pub async fn put_model(&self, name: &str, version: i64, bytes: Vec<u8>, now_ms: i64) -> Result<bool, LedgerError> {
        let mut tx = self.write().await?;
        let sql = "INSERT INTO models (name, version, at_ms, bytes) VALUES ($1, $2, $3, $4) \
                   ON CONFLICT (name) DO UPDATE SET version = excluded.version, at_ms = excluded.at_ms, \
                   bytes = excluded.bytes WHERE excluded.version > models.version";
        let taken = tx.run(sql, &[name.into(), version.into(), now_ms.into(), Value::Bytes(bytes)]).await? == 1;
        if taken {
            tx.tell(ChangeKind::Model, name);
        }
        tx.commit().await?;
        Ok(taken)
    }

    pub async fn model(&self, name: &str) -> Result<Option<Model>, LedgerError> {
        let sql = "SELECT version, at_ms, bytes FROM models WHERE name = $1";
        let Some(row) = self.db().row(sql, &[name.into()]).await? else { return Ok(None) };
        Ok(Some(Model { version: row.int(0)?, at_ms: row.int(1)?, bytes: row.bytes(2)? }))
    }
}
