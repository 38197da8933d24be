//! The keys of a tip's front matter: every key of the format, its type and its default.
//!
//! References to sections and issues stay as typed here; `resolve` looks them up.

use super::nearest::{either, nearest};
use super::node::{Entry, Value};
use super::problem::Problems;
use super::time_words::after;
use super::value::Said;
use super::{After, Audience, Code, Kind, Mood, Review, Stage, Theme, TipId, Wire, wire};
use chrono::NaiveDate;
use std::ops::Range;

/// Every key of a tip, in the order of the format's page.
pub(super) const KEYS: &[&str] = &[
    "product", "products", "when", "prevents", "after", "expected", "wire", "asks", "says", "kind", "theme", "stage",
    "mood", "occasion", "audience", "owner", "review", "verified", "promise", "again", "lot", "draft", "lang", "tags",
    "aliases", "title",
];

/// Every key of a section's file.
pub(super) const SECTION_KEYS: &[&str] = &["title", "aliases", "issues", "lang", "review", "owner"];

/// A tip's front matter as typed.
#[derive(Clone, Debug, PartialEq, Default)]
pub(super) struct Front {
    pub(super) products: Vec<Said>,
    pub(super) when: Vec<Said>,
    pub(super) prevents: Option<Said>,
    pub(super) after: Option<After>,
    pub(super) expected: Option<f32>,
    pub(super) wire: Vec<Wire>,
    /// Addresses of the wires, each with its place.
    pub(super) wire_links: Vec<(String, Range<usize>)>,
    pub(super) asks: Vec<String>,
    pub(super) says: Vec<String>,
    pub(super) kind: Option<Kind>,
    pub(super) theme: Option<Theme>,
    pub(super) stages: Vec<Stage>,
    pub(super) moods: Vec<Mood>,
    pub(super) occasions: Vec<String>,
    pub(super) audience: Option<Audience>,
    pub(super) owner: Option<String>,
    pub(super) review: Option<Review>,
    /// Where the review is written.
    pub(super) review_at: Option<Range<usize>>,
    pub(super) verified: Option<NaiveDate>,
    /// What the file says, and where.
    pub(super) promise: Option<(bool, Range<usize>)>,
    pub(super) again: bool,
    /// What the file says.
    pub(super) lot: Option<bool>,
    pub(super) draft: bool,
    pub(super) lang: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) aliases: Vec<(TipId, Range<usize>)>,
    pub(super) title: Option<Said>,
    pub(super) extra: serde_json::Map<String, serde_json::Value>,
}

/// Reads every key, noting all that is amiss.
pub(super) fn read(entries: &[Entry<'_>], problems: &mut Problems<'_>) -> Front {
    repeated(entries, problems);
    let mut front = Front::default();
    for entry in entries {
        front.take(entry, entries, problems);
    }
    front
}

impl Front {
    fn take(&mut self, entry: &Entry<'_>, all: &[Entry<'_>], problems: &mut Problems<'_>) {
        match entry.key.as_ref() {
            "product" | "products" => self.products.extend(problems.texts_of(entry)),
            "when" => self.when = problems.texts_of(entry),
            "prevents" => self.prevents = problems.text_of(entry),
            "after" => self.after = after_of(entry, problems),
            "expected" => self.expected = problems.share_of(entry),
            "wire" => self.take_wires(problems.texts_of(entry), problems),
            "asks" => self.asks = plain(problems.texts_of(entry)),
            "says" => self.says = plain(problems.texts_of(entry)),
            "kind" => self.kind = problems.word_of(entry, Kind::ALL, Kind::as_str),
            "theme" => self.theme = problems.word_of(entry, Theme::ALL, Theme::as_str),
            "stage" => self.stages = problems.words_of(entry, Stage::ALL, Stage::as_str),
            "mood" => self.moods = problems.words_of(entry, Mood::ALL, Mood::as_str),
            "occasion" => self.occasions = plain(problems.texts_of(entry)),
            "audience" => self.audience = problems.word_of(entry, Audience::ALL, Audience::as_str),
            "owner" => self.owner = problems.text_of(entry).map(|said| said.text),
            "review" => {
                self.review = problems.review_of(entry);
                self.review_at = Some(entry.node.span.clone());
            }
            "verified" => self.verified = problems.day_of(entry),
            "promise" => self.promise = problems.flag_of(entry).map(|yes| (yes, entry.key_span.clone())),
            "again" => self.again = problems.flag_of(entry).unwrap_or_default(),
            "lot" => self.lot = lot_of(entry, problems),
            "draft" => self.draft = problems.flag_of(entry).unwrap_or_default(),
            "lang" => self.lang = lang_of(entry, problems),
            "tags" => self.tags = plain(problems.texts_of(entry)),
            "aliases" => self.aliases = aliases_of(entry, problems),
            "title" => self.title = problems.text_of(entry),
            _ => {
                unknown(entry, all, KEYS, problems);
                self.extra.insert(entry.key.to_string(), entry.node.value.to_json());
            }
        }
    }
}

impl Front {
    fn take_wires(&mut self, texts: Vec<Said>, problems: &mut Problems<'_>) {
        for said in texts {
            let wire = wire::wire(&said.text);
            if let Some(url) = &wire.url {
                self.wire_links.push((url.clone(), said.span.clone()));
                if !super::address::harmless(url) {
                    problems.note(
                        Code::WrongValue,
                        said.span,
                        "The link of this wire is of a kind that is never handed to a customer.",
                        "Use an address that starts with `https://`, `mailto:` or `tel:`, or a file of the library.",
                    );
                }
            }
            self.wire.push(wire);
        }
    }
}

fn plain(texts: Vec<Said>) -> Vec<String> {
    texts.into_iter().map(|said| said.text).collect()
}

/// Left empty, it would silently mean that customers are held out: whoever writes the key means something by it.
fn lot_of(entry: &Entry<'_>, problems: &mut Problems<'_>) -> Option<bool> {
    if matches!(entry.node.value, Value::Null) {
        let help = "Write `false` where nobody may be held out of it, or leave the key out.";
        problems.wrong(entry, &entry.node, "`true` or `false`", help);
    }
    problems.flag_of(entry)
}

fn after_of(entry: &Entry<'_>, problems: &mut Problems<'_>) -> Option<After> {
    let said = problems.text_of(entry)?;
    let read = after(&said.text);
    if read.is_none() {
        let help = "Write a number and a unit: `3 hours`, `3 days`, `2-5 days`, `1 week`, `6 months`.";
        problems.wrong(entry, &entry.node, "a length of time", help);
    }
    read
}

/// A language tag in lower case, its parts joined by `-`.
pub(super) fn lang_of(entry: &Entry<'_>, problems: &mut Problems<'_>) -> Option<String> {
    let said = problems.text_of(entry)?;
    let tag = said.text.to_ascii_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    let language =
        parts.next().is_some_and(|p| (2..=3).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphabetic()));
    let rest = parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()));
    if !(language && rest) {
        problems.wrong(entry, &entry.node, "a language tag", "Write for instance `en`, `de` or `pt-BR`.");
        return None;
    }
    Some(tag)
}

fn aliases_of(entry: &Entry<'_>, problems: &mut Problems<'_>) -> Vec<(TipId, Range<usize>)> {
    let mut aliases = Vec::new();
    for said in problems.texts_of(entry) {
        let id = said.text.trim_matches('/');
        let id = id.strip_suffix(".md").unwrap_or(id);
        if TipId::valid(id) {
            aliases.push((TipId::new(id), said.span));
        } else {
            problems.note(
                Code::WrongValue,
                said.span,
                format!("`{}` cannot be the id of a tip.", id.escape_debug()),
                "An alias is a former id, such as `flowers/gerbera/wire`: letters, digits, `-`, `_` and `/`.",
            );
        }
    }
    aliases
}

/// Notes each key that was there before.
pub(super) fn repeated(entries: &[Entry<'_>], problems: &mut Problems<'_>) {
    let mut seen = std::collections::HashSet::with_capacity(entries.len());
    for entry in entries {
        if !seen.insert(entry.key.as_ref()) {
            problems.note(
                Code::RepeatedKey,
                entry.key_span.clone(),
                format!("`{}` is there twice.", entry.key.escape_debug()),
                "Keep one of them; a list takes several values: `[one, two]`.",
            );
        }
    }
}

/// Notes a key the format does not know, with the one that was meant.
pub(super) fn unknown(entry: &Entry<'_>, all: &[Entry<'_>], known: &[&str], problems: &mut Problems<'_>) {
    if problems.is_full() {
        return;
    }
    let near = nearest(&entry.key, known.iter().copied(), 1).first().copied();
    let message = format!("The format does not know the key `{}`.", entry.key.escape_debug());
    let help = match near {
        Some(near) => format!("Did you mean {}? It is kept and passed on as it is.", either([near])),
        None => "It is kept and passed on under `extra`; if that is what you want, all is well.".to_owned(),
    };
    let problem = problems.note(Code::UnknownKey, entry.key_span.clone(), message, help);
    let Some(near) = near else { return };
    let free = all.iter().all(|other| other.key != near);
    let slip = strsim::osa_distance(&entry.key.to_lowercase(), near) <= 1 && near.len() >= 4;
    let bare = entry.key_span.len() == entry.key.len() && !matches!(entry.node.value, Value::Map(_));
    if free && slip && bare {
        *problem = problem.clone().with_fix(format!("rename it to `{near}`"), entry.key_span.clone(), near);
    }
}
