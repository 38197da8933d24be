//! How often the issue that a tip prevents follows in its situation, and who says so.
//!
//! Counts speak as soon as there are any: what the editor expects is where they start from, and weighs as much as a
//! few customers. The formula stands in `docs/foresight.md`.

use super::fit::{certainty, chance};
use super::foresight::{Asked, Basis, CameBack, Foresight, Had, weighed};
use super::{Earlier, Known, Situation};
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
    /// Customers who are not among them, because they were told before they came back.
    pub told: u64,
    /// The 95 % interval of the chance.
    pub low: f32,
    pub high: f32,
    /// Half of those who came back had done so after so many days, where times are known.
    pub days: Option<f64>,
    /// Days within which they had to come back to be counted; none where only the order of contacts is known.
    pub within_days: Option<u32>,
    /// The issue after which they were counted, as its place in the tip's `when`; none for all customers of the product.
    pub after: Option<usize>,
    /// Whole days after which they were counted, if they had not come back by then: as many as have passed since this
    /// customer's contact. 0 on the day itself.
    pub since_days: u32,
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
    let asking = Asking { foresight, product: product(tip, situation), prevented, earlier: known.had };
    let heard = situation.issues.iter().filter(|issue| tip.when.contains(&issue.id));
    let likeliest = heard.max_by(|a, b| certainty(*a).total_cmp(&certainty(*b)).then_with(|| b.id.cmp(&a.id)));
    let most = |running: bool| {
        let all = tip.when.iter().map(|issue| (issue, asking.days(issue)));
        let all = all.filter(|(_, days)| !running || days.is_some());
        all.filter_map(|(issue, days)| asking.ask(Some(issue), days)).max_by_key(|found| found.came.of)
    };
    let Followed { came, after, since_days } = match likeliest {
        // It begins with this contact, whatever came before.
        Some(issue) => asking.ask(Some(&issue.id), None),
        None if tip.when.is_empty() => asking.ask(None, None),
        None => most(true).or_else(|| most(false)),
    }?;
    // What comes later than contacts are followed for cannot have been counted: that nobody came back says nothing.
    let until = f64::from(foresight.horizon_days() + since_days);
    let late = tip.after.as_ref().is_some_and(|after| f64::from(after.min_days) > until);
    if late && foresight.timed() {
        return None;
    }
    let (mean, low, high) = weighed(came.n, came.of, prior, weighs);
    let counted = Counted {
        n: came.n,
        of: came.of,
        told: came.told,
        low: low as f32,
        high: high as f32,
        days: came.median_days,
        within_days: foresight.timed().then(|| foresight.horizon_days()),
        after: after.and_then(|issue| tip.when.iter().position(|when| when == issue)),
        since_days,
        basis: came.basis,
    };
    Some(Expected { chance: mean as f32, origin: Source::Counted(counted) })
}

/// What is asked about one tip for one customer.
struct Asking<'a> {
    foresight: &'a Foresight,
    product: Option<&'a SectionId>,
    prevented: &'a IssueId,
    earlier: &'a [Earlier],
}

/// How often it followed, and after how many days without it.
struct Followed<'a> {
    came: CameBack,
    after: Option<&'a IssueId>,
    since_days: u32,
}

impl Asking<'_> {
    /// How often the prevented issue follows `when`, or follows the product where that is none; with the issues this
    /// customer had before, where customers were counted who had just those. Asked so many whole `days` after their contact
    /// about it; none where it begins now. None where nobody was counted in that.
    fn ask<'b>(&self, when: Option<&'b IssueId>, days: Option<u32>) -> Option<Followed<'b>> {
        let now = when.map(|issue| Had { product: None, issue: issue.clone() });
        // What came after it is not before it: then it counts by itself.
        let latest = self.earlier.last().is_some_and(|last| Some(&last.had.issue) == when);
        let whole = when.is_some() && (days.is_none() || latest);
        let before = || self.earlier.iter().filter(|_| whole).map(|earlier| &earlier.had);
        let mut had: Vec<Had> = before().cloned().collect();
        had.retain(|had| had.issue != *self.prevented && now.as_ref().is_none_or(|now| had.issue != now.issue));
        had.extend(now);
        let wanted = if when.is_some() { Basis::Issue } else { Basis::Product };
        let since_days = days.unwrap_or(0);
        let asked = Asked { product: self.product, had: &had, since_days, ..Asked::default() };
        let came = self.foresight.came_back(&asked, self.prevented)?;
        (came.basis >= wanted && came.of > 0).then_some(Followed { came, after: when, since_days })
    }

    /// Whole days since this customer's last contact about `when`, without the prevented issue since. None where there is
    /// no such contact, or it is the horizon or more ago: what they come with then is a new matter, as it is where right
    /// first time is counted.
    fn days(&self, when: &IssueId) -> Option<u32> {
        let same = |had: &Had| had.issue == *when && (had.product.is_none() || had.product.as_ref() == self.product);
        let at = self.earlier.iter().rposition(|earlier| same(&earlier.had))?;
        let back = self.earlier[at..].iter().any(|earlier| earlier.had.issue == *self.prevented);
        self.earlier[at].days_ago.filter(|days| !back && *days < self.foresight.horizon_days())
    }
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

/// The time in which they came back: " within 7 days", or " within the next 7 days" where they were counted from some
/// days after; nothing where only the order of contacts is known.
pub(super) fn within(counted: &Counted) -> String {
    let next = if counted.since_days > 0 { "the next " } else { "" };
    counted.within_days.map_or_else(String::new, |days| format!(" within {next}{days} days"))
}

/// Said of counted customers: ", after 6 days without it,"; nothing on the day of the contact.
pub(super) fn waited(counted: &Counted) -> String {
    match counted.since_days {
        0 => String::new(),
        since => format!(", after {} without it,", days(since)),
    }
}

/// Said of counted customers, where others were told: ", where nobody had told them".
pub(super) fn untold(counted: &Counted) -> &'static str {
    if counted.told > 0 { ", where nobody had told them" } else { "" }
}

/// "1 day", "6 days".
pub(super) fn days(days: u32) -> String {
    format!("{days} day{}", if days == 1 { "" } else { "s" })
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
