//! `GET /v1/foresight`: the issues likely to come next.

use super::shapes::NextWire;
use crate::app::Outlooked;
use crate::http::answer::Answer;
use crate::http::problem::Problem;
use crate::http::request::Query;
use crate::http::shapes::UnknownWire;
use crate::http::shapes::words::BasisWord;
use crate::http::shared::Shared;
use axum::extract::State;
use axum::http::HeaderMap;
use serde::Serialize;
use std::sync::Arc;
use utoipa::{IntoParams, ToSchema};

/// A situation.
#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
#[expect(dead_code, reason = "it only describes the parameters")]
pub(in crate::http) struct ForesightQuery {
    /// The product at hand: id, title or alias.
    #[param(max_length = 512, example = "gerbera")]
    product: Option<String>,
    /// What this customer's contacts were about so far, oldest first. May be given up to 20 times.
    #[param(value_type = Vec<String>, required = false, max_items = 20)]
    issue: Vec<String>,
    /// Days since this customer's last contact about the last of these issues (or, without one, about the product), in
    /// which they did not come back. Whole days count, up to 28; on the day itself it is 0.
    #[param(value_type = Option<f64>, minimum = 0, default = 0, required = false)]
    since_days: f64,
    /// How many at most.
    #[param(minimum = 1, maximum = 50, default = 5, required = false)]
    limit: usize,
}

/// Issues likely to come next, best first.
#[derive(Serialize, ToSchema)]
struct ForesightAnswer<'a> {
    /// The issues that were named, as they are counted.
    had: Vec<HadWire<'a>>,
    next: Vec<NextWire>,
    /// Customers counted in this situation, however long ago it began.
    of: u64,
    /// What the numbers rest on: all customers, those with the product, the issue, or just this history.
    #[schema(value_type = BasisWord)]
    basis: &'static str,
    /// How often the last issue itself comes again: what was not solved. Null where no issue is known.
    #[schema(required)]
    again: Option<NextWire>,
    /// Days within which a customer has to come back to be counted.
    horizon_days: u32,
    /// Whole days since the customer's contact that the numbers are for: n and of of each issue leave out who had come
    /// back about it by then.
    since_days: u32,
    /// Contacts that all of it was learned from. 0 where there are none, and in the seconds after a start in which they
    /// are counted again.
    contacts: u64,
    /// What was given and neither the library nor any contact knows.
    unknown: Vec<UnknownWire<'a>>,
}

/// An issue that the customer had.
#[derive(Serialize, ToSchema)]
#[schema(as = Had)]
struct HadWire<'a> {
    #[schema(example = "flowers/gerbera:buying")]
    issue: &'a str,
    /// The product with which it is counted: the one that was named, or else the one with which most customers had it. Null
    /// where those named none, and where nobody had the issue.
    #[schema(required, example = "flowers/gerbera")]
    product: Option<&'a str>,
}

/// What they come back with
///
/// Learned from contacts: how often customers in this situation came back with another issue within the horizon, each
/// with its 95 % interval and the tip that would prevent it. docs/foresight.md says how each number is counted.
#[utoipa::path(get, path = "/v1/foresight", tag = "ledger", operation_id = "get_foresight", params(ForesightQuery),
    responses((status = 200, description = "What may come next", body = ForesightAnswer<'static>)))]
pub async fn get_foresight(
    State(shared): State<Arc<Shared>>,
    Query(mut fields): Query,
    headers: HeaderMap,
) -> Result<Answer, Problem> {
    let limits = &shared.limits;
    let asked = Outlooked {
        product: fields.text("product", limits.value_chars),
        issues: fields.list("issue", limits.list_items, limits.value_chars),
        since_days: fields.days("since_days"),
        limit: fields.number("limit", limits.foresight_default, 1..=limits.foresight_most),
    };
    fields.finish()?;
    let outlook = shared.app.foresee(&asked)?;
    let next = outlook.next.iter().map(|(next, tip)| NextWire::new(next, tip.as_ref().map(ToString::to_string)));
    let had = outlook.had.iter().map(|had| HadWire {
        issue: had.issue.as_str(),
        product: had.product.as_ref().map(|product| product.as_str()),
    });
    let answer = ForesightAnswer {
        had: had.collect(),
        next: next.collect(),
        of: outlook.of,
        basis: outlook.basis.as_str(),
        again: outlook.again.as_ref().map(|again| NextWire::new(again, None)),
        horizon_days: outlook.horizon_days,
        since_days: outlook.since_days,
        contacts: outlook.contacts,
        unknown: outlook.unknown.iter().map(UnknownWire::new).collect(),
    };
    Ok(Answer::json(&answer).tagged_by_content(&headers))
}
