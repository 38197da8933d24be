//! Which keys the ledger was written with: a file that lacks one of them would make strangers of customers.

use super::db::Tx;
use super::error::LedgerError;
use super::keys::{self, Keys};
use std::path::Path;

/// Notes the newest key where something is written with it for the first time: looking alone changes nothing.
///
/// # Errors
/// `Key` where the ledger was written with a key meanwhile that the file lacks.
pub(super) async fn begin_key(tx: &mut Tx, keys: &Keys, path: &Path) -> Result<(), LedgerError> {
    let (known, written) = (keys.fingerprints(), written_with(tx).await?);
    match written.iter().find(|one| !known.contains(one)) {
        Some(gone) => Err(lacking(path, gone, known.iter().any(|one| written.contains(one)))),
        None => note_key(tx, keys).await,
    }
}

pub(super) async fn note_key(tx: &mut Tx, keys: &Keys) -> Result<(), LedgerError> {
    let newest = keys.fingerprints().swap_remove(0);
    let now_ms = chrono::Utc::now().timestamp_millis();
    let sql = "INSERT INTO customer_keys (fingerprint, first_ms) VALUES ($1, $2) ON CONFLICT DO NOTHING";
    tx.run(sql, &[newest.into(), now_ms.into()]).await.map(drop)
}

/// Fingerprints of the keys that the ledger was written with, oldest first.
pub(super) async fn written_with(tx: &mut Tx) -> Result<Vec<String>, LedgerError> {
    let rows = tx.rows("SELECT fingerprint FROM customer_keys ORDER BY first_ms, fingerprint", &[]).await?;
    rows.iter().map(|row| row.text(0)).collect()
}

pub(super) fn lacking(path: &Path, fingerprint: &str, some: bool) -> LedgerError {
    let text = if some {
        format!(
            "a key that the ledger was written with is not in it, that of fingerprint {fingerprint}: customers who were \
             not met since would be strangers. Put its line back, below the newest; to give them up for good, delete \
             its row from the table customer_keys"
        )
    } else {
        "this is not the key that the ledger was written with: every customer would be a stranger. Put the right file \
         back; a new key goes into the same file, beside the old one"
            .to_owned()
    };
    keys::fault(path, text)
}
