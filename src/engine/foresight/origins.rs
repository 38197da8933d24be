//! The question turned round: after which issues customers come back with one.

use super::contact::Had;
use super::keys::Row;
use super::labels::Label;
use super::outlook::{Foresight, in_days};
use super::rates::between;
use crate::tip::{IssueId, SectionId};

impl Foresight {
    /// The issues of `product` (of none: those that came without a product) after which most customers came back with
    /// `issue` within the horizon, of whatever product: those with most of them first, at most `most`, and none after
    /// which nobody did. How often that was is `chance`.
    pub fn before(&self, product: Option<&SectionId>, issue: &IssueId, most: usize) -> Vec<Had> {
        let labels = self.labels.of_issue(issue);
        let mut found: Vec<(u64, Had)> = Vec::new();
        for (_, known) in self.labels.all().filter(|(_, known)| known.about.product.as_ref() == product) {
            let Some(earlier) = known.about.issue.as_ref().filter(|earlier| *earlier != issue) else { continue };
            let key = Row::Issue.key(known.mark);
            let Some(row) = self.tables.row(key) else { continue };
            let twice = |label: Label| between(self.tables.twice(key), label, 0, in_days(self.horizon_days));
            let came: u64 =
                labels.iter().map(|label| u64::from(row.of_label(*label)).saturating_sub(twice(*label))).sum();
            if came > 0 {
                found.push((came, Had { product: product.cloned(), issue: earlier.clone() }));
            }
        }
        found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.issue.cmp(&b.1.issue)));
        found.into_iter().take(most).map(|(_, had)| had).collect()
    }
}
