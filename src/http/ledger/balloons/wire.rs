//! A balloon as it is sent.

use super::super::shapes::time;
use crate::http::shapes::words::BalloonWord;
use crate::http::shared::Shared;
use crate::ledger::{Balloon, Giver};
use serde::Serialize;
use utoipa::ToSchema;

/// An idea, wish or note from anyone.
#[derive(Serialize, ToSchema)]
#[schema(as = Balloon)]
pub(in crate::http) struct BalloonWire {
    id: String,
    text: String,
    #[schema(required)]
    product: Option<String>,
    #[schema(required)]
    issue: Option<String>,
    #[schema(value_type = BalloonWord)]
    state: &'static str,
    /// When the first of its givers let it go.
    #[schema(format = DateTime)]
    given_at: String,
    #[schema(required, format = DateTime)]
    acknowledged_at: Option<String>,
    #[schema(required, format = DateTime)]
    decided_at: Option<String>,
    /// When it floats away unless somebody decides; null where somebody has.
    #[schema(required, format = DateTime)]
    floats_away_at: Option<String>,
    /// Why it was declined.
    #[schema(required)]
    reason: Option<String>,
    /// The tip that it became.
    #[schema(required)]
    tip: Option<String>,
    /// True where it rose by itself, from what is missing.
    rose_by_itself: bool,
    /// By a receipt: true where what was given then was merged into another balloon, and this is what becomes of that one.
    merged: bool,
    /// Everyone who gave it, oldest first. Empty for those who only have a receipt.
    givers: Vec<GiverWire>,
}

/// Somebody who gave a balloon.
#[derive(Serialize, ToSchema)]
#[schema(as = Giver)]
struct GiverWire {
    #[schema(format = DateTime)]
    given_at: String,
    #[schema(required)]
    from: Option<String>,
    #[schema(required)]
    role: Option<String>,
    #[schema(required)]
    contact: Option<String>,
    /// In their own words.
    text: String,
}

impl BalloonWire {
    pub fn new(shared: &Shared, balloon: &Balloon) -> Self {
        Self { givers: balloon.givers.iter().map(GiverWire::new).collect(), ..Self::for_giver(shared, balloon) }
    }

    /// What a giver sees of it: the others are none of theirs.
    pub fn for_giver(shared: &Shared, balloon: &Balloon) -> Self {
        Self {
            id: balloon.id.clone(),
            text: balloon.said.clone(),
            product: balloon.product.as_ref().map(ToString::to_string),
            issue: balloon.issue.as_ref().map(ToString::to_string),
            state: balloon.state.as_str(),
            given_at: time(balloon.given_ms),
            acknowledged_at: balloon.acknowledged_ms.map(time),
            decided_at: balloon.decided_ms.map(time),
            floats_away_at: shared.app.floats_away(balloon).map(|at| time(at.timestamp_millis())),
            reason: balloon.reason.clone(),
            tip: balloon.tip.as_ref().map(ToString::to_string),
            rose_by_itself: balloon.rose_from.is_some(),
            merged: balloon.merged,
            givers: Vec::new(),
        }
    }
}

impl GiverWire {
    fn new(giver: &Giver) -> Self {
        Self {
            given_at: time(giver.given_ms),
            from: giver.name.clone(),
            role: giver.role.clone(),
            contact: giver.contact.clone(),
            text: giver.said.clone(),
        }
    }
}
