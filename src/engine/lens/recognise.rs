//! From what was given and said to the situation: products and issues, ranked, each with its chance.
//!
//! Shares and confidences here are set by judgement and held by the tests: no data set at hand tells them.

use super::Given;
use super::beside::Beside;
use super::build::{KnownIssue, Lens};
use super::calibration::{Evidence, best_of, chance_behind};
use super::clauses::{self, Piece};
use super::contrast;
use super::given;
use super::heard::Heard;
use super::matters::{self, Whole};
use super::mention::{self, Mentioned};
use super::reading::Reading;
use super::stems;
use crate::engine::{Origin, Recognised, Situation};
use crate::tip::{IssueId, SectionId};
use std::collections::BTreeMap;

/// Products and issues that are shown.
pub(in crate::engine) const MOST_SHOWN: usize = 5;
/// What an issue that does not apply to a product keeps of its score when that product is certain.
const OTHER_PRODUCT_SHARE: f32 = 0.3;
/// What the chance of an issue keeps that does not apply to what was given by id or name: below what it takes to speak of it,
/// since whoever gave that has heard the words, too.
const BESIDE_GIVEN: f32 = 0.25;
/// Confidence in a product that only its issue names, against the confidence in the issue.
pub(in crate::engine) const BY_ISSUE_SHARE: f32 = 0.9;

/// A product named in the text where another was given in a field of its own.
const BESIDE_GIVEN_SHARE: f32 = 0.5;
/// Least score of an issue that others' scores bring to the first place: its chance is small, and not none.
const LEAST_BEST: f32 = 0.01;
/// An issue names its product where its chance is at least this share of the best one's.
pub(in crate::engine) const NAMES_PRODUCT_FROM: f32 = 0.5;

impl Lens {
    pub fn recognise(&self, given: Given<'_>) -> Situation {
        let (given_products, mut unknown) = given::products(self, given.products);
        let text = given.text;
        let heard = self.hear(text);
        let mentioned = mention::find(self, &heard);
        let products = self.products(&given_products, &mentioned);
        let at: Vec<SectionId> = ordered(&products).into_iter().map(|(id, _)| id).collect();
        let (given_issues, unknown_issues) = given::issues(self, given.issues, &at, &given_products);
        unknown.extend(unknown_issues);
        // An issue that was given stands for its product, too.
        let mut about = products.clone();
        let of_issues = given_issues.iter().map(|(issue, sure)| (issue.section(), *sure));
        for (section, sure) in of_issues.filter(|(section, _)| !section.as_str().is_empty()) {
            let entry = about.entry(section).or_insert(0.0);
            *entry = entry.max(sure);
        }
        let of_section = given_issues.keys().any(|issue| !issue.section().as_str().is_empty());
        let given = !given_products.is_empty() || of_section;
        let read = self.issues(&heard, &about, given);
        let products = self.with_issues(products, &given_products, &read);
        let issue_title = |id: &IssueId| self.sections.issue_title(id).unwrap_or(id.name()).to_string();
        let product_title = |id: &SectionId| self.sections.get(id).map_or_else(String::new, |s| s.title.clone());
        Situation {
            products: shown(&given_products, &products, product_title),
            issues: shown(&given_issues, &read, issue_title),
            unknown,
            // Where a part only denies something, more was said than is heard.
            bare: contrast::matter(self, text).len() == text.len() && !heard.iter().any(Heard::says_more),
        }
    }

    /// What the best issue's chance is made of, for fitting the calibration and for those who want to know.
    pub fn evidence(&self, text: &str) -> Evidence {
        let heard = self.hear(text);
        self.weigh(&heard, &BTreeMap::new()).map_or_else(Evidence::default, |(_, evidence)| evidence)
    }

    /// True where a product or an issue is called just that.
    fn is_name(&self, label: &str) -> bool {
        let reading = Reading::of(label, &self.table, None);
        let found = self.names.find(&reading, &self.speller, &self.table);
        let stems = stems::stems(&reading.words).join(" ");
        found.iter().any(|f| f.from == 0 && f.to == reading.words.len())
            || self.issues.iter().any(|issue| issue.names.contains(&stems))
    }

    fn hear<'a>(&self, text: &'a str) -> Vec<Heard<'a>> {
        let pieces = clauses::pieces(contrast::matter(self, text), |label| self.is_name(label));
        pieces.into_iter().map(|piece| self.hear_piece(piece)).collect()
    }

    pub(super) fn hear_piece<'a>(&self, piece: Piece<'a>) -> Heard<'a> {
        let reading = Reading::of(&piece.text, &self.table, Some(&self.speller));
        let mut scores = self.trained.scores(&reading);
        let found = self.names.find(&reading, &self.speller, &self.table);
        let beside = Beside::of(self, &reading, &found);
        if let Some(beside) = &beside {
            beside.weigh(self, &mut scores);
        }
        Heard { piece, reading, found, scores, beside }
    }

    fn products(
        &self,
        given: &BTreeMap<SectionId, f32>,
        mentioned: &BTreeMap<usize, Mentioned>,
    ) -> BTreeMap<SectionId, f32> {
        let mut products = given.clone();
        for (product, mention) in mentioned {
            let share = if given.is_empty() { 1.0 } else { BESIDE_GIVEN_SHARE };
            let entry = products.entry(self.names.products[*product].id.clone()).or_insert(0.0);
            *entry = entry.max(mention.confidence * share);
        }
        products
    }

    /// Issues with their chance.
    fn issues(&self, heard: &[Heard<'_>], products: &BTreeMap<SectionId, f32>, given: bool) -> BTreeMap<IssueId, f32> {
        let Some((scores, evidence)) = self.weigh(heard, products) else {
            return BTreeMap::new();
        };
        let Some((best, first)) = scores.first().copied() else {
            return BTreeMap::new();
        };
        let chance = best_of(evidence.chance(), heard.iter().filter(|heard| !heard.piece.by_agent).count());
        let behind = scores.iter().skip(1).map(|(score, issue)| (*issue, chance_behind(chance, best - score)));
        let whole = Whole { issue: first, chance, kept: share(&self.issues[first], products) };
        let told = matters::told(self, heard, products, whole);
        let mut chances: BTreeMap<IssueId, f32> = BTreeMap::new();
        for (issue, chance) in std::iter::once((first, chance)).chain(behind).take(MOST_SHOWN).chain(told) {
            let issue = &self.issues[issue];
            // Where it was said what the contact is about, the words alone do not say otherwise.
            let chance = chance * if given { beside_given(issue, products) } else { 1.0 };
            if chance > 0.0 {
                let entry = chances.entry(issue.id.clone()).or_insert(0.0);
                *entry = entry.max(chance);
            }
        }
        chances
    }

    /// Scores of all issues, best first, and what is known of the best; nothing where nothing was said. From the second
    /// place on a second opinion may exchange issues; the scores of the places stay.
    pub(super) fn weigh(
        &self,
        heard: &[Heard<'_>],
        products: &BTreeMap<SectionId, f32>,
    ) -> Option<(Vec<(f32, usize)>, Evidence)> {
        let mut scores: Vec<(f32, usize)> = Vec::with_capacity(self.issues.len());
        let mut later = Vec::with_capacity(self.issues.len());
        for (i, issue) in self.issues.iter().enumerate() {
            let share = share(issue, products);
            scores.push((share * heard.iter().map(|h| h.score(i)).fold(f32::NEG_INFINITY, f32::max), i));
            later.push(share * heard.iter().map(|h| h.later(i)).fold(f32::NEG_INFINITY, f32::max));
        }
        scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let (best, top) = *scores.first()?;
        let from = heard.iter().max_by(|a, b| a.score(top).total_cmp(&b.score(top)))?;
        let second = scores.get(1).map_or(0.0, |(score, _)| score.max(0.0));
        let nearest = self.trained.nearest(&from.scores, top);
        let nearest = from.beside.as_ref().map_or(nearest, |b| b.nearest(self, top, nearest));
        // What is heard of no issue is nothing at all; the first one may have its place by what others score.
        let least = if from.scores.fitted.iter().any(|score| *score > 0.0) { LEAST_BEST } else { 0.0 };
        let evidence = Evidence {
            best: from.scores.fitted[top].max(least) * from.piece.weight,
            margin: best - second,
            nearest,
            strange: self.familiar.strangeness(&from.reading.words, top),
            phrases: self.issues[top].phrases as f32,
            stands_out: self.trained.stands_out(&from.scores, top),
            ..Evidence::default()
        };
        self.exchange_later(&mut scores, later);
        Some((scores, self.calibration.complete(evidence)))
    }

    /// Gives the places after the first to the issues by their `later` scores and by what the first one's rivals gain.
    fn exchange_later(&self, scores: &mut [(f32, usize)], mut later: Vec<f32>) {
        let Some(((_, top), places)) = scores.split_first_mut() else { return };
        self.trained.rivals(*top).iter().for_each(|(rival, gain)| later[*rival as usize] += gain);
        let mut issues: Vec<usize> = places.iter().map(|(_, issue)| *issue).collect();
        issues.sort_by(|a, b| later[*b].total_cmp(&later[*a]).then(a.cmp(b)));
        places.iter_mut().zip(issues).for_each(|((_, place), issue)| *place = issue);
    }

    /// Adds the products whose issue was recognised.
    fn with_issues(
        &self,
        mut products: BTreeMap<SectionId, f32>,
        given: &BTreeMap<SectionId, f32>,
        issues: &BTreeMap<IssueId, f32>,
    ) -> BTreeMap<SectionId, f32> {
        let best = issues.values().copied().fold(0.0, f32::max);
        // A product that was named outweighs one that an issue stands for.
        let room = 1.0 - products.values().copied().fold(0.0, f32::max);
        for (issue, chance) in issues.iter().filter(|(_, chance)| **chance >= best * NAMES_PRODUCT_FROM) {
            let section = issue.section();
            let named = products.keys().any(|p| section.contains(p));
            if !section.as_str().is_empty() && !named && given.is_empty() {
                let entry = products.entry(section).or_insert(0.0);
                *entry = entry.max(chance * BY_ISSUE_SHARE * room);
            }
        }
        products
    }
}

/// What an issue keeps of its score beside these products: all where it is one of theirs.
fn share(issue: &KnownIssue, products: &BTreeMap<SectionId, f32>) -> f32 {
    1.0 - (1.0 - OTHER_PRODUCT_SHARE) * missed(products, |product| issue.section.contains(product))
}

/// What it keeps of its chance beside what was given: all where it is an issue of that, or of something that belongs to it.
fn beside_given(issue: &KnownIssue, given: &BTreeMap<SectionId, f32>) -> f32 {
    let theirs = |product: &SectionId| issue.section.contains(product) || product.contains(&issue.section);
    1.0 - (1.0 - BESIDE_GIVEN) * missed(given, theirs)
}

/// How much surer one of the products is than the surest that is meant, 0 to 1.
fn missed(products: &BTreeMap<SectionId, f32>, meant: impl Fn(&SectionId) -> bool) -> f32 {
    let surest = products.values().copied().fold(0.0, f32::max);
    let reached = products.iter().filter(|(product, _)| meant(product)).map(|(_, sure)| *sure).fold(0.0, f32::max);
    (surest - reached).max(0.0)
}

/// Best first, ties by id.
fn ordered<Id: Ord + Clone>(all: &BTreeMap<Id, f32>) -> Vec<(Id, f32)> {
    let mut all: Vec<(Id, f32)> = all.iter().map(|(id, c)| (id.clone(), *c)).collect();
    all.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    all
}

fn shown<Id: Ord + Clone>(
    given: &BTreeMap<Id, f32>,
    read: &BTreeMap<Id, f32>,
    title: impl Fn(&Id) -> String,
) -> Vec<Recognised<Id>> {
    let mut all = read.clone();
    for (id, sure) in given {
        let entry = all.entry(id.clone()).or_insert(0.0);
        *entry = entry.max(*sure);
    }
    let best = ordered(&all).into_iter().take(MOST_SHOWN);
    best.map(|(id, confidence)| {
        let from = if given.contains_key(&id) { Origin::Given } else { Origin::Text };
        Recognised { title: title(&id), id, confidence, from }
    })
    .collect()
}
