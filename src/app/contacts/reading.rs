//! Reading reported contacts, a batch at a time: rows as they are typed, understood, and those that cannot be used.
//!
//! Work for a thread of its own: the words of a row are recognised here, which takes a millisecond or more for each.

use super::meaning::Meaning;
use super::rows::{Refused, Rows};
use super::unknown::Tallies;
use crate::ledger::{Ledger, NewContact};
use chrono::{DateTime, Utc};
use std::io::BufRead;

/// Rows that are recorded in one transaction: large enough that its end costs nothing, small enough that others get
/// their turn within a moment.
const BATCH: usize = 2_000;

/// Refused rows that are named; of more, only the number is told.
pub const NAMED: usize = 100;

/// A file or a request that is being read.
pub(super) struct Reading<R: BufRead> {
    rows: Rows<R>,
    pub meaning: Meaning,
    pub unknown: Tallies,
    /// The first `NAMED` of those refused, and how many there are in all.
    pub refused: Vec<Refused>,
    pub refused_in_all: u64,
    /// Bytes read so far.
    pub bytes: u64,
    pub ended: bool,
}

impl<R: BufRead> Reading<R> {
    pub fn new(rows: Rows<R>, meaning: Meaning) -> Self {
        let (unknown, refused, refused_in_all, bytes, ended) = Default::default();
        Self { rows, meaning, unknown, refused, refused_in_all, bytes, ended }
    }

    /// The next contacts that can be used; fewer than a batch at the end.
    pub fn batch(&mut self, ledger: &Ledger, now: DateTime<Utc>) -> Vec<NewContact> {
        let mut batch = Vec::with_capacity(BATCH);
        while batch.len() < BATCH {
            let Some((line, row)) = self.rows.next() else {
                self.ended = true;
                break;
            };
            match row.and_then(|row| self.meaning.of(row, ledger, now)) {
                Ok(contact) => {
                    self.unknown.note(&self.meaning.sections, contact.product.as_ref(), contact.issue.as_ref());
                    batch.push(contact);
                }
                Err(detail) => self.refuse(line, detail),
            }
        }
        self.bytes = self.rows.bytes();
        batch
    }

    fn refuse(&mut self, line: u64, detail: String) {
        self.refused_in_all += 1;
        if self.refused.len() < NAMED {
            self.refused.push(Refused { line, detail });
        }
    }
}
