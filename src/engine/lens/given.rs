//! Resolves what was given in a field of its own: ids, names, aliases and misspellings of products and issues.
//!
//! Shares and confidences here are set by judgement and held by the tests: no data set at hand tells them.

use super::build::Lens;
use super::names;
use super::stems;
use crate::engine::{Field, Unknown};
use crate::tip::{IssueId, SectionId};
use std::collections::BTreeMap;
use std::fmt::Display;

/// Confidence in an id, in a name or alias, and in a short name that several sections use.
const BY_ID: f32 = 0.99;
const BY_NAME: f32 = 0.97;
const BY_SHARED_NAME: f32 = 0.6;
/// A misspelling is as sure as it is alike, times this; below the second figure it is unknown.
const BY_LIKENESS: f32 = 0.95;
const LEAST_ALIKE: f32 = 0.72;
/// How alike an issue of another product than the one that was given can be at most: enough to be shown as the nearest.
const FOREIGN: f32 = 0.71;
const MOST_NEAREST: usize = 3;
/// Longer than any id or name; only so much of what was given is compared.
const LONGEST_GIVEN: usize = 512;

/// What was given, with how sure it is, and what could not be resolved.
pub(super) type Resolved<Id> = (BTreeMap<Id, f32>, Vec<Unknown>);

/// Products that were given.
pub(super) fn products(lens: &Lens, given: &[String]) -> Resolved<SectionId> {
    resolve(given, Field::Product, |text| like_products(lens, text))
}

/// Issues that were given, seen from the products at hand upwards. Where a product was given beside them, an issue that
/// it does not have is unknown.
pub(super) fn issues(
    lens: &Lens,
    given: &[String],
    at: &[SectionId],
    products: &BTreeMap<SectionId, f32>,
) -> Resolved<IssueId> {
    let has = |issue: &IssueId| {
        let section = issue.section();
        products.is_empty() || products.keys().any(|p| section.contains(p) || p.contains(&section))
    };
    resolve(given, Field::Issue, |text| {
        let mut alike = like_issues(lens, text, at);
        alike.iter_mut().filter(|(_, issue)| !has(issue)).for_each(|(score, _)| *score = score.min(FOREIGN));
        alike.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        alike
    })
}

fn resolve<Id: Ord + Clone + Display>(
    given: &[String],
    field: Field,
    alike: impl Fn(&str) -> Vec<(f32, Id)>,
) -> Resolved<Id> {
    let mut known = BTreeMap::new();
    let mut unknown = Vec::new();
    for text in given.iter().map(|g| shortened(g)).filter(|g| !g.is_empty()) {
        let alike = alike(text);
        let best = alike.first().map_or(0.0, |(score, _)| *score);
        if best < LEAST_ALIKE {
            let nearest = alike.iter().take(MOST_NEAREST).map(|(_, id)| id.to_string()).collect();
            unknown.push(Unknown { given: text.to_string(), field, nearest });
            continue;
        }
        let equals = alike.iter().take_while(|(score, _)| *score == best).count();
        let sure = if equals > 1 { BY_SHARED_NAME.min(confidence(best)) } else { confidence(best) };
        for (_, id) in alike.into_iter().take(equals) {
            let entry = known.entry(id).or_insert(0.0f32);
            *entry = entry.max(sure);
        }
    }
    (known, unknown)
}

fn shortened(given: &str) -> &str {
    let mut end = given.len().min(LONGEST_GIVEN);
    while !given.is_char_boundary(end) {
        end -= 1;
    }
    given[..end].trim()
}

/// Likeness 2 stands for an id, 1 for a name; the rest is a misspelling.
fn confidence(alike: f32) -> f32 {
    if alike >= 2.0 {
        BY_ID
    } else if alike >= 1.0 {
        BY_NAME
    } else {
        BY_LIKENESS * alike
    }
}

/// Every product with some likeness, most alike first, ties by id.
fn like_products(lens: &Lens, text: &str) -> Vec<(f32, SectionId)> {
    let wanted = plain(lens, text);
    let products = &lens.names.products;
    let scored = products.iter().map(|p| {
        if p.id.as_str() == text {
            return (2.0, p.id.clone());
        }
        let by_names = p.names.iter().map(|name| alike(&wanted, &name.join(" ")));
        (by_names.fold(ids_alike(text, p.id.as_str()), f32::max), p.id.clone())
    });
    sorted(scored.collect())
}

fn like_issues(lens: &Lens, text: &str, at: &[SectionId]) -> Vec<(f32, IssueId)> {
    let wanted = plain(lens, text);
    let here = at.iter().find_map(|section| lens.sections.resolve_issue(section, text));
    let here = here.or_else(|| lens.sections.resolve_issue(&SectionId::root(), text));
    // `flowers:drooping`, where flowers only have it further down.
    let owned = text.rsplit_once(':').map(|(owner, short)| (SectionId::new(owner.trim()), plain(lens, short)));
    let below = |issue: &IssueId| {
        owned
            .as_ref()
            .is_some_and(|(owner, short)| owner.contains(&issue.section()) && plain(lens, issue.name()) == *short)
    };
    let scored = lens.issues.iter().map(|issue| {
        if here.as_ref() == Some(&issue.id) {
            return (2.0, issue.id.clone());
        }
        if here.is_none() && below(&issue.id) {
            return (1.0, issue.id.clone());
        }
        let reachable = at.is_empty() || at.iter().any(|section| issue.section.contains(section));
        let by_id = ids_alike(text, issue.id.as_str());
        let best = issue.names.iter().map(|name| alike(&wanted, name)).fold(by_id, f32::max);
        // An issue of another product is meant only where none of this one comes as near.
        (if reachable { best } else { best * 0.9 }, issue.id.clone())
    });
    sorted(scored.collect())
}

fn sorted<Id: Ord>(mut scored: Vec<(f32, Id)>) -> Vec<(f32, Id)> {
    scored.retain(|(score, _)| *score > 0.2);
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    scored
}

/// What is compared: stems where the text has words.
fn plain(lens: &Lens, text: &str) -> String {
    let words = names::words(&text.replace(['-', '_', '/', ':'], " "), &lens.table);
    if words.is_empty() { text.to_lowercase() } else { stems::stems(&words).join(" ") }
}

/// How alike something that looks like an id and an id are, whatever the case: as the parts that are least alike. What
/// many ids begin with says nothing.
fn ids_alike(text: &str, id: &str) -> f32 {
    const BETWEEN: [char; 2] = ['/', ':'];
    if !text.contains(BETWEEN) || text.matches(BETWEEN).ne(id.matches(BETWEEN)) {
        return 0.0;
    }
    let (text, id) = (text.to_lowercase(), id.to_lowercase());
    let parts = text.split(BETWEEN).zip(id.split(BETWEEN)).map(|(given, part)| alike(given.trim(), part));
    parts.fold(1.0, f32::min)
}

/// 1 where equal, else the share of letters that need no mending; never 1 then.
fn alike(wanted: &str, name: &str) -> f32 {
    if wanted == name {
        return 1.0;
    }
    let (own, other) = (wanted.chars().count(), name.chars().count());
    let longest = own.max(other).max(1);
    // Four times as long: at most a quarter alike, which is not worth measuring.
    if own.min(other) * 4 < longest {
        return 0.0;
    }
    (1.0 - strsim::osa_distance(wanted, name) as f32 / longest as f32).clamp(0.0, 0.99)
}
