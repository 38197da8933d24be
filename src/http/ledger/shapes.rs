//! What several addresses of the ledger send: times, shares and intervals.

use crate::app::RecordError;
use crate::engine::experiment::{Effect, Interval, Share};
use crate::engine::foresight::Next;
use crate::http::problem::{Fault, Kind, Problem};
use crate::http::shapes::rounded;
use crate::ledger::LedgerError;
use chrono::{DateTime, SecondsFormat, Utc};
use serde::Serialize;
use utoipa::ToSchema;

/// A time of the ledger as RFC 3339.
pub(super) fn time(ms: i64) -> String {
    let time = DateTime::<Utc>::from_timestamp_millis(ms).unwrap_or_default();
    time.to_rfc3339_opts(SecondsFormat::Millis, true)
}

/// A list that could not be read: a cursor that no answer gave is the query's fault.
pub(super) fn unlisted(error: RecordError) -> Problem {
    match error {
        RecordError::Ledger(LedgerError::Refused(detail)) => {
            Problem::new(Kind::InvalidQuery, format!("The cursor cannot be used: {detail}."))
                .with_errors(vec![Fault::new("query", "#/cursor", detail)])
        }
        other => other.into(),
    }
}

/// An issue that may follow, with how often it did.
#[derive(Serialize, ToSchema)]
#[schema(as = Next)]
pub(in crate::http) struct NextWire {
    #[schema(example = "flowers/gerbera:drooping")]
    issue: String,
    #[schema(required, example = "flowers/gerbera")]
    product: Option<String>,
    /// Chance that the customer comes back with it within the horizon, and its 95 % interval.
    #[schema(minimum = 0, maximum = 1)]
    p: f64,
    #[schema(minimum = 0, maximum = 1)]
    low: f64,
    #[schema(minimum = 0, maximum = 1)]
    high: f64,
    /// How many times likelier than after any first contact.
    lift: f64,
    /// Customers counted coming back with it.
    n: u64,
    /// Of so many in the situation; where days have passed since, of those who had not come back with it by then.
    of: u64,
    /// Customers who are in neither number, because a tip against it was told to them before they came back with it.
    told: u64,
    /// Half of all who came back within the horizon had done so after so many days; null where times are not known.
    #[schema(required)]
    median_days: Option<f64>,
    /// The tip that would prevent it; null where none is written.
    #[schema(required, example = "flowers/gerbera/wire")]
    tip: Option<String>,
}

impl NextWire {
    pub fn new(next: &Next, tip: Option<String>) -> Self {
        Self {
            issue: next.issue.to_string(),
            product: next.product.as_ref().map(ToString::to_string),
            p: exact(next.p),
            low: exact(next.low),
            high: exact(next.high),
            lift: exact(next.lift),
            n: next.n,
            of: next.of,
            told: next.told,
            median_days: next.median_days,
            tip,
        }
    }
}

/// A counted share with its 95 % interval.
#[derive(Serialize, ToSchema)]
#[schema(as = Share)]
pub(in crate::http) struct ShareWire {
    pub n: u64,
    pub of: u64,
    #[schema(minimum = 0, maximum = 1)]
    value: f64,
    #[schema(minimum = 0, maximum = 1)]
    low: f64,
    #[schema(minimum = 0, maximum = 1)]
    high: f64,
}

impl ShareWire {
    pub fn new(share: &Share) -> Self {
        let Share { hits, of, value, low, high } = *share;
        Self { n: hits, of, value: exact(value), low: exact(low), high: exact(high) }
    }
}

/// A number with its 95 % interval; `high` is null where it has no bound.
#[derive(Serialize, ToSchema)]
#[schema(as = Interval)]
pub(in crate::http) struct IntervalWire {
    value: f64,
    low: f64,
    #[schema(required)]
    high: Option<f64>,
}

impl IntervalWire {
    fn new(interval: &Interval) -> Self {
        let high = interval.high.is_finite().then(|| exact(interval.high));
        Self { value: exact(interval.value), low: exact(interval.low), high }
    }
}

/// What telling does to the share that comes back.
#[derive(Serialize, ToSchema)]
#[schema(as = Effect)]
pub(in crate::http) struct EffectWire {
    /// Told minus held out: below 0, telling saves contacts.
    difference: IntervalWire,
    /// Told over held out; null where nobody who was held out came back.
    #[schema(required)]
    ratio: Option<IntervalWire>,
}

impl EffectWire {
    pub fn new(effect: &Effect) -> Self {
        Self { difference: IntervalWire::new(&effect.difference), ratio: effect.ratio.as_ref().map(IntervalWire::new) }
    }
}

/// Four decimals: more says nothing about a few hundred customers.
fn exact(value: f64) -> f64 {
    rounded(value as f32)
}
