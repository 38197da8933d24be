//! Right first time: after how many contacts the customer did not have to come back.

use crate::engine::experiment::Share;
use crate::ledger::RightFirstTime;
use crate::tip::{IssueId, SectionId};
use std::collections::BTreeMap;

/// Contacts from which on a share is known to ten points either way at worst (a 95 % interval, 1.96² · ¼ / 0.1²); below
/// it is said how many are missing.
pub const ENOUGH: u64 = 97;

/// Over all, and in its parts.
#[derive(Clone, Debug, Default)]
pub struct Right {
    /// None where no contact's horizon is over.
    pub overall: Option<Share>,
    /// Contacts too young to be counted.
    pub open: u64,
    /// Most contacts first.
    pub by: Vec<RightOf>,
    /// By week, oldest first: when it began, in milliseconds UTC.
    pub weeks: Vec<(i64, Share)>,
}

/// What contacts were about.
type About<'a> = (&'a Option<SectionId>, &'a Option<IssueId>);

/// Of one product and issue.
#[derive(Clone, Debug)]
pub struct RightOf {
    pub product: Option<SectionId>,
    pub issue: Option<IssueId>,
    pub share: Share,
}

impl Right {
    pub(super) fn of(counts: &[RightFirstTime]) -> Self {
        let mut all = (0, 0, 0);
        let mut by: BTreeMap<About<'_>, (u64, u64)> = BTreeMap::new();
        let mut weeks: BTreeMap<i64, (u64, u64)> = BTreeMap::new();
        for count in counts {
            // Who gets in touch about two things at once got in touch once.
            let moments = count.moments;
            all = (all.0 + moments.right, all.1 + moments.contacts, all.2 + moments.open);
            let about = by.entry((&count.product, &count.issue)).or_default();
            *about = (about.0 + count.right, about.1 + count.contacts);
            let week = weeks.entry(count.week_ms).or_default();
            *week = (week.0 + moments.right, week.1 + moments.contacts);
        }
        let mut by: Vec<RightOf> = by
            .into_iter()
            .filter_map(|((product, issue), (right, of))| {
                Some(RightOf { product: product.clone(), issue: issue.clone(), share: Share::of(right, of)? })
            })
            .collect();
        by.sort_by_key(|part| std::cmp::Reverse(part.share.of));
        let weeks = weeks.into_iter().filter_map(|(week, (right, of))| Some((week, Share::of(right, of)?))).collect();
        Self { overall: Share::of(all.0, all.1), open: all.2, by, weeks }
    }
}
