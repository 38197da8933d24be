//! What is likely to come next: foresight, asked by name, each answer with the tip that would prevent it.

use super::App;
use super::contacts::by_name;
use super::record::RecordError;
use super::snapshot::Snapshot;
use crate::engine::foresight::{Asked, Basis, Foresight, Had, Next};
use crate::engine::lens::Given;
use crate::engine::{Field, Lens, Unknown};
use crate::tip::{IssueId, SectionId, Tip, TipId};
use std::cmp::Reverse;
use std::sync::Arc;

/// Names offered in place of one that nobody knows; as many as fit into a line.
const MOST_NEAREST: usize = 3;

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
    /// The issues that were named, with the products with which they are counted.
    pub had: Vec<Had>,
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
    /// What was named and neither the library nor any contact knows; it narrows nothing.
    pub unknown: Vec<Unknown>,
}

impl App {
    /// The issues likely to come next.
    ///
    /// # Errors
    /// `Away` where a ledger was asked for and was never reached: nothing is learned yet.
    pub fn foresee(&self, asked: &Outlooked) -> Result<OutlookAnswer, RecordError> {
        self.ledger()?;
        let snapshot = self.snapshot.load();
        let product = by_name(&snapshot.sections, &snapshot.lens, &(asked.product.clone(), None)).0;
        let named = asked.issues.iter().filter_map(|name| {
            let issue = by_name(&snapshot.sections, &snapshot.lens, &(asked.product.clone(), Some(name.clone()))).1?;
            Some((name, Had { product: None, issue }))
        });
        let (names, had): (Vec<&String>, Vec<Had>) = named.unzip();
        let foresight = self.memory.foresight();
        let unknown =
            unknown(&snapshot, &foresight, asked.product.as_ref().zip(product.as_ref()), names.into_iter().zip(&had));
        let (since_days, limit) = (asked.since_days, asked.limit);
        let asked = Asked { product: product.as_ref(), had: &had, since_days, limit, ..Asked::default() };
        let outlook = foresight.next(&asked);
        let mut next = Vec::with_capacity(outlook.next.len());
        for one in outlook.next {
            let tips = self.preventing(one.product.as_ref().or(product.as_ref()), &one.issue)?;
            next.push((one, tips.first().map(|tip| tip.id.clone())));
        }
        Ok(OutlookAnswer {
            had: outlook.had,
            next,
            of: outlook.of,
            basis: outlook.basis,
            again: outlook.again,
            horizon_days: foresight.horizon_days(),
            since_days: outlook.since_days,
            contacts: foresight.contacts(),
            unknown,
        })
    }

    /// The tips that prevent an issue, for this product or one above it: the nearest first, ties by id.
    pub(super) fn preventing(
        &self,
        product: Option<&SectionId>,
        issue: &IssueId,
    ) -> Result<Vec<Arc<Tip>>, RecordError> {
        let mut tips = self.snapshot.load().searcher.preventing(issue, product)?;
        tips.sort_by_cached_key(|tip| (Reverse(depth(tip, product)), tip.id.clone()));
        Ok(tips)
    }
}

/// How far down the section lies by which the tip is for this product: of those that contain it, the nearest.
fn depth(tip: &Tip, product: Option<&SectionId>) -> usize {
    let around = tip.products.iter().filter(|of| product.is_none_or(|product| of.contains(product)));
    around.map(|of| of.as_str().split('/').filter(|part| !part.is_empty()).count()).max().unwrap_or_default()
}

/// The names, each with what it stands for, that nobody knows: neither the library nor those who reported contacts.
fn unknown<'a>(
    snapshot: &Snapshot,
    foresight: &Foresight,
    product: Option<(&String, &SectionId)>,
    issues: impl Iterator<Item = (&'a String, &'a Had)>,
) -> Vec<Unknown> {
    let sections = &snapshot.sections;
    let mut all = Vec::new();
    if let Some((name, id)) = product
        && sections.get(id).is_none()
        && !foresight.knows_product(id)
    {
        all.push(nearest(&snapshot.lens, Field::Product, name));
    }
    let strange = |had: &Had| sections.issue_title(&had.issue).is_none() && !foresight.knows_issue(&had.issue);
    all.extend(issues.filter(|(_, had)| strange(had)).map(|(name, _)| nearest(&snapshot.lens, Field::Issue, name)));
    all
}

/// What the library has that is spelt most alike.
fn nearest(lens: &Lens, field: Field, name: &str) -> Unknown {
    let given = [name.to_owned()];
    let (products, issues): (&[String], &[String]) = match field {
        Field::Product => (&given, &[]),
        Field::Issue => (&[], &given),
    };
    let situation = lens.recognise(Given { text: "", products, issues });
    let alike: Vec<String> = match field {
        Field::Product => situation.products.iter().map(|product| product.id.to_string()).collect(),
        Field::Issue => situation.issues.iter().map(|issue| issue.id.to_string()).collect(),
    };
    let named = situation.unknown.into_iter().find(|unknown| unknown.field == field);
    let nearest = named.map_or(alike, |unknown| unknown.nearest);
    Unknown { given: name.to_owned(), field, nearest: nearest.into_iter().take(MOST_NEAREST).collect() }
}
