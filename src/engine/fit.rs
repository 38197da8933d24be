//! How well a tip's product and `when` fit the situation: the chance that this contact is one the tip is for.
//!
//! It multiplies and adds the situation's calibrated confidences and knows no other evidence.

use super::{Origin, Recognised, Situation};
use crate::tip::{IssueId, SectionId, Tip};

/// Chance that a customer with a section has the one thing below it that a tip is for (internet: this router).
/// Nobody has counted it; at 0.3 a tip for a part is volunteered only where its issue is all but certain, and else
/// waits among the others.
pub const PART_OF: f32 = 0.3;

/// Share of the contacts with a product, and nothing else said, that a tip's `when` is taken to cover. Chosen so
/// that a tip with the default chance of 0.3 just passes the gate of 0.2 where a product is all that is known, read
/// from words: the lens is 0.95 sure of one that is named plainly and alone, so 0.2 / 0.3 / 0.95 = 0.702, rounded up.
pub const UNSAID_BARE: f32 = 0.71;

/// The same share where something was said and no issue understood from it: more likely than not it is none that
/// the library knows, so a tip with a `when` stays below the gate unless its issue is nearly certain to come.
pub const UNSAID_SPOKEN: f32 = 0.25;

/// How a tip and a situation go together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// Chance that the customer has the tip's product, 0 to 1.
    pub product: f32,
    /// Chance that it is such a contact: the product and one of the issues in `when`. 0 to 1.
    pub joint: f32,
    /// True where the tip is for a part of what the customer is known to have.
    pub part: bool,
    /// True where the tip names neither product nor issue, so that only the words tie it to a contact.
    pub by_words: bool,
}

/// Fits `tip` to `situation`. `words` is how well the question's words match the tip's text; `bare` says that
/// nothing was said beyond the product.
pub fn fit(tip: &Tip, situation: &Situation, words: f32, bare: bool) -> Fit {
    let root_only = tip.products.iter().any(|p| p.as_str().is_empty());
    if root_only && tip.when.is_empty() {
        return Fit { product: 1.0, joint: words, part: false, by_words: true };
    }
    let mut best = Related::default();
    for product in &situation.products {
        best.add(related(tip, &product.id), certainty(product));
    }
    let named = situation.products.iter().map(certainty).fold(0.0, f32::max);
    let mut of_issues: f32 = 0.0;
    for issue in &situation.issues {
        let section = issue.id.section();
        if !section.as_str().is_empty() {
            of_issues = of_issues.max(certainty(issue));
            // A product that was named speaks louder than the one an issue's section stands for.
            let relation = related(tip, &section);
            let room = if relation == Relation::Part { 1.0 - named } else { 1.0 };
            best = best.or(Related::of(relation, certainty(issue) * room));
        }
    }
    let everywhere = root_only || tip.products.is_empty();
    if everywhere {
        best = Related { same: 1.0, part: 0.0 };
    } else if best.value() == 0.0 {
        // No product is known: the customer has something of the library, unless an issue more likely than not tells what.
        if situation.products.is_empty() && of_issues < 0.5 {
            best = Related { same: 0.0, part: PART_OF * (1.0 - of_issues) };
        }
    }
    let product = best.value();
    let joint = if tip.when.is_empty() { product } else { joint(tip, situation, product, named, bare) };
    Fit { product, joint, part: best.part > best.same, by_words: false }
}

/// Chance that the contact is about one of the tip's issues and its product. A contact can be about several ("a
/// bouquet for our anniversary" is buying and a gift), so the chances are joined as of independent events, 1 - Π(1 - p);
/// what no issue explains is shared out by how much was said.
fn joint(tip: &Tip, situation: &Situation, product: f32, named: f32, bare: bool) -> f32 {
    let mut none_of_its = 1.0;
    let mut none_brought = 1.0;
    let mut none_at_all = 1.0;
    for issue in &situation.issues {
        let confidence = certainty(issue);
        none_at_all *= 1.0 - confidence;
        if tip.when.contains(&issue.id) {
            none_of_its *= 1.0 - confidence;
            none_brought *= 1.0 - confidence * product_given(tip, &issue.id, named);
        }
    }
    let heard = (product * (1.0 - none_of_its)).max(1.0 - none_brought);
    let unsaid = if bare { UNSAID_BARE } else { UNSAID_SPOKEN };
    (heard + none_at_all * product * unsaid).min(1.0)
}

/// Chance of the tip's product given that the contact is about `issue`: certain where the issue's own section lies
/// within it.
fn product_given(tip: &Tip, issue: &IssueId, named: f32) -> f32 {
    let section = issue.section();
    if section.as_str().is_empty() {
        return 0.0;
    }
    match related(tip, &section) {
        Relation::Same => 1.0,
        Relation::Part => PART_OF * (1.0 - named),
        Relation::Other => 0.0,
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Relation {
    /// What the customer has is the tip's product or lies below it.
    Same,
    /// The tip's product is a part of what the customer has.
    Part,
    Other,
}

fn related(tip: &Tip, has: &SectionId) -> Relation {
    let mut relation = Relation::Other;
    for product in &tip.products {
        if product.contains(has) {
            return Relation::Same;
        }
        if has.contains(product) {
            relation = Relation::Part;
        }
    }
    relation
}

/// How likely it is that the customer has the tip's product: as such, and as a part of what they have.
#[derive(Clone, Copy, Debug, Default)]
struct Related {
    same: f32,
    part: f32,
}

impl Related {
    fn of(relation: Relation, confidence: f32) -> Self {
        let mut related = Self::default();
        related.add(relation, confidence);
        related
    }

    /// Adds a further product. Recognised products share one certainty between them, so theirs add up.
    fn add(&mut self, relation: Relation, confidence: f32) {
        match relation {
            Relation::Same => self.same = (self.same + confidence).min(1.0),
            Relation::Part => self.part = (self.part + confidence * PART_OF).min(PART_OF),
            Relation::Other => {}
        }
    }

    fn or(self, other: Self) -> Self {
        if other.value() > self.value() { other } else { self }
    }

    fn value(&self) -> f32 {
        (self.same + self.part).min(1.0)
    }
}

/// From this confidence on, what a caller gave is taken at its word: it was an id, a name, or a near miss of one.
const AT_ITS_WORD: f32 = 0.9;

/// How sure it is that the contact is about `known`, 0 to 1.
pub(super) fn certainty<Id>(known: &Recognised<Id>) -> f32 {
    match known.from {
        Origin::Given if known.confidence >= AT_ITS_WORD => 1.0,
        _ => chance(known.confidence),
    }
}

/// A number as a chance: 0 to 1, and 0 for what is not a number.
pub fn chance(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) }
}
