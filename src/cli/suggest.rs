//! `suggest`: the one tip worth volunteering now, as an agent reads it, or why there is none.

use super::args::SuggestArgs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::terminal::{Ink, beside, calm};
use super::wire;
use crate::app::Suggested;
use crate::engine::{Question, ReviewState, Silence, Situation, Suggestion};
use crate::tip::{Mood, Stage, TipId};
use chrono::Utc;
use std::io::Read;

/// Wide enough for the longest label, "They did not ask:", and a space.
const COLUMN: usize = 18;
/// What was understood with less confidence than this is a guess that only distracts.
const SHOWN: f32 = 0.1;

pub(super) fn run(desk: &Desk, asked: &SuggestArgs) -> Run {
    let question = question(desk, asked)?;
    // What contacts taught counts as it does for a server; a ledger that is away keeps nobody from a tip.
    let suggested = if desk.has_ledger()? {
        desk.beside_ledger(async |app| Ok(app.answer(question, Utc::now()).await?))?
    } else {
        desk.open()?.suggest(&question, Utc::now())?
    };
    if desk.json {
        desk.out.json(&wire::suggested(&suggested, asked.explain, desk.base()))?;
    } else {
        print(desk, &suggested, asked.explain)?;
    }
    Ok(if suggested.answer.tip.is_ok() { Ended::Done } else { Ended::No })
}

/// As typed becomes as meant; words of closed lists are refused with the list.
fn question(desk: &Desk, asked: &SuggestArgs) -> Result<Question, Failure> {
    let text = words(&asked.words)?;
    if text.trim().is_empty() && asked.product.is_empty() && asked.issue.is_empty() {
        return Err(Failure::Said(
            "tell what the customer says, or give --product or --issue\n\n  \
             stemwire suggest a bunch of gerberas for our anniversary please\n  \
             stemwire suggest - < chat.txt"
                .to_owned(),
        ));
    }
    let longest = desk.config.limits.get("text_chars").copied().unwrap_or(u64::MAX);
    if text.chars().count() as u64 > longest {
        return Err(Failure::Said(format!("the words are longer than {longest} characters (limits.text_chars)")));
    }
    Ok(Question {
        text,
        products: asked.product.clone(),
        issues: asked.issue.clone(),
        stage: word(asked.stage.as_deref(), "stage", Stage::from_text, Stage::ALL.iter().map(|w| w.as_str()))?,
        mood: word(asked.mood.as_deref(), "mood", Mood::from_text, Mood::ALL.iter().map(|w| w.as_str()))?,
        customer: asked.customer.clone(),
        occasions: asked.occasion.iter().map(|fact| fact_of(fact)).collect(),
        remembered: Default::default(),
        told: asked.told.iter().map(TipId::new).collect(),
        limit: usize::from(asked.limit),
        lang: asked.lang.as_ref().map(|lang| lang.to_lowercase()),
    })
}

/// The words joined, or stdin where they are `-`.
pub(super) fn words(words: &[String]) -> Result<String, Failure> {
    if words != ["-"] {
        return Ok(words.join(" "));
    }
    let mut bytes = Vec::new();
    std::io::stdin().read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The word of a closed list that was typed, if one was.
pub(super) fn word<W>(
    typed: Option<&str>,
    option: &str,
    read: impl Fn(&str) -> Option<W>,
    all: impl Iterator<Item = &'static str>,
) -> Result<Option<W>, Failure> {
    let Some(typed) = typed else { return Ok(None) };
    match read(typed) {
        Some(word) => Ok(Some(word)),
        None => {
            let all: Vec<_> = all.collect();
            Err(Failure::Said(format!("--{option} {typed}: one of {} is expected", all.join(", "))))
        }
    }
}

/// `customer-since=2019` as key and value; a bare fact is simply so.
fn fact_of(fact: &str) -> (String, String) {
    let (key, value) = fact.split_once('=').unwrap_or((fact, ""));
    (key.trim().to_owned(), value.trim().to_owned())
}

fn print(desk: &Desk, suggested: &Suggested, explain: bool) -> Result<(), Failure> {
    match &suggested.answer.tip {
        Ok(tip) => print_tip(desk, tip, explain)?,
        Err(silence) => print_silence(desk, silence)?,
    }
    print_understood(desk, &suggested.situation)?;
    print_list(desk, "They did ask", &suggested.answer.answers)?;
    if let Some(craft) = &suggested.answer.craft {
        print_list(desk, "For you", std::slice::from_ref(craft))?;
    }
    print_others(desk, &suggested.answer.others)
}

/// Questions only: there is one tip to say, and these are for whoever wants to look.
fn print_others(desk: &Desk, others: &[Suggestion]) -> Result<(), Failure> {
    if others.is_empty() {
        return Ok(());
    }
    desk.out.line("")?;
    desk.out.line(desk.out.paint(Ink::Strong, "Also worth a look"))?;
    for other in others {
        desk.out.line(beside("", "", 2, &other.tip.question))?;
        desk.out.line(format!("    {}", desk.out.paint(Ink::Faint, other.tip.id.as_str())))?;
    }
    Ok(())
}

fn print_tip(desk: &Desk, suggestion: &Suggestion, explain: bool) -> Result<(), Failure> {
    let tip = &suggestion.tip;
    label(desk, "They did not ask:", Ink::Strong, &tip.question)?;
    label(desk, "Say:", Ink::Good, &tip.say)?;
    for wire in &tip.wire {
        let text = match &wire.url {
            Some(url) => format!("{} <{url}>", wire.label),
            None => wire.label.clone(),
        };
        label(desk, "Hand over:", Ink::Strong, &text)?;
    }
    if !suggestion.why.is_empty() {
        label(desk, "Because:", Ink::Strong, &suggestion.why.join(" "))?;
    }
    let by = suggestion.review_by.map(|day| day.to_string()).unwrap_or_default();
    match suggestion.review {
        ReviewState::Due => label(desk, "Review:", Ink::Warn, &format!("due by {by}"))?,
        ReviewState::Overdue => label(desk, "Review:", Ink::Bad, &format!("was due by {by}: it may be wrong"))?,
        ReviewState::Fresh | ReviewState::None => {}
    }
    label(desk, "Tip:", Ink::Faint, tip.id.as_str())?;
    if explain {
        for part in &suggestion.contributions {
            let text = format!("{:+.2}  {}: {}", part.value, part.signal, part.detail);
            label(desk, "", Ink::Faint, &text)?;
        }
        label(desk, "Score:", Ink::Faint, &format!("{:.2}", suggestion.score))?;
    }
    Ok(())
}

fn print_silence(desk: &Desk, silence: &Silence) -> Result<(), Failure> {
    label(desk, "Silence:", Ink::Strong, &silence.detail)?;
    label(desk, "Reason:", Ink::Faint, silence.code.as_str())
}

fn print_understood(desk: &Desk, situation: &Situation) -> Result<(), Failure> {
    let percent = |confidence: f32| format!("{:.0} %", confidence * 100.0);
    // The best two of each, where there is something to them: an agent wants to see whether it went wrong.
    let products = situation
        .products
        .iter()
        .take(2)
        .filter(|p| p.confidence >= SHOWN)
        .map(|p| format!("{} ({})", p.title, percent(p.confidence)));
    let issues = situation
        .issues
        .iter()
        .take(2)
        .filter(|i| i.confidence >= SHOWN)
        .map(|i| format!("{} ({})", i.title, percent(i.confidence)));
    let understood: Vec<String> = products.chain(issues).collect();
    if !understood.is_empty() {
        label(desk, "Understood:", Ink::Faint, &understood.join(", "))?;
    }
    for unknown in &situation.unknown {
        let text = match unknown.nearest.first() {
            Some(nearest) => format!("{}; the nearest is {nearest}", unknown.given),
            None => unknown.given.clone(),
        };
        label(desk, "Not known:", Ink::Warn, &text)?;
    }
    Ok(())
}

fn print_list(desk: &Desk, title: &str, suggestions: &[Suggestion]) -> Result<(), Failure> {
    if suggestions.is_empty() {
        return Ok(());
    }
    desk.out.line("")?;
    desk.out.line(desk.out.paint(Ink::Strong, title))?;
    for suggestion in suggestions {
        let tip = &suggestion.tip;
        desk.out.line(format!("  {}", desk.out.paint(Ink::Strong, &calm(&tip.question))))?;
        desk.out.line(beside("", "", 4, &tip.say))?;
        desk.out.line(format!("    {}", desk.out.paint(Ink::Faint, tip.id.as_str())))?;
    }
    Ok(())
}

fn label(desk: &Desk, label: &str, ink: Ink, text: &str) -> Result<(), Failure> {
    desk.out.line(beside(label, &desk.out.paint(ink, label), COLUMN, text))
}
