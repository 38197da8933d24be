//! Why a suggestion is made, in sentences for a person who is talking to a customer: short, kind, and true.
//!
//! It never speaks of counts that nobody counted.

use super::ReviewState;
use super::expected::{Source, days, in_words, untold, within};
use super::fit::certainty;
use super::foresight::Basis;
use super::known::spoken;
use super::occasions::Heard;
use super::reading::View;
use super::signals::occasion;
use super::silence::{LIKELY, SURE, UNDERSTOOD};

/// Sentences at most: what is read in the two seconds before speaking.
const SENTENCES: usize = 4;

/// Why this tip is volunteered, the strongest reason first.
pub(super) fn of_tip(view: &View<'_>) -> Vec<String> {
    let mut why = vec![situation(view)];
    why.extend(late(view));
    why.extend(special(view));
    if let Some(expected) = view.expected.filter(|e| e.origin == Source::Editor) {
        let pointed = if view.pointed > 1.0 { ", and what they said points to it" } else { "" };
        why.push(format!("The editor expects this in about {} such contacts{pointed}.", in_words(expected.chance)));
    }
    why.extend(counted(view));
    if view.fit.part {
        let part = view.tip.products.first().map_or_else(String::new, |p| view.reading.known.section(p));
        why.push(format!("It is for {part}; ask whether that is what they have."));
    }
    why.extend(due(view));
    if let Some(stage) = view.reading.stage.filter(|s| view.tip.stages.contains(&s.what)) {
        why.push(format!("It belongs to this stage of a contact: {}.", stage.what.as_str().replace('-', " ")));
    }
    why.truncate(SENTENCES);
    why
}

/// Why this answers what they asked.
pub(super) fn of_answer(view: &View<'_>) -> Vec<String> {
    let mut why = Vec::new();
    match &view.tip.prevents {
        Some(prevented) if !view.asked.is_worded() => {
            why.push(format!(
                "They got in touch about “{}”, and this helps with it.",
                view.reading.known.issue(prevented)
            ));
        }
        _ => why.push("They asked this.".to_owned()),
    }
    if view.told() {
        why.push("They were told this before.".to_owned());
    }
    why.extend(late(view));
    why.extend(due(view));
    why
}

/// Why this craft tip stands beside.
pub(super) fn of_craft(view: &View<'_>) -> Vec<String> {
    let mut why = Vec::new();
    if let Some(mood) = view.reading.mood.filter(|m| view.tip.moods.contains(&m.what)) {
        let verb = if mood.from_words { "sound" } else { "are" };
        why.push(format!("They {verb} {}.", mood.what.as_str().replace('-', " ")));
    }
    if let Some(stage) = view.reading.stage.filter(|s| view.tip.stages.contains(&s.what)) {
        why.push(format!("It belongs to this stage of a contact: {}.", stage.what.as_str().replace('-', " ")));
    }
    if let Some(issue) = heard_issue(view) {
        why.push(format!("They got in touch about “{issue}”."));
    }
    why.extend(special(view));
    why
}

/// What they got in touch about, and what often comes of it.
fn situation(view: &View<'_>) -> String {
    if view.fit.by_words {
        return "Words that they used stand in this tip.".to_owned();
    }
    let verb = if view.heard_issue() < SURE { "This may be about" } else { "They got in touch about" };
    let about = match (heard_issue(view), product(view)) {
        (Some(issue), Some(product)) => format!("{verb} “{issue}” ({product})"),
        (Some(issue), None) => format!("{verb} “{issue}”"),
        (None, Some(product)) => format!("This is about {product}"),
        (None, None) => "It may suit what was said".to_owned(),
    };
    let (Some(prevented), Some(expected)) = (&view.tip.prevents, view.expected) else { return format!("{about}.") };
    let often = match expected.origin {
        Source::Editor | Source::Counted(_) if expected.chance >= LIKELY => "often follows",
        _ => "may follow",
    };
    let within = view.tip.after.as_ref().map(|a| format!(" within {}", a.text.trim())).unwrap_or_default();
    format!("{about}; “{}” {often}{within}.", view.reading.known.issue(prevented))
}

/// What was counted: "12 of 40 customers who got in touch about “buying” (Gerbera daisies) came back about “drooping”
/// within 7 days." None where nothing was. Some days after their contact: "Their last contact about “buying” was 6 days
/// ago. Of 28 customers who got in touch about it (Gerbera daisies) and who had not come back about “drooping” for as
/// long, 2 did within the next 7 days."
pub(super) fn counted(view: &View<'_>) -> Option<String> {
    let expected = view.expected?;
    let counted = expected.origin.counted()?;
    let prevented = view.reading.known.issue(view.tip.prevents.as_ref()?);
    let product = product(view).map(str::to_owned);
    let of_product = || product.as_ref().map(|title| format!(" ({title})")).unwrap_or_default();
    let more = match counted.basis {
        Basis::Pair => " right after the same issue as they did",
        Basis::Set => " after the same as they did before",
        Basis::Sequence => " after the same as they did before, in that order",
        _ => "",
    };
    let (n, of, within, untold) = (counted.n, counted.of, within(counted), untold(counted));
    if let Some(before) = counted.after.filter(|_| counted.since_days > 0).and_then(|at| view.tip.when.get(at)) {
        return Some(format!(
            "Their last contact about “{}” was {} ago. Of {of} customers who got in touch about it{}{more} and who had not \
             come back about “{prevented}” for as long, {n} did{within}{untold}.",
            view.reading.known.issue(before),
            days(counted.since_days),
            of_product()
        ));
    }
    let with = match (counted.basis, heard_issue(view)) {
        (Basis::Issue | Basis::First | Basis::Pair | Basis::Set | Basis::Sequence, Some(issue)) => {
            format!(" who got in touch about “{issue}”{}{more}", of_product())
        }
        (Basis::Product, _) => product.map(|title| format!(" with {title}")).unwrap_or_default(),
        _ => " in this situation".to_owned(),
    };
    Some(format!("{n} of {of} customers{with} came back about “{prevented}”{within}{untold}."))
}

/// The likeliest of the tip's issues that was understood, as it is spoken.
fn heard_issue(view: &View<'_>) -> Option<String> {
    let issues = &view.reading.situation.issues;
    let heard = issues.iter().find(|i| view.tip.when.contains(&i.id) && certainty(*i) >= UNDERSTOOD)?;
    Some(view.reading.known.issue(&heard.id))
}

/// Title of the likeliest product that was understood and that the tip is for.
fn product<'a>(view: &View<'a>) -> Option<&'a str> {
    let related = |has: &crate::tip::SectionId| view.tip.products.iter().any(|p| p.contains(has) || has.contains(p));
    view.reading.situation.products.iter().find(|p| related(&p.id)).map(|p| p.title.as_str())
}

/// What is known about the customer and makes this tip theirs.
fn special(view: &View<'_>) -> Option<String> {
    let (occasion, heard) = occasion::met(view)?;
    Some(match (occasion, heard) {
        ("anniversary" | "birthday", Heard::Given(known)) => format!("It is their {occasion}{}.", in_brackets(&known)),
        ("new", Heard::Given(known)) => format!("They are a new customer{}.", in_brackets(&known)),
        ("returning", Heard::Given(known)) => format!("They have been with us before{}.", in_brackets(&known)),
        (other, Heard::Given(known)) => format!("Known about them: {}{}.", spoken(other), in_brackets(&known)),
        ("anniversary", Heard::Said) => "They mentioned an anniversary.".to_owned(),
        ("birthday", Heard::Said) => "They mentioned a birthday.".to_owned(),
        ("new", Heard::Said) => "They said that they are new here.".to_owned(),
        ("returning", Heard::Said) => "They said that they have been with us before.".to_owned(),
        (other, Heard::Said) => format!("They mentioned: {}.", spoken(other)),
    })
}

fn in_brackets(known: &str) -> String {
    if known.is_empty() || known == "true" { String::new() } else { format!(" ({known})") }
}

fn late(view: &View<'_>) -> Option<String> {
    let day = view.review_by.filter(|_| view.review == ReviewState::Overdue)?;
    Some(format!("Its review was due on {}: check before you rely on it.", day.format("%-d %b %Y")))
}

fn due(view: &View<'_>) -> Option<String> {
    let day = view.review_by.filter(|_| view.review == ReviewState::Due)?;
    Some(format!("Its review falls due on {}.", day.format("%-d %b %Y")))
}
