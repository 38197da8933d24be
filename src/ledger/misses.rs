//! Words that found nothing, grouped, so that what is missing can rise by itself.
//! No single search is kept, only how often, first and last; and what customers said and did not say again and again,
//! which may tell of one person, as a keyed hash alone.

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

/// What a customer said is kept as words from this many times on, spread over at least so long: a name, or what somebody
/// told of themselves, does not come again by chance. Until then only its keyed hash is kept. Three is the least that is no
/// coincidence of two; an hour is longer than a contact, in which the same words may be asked several times.
const SPOKEN_TIMES: i64 = 3;
const SPOKEN_MS: i64 = 3_600_000;
/// Or from this many times on, however soon: as many as let a gap rise by itself.
const OFTEN: i64 = 5;

/// Words that nothing was found for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missed {
    pub words: String,
    pub at_ms: i64,
    /// True where a customer said them, and not somebody who searched the tips.
    pub said: bool,
}

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
        self.times >= OFTEN || (self.times >= SPOKEN_TIMES && self.last_ms - self.first_ms >= SPOKEN_MS)
    }
}

impl Ledger {
    /// Counts a batch of words that nothing was found for.
    pub async fn record_misses(&self, batch: &[Missed]) -> Result<(), LedgerError> {
        let mut grouped: BTreeMap<String, (Count, bool)> = BTreeMap::new();
        for Missed { words, at_ms, said } in batch {
            if let Some(words) = group(words) {
                let one = Count { times: 1, first_ms: *at_ms, last_ms: *at_ms };
                let all = |(count, only_said): &mut (Count, bool)| {
                    (*count, *only_said) = (count.add(one), *only_said && *said)
                };
                grouped.entry(words).and_modify(all).or_insert((one, *said));
            }
        }
        let key = self.seed("misses");
        let mut tx = self.write().await?;
        // In the order of words: two servers that count the same words never wait for each other in a circle.
        for (words, (count, only_said)) in grouped {
            let hash = format!("{HASHED}{}", blake3::keyed_hash(&key, words.as_bytes()).to_hex());
            let (hidden, shown) = (taken(&mut tx, &hash).await?, taken(&mut tx, &words).await?);
            let known = hidden.into_iter().chain(shown).fold(count, Count::add);
            let kept = if shown.is_some() || !only_said || known.is_common() { words } else { hash };
            let sql = "INSERT INTO misses (words, times, first_ms, last_ms) VALUES ($1, $2, $3, $4) \
                       ON CONFLICT (words) DO UPDATE SET times = misses.times + excluded.times, \
                       first_ms = CASE WHEN excluded.first_ms < misses.first_ms THEN excluded.first_ms \
                       ELSE misses.first_ms END, last_ms = CASE WHEN excluded.last_ms > misses.last_ms \
                       THEN excluded.last_ms ELSE misses.last_ms END";
            tx.run(sql, &[kept.into(), known.times.into(), known.first_ms.into(), known.last_ms.into()]).await?;
        }
        tx.commit().await
    }

    /// Groups that are kept as words, most often first.
    pub async fn misses(&self, limit: u32) -> Result<Vec<Miss>, LedgerError> {
        let sql = "SELECT words, times, first_ms, last_ms FROM misses WHERE words NOT LIKE '#%' \
                   ORDER BY times DESC, words LIMIT $1";
        let rows = self.db().rows(sql, &[i64::from(limit).into()]).await?;
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
