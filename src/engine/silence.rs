//! When to stay silent, and how that is said: the gates a tip must pass to be volunteered.
//!
//! All thresholds of the decision stand here. Nothing here adds points.

use super::expected::{untold, waited};
use super::fit::{Fit, PART_OF, certainty, chance};
use super::grave::Grave;
use super::known::spoken;
use super::reading::{POINTED_MOST, Reading, View};
use super::{Origin, Recognised, ReviewState, Silence, SilenceCode, Situation};
use crate::tip::{IssueId, LEAST_EXPECTED, Tip};
use std::sync::Arc;

/// A product or issue read from words counts as understood from this calibrated confidence on, and a tip fits from
/// this chance on. Measured on halves of the train files of four data sets with 3, 10 and all phrases an issue
/// (`docs/ranking.md`): at 0.3, 95 of 100 questions whose issue is recognised rightly are answered on each of them,
/// and on CLINC150 with ten phrases 95 of 100 of all that are in scope, while 70 of 100 out of scope are silenced.
pub const UNDERSTOOD: f32 = 0.3;

/// The next issue should follow in at least one contact of five before breath is spent on it: the rule of thumb of
/// the practice books that PRODUCT.md goes by ("Volunteer what happens often").
pub const LIKELY: f32 = 0.2;

/// What `check` warns of can indeed not pass the gate.
const _: () = assert!(LEAST_EXPECTED * POINTED_MOST < LIKELY);

/// A tip that names neither product nor issue is tied to a contact by half of the words' weight or more.
pub const TIED_BY_WORDS: f32 = 0.5;

/// From this confidence on sentences say that it is so, and below that it may be: more likely than not.
pub(super) const SURE: f32 = 0.5;

/// What the gates say of one tip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gate {
    /// It may be volunteered.
    Open,
    /// It is not for this situation: no reason to speak of it.
    Elsewhere,
    /// It fits, and must not be volunteered all the same.
    Shut(SilenceCode),
    /// It would be volunteered, were the customer not drawn into the group that is not told.
    HeldOut,
}

/// True where the situation is clear enough to speak: something was given, or read with enough confidence.
pub fn understood(situation: &Situation) -> bool {
    situation.issues.iter().any(clear) || situation.products.iter().any(clear)
}

fn clear<Id>(known: &Recognised<Id>) -> bool {
    known.from == Origin::Given || chance(known.confidence) >= UNDERSTOOD
}

/// Passes `view` through the gates, the firmest first.
pub(super) fn gate(view: &View<'_>) -> Gate {
    let enough = match view.fit {
        Fit { by_words: true, .. } => TIED_BY_WORDS,
        Fit { part: true, .. } => UNDERSTOOD * PART_OF,
        _ => UNDERSTOOD,
    };
    if view.fit.joint < enough || view.lacks_occasion() || view.out_of_place() {
        return Gate::Elsewhere;
    }
    if view.told() {
        return Gate::Shut(SilenceCode::AlreadyTold);
    }
    if !worth_it(view) || counted_out(view) {
        return Gate::Shut(SilenceCode::Unlikely);
    }
    if view.review == ReviewState::Overdue || view.flagged() {
        return Gate::Shut(SilenceCode::Overdue);
    }
    if view.held_out() {
        return Gate::HeldOut;
    }
    Gate::Open
}

/// True where enough of such contacts lead to the next issue. What prevents nothing is told on its situation alone, so that
/// must be more than a part that is perhaps theirs. More is not asked: in four trades that the engine was not made for, of
/// seven such tips with a fit between 0.3 and 0.5 five were right.
fn worth_it(view: &View<'_>) -> bool {
    view.chance_here().map_or(!view.fit.part, |chance| chance >= LIKELY)
}

/// True where customers were counted and even the upper end of the interval lies below the threshold: then no word of
/// theirs that points to the tip makes up for it.
fn counted_out(view: &View<'_>) -> bool {
    view.expected.is_some_and(|e| e.origin.counted().is_some_and(|counted| counted.high < LIKELY))
}

/// The reason to stay silent: that of the best tip which fits and may not be volunteered; else that they asked just
/// what the library has; else that nothing is understood or written. `others` are the tips that were not asked for, the
/// best first.
pub(super) fn silence(
    reading: &Reading<'_>,
    shut: Option<(&View<'_>, SilenceCode)>,
    answer: Option<&View<'_>>,
    others: &[&View<'_>],
) -> Silence {
    let situation = reading.situation;
    let understood = understood(situation);
    if reading.grave.is_some_and(Grave::is_danger) && answer.is_none() {
        let detail = "Somebody may be in danger: help with that first, and say nothing else.".to_owned();
        return Silence { danger: true, ..because(SilenceCode::NoSituation, detail) };
    }
    // A question that was asked in words is answered, and that says more than that some other tip is unlikely.
    let worded = answer.is_some_and(|a| a.asked.is_worded());
    let shut = shut.filter(|(_, code)| !(worded && *code == SilenceCode::Unlikely));
    if let (Some((view, code)), true) = (shut, understood) {
        let detail = match code {
            SilenceCode::Unlikely if view.fit.part => nearest(reading, view, others),
            _ => shut_detail(view, code),
        };
        return Silence { kept_back: Some(Arc::clone(view.tip)), ..because(code, detail) };
    }
    match answer {
        Some(answer) if understood || worded => because(SilenceCode::Asked, asked_detail(answer)),
        _ if understood && reading.grave == Some(Grave::Loss) => because(
            SilenceCode::NoTip,
            "Somebody has died: no tip is written for that, and any other would be out of place.".to_owned(),
        ),
        _ if understood => because(
            SilenceCode::NoTip,
            match product_alone(situation) {
                Some(product) => format!(
                    "This is about {product}, and what about it does not show yet; name the issue, or add a few words."
                ),
                None => unfit(reading, others),
            },
        ),
        _ => because(SilenceCode::NoSituation, not_understood(situation)),
    }
}

/// Silence in which no single tip was kept back.
fn because(code: SilenceCode, detail: String) -> Silence {
    Silence { code, detail, kept_back: None, danger: false }
}

/// Which tip it would have been stays unsaid: whoever read it would tell it.
pub(super) fn held_out(tip: &Arc<Tip>) -> Silence {
    let detail = "This customer was drawn by lot to be told nothing here: that is how it shows whether telling helps.";
    Silence { kept_back: Some(Arc::clone(tip)), ..because(SilenceCode::HeldOut, detail.to_owned()) }
}

fn asked_detail(answer: &View<'_>) -> String {
    let question = &answer.tip.question;
    match &answer.tip.prevents {
        Some(issue) if !answer.asked.is_worded() => {
            format!(
                "They are in touch about “{}” itself, so this is an answer and no news: “{question}”",
                answer.reading.known.issue(issue)
            )
        }
        _ => format!("They asked for it themselves, so it is an answer and no news: “{question}”"),
    }
}

fn shut_detail(view: &View<'_>, code: SilenceCode) -> String {
    let question = &view.tip.question;
    match code {
        SilenceCode::Overdue if view.flagged() => {
            format!(
                "Somebody dismissed the tip that fits as wrong or unsafe, and no editor has looked yet: “{question}”"
            )
        }
        SilenceCode::AlreadyTold => format!("They have been told already: “{question}”"),
        SilenceCode::Overdue => {
            let by = view.review_by.map(|day| day.format(" on %-d %b %Y").to_string()).unwrap_or_default();
            format!("The tip that fits was to be reviewed{by} and may be out of date: “{question}”")
        }
        _ => unlikely_detail(view),
    }
}

/// How rarely it would help, from what was counted; and where the count alone would do, that this contact may be another.
fn unlikely_detail(view: &View<'_>) -> String {
    let chance = (view.chance_here().unwrap_or_default() * 100.0).floor();
    let bar = LIKELY * 100.0;
    let tip = &view.tip;
    let called = |issue: &IssueId| format!("“{}”", view.reading.known.issue(issue));
    let about = tip.prevents.as_ref().map_or_else(|| "it".to_owned(), called);
    let counted = view.expected.as_ref().and_then(|e| e.origin.counted());
    let before = match counted {
        Some(c) if c.n as f32 >= LIKELY * c.of as f32 => format!(
            "{} of {} such customers{} came back about {about} so far{}, but it is not certain that this is such a contact. ",
            c.n,
            c.of,
            waited(c),
            untold(c)
        ),
        Some(c) => {
            format!("{} of {} such customers{} came back about {about} so far{}. ", c.n, c.of, waited(c), untold(c))
        }
        None => String::new(),
    };
    format!(
        "{before}Not volunteered, since it would help in about {chance:.0} of 100 here, and {bar:.0} are asked for: “{}”",
        tip.question
    )
}

/// The product, where nothing shows what about it.
fn product_alone(situation: &Situation) -> Option<&str> {
    let issue = situation.issues.first().filter(|i| clear(*i));
    let product = situation.products.first().filter(|p| clear(*p));
    product.filter(|_| issue.is_none()).map(|product| product.title.as_str())
}

fn not_understood(situation: &Situation) -> String {
    match situation.unknown.first() {
        Some(unknown) => match unknown.nearest.first() {
            Some(nearest) => format!("“{}” is not known here; the nearest is {nearest}.", unknown.given),
            None => format!("“{}” is not known here; name a product or issue of the library.", unknown.given),
        },
        None => "Nothing shows yet which product or issue this is about; name it, or add a few words.".to_owned(),
    }
}

/// What was understood and what is missing where no tip fits: that none is written is said only where it is so.
fn unfit(reading: &Reading<'_>, others: &[&View<'_>]) -> String {
    let about = about(reading);
    let issue = reading.situation.issues.first().filter(|i| clear(*i));
    let written = others.iter().filter(|v| issue.is_some_and(|i| v.tip.when.contains(&i.id)) && !v.out_of_place());
    let (theirs, elsewhere): (Vec<&View<'_>>, Vec<&View<'_>>) =
        written.copied().partition(|v| v.fit.product >= UNDERSTOOD && !v.fit.part);
    if theirs.iter().any(|v| !v.lacks_occasion()) {
        return format!(
            "This {about}, which is not certain enough for a tip: name the issue or the product if it is so."
        );
    }
    if let Some(occasion) = theirs.iter().find_map(|v| v.tip.occasions.first()) {
        return format!(
            "This {about}, and the tip for that is for an occasion that is not known here: {}.",
            spoken(occasion)
        );
    }
    match tips_for(reading, &elsewhere) {
        None => format!("This {about}, and no tip is written for that yet."),
        Some((tips, name)) => format!("This {about}, and {tips}: name {name}."),
    }
}

/// What the customer may have that tips are for, where only that is missing.
fn nearest(reading: &Reading<'_>, best: &View<'_>, others: &[&View<'_>]) -> String {
    let parts: Vec<&View<'_>> = std::iter::once(best)
        .chain(others.iter().copied())
        .filter(|v| v.fit.part && v.fit.joint >= UNDERSTOOD * PART_OF)
        .collect();
    match tips_for(reading, &parts) {
        Some((tips, name)) => format!("{}: name {name}.", tips.replacen("the", "The", 1)),
        None => shut_detail(best, SilenceCode::Unlikely),
    }
}

/// What the products are called that tips are for, and what to name; none where there are none.
fn tips_for(reading: &Reading<'_>, tips: &[&View<'_>]) -> Option<(String, &'static str)> {
    let mut products: Vec<String> = Vec::new();
    for product in tips.iter().filter_map(|v| v.tip.products.first()) {
        let called = reading.known.section(product);
        if products.len() < NEAREST && !products.contains(&called) {
            products.push(called);
        }
    }
    let (last, first) = products.split_last()?;
    Some(match first {
        [] => (format!("the nearest tip is for {last}"), "that if it is what they have"),
        _ => (format!("the nearest tips are for {} and {last}", first.join(", ")), "what they have"),
    })
}

/// Products that a sentence names at most: what is read in passing.
const NEAREST: usize = 3;

/// The situation in a few words: "is about “buying” (Gerbera daisies)".
fn about(reading: &Reading<'_>) -> String {
    let situation = reading.situation;
    let issue = situation.issues.first().filter(|i| clear(*i));
    let product = situation.products.first().filter(|p| clear(*p));
    let verb = if issue.is_some_and(|i| certainty(i) < SURE) { "may be about" } else { "is about" };
    match (issue.map(|i| reading.known.issue(&i.id)), product.map(|p| p.title.as_str())) {
        (Some(issue), Some(product)) => format!("{verb} “{issue}” ({product})"),
        (Some(issue), None) => format!("{verb} “{issue}”"),
        (None, Some(product)) => format!("is about {product}"),
        (None, None) => "is about something the library knows".to_owned(),
    }
}
