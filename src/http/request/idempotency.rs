//! `Idempotency-Key`: a repeated write is answered with its first answer and not done again.
//!
//! Kept in memory alone, bounded in number and age: a restart forgets, and the preconditions of a write then still
//! keep it from being done twice.

use crate::http::answer::Answer;
use crate::http::limits::Limits;
use crate::http::problem::{Kind, Problem};
use axum::http::HeaderMap;
use std::collections::{HashMap, VecDeque};
use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

const HEADER: &str = "idempotency-key";

/// Keys with the request they belong to and its answer; none while it is under way.
pub(in crate::http) struct Idempotency {
    most: usize,
    lifetime: Duration,
    kept: Mutex<Kept>,
}

/// A key as it was sent, with what is done to what: as in the ledger, another address is another request.
type Key = (String, blake3::Hash);

#[derive(Default)]
struct Kept {
    by_key: HashMap<Key, (blake3::Hash, Option<Answer>)>,
    oldest_first: VecDeque<(Instant, Key)>,
}

impl Idempotency {
    pub fn new(limits: &Limits) -> Self {
        Self {
            most: usize::try_from(limits.idempotency_keys).unwrap_or(usize::MAX),
            lifetime: Duration::from_secs(limits.idempotency_seconds),
            kept: Mutex::default(),
        }
    }

    /// Takes the key for a request, or gives the answer that the request had before.
    fn take(&self, key: &Key, request: blake3::Hash) -> Result<Option<Answer>, Problem> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        while let Some((at, oldest)) = kept.oldest_first.front() {
            if kept.oldest_first.len() < self.most && now.duration_since(*at) < self.lifetime {
                break;
            }
            let oldest = oldest.clone();
            kept.oldest_first.pop_front();
            kept.by_key.remove(&oldest);
        }
        match kept.by_key.get(key) {
            Some((first, _)) if *first != request => Err(Problem::new(
                Kind::IdempotencyKeyReused,
                "The key was sent before with another body. Take a new key for a new request.",
            )),
            Some((_, Some(answer))) => Ok(Some(answer.clone())),
            Some((_, None)) => {
                Err(Problem::new(Kind::IdempotencyKeyBusy, "Wait for the first answer, then send it again."))
            }
            None => {
                kept.oldest_first.push_back((now, key.clone()));
                kept.by_key.insert(key.clone(), (request, None));
                Ok(None)
            }
        }
    }

    fn keep(&self, key: &Key, answer: Option<Answer>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match answer {
            Some(answer) => {
                if let Some((_, place)) = kept.by_key.get_mut(key) {
                    *place = Some(answer);
                }
            }
            None => {
                kept.by_key.remove(key);
                kept.oldest_first.retain(|(_, other)| other != key);
            }
        }
    }
}

/// Gives the key back where the work did not come to an answer that is worth keeping.
struct Held<'k> {
    keys: &'k Idempotency,
    key: &'k Key,
    answer: Option<Answer>,
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.keys.keep(self.key, self.answer.take());
    }
}

/// The key that a request carries, if any.
pub(super) fn idempotency_key(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(given) = headers.get(HEADER) else { return Ok(None) };
    // 255 characters are room for any UUID or hash; the draft standard names no bound.
    let key = given.to_str().map(|key| key.trim().trim_matches('"')).unwrap_or_default();
    if key.is_empty() || key.len() > 255 {
        return Err(Problem::new(Kind::InvalidHeader, "Idempotency-Key must have 1 to 255 printable characters."));
    }
    Ok(Some(key))
}

/// Does `work` once for each key and `place`: what is done, and to what. Without a key it is simply done. A problem is not
/// kept: mend it and send it again with the same key.
pub(in crate::http) async fn once(
    keys: &Idempotency,
    headers: &HeaderMap,
    place: [&str; 2],
    body: &str,
    work: impl Future<Output = Result<Answer, Problem>>,
) -> Result<Answer, Problem> {
    let Some(key) = idempotency_key(headers)? else { return work.await };
    let mut hasher = blake3::Hasher::new();
    for part in place {
        hasher.update(&(part.len() as u64).to_le_bytes()).update(part.as_bytes());
    }
    let key = (key.to_owned(), hasher.finalize());
    if let Some(answer) = keys.take(&key, blake3::hash(body.as_bytes()))? {
        return Ok(answer);
    }
    let mut held = Held { keys, key: &key, answer: None };
    let answer = work.await?;
    held.answer = Some(answer.clone());
    Ok(answer)
}
