//! `GET /v1/tips/{id}/evidence`: every number behind a tip.

use super::shapes::{EffectWire, NextWire};
use crate::app::{Evidence, Following, Helps};
use crate::engine::experiment::{Arm, POWER, WORTH_SEEING};
use crate::engine::foresight::Next;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::{Named, Query};
use crate::http::shapes::words::{BasisWord, OutcomeWord};
use crate::http::shared::Shared;
use crate::tip::TipId;
use axum::extract::State;
use axum::http::HeaderMap;
use chrono::Utc;
use serde::Serialize;
use std::sync::Arc;
use utoipa::ToSchema;

/// Every number behind a tip.
#[derive(Serialize, ToSchema)]
#[schema(as = Evidence)]
struct EvidenceWire {
    #[schema(example = "flowers/gerbera/wire")]
    tip: String,
    /// The issue that it prevents.
    #[schema(required)]
    prevents: Option<String>,
    /// The editor's guess at how often that follows, 0 to 1.
    expected: f64,
    /// How often it followed, in each of the tip's situations.
    follows: Vec<FollowsWire>,
    /// Days within which a customer has to come back to be counted.
    horizon_days: u32,
    outcomes: Vec<OutcomeCountWire>,
    /// Answers that volunteered it, and those that kept it back.
    shown: Vec<ShownWire>,
    experiment: HelpsWire,
    /// True while it is not suggested, because somebody dismissed it as wrong or unsafe.
    flagged: bool,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Follows)]
pub(super) struct FollowsWire {
    /// The issue after which it is counted; null for all customers of the product.
    #[schema(required)]
    after: Option<String>,
    #[schema(value_type = BasisWord)]
    basis: &'static str,
    /// Of the product that it is counted for.
    #[serde(flatten)]
    next: NextWire,
}

#[derive(Serialize, ToSchema)]
#[schema(as = OutcomeCount)]
struct OutcomeCountWire {
    #[schema(value_type = OutcomeWord)]
    outcome: &'static str,
    #[schema(required)]
    reason: Option<&'static str>,
    times: u64,
    /// Different customers among them.
    customers: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = ShownCount)]
struct ShownWire {
    /// Null where it was volunteered.
    #[schema(required)]
    silence: Option<String>,
    times: u64,
}

/// Customers who were not told, by lot, against those who may have been.
#[derive(Serialize, ToSchema)]
#[schema(as = Experiment)]
pub(in crate::http) struct HelpsWire {
    told: ArmWire,
    held_out: ArmWire,
    /// Customers whose horizon still runs.
    open: u64,
    /// Null while a group is empty.
    #[schema(required)]
    effect: Option<EffectWire>,
    /// Customers that each group needs to show a quarter fewer who come back in four of five such experiments; null
    /// while it is not known how many come back. Where the lot is off, for the share that it held out before.
    #[schema(required)]
    needed: Option<NeededWire>,
    /// Share of customers that the lot holds out by now; 0 where it is off, and of a tip that takes no part: one that
    /// prevents no issue, or whose file says `lot: false`.
    lot: f64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Arm)]
struct ArmWire {
    customers: u64,
    /// Those who came back about what the tip prevents.
    returned: u64,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Needed)]
struct NeededWire {
    told: u64,
    held_out: u64,
    /// Customers still missing, over both groups.
    missing: u64,
    /// The effect looked for, as a share of those who come back, and how surely it is to be seen.
    effect: f64,
    power: f64,
}

impl HelpsWire {
    pub fn new(helps: &Helps) -> Self {
        let arm = |arm: Arm| ArmWire { customers: arm.customers, returned: arm.returned };
        let (told, held_out) = (helps.arms.told, helps.arms.held_out);
        Self {
            told: arm(told),
            held_out: arm(held_out),
            open: helps.open,
            effect: helps.effect.as_ref().map(EffectWire::new),
            needed: helps.needed.map(|(in_told, in_held_out)| NeededWire {
                told: in_told,
                held_out: in_held_out,
                missing: helps.lacking().map_or(0, |(told, held_out)| told + held_out),
                effect: WORTH_SEEING,
                power: POWER,
            }),
            lot: helps.lot,
        }
    }
}

impl EvidenceWire {
    fn new(evidence: &Evidence) -> Self {
        Self {
            tip: evidence.tip.id.to_string(),
            prevents: evidence.tip.prevents.as_ref().map(ToString::to_string),
            expected: crate::http::shapes::rounded(evidence.tip.expected),
            follows: evidence.following.iter().map(|f| FollowsWire::new(f, Some(&evidence.tip.id))).collect(),
            horizon_days: evidence.horizon_days,
            outcomes: evidence
                .outcomes
                .iter()
                .map(|count| OutcomeCountWire {
                    outcome: count.kind.as_str(),
                    reason: count.reason.map(|reason| reason.as_str()),
                    times: count.times,
                    customers: count.customers,
                })
                .collect(),
            shown: evidence
                .shown
                .iter()
                .map(|count| ShownWire { silence: count.silence.clone(), times: count.times })
                .collect(),
            experiment: HelpsWire::new(&evidence.helps),
            flagged: evidence.flagged,
        }
    }
}

impl FollowsWire {
    /// `tip` prevents what follows; none where none does.
    pub(super) fn new(following: &Following, tip: Option<&TipId>) -> Self {
        let next = Next { product: following.product.clone(), ..following.next.clone() };
        Self {
            after: following.after.as_ref().map(ToString::to_string),
            basis: following.basis.as_str(),
            next: NextWire::new(&next, tip.map(ToString::to_string)),
        }
    }
}

/// Every number behind a tip
///
/// How often what it prevents follows, what became of it, how often it was shown or kept back, and whether it helps.
/// docs/ledger.md has the query for each number.
#[utoipa::path(get, path = "/v1/evidence/{*id}", tag = "ledger", operation_id = "get_evidence",
    params(("id" = String, Path, description = "The tip's id; its slashes may stand as they are", example = "flowers/gerbera/wire")),
    responses((status = 200, description = "The numbers", body = EvidenceWire),
        (status = 404, response = crate::http::problem::ProblemResponse)))]
pub async fn get_evidence(
    State(shared): State<Arc<Shared>>,
    Named(id): Named,
    Query(fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    fields.finish()?;
    evidence(&shared, &id, &headers).await
}

/// The evidence of a tip, also for those who ask below the tip's own address.
pub(in crate::http) async fn evidence(shared: &Shared, id: &str, headers: &HeaderMap) -> Result<Answer, Problem> {
    let id = TipId::new(id);
    if shared.app.tip(&id)?.is_none() {
        return Err(Problem::no_tip(id.as_str()));
    }
    let evidence = shared.app.evidence(&id, Utc::now()).await?;
    Ok(Answer::json(&EvidenceWire::new(&evidence)).tagged_by_content(headers))
}
