//! What this server itself did of late: what it recorded as told, for the moments in which the ledger cannot be asked; and
//! whom its answers were for, for those in which the ledger does not know it yet.

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
pub(in crate::app) struct Lately {
    told: Mutex<VecDeque<One>>,
    /// Answers by their id.
    answered: Mutex<VecDeque<(String, Customer)>>,
}

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

    /// Notes whom an answer was for.
    pub fn answered(&self, id: &str, customer: &Customer) {
        let mut answered = self.answers();
        if answered.len() >= KEPT {
            answered.pop_front();
        }
        answered.push_back((id.to_owned(), customer.clone()));
    }

    /// Whom an answer of late was for.
    pub fn answered_to(&self, id: &str) -> Option<Customer> {
        self.answers().iter().rev().find(|(answer, _)| answer == id).map(|(_, customer)| customer.clone())
    }

    /// Forgets whom answers were for: another process may have erased one of them, and does not say whom.
    pub fn forget_answers(&self) {
        self.answers().clear();
    }

    /// Forgets a customer, by their hash.
    pub fn erased(&self, customer: &str) {
        self.all().retain(|one| one.customer.id().to_string() != customer);
        self.answers().retain(|(_, one)| one.id().to_string() != customer);
    }

    /// What a customer heard.
    pub fn of(&self, customer: &Customer) -> Vec<Heard> {
        self.all().iter().filter(|one| one.customer.is(customer)).map(|one| one.heard.clone()).collect()
    }

    fn all(&self) -> MutexGuard<'_, VecDeque<One>> {
        // Each change is one step; a panic leaves nothing half-done.
        self.told.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answers(&self) -> MutexGuard<'_, VecDeque<(String, Customer)>> {
        self.answered.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// As the ledger counts who was told.
fn heard_it(outcome: &NewOutcome) -> bool {
    use OutcomeKind::{Declined, Given, Helped, Sent, Told};
    matches!(outcome.kind, Told | Given | Sent | Helped | Declined)
        || matches!(outcome.reason, Some(Reason::AlreadyKnew | Reason::AlreadyTold))
}
