//! `GET /v1/pulse`: the directive and its measures.

use super::evidence::HelpsWire;
use super::shapes::{ShareWire, time};
use crate::app::{Causes, ENOUGH, OfTip, Pulse, Right};
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::Query;
use crate::http::shared::Shared;
use crate::ledger::{BalloonStats, PromiseCounts};
use axum::extract::State;
use axum::http::HeaderMap;
use chrono::Utc;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::Arc;
use utoipa::ToSchema;

/// The directive and its measures, each with its interval or with how much is missing for one.
#[derive(Serialize, ToSchema)]
#[schema(as = Pulse)]
struct PulseWire {
    /// The one goal everybody serves, from the library's root.
    #[schema(required)]
    directive: Option<String>,
    #[schema(format = DateTime)]
    from: String,
    #[schema(format = DateTime)]
    until: String,
    /// Days within which a further contact counts.
    horizon_days: i64,
    /// True where a simulated past was put into the ledger: then nothing of this happened.
    simulated: bool,
    right_first_time: RightWire,
    promises: PromisesWire,
    balloons: BalloonsWire,
    tips: TipsWire,
    /// What the experiment says over all tips: each compared with its own held-out customers, then pooled.
    experiment: HelpsWire,
    /// Contacts that came back about something else, each put down to one cause.
    causes: CausesWire,
}

/// Contacts after which the customer did not have to come back.
#[derive(Serialize, ToSchema)]
#[schema(as = RightFirstTime)]
struct RightWire {
    /// Null where no contact's horizon is over.
    #[schema(required)]
    overall: Option<ShareWire>,
    /// Contacts still needed until the share is known to ten points either way; 0 where there are enough.
    needed: u64,
    /// Contacts too young to be counted.
    open: u64,
    /// By product and issue, most contacts first.
    by: Vec<RightOfWire>,
    weeks: Vec<WeekWire>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = RightOf)]
struct RightOfWire {
    #[schema(required)]
    product: Option<String>,
    #[schema(required)]
    issue: Option<String>,
    needed: u64,
    #[serde(flatten)]
    share: ShareWire,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Week)]
struct WeekWire {
    /// Its Monday, 0:00 UTC.
    #[schema(format = DateTime)]
    week: String,
    #[serde(flatten)]
    share: ShareWire,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PromiseCounts)]
struct PromisesWire {
    kept: u64,
    /// Of those that were kept: after the day on which they were due, in UTC.
    late: u64,
    broken: u64,
    /// Open, and past their time, however long ago that was.
    overdue: u64,
    /// Kept, of those that were settled or are overdue; null where there are none.
    #[schema(required)]
    share: Option<ShareWire>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = BalloonStats)]
struct BalloonsWire {
    waiting: u64,
    acknowledged: u64,
    adopted: u64,
    declined: u64,
    #[schema(required, format = DateTime)]
    oldest_waiting_at: Option<String>,
    /// Half of those that were acknowledged were so within this; null where none was.
    #[schema(required)]
    median_hours_to_acknowledgement: Option<f64>,
    /// How many balloons that is said of: those that still wait are not among them.
    median_of_acknowledgement: u64,
    /// Half of those that were adopted or declined were so within this; null where none was.
    #[schema(required)]
    median_hours_to_decision: Option<f64>,
    /// How many balloons that is said of: those that nobody has decided about are not among them.
    median_of_decision: u64,
    givers: Vec<GiversWire>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Givers)]
struct GiversWire {
    /// Null for those who did not say.
    #[schema(required)]
    role: Option<String>,
    givers: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = TipCounts)]
struct TipsWire {
    /// Answers that volunteered a tip, and that stayed silent.
    volunteered: u64,
    silent: u64,
    /// By outcome.
    outcomes: BTreeMap<&'static str, u64>,
    /// The tips that most was reported about, most first.
    by: Vec<OfTipWire>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OutcomesOfTip)]
struct OfTipWire {
    #[schema(example = "flowers/gerbera/wire")]
    tip: String,
    /// Null where the tip is no longer served.
    #[schema(required)]
    question: Option<String>,
    /// By outcome.
    outcomes: BTreeMap<&'static str, u64>,
}

/// They sum to `whole`.
#[derive(Serialize, ToSchema)]
#[schema(as = Causes)]
struct CausesWire {
    whole: u64,
    /// No tip is written that prevents it.
    no_tip: u64,
    /// stemwire was asked, and the tip did not come up.
    not_understood: u64,
    /// A gate kept the tip back.
    gated: u64,
    /// The lot kept it back.
    held_out: u64,
    /// It was shown, and not told.
    not_told: u64,
    /// It was told, and they came back all the same.
    failed: u64,
    /// Nobody asked stemwire.
    not_asked: u64,
}

impl PulseWire {
    fn new(pulse: &Pulse) -> Self {
        Self {
            directive: pulse.directive.clone(),
            from: time(pulse.from.timestamp_millis()),
            until: time(pulse.until.timestamp_millis()),
            horizon_days: pulse.horizon_days,
            simulated: pulse.simulated,
            right_first_time: RightWire::new(&pulse.right),
            promises: PromisesWire::new(pulse.promises),
            balloons: BalloonsWire::new(&pulse.balloons),
            tips: TipsWire::new(pulse),
            experiment: HelpsWire::new(&pulse.helps),
            causes: CausesWire::new(pulse.causes),
        }
    }
}

impl TipsWire {
    fn new(pulse: &Pulse) -> Self {
        let of_tip = |of: &OfTip| OfTipWire {
            tip: of.tip.to_string(),
            question: of.question.clone(),
            outcomes: of.outcomes.clone(),
        };
        Self {
            volunteered: pulse.volunteered,
            silent: pulse.silent,
            outcomes: pulse.outcomes.clone(),
            by: pulse.of_tips.iter().map(of_tip).collect(),
        }
    }
}

fn needed(of: u64) -> u64 {
    ENOUGH.saturating_sub(of)
}

impl RightWire {
    fn new(right: &Right) -> Self {
        let by = right.by.iter().map(|part| RightOfWire {
            product: part.product.as_ref().map(ToString::to_string),
            issue: part.issue.as_ref().map(ToString::to_string),
            needed: needed(part.share.of),
            share: ShareWire::new(&part.share),
        });
        let weeks = right.weeks.iter();
        Self {
            overall: right.overall.as_ref().map(ShareWire::new),
            needed: needed(right.overall.map_or(0, |share| share.of)),
            open: right.open,
            by: by.collect(),
            weeks: weeks.map(|(at, share)| WeekWire { week: time(*at), share: ShareWire::new(share) }).collect(),
        }
    }
}

impl PromisesWire {
    fn new(PromiseCounts { kept, late, broken, overdue }: PromiseCounts) -> Self {
        let share = crate::engine::experiment::Share::of(kept, kept + broken + overdue);
        Self { kept, late, broken, overdue, share: share.as_ref().map(ShareWire::new) }
    }
}

impl BalloonsWire {
    fn new(stats: &BalloonStats) -> Self {
        // To a tenth of an hour.
        let hours = |ms: i64| (ms as f64 / 360_000.0).round() / 10.0;
        Self {
            waiting: stats.waiting,
            acknowledged: stats.acknowledged,
            adopted: stats.adopted,
            declined: stats.declined,
            oldest_waiting_at: stats.oldest_waiting_ms.map(time),
            median_hours_to_acknowledgement: stats.median_to_acknowledgement_ms.map(hours),
            median_of_acknowledgement: stats.median_of_acknowledgement,
            median_hours_to_decision: stats.median_to_decision_ms.map(hours),
            median_of_decision: stats.median_of_decision,
            givers: stats
                .givers_by_role
                .iter()
                .map(|(role, givers)| GiversWire { role: role.clone(), givers: *givers })
                .collect(),
        }
    }
}

impl CausesWire {
    fn new(causes: Causes) -> Self {
        let whole = causes.whole();
        let Causes { no_tip, not_understood, gated, held_out, not_told, failed, not_asked } = causes;
        Self { whole, no_tip, not_understood, gated, held_out, not_told, failed, not_asked }
    }
}

/// The directive and its measures
///
/// Over the last quarter of a year, each number with its 95 % interval, or with how many contacts are still missing for
/// one. docs/ledger.md says how each is counted.
#[utoipa::path(get, path = "/v1/pulse", tag = "ledger", operation_id = "get_pulse",
    responses((status = 200, description = "The pulse", body = PulseWire)))]
pub async fn get_pulse(
    State(shared): State<Arc<Shared>>,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    let pulse = PulseWire::new(&shared.app.pulse(Utc::now()).await?);
    let answer = Answer::json(&pulse);
    // As of when it was counted differs with every millisecond; what was counted does not.
    let (from, until) = Default::default();
    Ok(answer.tagged_by(&headers, &Answer::json(&PulseWire { from, until, ..pulse })))
}
