//! Contacts as other systems report them: rows of a file or a request, understood and recorded batch by batch.
//!
//! The text of a contact is only used to recognise its issue; it never reaches the ledger.

mod array;
mod lines;
mod meaning;
mod reading;
mod record;
mod rows;
mod table;
mod typed;
mod unknown;

pub(super) use meaning::{by_name, own_product};
pub use reading::NAMED;
use rows::Rows;
pub use rows::{Form, Refused};
pub use typed::moment;
pub use unknown::UnknownNames;

use super::App;
use super::elsewhere::elsewhere;
use super::record::RecordError;
use crate::ledger::{LedgerError, Once};
use chrono::{DateTime, Utc};
use meaning::Meaning;
use reading::Reading;
use std::io::BufRead;

/// What became of reported contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub accepted: u64,
    /// Known before: the same id, or without one the same customer, time, product, issue and text, as reported.
    pub repeated: u64,
    /// The first `NAMED` of them.
    pub refused: Vec<Refused>,
    /// All of them.
    pub refused_in_all: u64,
    /// Names of products and of issues that the library does not know; they stand for themselves until it does.
    pub unknown_products: UnknownNames,
    pub unknown_issues: UnknownNames,
}

impl App {
    /// Records all rows of `input`, batch by batch: what is good is kept, whatever else is in there. Doing it again
    /// changes nothing, so that what was interrupted is done again from its beginning. `progress` is told the bytes read.
    ///
    /// # Errors
    /// Where the ledger cannot take them: rows of earlier batches are recorded by then.
    pub async fn take_contacts(
        &self,
        input: impl BufRead + Send + 'static,
        form: Form,
        once: Option<&Once>,
        now: DateTime<Utc>,
        progress: &(dyn Fn(u64) + Sync),
    ) -> Result<Taken, RecordError> {
        let ledger = self.ledger()?;
        if let Some(answer) = match once {
            Some(once) => ledger.answered(once).await?,
            None => None,
        } {
            return taken_of(&answer).map_err(RecordError::from);
        }
        let meaning = Meaning::new(self);
        let mut reading = elsewhere(move || Reading::new(Rows::new(input, form), meaning)).await?;
        let (mut taken, mut changed) = (Taken::default(), false);
        while !reading.ended {
            let of = ledger.clone();
            let (batch, read) = elsewhere(move || (reading.batch(&of, now), reading)).await?;
            reading = read;
            if !batch.is_empty() {
                taken.add(ledger.record_contacts(&batch, None, now.timestamp_millis()).await?);
                changed |= reading.meaning.renew(self);
            }
            progress(reading.bytes);
        }
        (taken.refused, taken.refused_in_all) = (reading.refused, reading.refused_in_all);
        // What was written meanwhile may mean something by now; where this fails, the next who looks at names mends it.
        if changed && let Err(error) = self.understand_names(false).await {
            tracing::warn!(%error, "what the library learned during the import could not be given to its contacts");
        }
        (taken.unknown_products, taken.unknown_issues) = reading.unknown.told();
        if let Some(once) = once {
            ledger.keep_answer(once, &answer_of(&taken), now.timestamp_millis()).await?;
        }
        Ok(taken)
    }
}

impl Taken {
    fn add(&mut self, more: crate::ledger::Accepted) {
        self.accepted += more.accepted;
        self.repeated += more.repeated;
    }
}

/// The answer as it is kept for a request that comes again.
fn answer_of(taken: &Taken) -> String {
    // What stood there instead was typed by somebody, and may name one.
    let said = |detail: &str| detail.split_once(", not \"").map_or(detail, |(said, _)| said).to_owned();
    let refused: Vec<_> = taken.refused.iter().map(|r| serde_json::json!([r.line, said(&r.detail)])).collect();
    let unknown = |names: &UnknownNames| serde_json::json!([names.contacts, names.names, names.first]);
    let (products, issues) = (unknown(&taken.unknown_products), unknown(&taken.unknown_issues));
    serde_json::json!([taken.accepted, taken.repeated, taken.refused_in_all, refused, products, issues]).to_string()
}

fn taken_of(answer: &str) -> Result<Taken, LedgerError> {
    type Names = (u64, u64, Vec<(String, u64)>);
    type Before = (u64, u64, u64, Vec<(u64, String)>);
    type Kept = (u64, u64, u64, Vec<(u64, String)>, Names, Names);
    // An older version kept no names.
    let before =
        serde_json::from_str::<Before>(answer).map(|(a, b, c, d)| (a, b, c, d, Names::default(), Names::default()));
    let kept: Kept = before
        .or_else(|_| serde_json::from_str(answer))
        .map_err(|error| LedgerError::Broken(format!("a kept answer: {error}")))?;
    let (accepted, repeated, refused_in_all, refused, products, issues) = kept;
    let refused = refused.into_iter().map(|(line, detail)| Refused { line, detail }).collect();
    let unknown = |(contacts, names, first): Names| UnknownNames { contacts, names, first };
    let (unknown_products, unknown_issues) = (unknown(products), unknown(issues));
    Ok(Taken { accepted, repeated, refused, refused_in_all, unknown_products, unknown_issues })
}
