//! Search: what is looked for, found.

use super::App;
use super::memory::Note;
use crate::engine::lens::Given;
use crate::engine::{Lens, Origin, Recognised, Unknown};
use crate::index::{Found, IndexError, Search};
use crate::ledger::Missed;
use crate::tip::{IssueId, SectionId};
use std::time::Instant;

/// What was found, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchAnswer {
    pub found: Found,
    /// Products and issues that were asked for and do not exist, with the nearest known.
    pub unknown: Vec<Unknown>,
    pub library: String,
    pub took_us: u64,
}

/// A search as asked: products and issues by id, name or alias.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Asked {
    pub text: String,
    pub products: Vec<String>,
    pub issues: Vec<String>,
    pub tags: Vec<String>,
    pub kind: Option<crate::tip::Kind>,
    pub limit: usize,
    pub cursor: Option<String>,
}

impl App {
    /// What the library has for some words, narrowed to the products and issues that were named. A name that fits
    /// nothing narrows it to nothing.
    pub fn search(&self, asked: &Asked) -> Result<SearchAnswer, IndexError> {
        let began = Instant::now();
        let snapshot = self.snapshot.load();
        let mut unknown = Vec::new();
        let products = products(&snapshot.lens, asked, &mut unknown);
        let issues = issues(&snapshot.lens, asked, &mut unknown);
        let nothing =
            (products.is_empty() && !asked.products.is_empty()) || (issues.is_empty() && !asked.issues.is_empty());
        let found = if nothing {
            Found::default()
        } else {
            snapshot.searcher.search(&Search {
                text: asked.text.clone(),
                products,
                issues,
                tags: asked.tags.clone(),
                kind: asked.kind,
                limit: asked.limit,
                cursor: asked.cursor.clone(),
            })?
        };
        if found.total == 0 && asked.cursor.is_none() && unknown.is_empty() && !asked.text.trim().is_empty() {
            self.leave_note(Note::Missed(Missed {
                words: asked.text.clone(),
                at_ms: chrono::Utc::now().timestamp_millis(),
                said: false,
            }));
        }
        let took_us = u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX);
        Ok(SearchAnswer { found, unknown, library: snapshot.fingerprint.clone(), took_us })
    }
}

/// Each name by itself: a situation holds only its best few, a filter all that were named.
fn products(lens: &Lens, asked: &Asked, unknown: &mut Vec<Unknown>) -> Vec<SectionId> {
    let mut products = Vec::new();
    for name in &asked.products {
        let named = std::slice::from_ref(name);
        let situation = lens.recognise(Given { text: "", products: named, issues: &[] });
        products.extend(given(situation.products));
        unknown.extend(situation.unknown);
    }
    products.sort();
    products.dedup();
    products
}

/// Issues seen from the products that were named with them.
fn issues(lens: &Lens, asked: &Asked, unknown: &mut Vec<Unknown>) -> Vec<IssueId> {
    let mut issues = Vec::new();
    for name in &asked.issues {
        let named = std::slice::from_ref(name);
        let situation = lens.recognise(Given { text: "", products: &asked.products, issues: named });
        issues.extend(given(situation.issues));
        unknown.extend(situation.unknown.into_iter().filter(|u| u.field == crate::engine::Field::Issue));
    }
    issues.sort();
    issues.dedup();
    issues
}

fn given<Id>(recognised: Vec<Recognised<Id>>) -> impl Iterator<Item = Id> {
    recognised.into_iter().filter(|r| r.from == Origin::Given).map(|r| r.id)
}
