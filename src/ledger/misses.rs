//! Words that found nothing, grouped, so that what is missing can rise by itself.
//! No single search is kept, only how often, first and last; and words that did not come on several occasions, which may
//! tell of one person, as a keyed hash alone.

use super::db::Tx;
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

/// Words are kept as words from this many times on, spread over at least so long: a name, or what one customer told of
/// themselves, does not come again by chance. Until then only their keyed hash is kept. Three is the least that is no
/// coincidence of two; an hour is longer than a contact, in which the same words may be asked several times.
const SPOKEN_TIMES: i64 = 3;
const SPOKEN_MS: i64 = 3_600_000;

/// What a hash begins with. No word does: signs are taken out of groups.
const HASHED: char = '#';

/// How often, first and last.
#[derive(Clone, Copy)]
struct Count {
    times: i64,
    first_ms: i64,
    last_ms: i64,
}

impl Count {
    fn add(self, other: Count) -> Count {
        Count {
            times: self.times + other.times,
            first_ms: self.first_ms.min(other.first_ms),
            last_ms: self.last_ms.max(other.last_ms),
        }
    }

    fn is_common(self) -> bool {
        self.times >= SPOKEN_TIMES && self.last_ms - self.first_ms >= SPOKEN_MS
    }
}

impl Ledger {
    /// Counts a batch of searches, as they were typed, each with its time.
    pub async fn record_misses(&self, batch: &[(String, i64)]) -> Result<(), LedgerError> {
        let mut grouped: BTreeMap<String, Count> = BTreeMap::new();
        for (searched, at_ms) in batch {
            if let Some(words) = group(searched) {
                let one = Count { times: 1, first_ms: *at_ms, last_ms: *at_ms };
                grouped.entry(words).and_modify(|count| *count = count.add(one)).or_insert(one);
            }
        }
        let key = self.seed("misses");
        let mut tx = self.write().await?;
        // In the order of words: two servers that count the same words never wait for each other in a circle.
        for (words, count) in grouped {
            let hash = format!("{HASHED}{}", blake3::keyed_hash(&key, words.as_bytes()).to_hex());
            let known =
                taken(&mut tx, &hash).await?.into_iter().chain(taken(&mut tx, &words).await?).fold(count, Count::add);
            let kept = if known.is_common() { words } else { hash };
            let sql = "INSERT INTO misses (words, times, first_ms, last_ms) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (words) DO UPDATE SET times = misses.times + excluded.times, \
                       first_ms = CASE WHEN excluded.first_ms < misses.first_ms THEN excluded.first_ms \
                       ELSE misses.first_ms END, last_ms = CASE WHEN excluded.last_ms > misses.last_ms \
                       THEN excluded.last_ms ELSE misses.last_ms END";
            tx.run(sql, &[kept.into(), known.times.into(), known.first_ms.into(), known.last_ms.into()]).await?;
        }
        tx.commit().await
    }

    /// Removes words that did not come often enough to be kept as words: former versions kept them. Gives back how many.
    pub(super) async fn forget_rare_misses(&self) -> Result<u64, LedgerError> {
        let mut tx = self.write().await?;
        let sql = "DELETE FROM misses WHERE words NOT LIKE '#%' AND (times < $1 OR last_ms - first_ms < $2)";
        let removed = tx.run(sql, &[SPOKEN_TIMES.into(), SPOKEN_MS.into()]).await?;
        tx.commit().await?;
        Ok(removed)
    }

    /// Groups that are kept as words, most often first.
    pub async fn misses(&self, limit: u32) -> Result<Vec<Miss>, LedgerError> {
        let sql = "SELECT words, times, first_ms, last_ms FROM misses WHERE times >= $1 AND last_ms - first_ms >= $2 \
                   AND words NOT LIKE '#%' ORDER BY times DESC, words LIMIT $3";
        let rows = self.db().rows(sql, &[SPOKEN_TIMES.into(), SPOKEN_MS.into(), i64::from(limit).into()]).await?;
        rows.iter()
            .map(|row| {
                Ok(Miss { words: row.text(0)?, times: row.count(1)?, first_ms: row.int(2)?, last_ms: row.int(3)? })
            })
            .collect()
    }
}

/// Takes a group out of the table, to be written anew. SQLite writes one at a time; PostgreSQL locks the row that it
/// deletes, and what another server writes meanwhile is added to.
async fn taken(tx: &mut Tx, words: &str) -> Result<Option<Count>, LedgerError> {
    let sql = "DELETE FROM misses WHERE words = $1 RETURNING times, first_ms, last_ms";
    let Some(row) = tx.row(sql, &[words.into()]).await? else { return Ok(None) };
    Ok(Some(Count { times: row.int(0)?, first_ms: row.int(1)?, last_ms: row.int(2)? }))
}
