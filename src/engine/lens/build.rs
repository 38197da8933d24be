//! Learns a lens from a library's words: its sections, their issues, and what tips add to them.

use super::TipWords;
use super::calibration::Calibration;
use super::names::{self, Names};
use super::phrase::Phrase;
use super::reading::Reading;
use super::spelling::Speller;
use super::stems;
use super::strange::Familiar;
use super::table::Table;
use super::trained::Trained;
use crate::tip::{IssueId, Section, SectionId, Sections};
use std::collections::{BTreeMap, BTreeSet};

/// Phrases that are learned from, for some five seconds of one core; of more, each issue gives its first ones in turn.
const MOST_PHRASES: usize = 10_000;
/// Characters of one phrase that count; longer ones are paragraphs.
const LONGEST_PHRASE: usize = 600;

/// Everything that is learned from a library's words. Immutable; made anew when sections or `says` change.
pub struct Lens {
    pub(super) table: Table,
    /// Without their bodies.
    pub(super) sections: Sections,
    pub(super) names: Names,
    /// By id.
    pub(super) issues: Vec<KnownIssue>,
    pub(super) speller: Speller,
    pub(super) familiar: Familiar,
    pub(super) trained: Trained,
    pub(super) calibration: Calibration,
}

pub(super) struct KnownIssue {
    pub id: IssueId,
    /// The section that defines it.
    pub section: SectionId,
    /// Title and short name, as stems.
    pub names: Vec<String>,
    /// How many phrases it has beside its titles.
    pub phrases: usize,
}

impl Lens {
    /// True where it was made of these sections, and not of what they were before.
    pub fn is_of(&self, sections: &Sections) -> bool {
        self.sections == without_bodies(sections)
    }

    pub fn build(sections: &Sections, words: &[TipWords], table: &Table) -> Lens {
        let said = gather(sections, words);
        let issues = said.iter().map(|(id, said)| known(sections, id, said, table)).collect();
        let mut readings = Vec::new();
        let mut phrases = Vec::new();
        for (issue, title, text) in in_turn(&said) {
            let cut: String = text.chars().take(LONGEST_PHRASE).collect();
            readings.push(Reading::of(&cut, table, None));
            phrases.push(Phrase { issue, title, shared: false });
        }
        let names: Vec<Vec<String>> = sections.iter().flat_map(names::all).map(|n| names::words(&n, table)).collect();
        let speller = Speller::new(readings.iter().map(|r| r.words.as_slice()).chain(names.iter().map(Vec::as_slice)));
        let familiar = Familiar::new(
            phrases.iter().zip(&readings).map(|(p, r)| (p.issue, r.words.as_slice())),
            names.iter().flatten(),
        );
        let (trained, left_out) = Trained::fit(readings, phrases, said.len(), table);
        Lens {
            table: table.clone(),
            sections: without_bodies(sections),
            names: Names::new(sections, table),
            issues,
            speller,
            familiar,
            trained,
            calibration: Calibration::new(left_out, said.len()),
        }
    }
}

/// What is said of one issue: whether it is a title, and the text; each once.
#[derive(Default)]
struct Said {
    texts: Vec<(bool, String)>,
    seen: BTreeSet<String>,
}

impl Said {
    fn add(&mut self, title: bool, text: &str) {
        let text = text.trim();
        if text.chars().any(char::is_alphanumeric) && self.seen.insert(text.to_lowercase()) {
            self.texts.push((title, text.to_string()));
        }
    }
}

fn gather(sections: &Sections, words: &[TipWords]) -> BTreeMap<IssueId, Said> {
    let mut all: BTreeMap<IssueId, Said> = BTreeMap::new();
    for section in sections.iter() {
        for issue in &section.issues {
            let Some(id) = sections.resolve_issue(&section.id, &issue.name) else { continue };
            let said = all.entry(id).or_default();
            said.add(true, &issue.title);
            said.add(true, &issue.name.replace(['-', '_'], " "));
            issue.says.iter().for_each(|text| said.add(false, text));
        }
    }
    for tip in words {
        for issue in &tip.when {
            let id = sections.resolve_issue(&SectionId::root(), issue.as_str());
            if let Some(said) = id.and_then(|id| all.get_mut(&id)) {
                tip.says.iter().for_each(|text| said.add(false, text));
            }
        }
    }
    all
}

/// Issue, whether it is a title, and text: the first of every issue, then the second of every issue, up to the limit;
/// in the issues' order.
fn in_turn(said: &BTreeMap<IssueId, Said>) -> Vec<(u32, bool, &str)> {
    let mut all: Vec<(usize, u32, bool, &str)> = Vec::new();
    for (issue, said) in said.values().enumerate() {
        let texts = said.texts.iter().enumerate();
        all.extend(texts.map(|(turn, (title, text))| (turn, issue as u32, *title, text.as_str())));
    }
    all.sort_by_key(|(turn, issue, ..)| (*turn, *issue));
    all.truncate(MOST_PHRASES);
    all.sort_by_key(|(turn, issue, ..)| (*issue, *turn));
    all.into_iter().map(|(_, issue, title, text)| (issue, title, text)).collect()
}

fn known(sections: &Sections, id: &IssueId, said: &Said, table: &Table) -> KnownIssue {
    let title = sections.issue_title(id).filter(|t| !t.trim().is_empty()).unwrap_or(id.name());
    let spoken = id.name().replace(['-', '_'], " ");
    let stems = |name: &str| stems::stems(&names::words(name, table)).join(" ");
    let mut names = vec![stems(title), stems(&spoken)];
    names.retain(|n| !n.is_empty());
    let phrases = said.texts.iter().filter(|(title, _)| !title).count();
    KnownIssue { id: id.clone(), section: id.section(), names, phrases }
}

fn without_bodies(sections: &Sections) -> Sections {
    let light = sections.iter().map(|s| Section { body: String::new(), ..s.clone() });
    Sections::new(light, [])
}
