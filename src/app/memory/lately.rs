//! What this server itself recorded as told of late: for the moments in which the ledger cannot be asked.

use crate::engine::Heard;
use crate::ledger::{Customer, NewOutcome, OutcomeKind, Reason};
use crate::tip::Substance;
use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// How many are kept: some hours of a hundred agents, at well below a kilobyte each.
const KEPT: usize = 10_000;

struct One {
    /// The outcome's id.
    id: String,
    customer: Customer,
    heard: Heard,
}

/// Oldest first.
#[derive(Default)]
pub(in crate::app) struct Lately(Mutex<VecDeque<One>>);

impl Lately {
    /// Notes an outcome that was recorded, where it means that its customer has heard the tip.
    pub fn recorded(&self, id: &str, outcome: &NewOutcome) {
        let (Some(customer), true) = (&outcome.customer, heard_it(outcome)) else { return };
        let heard = Heard { tip: outcome.tip.clone(), substance: outcome.substance.clone().map(Substance::from_text) };
        let mut all = self.all();
        if all.len() >= KEPT {
            all.pop_front();
        }
        all.push_back(One { id: id.to_owned(), customer: customer.clone(), heard });
    }

    pub fn withdrawn(&self, id: &str) {
        self.all().retain(|one| one.id != id);
    }

    /// Forgets a customer, by their hash.
    pub fn erased(&self, customer: &str) {
        self.all().retain(|one| one.customer.id().to_string() != customer);
    }

    /// What a customer heard.
    pub fn of(&self, customer: &Customer) -> Vec<Heard> {
        self.all().iter().filter(|one| one.customer == *customer).map(|one| one.heard.clone()).collect()
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<One>> {
        // Each change is one step; a panic leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As the ledger counts who was told.
fn heard_it(outcome: &NewOutcome) -> bool {
    use OutcomeKind::{Declined, Given, Helped, Sent, Told};
    matches!(outcome.kind, Told | Given | Sent | Helped | Declined)
        || matches!(outcome.reason, Some(Reason::AlreadyKnew | Reason::AlreadyTold))
}
