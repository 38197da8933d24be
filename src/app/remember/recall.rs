//! What is remembered of one customer when they get in touch: one look-up, and never a reason to wait for long.

use super::super::App;
use super::super::memory::Note;
use crate::engine::foresight::Had;
use crate::engine::{Draw, Earlier, Heard, Question};
use crate::ledger::{Customer, CustomerFacts, KeptContact, LedgerError, Told};
use crate::tip::Substance;
use chrono::{DateTime, Datelike, NaiveDate, Utc};
use std::time::Duration;

/// An agent's answer waits no longer than this for the ledger; then it goes without. A look-up takes well below a
/// millisecond; a machine that has just started, or is busy with something else, was seen to take a tenth of a second. To
/// tell somebody twice is worse than to wait for the rest of a second.
const PATIENCE: Duration = Duration::from_secs(1);

/// The same while the ledger was away the last time anybody looked: an answer within 0.1 s feels instant.
const PATIENCE_AWAY: Duration = Duration::from_millis(100);

/// Contacts of a customer that are looked at, the latest: what came before says little about what comes next.
const LATEST: u32 = 20;

/// A day in milliseconds.
const DAY_MS: i64 = 86_400_000;

/// A customer is returning from the day after their first contact: a second call on the same day belongs to the first.
const RETURNING_MS: i64 = DAY_MS;

/// Days around the day a customer came first, years ago, that count as their anniversary.
const ANNIVERSARY_DAYS: i64 = 3;

/// What was found.
#[derive(Default)]
pub(in crate::app) struct Recalled {
    pub customer: Option<Customer>,
    /// True where the ledger should have been asked and could not be.
    pub away: bool,
}

impl App {
    /// Adds to `question` what is remembered of its customer and of the tips.
    pub(in crate::app) async fn recall(&self, question: &mut Question, now: DateTime<Utc>) -> Recalled {
        question.remembered.flagged = self.memory.flagged.load_full();
        let away = Recalled { customer: None, away: self.memory.is_away() };
        let (Some(text), Ok(ledger)) = (&question.customer, self.memory.ledger()) else { return away };
        let Some(customer) = ledger.customer(text) else { return away };
        let look = async {
            let told = ledger.told(&customer).await?;
            let history = ledger.history(&customer, LATEST).await?;
            let facts = ledger.customer_facts(&customer).await?;
            let met = if self.memory.lot().is_some() { ledger.met(&customer).await? } else { Vec::new() };
            Ok((told, history, facts, met))
        };
        let late = |_| LedgerError::Away("it did not answer in time".to_owned());
        // The lot needs no ledger, but for the names by which somebody met tips that were renamed since.
        let lot = self.memory.lot();
        let customer_in_lot = customer.oldest().bytes().to_vec();
        question.remembered.draw = lot.map(|lot| Draw { lot, customer: customer_in_lot, met: Vec::new() });
        let patience = if away.away { PATIENCE_AWAY } else { PATIENCE };
        match self.memory.seen(tokio::time::timeout(patience, look).await.unwrap_or_else(|e| Err(late(e)))) {
            Ok((told, history, facts, met)) => {
                question.remembered.heard = told.into_iter().map(heard).collect();
                question.remembered.had = issues(&history, now);
                remember_occasions(question, facts, now);
                if let Some(draw) = &mut question.remembered.draw {
                    draw.met = met;
                }
                Recalled { customer: Some(customer), away: false }
            }
            Err(error) => {
                tracing::warn!(%error, "this customer could not be looked up");
                // What is known without it: tips that were told over this server.
                question.remembered.heard = self.memory.lately.of(&customer);
                Recalled { customer: Some(customer), away: true }
            }
        }
    }

    pub(in crate::app) fn leave_note(&self, note: Note) {
        self.memory.notes.leave(note);
    }

    /// Notes that were lost because the ledger was away or too slow.
    pub fn notes_lost(&self) -> u64 {
        self.memory.notes.lost()
    }
}

fn heard(told: Told) -> Heard {
    Heard { tip: told.tip, substance: told.substance.map(Substance::from_text) }
}

/// The issues this customer has had, oldest first, each with the days since.
fn issues(history: &[KeptContact], now: DateTime<Utc>) -> Vec<Earlier> {
    let had = |contact: &KeptContact| {
        let passed = contact.at_ms.map(|at_ms| now.timestamp_millis().saturating_sub(at_ms).max(0) / DAY_MS);
        Some(Earlier {
            had: Had { product: contact.product.clone(), issue: contact.issue.clone()? },
            days_ago: passed.and_then(|days| u32::try_from(days).ok()),
        })
    };
    history.iter().filter_map(had).collect()
}

/// Facts that contacts tell, where the caller did not tell them better.
fn remember_occasions(question: &mut Question, facts: CustomerFacts, now: DateTime<Utc>) {
    let Some(first) = facts.first_ms.and_then(DateTime::from_timestamp_millis) else { return };
    let age = now - first;
    if age.num_milliseconds() < RETURNING_MS {
        return;
    }
    let occasions = &mut question.occasions;
    occasions.entry("returning".to_owned()).or_insert_with(|| format!("in touch since {}", first.format("%-d %b %Y")));
    if let Some(years) = anniversary(first.date_naive(), now.date_naive()) {
        let since = if years == 1 { "a year".to_owned() } else { format!("{years} years") };
        occasions.entry("anniversary".to_owned()).or_insert_with(|| format!("a customer for {since}"));
    }
}

/// How many years it is since a customer came first, where that is so these days: around New Year, the day lies in the
/// year before or after.
fn anniversary(first: NaiveDate, today: NaiveDate) -> Option<i32> {
    (today.year() - 1..=today.year() + 1).filter(|year| *year > first.year()).find_map(|year| {
        // Who came on a 29 February has their day on the 28th where there is none.
        let day = first.with_year(year).or_else(|| NaiveDate::from_ymd_opt(year, 2, 28))?;
        ((today - day).num_days().abs() <= ANNIVERSARY_DAYS).then(|| year - first.year())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anniversary_is_kept_over_new_year_and_in_years_without_the_day() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
        for (first, today, years) in [
            ("2024-05-10", "2026-05-13", Some(2)),
            ("2024-05-10", "2026-05-14", None),
            ("2024-12-31", "2026-01-02", Some(1)),
            ("2025-01-02", "2025-12-31", Some(1)),
            ("2025-12-31", "2026-01-02", None),
            ("2025-01-02", "2025-01-03", None),
            ("2024-02-29", "2026-02-27", Some(2)),
            ("2024-02-29", "2026-03-03", Some(2)),
            ("2024-02-29", "2026-03-04", None),
            ("2024-02-29", "2028-03-03", Some(4)),
            ("2024-02-29", "2028-02-25", None),
        ] {
            assert_eq!(anniversary(day(first), day(today)), years, "first on {first}, today {today}");
        }
    }
}
