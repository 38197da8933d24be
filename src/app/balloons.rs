//! Balloons: given by anyone, caught by editors, adopted as drafts.

use super::App;
use super::contacts::by_name;
use super::floating::floats_away;
use super::record::RecordError;
use super::write::{Precondition, WriteError};
use crate::ledger::{Balloon, BalloonState, Given, Giver, NewBalloon, Once, Page};
use crate::tip::{IssueId, SectionId, Sections, TipId, compose, slug};
use chrono::{DateTime, Utc};
use serde_json::{Map, Value, json};
use std::sync::Arc;

/// A balloon as given.
#[derive(Clone, Debug, Default)]
pub struct Released {
    pub text: String,
    pub product: Option<String>,
    pub issue: Option<String>,
    /// Who gives it, as they call themselves.
    pub from: Option<String>,
    pub role: Option<String>,
    /// The contact on which it came up, or how to reach the giver.
    pub contact: Option<String>,
}

/// How a draft is made of a balloon.
#[derive(Clone, Debug, Default)]
pub struct Adoption {
    /// The tip's id; made from its question where none is named.
    pub id: Option<String>,
    /// The tip's question; the balloon's text where none is given.
    pub question: Option<String>,
    /// Whether the giver is named in the file.
    pub credit: bool,
}

/// Names that are tried where a file of that name is there already.
const TRIES: usize = 20;

impl App {
    /// Takes a balloon and gives back its receipt.
    pub async fn give_balloon(
        &self,
        given: Released,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Given, RecordError> {
        let snapshot = self.snapshot.load_full();
        let (product, issue) = by_name(&snapshot.sections, &snapshot.lens, &(given.product, given.issue));
        let balloon =
            NewBalloon { said: given.text, product, issue, name: given.from, role: given.role, contact: given.contact };
        Ok(self.ledger()?.give_balloon(&balloon, once, now.timestamp_millis()).await?)
    }

    /// Oldest first.
    pub async fn balloons(
        &self,
        state: Option<BalloonState>,
        cursor: Option<&str>,
        limit: u32,
    ) -> Result<Page<Balloon>, RecordError> {
        Ok(self.ledger()?.balloons(state, cursor, limit).await?)
    }

    /// When a balloon that nobody has decided about floats away; none where somebody has.
    pub fn floats_away(&self, balloon: &Balloon) -> Option<DateTime<Utc>> {
        let given = DateTime::from_timestamp_millis(balloon.given_ms).filter(|_| balloon.state.is_open())?;
        Some(floats_away(given, self.memory.balloon_hours()))
    }

    pub async fn balloon(&self, id: &str) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.balloon(id).await?)
    }

    /// What became of the balloon that this receipt was given for.
    pub async fn balloon_by_receipt(&self, receipt: &str) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.balloon_by_receipt(receipt).await?)
    }

    pub async fn acknowledge_balloon(&self, id: &str, now: DateTime<Utc>) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.acknowledge_balloon(id, now.timestamp_millis()).await?)
    }

    pub async fn decline_balloon(&self, id: &str, reason: &str, now: DateTime<Utc>) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.decline_balloon(id, reason, now.timestamp_millis()).await?)
    }

    pub async fn merge_balloon(&self, id: &str, into: &str, now: DateTime<Utc>) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.merge_balloon(id, into, now.timestamp_millis()).await?)
    }

    /// Writes a draft of a tip from a balloon. The draft is there before the balloon counts as adopted, so that a
    /// failure in between leaves an open balloon and a draft, and nothing lost.
    pub async fn adopt_balloon(
        self: &Arc<Self>,
        id: &str,
        how: Adoption,
        now: DateTime<Utc>,
    ) -> Result<Balloon, RecordError> {
        let ledger = self.ledger()?;
        let balloon = ledger.balloon(id).await?;
        if !balloon.state.is_open() {
            // The ledger says in its own words why that is too late.
            return Ok(ledger.adopt_balloon(id, &TipId::new(""), now.timestamp_millis()).await?);
        }
        let question = how.question.clone().unwrap_or_else(|| question_of(&balloon.said));
        let known = self.snapshot.load().sections.clone();
        let text = draft(&balloon, &question, how.credit, &known);
        let app = Arc::clone(self);
        let section = balloon.product.clone().unwrap_or_else(SectionId::root);
        let written = tokio::task::spawn_blocking(move || match how.id {
            Some(id) => app.put_tip(&id, &text, &Precondition::Absent).map(|_| TipId::new(id)),
            None => app.put_new(&section, &question, &text),
        });
        let tip = written.await.map_err(|error| WriteError::Io(std::io::Error::other(error)))??;
        Ok(ledger.adopt_balloon(id, &tip, now.timestamp_millis()).await?)
    }

    /// Writes a file under a name made of its question, one that is not taken.
    fn put_new(&self, section: &SectionId, question: &str, text: &str) -> Result<TipId, WriteError> {
        let section = match self.snapshot.load().sections.get(section) {
            Some(known) => known.id.clone(),
            None => SectionId::root(),
        };
        let name = Some(slug(question)).filter(|name| !name.is_empty()).unwrap_or_else(|| "balloon".to_owned());
        let mut last = WriteError::Conflict { tag: None };
        for turn in 1..=TRIES {
            let name = if turn == 1 { name.clone() } else { format!("{name}-{turn}") };
            let id = match section.as_str() {
                "" => name,
                section => format!("{section}/{name}"),
            };
            match self.put_tip(&id, text, &Precondition::Absent) {
                Ok(_) => return Ok(TipId::new(id)),
                Err(taken @ WriteError::Conflict { .. }) => last = taken,
                Err(other) => return Err(other),
            }
        }
        Err(last)
    }
}

/// The balloon's first sentence as the tip's question.
fn question_of(said: &str) -> String {
    let line = said.split(['\n', '\r']).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    let end = line.find(['.', '!', '?']).map_or(line.len(), |at| at + 1);
    line[..end].trim_end_matches(['.', '!']).to_owned()
}

fn draft(balloon: &Balloon, question: &str, credit: bool, sections: &Sections) -> String {
    let mut front = Map::new();
    front.insert("draft".to_owned(), json!(true));
    // An issue that the library does not define would keep the file from being read.
    if let Some(issue) = balloon.issue.as_ref().filter(|issue| sections.issue_title(issue).is_some()) {
        front.insert("when".to_owned(), when(issue));
    }
    let name = |giver: &Giver| giver.name.clone().filter(|_| credit);
    let mut said: Vec<(String, Option<String>)> =
        balloon.givers.iter().map(|giver| (giver.said.clone(), name(giver))).collect();
    if said.is_empty() {
        said.push((balloon.said.clone(), None));
    }
    compose(&front, question, "Write here what to say aloud, in 30 words or fewer.", &quoted(&said))
}

fn when(issue: &IssueId) -> Value {
    json!([issue.as_str()])
}

/// What givers wrote, as quotes, each once, with the name of who wants to be named.
fn quoted(said: &[(String, Option<String>)]) -> String {
    let mut seen: Vec<&(String, Option<String>)> = Vec::new();
    for one in said {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    let quote = |(text, name): &&(String, Option<String>)| {
        let by = name.iter().map(|name| format!("— {name}"));
        let lines = text.lines().map(str::to_owned).chain(by.flat_map(|by| [String::new(), by]));
        lines.map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    };
    seen.iter().map(quote).collect::<Vec<_>>().join("\n\n")
}
