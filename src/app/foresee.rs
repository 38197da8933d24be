//! What is likely to come next: foresight, asked by name, each answer with the tip that would prevent it.

use super::App;
use super::contacts::by_name;
use super::record::RecordError;
use crate::engine::foresight::{Asked, Basis, Had, Next};
use crate::index::Wanted;
use crate::tip::{IssueId, Kind, SectionId, Tip, TipId};
use std::sync::Arc;

/// Tips that prevent one issue of one product, at most.
const MOST: usize = 50;

/// What is asked.
#[derive(Clone, Debug, Default)]
pub struct Outlooked {
    pub product: Option<String>,
    /// What this customer's contacts were about so far, oldest first.
    pub issues: Vec<String>,
    /// Whole days since the last of them, or since the first contact about the product, in which nothing else came.
    pub since_days: u32,
    pub limit: usize,
}

/// What is likely to come next.
#[derive(Clone, Debug)]
pub struct OutlookAnswer {
    /// Best first, each with the tip that would prevent it, where there is one.
    pub next: Vec<(Next, Option<TipId>)>,
    /// Customers counted in this situation, however long ago it began.
    pub of: u64,
    pub basis: Basis,
    /// How often the last issue itself comes again: what was not solved.
    pub again: Option<Next>,
    pub horizon_days: u32,
    /// Whole days since the customer's contact that the numbers are for.
    pub since_days: u32,
    /// Contacts that all of it was learned from.
    pub contacts: u64,
}

impl App {
    /// The issues likely to come next.
    ///
    /// # Errors
    /// `Away` where a ledger was asked for and was never reached: nothing is learned yet.
    pub fn foresee(&self, asked: &Outlooked) -> Result<OutlookAnswer, RecordError> {
        self.ledger()?;
        let snapshot = self.snapshot.load();
        let product = by_name(&snapshot.sections, &(asked.product.clone(), None)).0;
        let had: Vec<Had> = asked
            .issues
            .iter()
            .filter_map(|issue| by_name(&snapshot.sections, &(asked.product.clone(), Some(issue.clone()))).1)
            .map(|issue| Had { product: product.clone(), issue })
            .collect();
        let foresight = self.memory.foresight();
        let asked = Asked { product: product.as_ref(), had: &had, since_days: asked.since_days, limit: asked.limit };
        let outlook = foresight.next(&asked);
        let mut next = Vec::with_capacity(outlook.next.len());
        for one in outlook.next {
            let tips = self.preventing(one.product.as_ref().or(product.as_ref()), &one.issue)?;
            next.push((one, tips.first().map(|tip| tip.id.clone())));
        }
        Ok(OutlookAnswer {
            next,
            of: outlook.of,
            basis: outlook.basis,
            again: outlook.again,
            horizon_days: foresight.horizon_days(),
            since_days: outlook.since_days,
            contacts: foresight.contacts(),
        })
    }

    /// The tips that prevent an issue, for this product or one above it: the nearest first, ties by id.
    pub(super) fn preventing(
        &self,
        product: Option<&SectionId>,
        issue: &IssueId,
    ) -> Result<Vec<Arc<Tip>>, RecordError> {
        let wanted = Wanted {
            text: String::new(),
            products: product.map(|product| (product.clone(), 1.0)).into_iter().collect(),
            issues: vec![(issue.clone(), 1.0)],
            limit: MOST,
            kind: Some(Kind::Tip),
        };
        let found = self.snapshot.load().searcher.candidates(&wanted)?;
        let fits = |tip: &Tip| {
            tip.prevents.as_ref() == Some(issue)
                && product.is_none_or(|product| tip.products.iter().any(|of| of.contains(product)))
        };
        let near = |tip: &Tip| tip.products.iter().map(|of| of.as_str().len()).max().unwrap_or_default();
        let mut tips: Vec<Arc<Tip>> = found.into_iter().map(|c| c.tip).filter(|tip| fits(tip)).collect();
        tips.sort_by(|a, b| near(b).cmp(&near(a)).then_with(|| a.id.cmp(&b.id)));
        Ok(tips)
    }
}
