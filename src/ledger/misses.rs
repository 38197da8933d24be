//! Words that found nothing, grouped, so that what is missing can rise by itself.
//! Nothing that could name a person is kept, and no single search: only how often, first and last.

use super::error::LedgerError;
use super::handle::Ledger;
use super::wording::group;
use std::collections::BTreeMap;

/// A group of searches that found nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// Lower case, without signs.
    pub words: String,
    pub times: u64,
    pub first_ms: i64,
    pub last_ms: i64,
}

impl Ledger {
    /// Counts a batch of searches, as they were typed, each with its time.
    pub async fn record_misses(&self, batch: &[(String, i64)]) -> Result<(), LedgerError> {
        let mut grouped: BTreeMap<String, (i64, i64, i64)> = BTreeMap::new();
        for (searched, at_ms) in batch {
            if let Some(words) = group(searched) {
                let (times, first, last) = grouped.entry(words).or_insert((0, *at_ms, *at_ms));
                (*times, *first, *last) = (*times + 1, *at_ms.min(first), *at_ms.max(last));
            }
        }
        let mut tx = self.write().await?;
        // In the order of words: two servers that count the same words never wait for each other in a circle.
        for (words, (times, first_ms, last_ms)) in grouped {
            let sql = "INSERT INTO misses (words, times, first_ms, last_ms) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (words) DO UPDATE SET times = misses.times + excluded.times, \
                       first_ms = CASE WHEN excluded.first_ms < misses.first_ms THEN excluded.first_ms \
                       ELSE misses.first_ms END, last_ms = CASE WHEN excluded.last_ms > misses.last_ms \
                       THEN excluded.last_ms ELSE misses.last_ms END";
            tx.run(sql, &[words.into(), times.into(), first_ms.into(), last_ms.into()]).await?;
        }
        tx.commit().await
    }

    /// Groups that came at least so often, most often first.
    pub async fn misses(&self, at_least: u64, limit: u32) -> Result<Vec<Miss>, LedgerError> {
        let sql = "SELECT words, times, first_ms, last_ms FROM misses WHERE times >= $1 \
                   ORDER BY times DESC, words LIMIT $2";
        let at_least = i64::try_from(at_least).unwrap_or(i64::MAX);
        let rows = self.db().rows(sql, &[at_least.into(), i64::from(limit).into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Miss { words: row.text(0)?, times: row.count(1)?, first_ms: row.int(2)?, last_ms: row.int(3)? })
            })
            .collect()
    }
}
