//! Balloons: given by anyone, caught by editors, adopted as drafts.

use super::App;
use super::contacts::by_name;
use super::evidence::Following;
use super::floating::floats_away;
use super::record::RecordError;
use super::write::{Precondition, WriteError};
use crate::ledger::{Balloon, BalloonState, Given, Giver, LedgerError, NewBalloon, Once, Page};
use crate::tip::{IssueId, TipId, UNWRITTEN, compose, literal, slug};
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
        let all = [Some(&given.text), given.from.as_ref(), given.role.as_ref(), given.contact.as_ref()];
        if all.into_iter().flatten().any(|text| text.contains('\0')) {
            return Err(LedgerError::Refused("it holds a NUL character, which no text does".to_owned()).into());
        }
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

    pub async fn acknowledge_balloon(
        &self,
        id: &str,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.acknowledge_balloon(id, once, now.timestamp_millis()).await?)
    }

    pub async fn decline_balloon(
        &self,
        id: &str,
        reason: &str,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.decline_balloon(id, reason, once, now.timestamp_millis()).await?)
    }

    pub async fn merge_balloon(
        &self,
        id: &str,
        into: &str,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Balloon, RecordError> {
        Ok(self.ledger()?.merge_balloon(id, into, once, now.timestamp_millis()).await?)
    }

    /// Writes a draft of a tip from a balloon. The draft is there before the balloon counts as adopted, so that a
    /// failure in between leaves an open balloon and a draft, and nothing lost; asked again, that draft is taken.
    pub async fn adopt_balloon(
        self: &Arc<Self>,
        id: &str,
        how: Adoption,
        once: Option<&Once>,
        now: DateTime<Utc>,
    ) -> Result<Balloon, RecordError> {
        let ledger = self.ledger()?;
        if let Some(once) = once
            && ledger.answered(once).await?.is_some()
        {
            return Ok(ledger.balloon(id).await?);
        }
        let balloon = ledger.balloon(id).await?;
        let question = how.question.clone().unwrap_or_else(|| question_of(&balloon.said));
        let name = self.id_for(&balloon, &question);
        // An editor's question may have markup; a giver's words are words.
        let question = how.question.unwrap_or_else(|| literal(&question).join(" "));
        let tip = if balloon.state.is_open() && balloon.id == id {
            let front = self.front_of(&balloon);
            let text = draft(&balloon, front, &question, how.credit);
            let app = Arc::clone(self);
            let written = tokio::task::spawn_blocking(move || match how.id {
                Some(id) => app.put_draft(&id, &text),
                None => app.put_new(&name, &text),
            });
            written.await.map_err(|error| WriteError::Io(std::io::Error::other(error)))??
        } else {
            // Where it became another tip, or none, the ledger says in its own words why that is too late.
            balloon.tip.filter(|tip| became(tip, how.id.as_deref(), &name)).unwrap_or_else(|| TipId::new(""))
        };
        Ok(ledger.adopt_balloon(id, &tip, once, now.timestamp_millis()).await?)
    }

    /// What the file says before its question. What somebody told of is where the tip is volunteered; what customers come
    /// back about by themselves is what it prevents, and it is volunteered where that follows often enough.
    fn front_of(&self, balloon: &Balloon) -> Map<String, Value> {
        let sections = self.snapshot.load().sections.clone();
        let mut front = Map::from_iter([("draft".to_owned(), json!(true))]);
        // An issue that the library does not define would keep the file from being read.
        let known = |issue: &IssueId| sections.issue_title(issue).is_some();
        let Some(issue) = balloon.issue.as_ref().filter(|issue| known(issue)) else { return front };
        let when: Vec<IssueId> = if balloon.rose_from.is_some() && balloon.givers.is_empty() {
            front.insert("prevents".to_owned(), json!(issue.as_str()));
            let follows = self.issue_follows(balloon.product.as_ref(), issue).into_iter();
            follows.filter(Following::is_likely).filter_map(|one| one.after).filter(known).collect()
        } else {
            vec![issue.clone()]
        };
        if !when.is_empty() {
            front.insert("when".to_owned(), when.iter().map(IssueId::as_str).collect());
        }
        front
    }

    /// The id of a balloon's tip with this question, where it is not taken.
    fn id_for(&self, balloon: &Balloon, question: &str) -> String {
        let name = Some(slug(question)).filter(|name| !name.is_empty()).unwrap_or_else(|| "balloon".to_owned());
        let known = self.snapshot.load().sections.clone();
        match balloon.product.as_ref().and_then(|product| known.get(product)).map(|section| section.id.as_str()) {
            None | Some("") => name,
            Some(section) => format!("{section}/{name}"),
        }
    }

    /// Writes a file under this name, or under one like it that is not taken.
    fn put_new(&self, name: &str, text: &str) -> Result<TipId, WriteError> {
        let mut last = WriteError::Conflict { tag: None };
        for turn in 1..=TRIES {
            let id = if turn == 1 { name.to_owned() } else { format!("{name}-{turn}") };
            match self.put_draft(&id, text) {
                Err(taken @ WriteError::Conflict { .. }) => last = taken,
                done => return done,
            }
        }
        Err(last)
    }

    /// Writes a file, unless it is there already just so: then an earlier request did.
    fn put_draft(&self, id: &str, text: &str) -> Result<TipId, WriteError> {
        let tip = TipId::new(id);
        match self.put_tip(id, text, &Precondition::Absent) {
            Err(WriteError::Conflict { tag: Some(tag) }) if tag == App::tag(&tip.composed(), text) => Ok(tip),
            done => done.map(|_| tip),
        }
    }
}

/// True where the tip that a balloon became is the one that is asked for: by its id, or else by the name that is made
/// of its question, with the number that such a name may have got.
fn became(tip: &TipId, id: Option<&str>, name: &str) -> bool {
    if let Some(id) = id {
        return tip.as_str() == id;
    }
    let numbered = |rest: &str| rest.strip_prefix('-').is_some_and(|turn| turn.parse::<usize>().is_ok());
    tip.as_str().strip_prefix(name).is_some_and(|rest| rest.is_empty() || numbered(rest))
}

/// The balloon's first sentence as the tip's question.
fn question_of(said: &str) -> String {
    let line = said.split(['\n', '\r']).map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    // A sentence ends where white space follows: `.NET`, `3.5` and `...and` end none. All three signs have one byte.
    let ends = |at: &usize| line[at + 1..].chars().next().is_none_or(char::is_whitespace);
    let end = line.match_indices(['.', '!', '?']).map(|(at, _)| at).find(ends).map_or(line.len(), |at| at + 1);
    let sentence = line[..end].trim_end_matches(['.', '!']);
    if sentence.is_empty() { line } else { sentence }.to_owned()
}

fn draft(balloon: &Balloon, front: Map<String, Value>, question: &str, credit: bool) -> String {
    let name = |giver: &Giver| giver.name.clone().filter(|_| credit);
    let mut said: Vec<(String, Option<String>)> =
        balloon.givers.iter().map(|giver| (giver.said.clone(), name(giver))).collect();
    if said.is_empty() {
        said.push((balloon.said.clone(), None));
    }
    compose(&front, question, UNWRITTEN, &quoted(&said))
}

/// What givers wrote, as quotes, each once, with the name of who wants to be named. It stays words: neither markup nor
/// line breaks lead out of the quote.
fn quoted(said: &[(String, Option<String>)]) -> String {
    let mut seen: Vec<&(String, Option<String>)> = Vec::new();
    for one in said {
        if !seen.contains(&one) {
            seen.push(one);
        }
    }
    let quote = |(text, name): &&(String, Option<String>)| {
        let by = name.iter().map(|name| format!("— {}", literal(name).join(" ")));
        let lines = literal(text.trim_end()).into_iter().chain(by.flat_map(|by| [String::new(), by]));
        lines.map(|line| format!("> {line}").trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    };
    seen.iter().map(quote).collect::<Vec<_>>().join("\n\n")
}
