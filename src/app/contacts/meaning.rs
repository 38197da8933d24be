//! What a reported contact is about: its product and issue by the library's ids where the library knows them, else as
//! reported, because what no tip is written for yet is just what has to be learned.

use super::super::App;
use super::super::record::AHEAD;
use super::typed::Reported;
use crate::engine::lens::Given;
use crate::engine::{Lens, Recognised, UNDERSTOOD};
use crate::ledger::{Ledger, Names, NewContact};
use crate::tip::{IssueId, SectionId, Sections};
use chrono::{DateTime, Utc};
use std::collections::HashMap;
use std::sync::Arc;

/// Longest name of a product or issue, in characters, as for ids elsewhere.
const LONGEST: usize = 200;

/// From this confidence on a misspelt name stands for what it is like: one slip in a long name. What is stored stays, so
/// a name that may be another one's is kept as it is, and told.
const CERTAIN: f32 = 0.9;
/// The same where there are figures in it: another figure is another thing, so it has to be the name itself.
const SAME: f32 = 0.95;

/// Different names that are remembered; a file with more has no names in its columns.
const REMEMBERED: usize = 20_000;

pub(in crate::app) type Named = (Option<String>, Option<String>);
pub(in crate::app) type About = Names;

/// Remembers names, since a file has few of them and many rows.
pub(super) struct Meaning {
    pub sections: Arc<Sections>,
    lens: Arc<Lens>,
    known: HashMap<Named, About>,
}

impl Meaning {
    pub(super) fn new(app: &App) -> Self {
        let snapshot = app.snapshot.load();
        Self { sections: snapshot.sections.clone(), lens: snapshot.lens.clone(), known: HashMap::new() }
    }

    /// Goes on with what the library knows by now. True where that is something else.
    pub(super) fn renew(&mut self, app: &App) -> bool {
        let snapshot = app.snapshot.load();
        let same = Arc::ptr_eq(&self.sections, &snapshot.sections) && Arc::ptr_eq(&self.lens, &snapshot.lens);
        if !same {
            *self = Self::new(app);
        }
        !same
    }

    pub(super) fn of(&mut self, row: Reported, ledger: &Ledger, now: DateTime<Utc>) -> Result<NewContact, String> {
        if let Some(at) = row.at.filter(|at| *at > now + AHEAD) {
            return Err(format!("`at` lies in the future: {}", at.format("%Y-%m-%d %H:%M")));
        }
        for (name, given) in [("product", &row.product), ("issue", &row.issue)] {
            if given.as_ref().is_some_and(|text| text.chars().count() > LONGEST) {
                return Err(format!("`{name}` is longer than {LONGEST} characters"));
            }
        }
        let customer = ledger.customer(&row.customer).ok_or("`customer` is empty")?;
        let named = (row.product, row.issue);
        let by_name = self.by_name(&named);
        let about = match (&by_name, row.text.as_deref()) {
            ((product, None), Some(text)) => self.by_words(product.clone(), text),
            _ => by_name.clone(),
        };
        let reported = row.id.is_none().then(|| {
            let (product, issue) = (named.0.as_deref(), named.1.as_deref());
            ledger.as_reported(product, issue, row.text.as_deref(), formerly(&named, by_name, &about))
        });
        let (product, issue) = about;
        let at_ms = row.at.map(|at| at.timestamp_millis());
        Ok(NewContact { id: row.id, reported, customer, at_ms, position: row.position, product, issue })
    }

    fn by_name(&mut self, named: &Named) -> About {
        if let Some(about) = self.known.get(named) {
            return about.clone();
        }
        let about = by_name(&self.sections, &self.lens, named);
        if self.known.len() == REMEMBERED {
            self.known.clear();
        }
        self.known.insert(named.clone(), about.clone());
        about
    }

    /// What the lens recognises in the words, where it is sure enough to speak.
    fn by_words(&self, product: Option<SectionId>, text: &str) -> About {
        let products: Vec<String> = product.iter().map(ToString::to_string).collect();
        let situation = self.lens.recognise(Given { text, products: &products, issues: &[] });
        let issue =
            situation.issues.first().filter(|issue| issue.confidence >= UNDERSTOOD).map(|issue| issue.id.clone());
        let heard = situation.products.first().filter(|p| p.confidence >= UNDERSTOOD).map(|p| p.id.clone());
        (product.or(heard).or_else(|| own_product(&self.sections, issue.as_ref())), issue)
    }
}

/// What may have been made of the names of a row so far: what is made of them now, or what they are by themselves; and
/// nothing of the words.
fn formerly(named: &Named, by_name: About, about: &About) -> Vec<About> {
    let product = named.0.as_deref().map(as_written).filter(|name| !name.is_empty()).map(SectionId::new);
    let issue = named.1.as_deref().map(|name| IssueId::new(as_written(name)));
    let mut all = Vec::new();
    for product in [&about.0, &by_name.0, &product] {
        for issue in [&about.1, &by_name.1, &issue] {
            let former = (product.clone(), issue.clone());
            if !all.contains(&former) {
                all.push(former);
            }
        }
    }
    all
}

/// The ids that names stand for, as where one asks for a tip: by id, title or alias, and a misspelt one where it is
/// certain. A name that the library does not know stands for itself.
pub(in crate::app) fn by_name(sections: &Sections, lens: &Lens, (product, issue): &Named) -> About {
    let root = SectionId::root();
    let product = product.as_ref().map(|name| match sections.resolve_product(&root, name) {
        Ok(known) => known,
        Err(_) => {
            let given = Given { text: "", products: std::slice::from_ref(name), issues: &[] };
            surely(name, lens.recognise(given).products).unwrap_or_else(|| SectionId::new(as_written(name)))
        }
    });
    let at = product.as_ref().unwrap_or(&root);
    let issue = issue.as_ref().map(|name| match sections.resolve_issue(at, name) {
        Some(known) => known,
        None => issue_at(sections, lens, at, name).unwrap_or_else(|| IssueId::new(as_written(name))),
    });
    let product = product.filter(|id| !id.as_str().is_empty());
    (product.or_else(|| own_product(sections, issue.as_ref())), issue)
}

/// What an issue is about by itself: the section that defines it. So it is the same issue whether that was named beside it
/// or not.
pub(in crate::app) fn own_product(sections: &Sections, issue: Option<&IssueId>) -> Option<SectionId> {
    let section = issue?.section();
    (!section.as_str().is_empty() && sections.get(&section).is_some()).then_some(section)
}

/// The issue that a title means, or a short name where no product is named. One of another product is not meant.
fn issue_at(sections: &Sections, lens: &Lens, at: &SectionId, name: &String) -> Option<IssueId> {
    let known = !at.as_str().is_empty() && sections.get(at).is_some();
    let products: Vec<String> = known.then(|| at.to_string()).into_iter().collect();
    let given = Given { text: "", products: &products, issues: std::slice::from_ref(name) };
    let issue = surely(name, lens.recognise(given).issues)?;
    (known || issue.section().contains(at) || at.as_str().is_empty()).then_some(issue)
}

/// The best, where it is certain that the name means it and no other.
fn surely<Id>(name: &str, recognised: Vec<Recognised<Id>>) -> Option<Id> {
    let least = if name.chars().any(char::is_numeric) { SAME } else { CERTAIN };
    recognised.into_iter().next().filter(|best| best.confidence >= least).map(|best| best.id)
}

/// One space between words, and nothing that a screen hides.
fn as_written(name: &str) -> String {
    let shown = |c: &char| !c.is_control();
    name.split_whitespace().map(|word| word.chars().filter(shown).collect::<String>()).collect::<Vec<_>>().join(" ")
}
