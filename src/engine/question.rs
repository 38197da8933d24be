//! What somebody asks the engine: given products and issues, free words, and what is known of the customer.

use super::Remembered;
use crate::tip::{Mood, Stage, TipId};
use std::collections::BTreeMap;

/// A question as meant: limits are applied before it is made, so the engine need not check again.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Question {
    /// The customer's words, call notes or a pasted chat.
    pub text: String,
    /// Ids, names, aliases or misspellings of products.
    pub products: Vec<String>,
    /// Ids, short names, titles or misspellings of issues.
    pub issues: Vec<String>,
    pub stage: Option<Stage>,
    pub mood: Option<Mood>,
    /// Whoever the customer is to the caller.
    pub customer: Option<String>,
    /// Facts about the customer: `anniversary`, `new` …, each with what is known of it.
    pub occasions: BTreeMap<String, String>,
    /// What is remembered of the customer and the tips.
    pub remembered: Remembered,
    /// Tips this customer was already told, as the caller says.
    pub told: Vec<TipId>,
    /// How many `others` at most.
    pub limit: usize,
    /// BCP 47; none means any language.
    pub lang: Option<String>,
}
