//! Customers who came back about something else, each with all that stemwire had said to them in between: what the
//! causes are told apart by. It counts; which cause a count belongs to is decided where the library is known.

use super::error::LedgerError;
use super::handle::Ledger;
use super::value::Row;
use crate::engine::SilenceCode;
use crate::tip::{IssueId, SectionId, TipId};

/// Contacts that followed others of the same customer within the horizon, about an issue that those were not about. The
/// same issue of another product is another one, as in foresight; where one of the two contacts names no product, it is
/// taken for the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repeats {
    /// What they came back about.
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    /// True where stemwire was asked in between.
    pub asked: bool,
    /// Tips that were told to that customer within the horizon, as far as anyone reported.
    pub told: Vec<TipId>,
    /// Tips that stood in an answer in between: volunteered, among the others, or as an answer to what was asked.
    pub shown: Vec<TipId>,
    /// Tips that the lot kept back in between.
    pub held_out: Vec<TipId>,
    /// Tips that a gate kept back in between.
    pub gated: Vec<TipId>,
    pub times: u64,
}

/// An answer given so long before a contact's time still belongs to that contact: many systems stamp a contact when
/// it ends, and few contacts take longer.
const STAMP_MS: i64 = 3_600_000;

/// `$1` from, `$2` until, `$3` horizon, `$4` the time a contact may take. What a customer got in touch about at the same
/// instant is one contact: all of it follows the instant before, and each thing once. What was said up to a contact's time
/// is part of that contact, however soon the next one came. The differences of times keep PostgreSQL from going through all
/// outcomes of that week for each customer, instead of through the customer's few.
const REPEATS: &str = "WITH moments AS (SELECT customer, product, issue, at_ms, MAX(at_ms) OVER (PARTITION BY customer \
     ORDER BY at_ms RANGE BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before_ms \
     FROM (SELECT DISTINCT customer, product, issue, at_ms FROM contacts \
     WHERE at_ms >= $1 - $3 AND at_ms < $2) AS c), \
     back AS (SELECT customer, product, issue, at_ms, before_ms, \
     CASE WHEN at_ms - $4 > before_ms THEN at_ms - $4 ELSE before_ms + 1 END AS until_ms FROM moments m \
     WHERE at_ms >= $1 AND at_ms <= before_ms + $3 AND issue IS NOT NULL AND NOT EXISTS (SELECT 1 FROM contacts c \
     WHERE c.customer = m.customer AND c.at_ms = m.before_ms AND c.issue = m.issue \
     AND COALESCE(c.product, m.product, '') = COALESCE(m.product, c.product, ''))), \
     known AS (SELECT product, issue, \
     (SELECT string_agg(tip, ' ' ORDER BY tip) FROM (SELECT DISTINCT o.tip FROM outcomes o \
     WHERE o.customer = b.customer AND b.at_ms - o.at_ms <= $3 + $4 AND b.until_ms - o.at_ms > 0 \
     AND o.outcome IN ('told', 'given', 'sent', 'helped')) AS t) AS told, \
     (SELECT string_agg(said, ',' ORDER BY said) FROM (SELECT DISTINCT \
     COALESCE(s.silence, '') || ':' || COALESCE(s.tip, '') || ' ' || COALESCE(s.beside, '') AS said FROM suggestions s \
     WHERE s.customer = b.customer AND s.at_ms >= b.before_ms - $4 AND s.at_ms < b.until_ms) AS t) AS answers \
     FROM back b) \
     SELECT product, issue, told, answers, COUNT(*) FROM known GROUP BY 1, 2, 3, 4 \
     ORDER BY 1 NULLS FIRST, 2, 3 NULLS FIRST, 4 NULLS FIRST";

impl Ledger {
    /// Counts the repeats from `from_ms` (included) to `until_ms` (not included), by when the customer came back.
    /// Each is counted once, after the contact that came last before it.
    pub async fn repeats(&self, from_ms: i64, until_ms: i64, horizon_ms: i64) -> Result<Vec<Repeats>, LedgerError> {
        let values = [from_ms.into(), until_ms.into(), horizon_ms.into(), STAMP_MS.into()];
        self.db().rows(REPEATS, &values).await?.iter().map(repeats).collect()
    }
}

fn repeats(row: &Row) -> Result<Repeats, LedgerError> {
    let answers = row.maybe_text(3)?;
    let mut repeats = Repeats {
        product: row.maybe_text(0)?.map(SectionId::new),
        issue: row.maybe_text(1)?.map(IssueId::new),
        asked: answers.is_some(),
        told: ids(row.maybe_text(2)?.as_deref().unwrap_or_default()).collect(),
        times: row.count(4)?,
        ..Repeats::default()
    };
    for answer in answers.iter().flat_map(|all| all.split(',')) {
        let (silence, rest) = answer.split_once(':').unwrap_or_default();
        let (tip, beside) = rest.split_once(' ').unwrap_or_default();
        let list = match silence {
            "" => &mut repeats.shown,
            code if code == SilenceCode::HeldOut.as_str() => &mut repeats.held_out,
            _ => &mut repeats.gated,
        };
        list.extend(ids(tip));
        repeats.shown.extend(ids(beside));
    }
    Ok(repeats)
}

/// Tips' ids hold no spaces.
fn ids(text: &str) -> impl Iterator<Item = TipId> {
    text.split(' ').filter(|id| !id.is_empty()).map(TipId::new)
}
