//! How often the issue that a tip prevents follows in its situation, and who says so.
//!
//! Counts speak as soon as there are any: what the editor expects is where they start from, and weighs as much as a
//! few customers. The formula stands in `docs/foresight.md`.

use super::fit::{certainty, chance};
use super::foresight::{Basis, Had, weighed};
use super::{Known, Situation};
use crate::tip::{IssueId, SectionId, Tip};

/// The chance that the prevented issue follows, 0 to 1, with its origin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expected {
    pub chance: f32,
    pub origin: Source,
}

/// Who says how often an issue follows.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Source {
    /// Contacts were counted.
    Counted(Counted),
    /// The editor wrote it into the file.
    Editor,
    /// Nobody did: the format's default stands.
    Assumed,
}

/// Customers counted in the tip's situation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counted {
    /// Who came back about what the tip prevents, of so many.
    pub n: u64,
    pub of: u64,
    /// The 95 % interval of the chance.
    pub low: f32,
    pub high: f32,
    /// Half of those who came back had done so after so many days, where times are known.
    pub days: Option<f64>,
    /// Days within which they had to come back to be counted; none where only the order of contacts is known.
    pub within_days: Option<u32>,
    /// What was counted: customers with this issue, this product, or just these issues.
    pub basis: Basis,
}

/// An editor's `expected` weighs as much as ten counted customers: somebody who knows the trade wrote it, and forty
/// customers should outvote them. A judgement, held by the cases.
pub const EDITOR_WEIGHS: f64 = 10.0;

/// The format's default, which nobody wrote, weighs as much as two.
pub const ASSUMED_WEIGHS: f64 = 2.0;

/// What is known for `tip`; none where it prevents nothing and is shown on its situation alone.
pub fn expected(tip: &Tip, situation: &Situation, known: &Known<'_>) -> Option<Expected> {
    let prevented = tip.prevents.as_ref()?;
    let (origin, weighs) =
        if tip.expected_given { (Source::Editor, EDITOR_WEIGHS) } else { (Source::Assumed, ASSUMED_WEIGHS) };
    let before = Expected { chance: chance(tip.expected), origin };
    Some(counted(tip, prevented, situation, known, f64::from(before.chance), weighs).unwrap_or(before))
}

/// What was counted in the tip's situation: with the issue of its `when` that was heard, or, where none was, the one of
/// which most was counted; with its product where it has no `when`. None where nobody was counted in that.
fn counted(
    tip: &Tip,
    prevented: &IssueId,
    situation: &Situation,
    known: &Known<'_>,
    prior: f64,
    weighs: f64,
) -> Option<Expected> {
    let foresight = known.foresight?;
    // What comes later than contacts are followed for cannot have been counted: that nobody came back says nothing.
    let late = tip.after.as_ref().is_some_and(|after| f64::from(after.min_days) > f64::from(foresight.horizon_days()));
    if late && foresight.timed() {
        return None;
    }
    let product = product(tip, situation);
    let ask = |when: Option<&IssueId>| {
        let now = when.map(|issue| Had { product: None, issue: issue.clone() });
        let mut had: Vec<Had> = if when.is_some() { known.had.to_vec() } else { Vec::new() };
        had.retain(|had| had.issue != *prevented && now.as_ref().is_none_or(|now| had.issue != now.issue));
        had.extend(now);
        let wanted = if when.is_some() { Basis::Issue } else { Basis::Product };
        foresight.chance(product, &had, prevented).filter(|(_, basis)| *basis >= wanted)
    };
    let heard = situation.issues.iter().filter(|issue| tip.when.contains(&issue.id));
    let likeliest = heard.max_by(|a, b| certainty(*a).total_cmp(&certainty(*b)).then_with(|| b.id.cmp(&a.id)));
    let (next, basis) = match likeliest {
        Some(issue) => ask(Some(&issue.id)),
        None if tip.when.is_empty() => ask(None),
        None => tip.when.iter().filter_map(|issue| ask(Some(issue))).max_by_key(|(next, _)| next.of),
    }?;
    let (mean, low, high) = weighed(next.n, next.of, prior, weighs);
    let counted = Counted {
        n: next.n,
        of: next.of,
        low: low as f32,
        high: high as f32,
        days: next.median_days,
        within_days: foresight.timed().then(|| foresight.horizon_days()),
        basis,
    };
    Some(Expected { chance: mean as f32, origin: Source::Counted(counted) })
}

/// The product that the contact is about: the likeliest that is the tip's or lies below it; else the tip's own.
fn product<'a>(tip: &'a Tip, situation: &'a Situation) -> Option<&'a SectionId> {
    let own = |has: &SectionId| tip.products.iter().any(|product| product.contains(has));
    let known = situation.products.iter().map(|known| &known.id).find(|has| own(has));
    known.or(tip.products.first()).filter(|product| !product.as_str().is_empty())
}

impl Source {
    /// What was counted, if anything was.
    pub fn counted(&self) -> Option<&Counted> {
        match self {
            Self::Counted(counted) => Some(counted),
            Self::Editor | Self::Assumed => None,
        }
    }
}

/// The time in which they came back: " within 7 days"; nothing where only the order of contacts is known.
pub(super) fn within(counted: &Counted) -> String {
    counted.within_days.map_or_else(String::new, |days| format!(" within {days} days"))
}

/// A chance as people say it: "4 of 10", "1 of 4", "7 of 20", "fewer than 1 of 20". To be put behind "about".
pub(super) fn in_words(value: f32) -> String {
    match (chance(value) * 20.0).round() as u32 {
        0 => "fewer than 1 of 20".to_owned(),
        5 => "1 of 4".to_owned(),
        15 => "3 of 4".to_owned(),
        even if even % 2 == 0 => format!("{} of 10", even / 2),
        odd => format!("{odd} of 20"),
    }
}
