//! What is remembered when a question is asked: of its customer, and of the tips themselves.

use super::Earlier;
use super::experiment::Lot;
use crate::tip::{Substance, Tip, TipId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Empty where nothing is remembered.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Remembered {
    /// What this customer has heard, from whomever and wherever.
    pub heard: Vec<Heard>,
    /// The issues this customer got in touch about before, oldest first.
    pub had: Vec<Earlier>,
    /// Tips that were dismissed as wrong or unsafe and that no editor has looked at since.
    pub flagged: Arc<Flagged>,
    /// Whether, and as whom, this customer is drawn into the experiment.
    pub draw: Option<Draw>,
}

/// A tip somebody has heard.
#[derive(Clone, Debug, PartialEq)]
pub struct Heard {
    pub tip: TipId,
    /// What was said; none where nobody noted it.
    pub substance: Option<Substance>,
}

/// Dismissed tips, each with what it said when it was; none where nobody noted it.
pub type Flagged = BTreeMap<TipId, Vec<Option<Substance>>>;

/// A customer's place in the experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Draw {
    pub lot: Arc<Lot>,
    /// What the customer is known by.
    pub customer: Vec<u8>,
    /// The tips that this customer was drawn for, by the ids they had then, in the order of the draws.
    pub met: Vec<TipId>,
}

impl Draw {
    /// The id under which this customer is drawn for the tip: the one it had when they were drawn first, so that a
    /// renamed tip leaves everybody on their side of the lot.
    pub fn name_of<'a>(&'a self, tip: &'a Tip) -> &'a TipId {
        self.met.iter().find(|id| tip.goes_by(id)).unwrap_or(&tip.id)
    }
}

/// True where the tip, as it is now and under any id it ever had, is waiting for an editor.
pub fn waits_for_editor(flagged: &Flagged, tip: &Tip) -> bool {
    let mut flags = tip.ids().filter_map(|id| flagged.get(id)).flatten();
    flags.any(|flag| says(flag.as_ref(), &Substance::of(tip)))
}

impl Remembered {
    /// True where this customer has heard what the tip says now, under any id it ever had, and the file does not allow
    /// to tell it again.
    pub(super) fn has_heard(&self, tip: &Tip) -> bool {
        if tip.again || self.heard.is_empty() {
            return false;
        }
        let now = Substance::of(tip);
        self.heard.iter().any(|heard| tip.goes_by(&heard.tip) && says(heard.substance.as_ref(), &now))
    }

    /// True where the tip, as it is now, is waiting for an editor.
    pub(super) fn is_flagged(&self, tip: &Tip) -> bool {
        waits_for_editor(&self.flagged, tip)
    }

    /// True where the lot keeps the tip from this customer.
    pub(super) fn is_held_out(&self, tip: &Tip) -> bool {
        let drawn = self.draw.as_ref().filter(|_| tip.takes_part());
        drawn.is_some_and(|draw| draw.lot.holds_out(&draw.customer, draw.name_of(tip)))
    }
}

/// True where what was said then is what is said now; also where nobody noted it: to be on the safe side.
fn says(then: Option<&Substance>, now: &Substance) -> bool {
    then.is_none_or(|then| then.is_same(now))
}
