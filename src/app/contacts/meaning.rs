//! What a reported contact is about: its product and issue by the library's ids where the library knows them, else as
//! reported, because what no tip is written for yet is just what has to be learned.

use super::super::App;
use super::typed::Reported;
use crate::engine::lens::Given;
use crate::engine::{Lens, UNDERSTOOD};
use crate::ledger::{Ledger, NewContact};
use crate::tip::{IssueId, SectionId, Sections};
use chrono::{DateTime, TimeDelta, Utc};
use std::collections::HashMap;
use std::sync::Arc;

/// Clocks differ by minutes, and zones by less than a day: what lies further ahead is a mistake.
const AHEAD: TimeDelta = TimeDelta::days(1);

/// Longest name of a product or issue, in characters, as for ids elsewhere.
const LONGEST: usize = 200;

pub(in crate::app) type Named = (Option<String>, Option<String>);
pub(in crate::app) type About = (Option<SectionId>, Option<IssueId>);

/// Remembers names, since a file has few of them and many rows.
pub(super) struct Meaning {
    sections: Arc<Sections>,
    lens: Arc<Lens>,
    known: HashMap<Named, About>,
}

impl Meaning {
    pub(super) fn new(app: &App) -> Self {
        let snapshot = app.snapshot.load();
        Self { sections: snapshot.sections.clone(), lens: snapshot.lens.clone(), known: HashMap::new() }
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
        let (product, issue) = self.about(row.product, row.issue, row.text.as_deref());
        Ok(NewContact {
            id: row.id,
            reported: None,
            customer,
            at_ms: row.at.map(|at| at.timestamp_millis()),
            position: row.position,
            product,
            issue,
        })
    }

    fn about(&mut self, product: Option<String>, issue: Option<String>, text: Option<&str>) -> About {
        let named = (filled(product), filled(issue));
        let about = match self.known.get(&named) {
            Some(about) => about.clone(),
            None => {
                let about = by_name(&self.sections, &named);
                self.known.insert(named, about.clone());
                about
            }
        };
        match (about, text) {
            ((product, None), Some(text)) => self.by_words(product, text),
            (about, _) => about,
        }
    }

    /// What the lens recognises in the words, where it is sure enough to speak.
    fn by_words(&self, product: Option<SectionId>, text: &str) -> About {
        let products: Vec<String> = product.iter().map(ToString::to_string).collect();
        let situation = self.lens.recognise(Given { text, products: &products, issues: &[] });
        let issue =
            situation.issues.first().filter(|issue| issue.confidence >= UNDERSTOOD).map(|issue| issue.id.clone());
        let heard = situation.products.first().filter(|p| p.confidence >= UNDERSTOOD).map(|p| p.id.clone());
        (product.or(heard), issue)
    }
}

fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

/// The ids that names stand for. A name that the library does not know stands for itself.
pub(in crate::app) fn by_name(sections: &Sections, (product, issue): &Named) -> About {
    let root = SectionId::root();
    let product = product.as_ref().map(|name| match sections.resolve_product(&root, name) {
        Ok(known) => known,
        Err(_) => SectionId::new(as_written(name)),
    });
    let at = product.as_ref().unwrap_or(&root);
    let issue = issue.as_ref().map(|name| match sections.resolve_issue(at, name) {
        Some(known) => known,
        None => IssueId::new(as_written(name)),
    });
    (product.filter(|id| !id.as_str().is_empty()), issue)
}

/// One space between words, and nothing that a screen hides.
fn as_written(name: &str) -> String {
    let shown = |c: &char| !c.is_control();
    name.split_whitespace().map(|word| word.chars().filter(shown).collect::<String>()).collect::<Vec<_>>().join(" ")
}
