//! Measures that take long to count are counted once for all who look at the same time, and kept for a while: a page that
//! ten people have open must not keep the ledger from the one who is on the phone.

use chrono::{DateTime, TimeDelta, Utc};
use std::sync::Arc;
use std::time::{Duration, Instant};
use tokio::sync::Mutex;

/// What is counted sooner is counted anew each time: nobody waits for it, and it shows what was reported a moment ago.
const WORTH_KEEPING: Duration = Duration::from_millis(300);
/// It is kept so many times as long as it took to count: counting takes a twentieth of one core at most.
const TIMES: u32 = 20;

/// The last value, where it is worth keeping.
pub(super) struct Kept<T> {
    last: Mutex<Option<Counted<T>>>,
    worth_keeping: Duration,
}

struct Counted<T> {
    value: Arc<T>,
    at: DateTime<Utc>,
    until: DateTime<Utc>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Kept { last: Mutex::new(None), worth_keeping: WORTH_KEEPING }
    }
}

impl<T> Kept<T> {
    /// What is kept is out of date: the next one counts anew.
    pub async fn forget(&self) {
        *self.last.lock().await = None;
    }

    /// What is kept, or what `count` comes to; whoever asks while it is counted gets the same.
    pub async fn get<E>(&self, now: DateTime<Utc>, count: impl Future<Output = Result<T, E>>) -> Result<Arc<T>, E> {
        let mut kept = self.last.lock().await;
        if let Some(last) = kept.as_ref().filter(|last| last.at <= now && now < last.until) {
            return Ok(Arc::clone(&last.value));
        }
        let begun = Instant::now();
        let value = Arc::new(count.await?);
        let took = begun.elapsed();
        *kept = None;
        if took >= self.worth_keeping
            && let Ok(long) = TimeDelta::from_std(took * TIMES)
        {
            // Who asked while it was counted has asked before it was done: the time begins with the question.
            *kept = Some(Counted { value: Arc::clone(&value), at: now, until: now + long });
        }
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::Kept;
    use chrono::{DateTime, TimeDelta};
    use std::time::Duration;

    async fn ask(kept: &Kept<u32>, day: i64, counted: Result<u32, &'static str>) -> Result<u32, &'static str> {
        kept.get(DateTime::UNIX_EPOCH + TimeDelta::days(day), async { counted }).await.map(|value| *value)
    }

    #[tokio::test]
    async fn what_takes_long_is_counted_once_and_later_anew() {
        let slow = Kept { worth_keeping: Duration::ZERO, ..Kept::default() };
        assert_eq!(ask(&slow, 1, Err("away")).await, Err("away"));
        assert_eq!(ask(&slow, 1, Ok(1)).await, Ok(1), "a failure is not kept");
        assert_eq!(ask(&slow, 1, Ok(2)).await, Ok(1));
        assert_eq!(ask(&slow, 2, Ok(3)).await, Ok(3), "a day later it is out of date");
        assert_eq!(ask(&slow, 1, Ok(4)).await, Ok(4), "what comes later says nothing about what was");
    }

    #[tokio::test]
    async fn what_is_quick_is_always_as_of_now() {
        let quick = Kept::default();
        assert_eq!(ask(&quick, 1, Ok(1)).await, Ok(1));
        assert_eq!(ask(&quick, 1, Ok(2)).await, Ok(2));
    }
}
