//! When sections change: which tips mean something else now, though their files are the same.

use super::outcome::parse;
use super::snapshot::Snapshot;
use crate::index::{IndexError, Searcher, Stamp};
use crate::tip::{Problem, Section, SectionId, Sections, Tip, TipId};
use chrono::NaiveDate;
use std::collections::{BTreeSet, HashMap};

/// Tips read from the index at a time.
const PAGE: usize = 1000;

/// Above so many changed tips at once, the lens is made anew without asking whether their words changed.
const MANY_TIPS: usize = 64;

/// How two trees of sections differ.
pub(super) struct Moved {
    any: bool,
    /// Sections whose issues or defaults differ: what lies below them may be resolved differently.
    rules: Vec<SectionId>,
    /// A name leads to another section than before, so that tips anywhere may be for another product.
    names: bool,
}

impl Moved {
    pub(super) fn between(old: &Sections, new: &Sections) -> Moved {
        let ids: BTreeSet<&SectionId> = old.iter().chain(new.iter()).map(|s| &s.id).collect();
        let plain = Section::default();
        let differs = |id: &&SectionId| {
            let (a, b) = (old.get(id).unwrap_or(&plain), new.get(id).unwrap_or(&plain));
            (&a.issues, &a.lang, &a.review, &a.owner) != (&b.issues, &b.lang, &b.review, &b.owner)
        };
        let rules = ids.into_iter().filter(differs).cloned().collect();
        Moved { any: old != new, rules, names: old.lead_elsewhere(new) }
    }

    /// Anything at all: files that referred to what was not there may be whole now.
    pub(super) fn any(&self) -> bool {
        self.any
    }

    /// Served tips may mean something else now.
    pub(super) fn rules(&self) -> bool {
        self.names || !self.rules.is_empty()
    }

    /// True where this tip may.
    pub(super) fn touches(&self, tip: &Tip) -> bool {
        let over = |id: &SectionId| self.rules.iter().any(|rule| rule.contains(id));
        self.names || over(&tip.section) || tip.products.iter().any(over)
    }
}

/// Ids of the served tips of which something is so.
pub(super) fn tips(searcher: &Searcher, so: impl Fn(&Tip) -> bool) -> Result<Vec<TipId>, IndexError> {
    let mut ids = Vec::new();
    let mut after: Option<TipId> = None;
    loop {
        let page = searcher.list(after.as_ref(), PAGE)?;
        after = page.last().map(|tip| tip.id.clone());
        ids.extend(page.iter().filter(|tip| so(tip)).map(|tip| tip.id.clone()));
        if page.len() < PAGE {
            return Ok(ids);
        }
    }
}

/// A tip with its source, and why it no longer means anything where it does not: then as it was served. By its file.
type Resolved = (String, Box<Tip>, String, Stamp, Vec<Problem>);

/// Resolves a served tip anew from its stored source. None where it means what it meant.
pub(super) fn resolve(
    searcher: &Searcher,
    sections: &Sections,
    days: Option<&HashMap<String, NaiveDate>>,
    id: &TipId,
) -> Result<Option<Resolved>, IndexError> {
    let Some(stored) = searcher.tip(id)? else { return Ok(None) };
    let file = stored.tip.file.clone();
    // What the tip was given when it was last resolved: a day that is written in the file is read from there anyway.
    let day = days.map_or(stored.tip.verified, |days| days.get(&file).copied());
    Ok(match parse(&file, &stored.source, sections, day) {
        Ok(tip) if *tip == *stored.tip => None,
        Ok(tip) => Some((file, tip, stored.source.to_string(), stored.stamp, Vec::new())),
        Err(problems) => {
            let tip = Box::new(Tip::clone(&stored.tip));
            Some((file, tip, stored.source.to_string(), stored.stamp, problems))
        }
    })
}

/// True where a tip's new version has other words for the lens to learn from than the one that is served.
pub(super) fn words_differ(before: &Snapshot, tip: &Tip, of: usize) -> Result<bool, IndexError> {
    if of > MANY_TIPS {
        return Ok(true);
    }
    let Some(old) = before.searcher.tip(&tip.id)? else { return Ok(true) };
    let words = |tip: &Tip| {
        let of = (tip.question.clone(), tip.says.clone(), tip.asks.clone());
        (of, tip.products.clone(), tip.when.clone(), tip.prevents.clone(), tip.kind)
    };
    Ok(words(&old.tip) != words(tip))
}
