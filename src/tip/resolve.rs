//! A draft and the sections around it become a tip: references looked up, defaults inherited.

use super::address::{self, Target};
use super::nearest::either;
use super::problem::Problems;
use super::value::Said;
use super::{
    Audience, Code, Draft, IssueId, Kind, NoProduct, Problem, SectionId, Sections, Tip, Wire, commitment, reading,
};
use chrono::NaiveDate;

/// How often the prevented issue follows where the editor does not say and no contact has shown yet.
pub const DEFAULT_EXPECTED: f32 = 0.3;
/// Below this chance a tip is never volunteered before contacts show more: words that point to it make its issue up to
/// three times as likely, and it takes 0.2, so a third of that. The engine holds its own figures to it.
pub const LEAST_EXPECTED: f32 = 0.066;
/// The library's language where nothing in it says otherwise.
pub const DEFAULT_LANG: &str = "en";

/// Looks up what a draft refers to. `commit_day` is the day of the file's last commit, where git knows one. The
/// problems are only those that need the sections; there is no tip where one of them, or of the draft's own, is an
/// error.
pub fn resolve(draft: &Draft, sections: &Sections, commit_day: Option<NaiveDate>) -> (Option<Tip>, Vec<Problem>) {
    let mut problems = Problems::new(&draft.file, &draft.text);
    let front = &draft.front;
    let section = draft.id.section();
    let kind = front.kind.unwrap_or(Kind::Tip);
    let products = products(draft, kind, sections, &mut problems);
    let places = if products.is_empty() { vec![section.clone()] } else { products.clone() };
    let mut when = Vec::with_capacity(front.when.len());
    for said in &front.when {
        when.extend(issues(said, &places, sections, &mut problems));
    }
    when.dedup();
    let prevents = front.prevents.as_ref();
    let prevents = prevents.and_then(|said| issues(said, &places, sections, &mut problems).into_iter().next());
    let inherited = |of: fn(&super::Section) -> Option<String>| sections.upwards(&section).find_map(of);
    let lang = front.lang.clone().or_else(|| inherited(|s| s.lang.clone())).unwrap_or_else(|| DEFAULT_LANG.to_owned());
    let owner = front.owner.clone().or_else(|| inherited(|s| s.owner.clone()));
    let review = front.review.or_else(|| sections.upwards(&section).find_map(|s| s.review));
    let promise = promise(draft, &lang, [owner.is_none(), review.is_none()], &mut problems);
    reading::check(draft, &lang, &mut problems);
    if draft.broken || problems.any_error() {
        return (None, problems.found);
    }
    let tip = Tip {
        id: draft.id.clone(),
        file: draft.file.clone(),
        aliases: draft.aliases().cloned().collect(),
        question: draft.question.text.clone(),
        say: draft.say.text.clone(),
        detail: draft.detail.clone(),
        section,
        products,
        when,
        prevents,
        after: front.after.clone(),
        expected: front.expected.unwrap_or(DEFAULT_EXPECTED),
        expected_given: front.expected.is_some(),
        wire: front.wire.iter().map(|wire| handed_over(wire, &draft.id.section())).collect(),
        asks: front.asks.clone(),
        says: front.says.clone(),
        kind,
        theme: front.theme,
        stages: front.stages.clone(),
        moods: front.moods.clone(),
        occasions: front.occasions.clone(),
        audience: front.audience.unwrap_or(Audience::Customer),
        owner,
        review,
        verified: front.verified.or(commit_day),
        promise,
        again: front.again,
        lot: front.lot.unwrap_or(true),
        draft: front.draft,
        lang,
        tags: front.tags.clone(),
        extra: front.extra.clone(),
    };
    (Some(tip), problems.found)
}

fn products(draft: &Draft, kind: Kind, sections: &Sections, problems: &mut Problems<'_>) -> Vec<SectionId> {
    let from = draft.id.section();
    if draft.front.products.is_empty() {
        return if kind == Kind::Craft { Vec::new() } else { vec![from] };
    }
    let mut products = Vec::with_capacity(draft.front.products.len());
    for said in &draft.front.products {
        match sections.resolve_product(&from, &said.text) {
            Ok(id) if products.contains(&id) => {}
            Ok(id) => products.push(id),
            Err(NoProduct::Unknown(near)) => {
                let help = match near.as_slice() {
                    [] => {
                        "A product is a folder of the library: its path, the last part of it, or an alias.".to_owned()
                    }
                    near => format!("Did you mean {}?", either(near.iter().map(SectionId::as_str))),
                };
                let message = format!("No section of the library is called `{}`.", said.text.escape_debug());
                problems.note(Code::UnknownProduct, said.span.clone(), message, help);
            }
            Err(NoProduct::Ambiguous(all)) => {
                let message = format!("Several sections are called `{}`.", said.text.escape_debug());
                let help = format!("Write the whole id: {}.", either(all.iter().map(SectionId::as_str)));
                problems.note(Code::AmbiguousProduct, said.span.clone(), message, help);
            }
        }
    }
    products
}

/// The issue a name means at each of the places; it has to mean one at least at one of them.
fn issues(said: &Said, places: &[SectionId], sections: &Sections, problems: &mut Problems<'_>) -> Vec<IssueId> {
    let mut found: Vec<IssueId> = places.iter().filter_map(|at| sections.resolve_issue(at, &said.text)).collect();
    found.dedup();
    if let (true, Some(place)) = (found.is_empty(), places.first()) {
        let near = sections.near_issues(place, &said.text);
        let here = if *place == SectionId::root() { "the root".to_owned() } else { format!("`{place}`") };
        let message = format!("Neither {here} nor a section above it has an issue `{}`.", said.text.escape_debug());
        let parts: Vec<&str> = said.text.split(',').map(str::trim).collect();
        let several = parts.len() > 1 && parts.iter().all(|part| sections.resolve_issue(place, part).is_some());
        let help = match near.as_slice() {
            _ if several => format!("These are several: write `[{}]`; `prevents` takes only one.", parts.join(", ")),
            [] => "Add it under `issues` in the `_index.md` of the folder, with the words customers use.".to_owned(),
            near => format!(
                "Did you mean {}? A new issue goes under `issues` in `_index.md`.",
                either(near.iter().map(String::as_str))
            ),
        };
        problems.note(Code::UnknownIssue, said.span.clone(), message, help);
    }
    found
}

/// A wire with its address as it is served: files and pages of the library by their place on this server.
fn handed_over(wire: &Wire, folder: &SectionId) -> Wire {
    let served = |url: &String| match address::target(folder.as_str(), url) {
        Target::File { path, tail } => address::served(&path, &tail),
        _ => url.clone(),
    };
    Wire { label: wire.label.clone(), url: wire.url.as_ref().map(served) }
}

/// Whether the tip commits us to something; `lacks` tells whether owner and review are missing.
fn promise(draft: &Draft, lang: &str, lacks: [bool; 2], problems: &mut Problems<'_>) -> bool {
    let missing = match lacks {
        [false, false] => "",
        [true, false] => "no `owner`",
        [false, true] => "no `review`",
        [true, true] => "neither `owner` nor `review`",
    };
    if let Some((promised, span)) = &draft.front.promise {
        if *promised && !missing.is_empty() {
            problems.note(
                Code::LoosePromise,
                span.clone(),
                format!("This tip promises something, but it has {missing}."),
                "Say who answers for it and when somebody looks again: `owner: Kim`, `review: 6 months`.",
            );
        }
        return *promised;
    }
    let Some(span) = commitment::find(&draft.text, &draft.say, lang) else { return false };
    let words = draft.text[span.clone()].to_owned();
    let help = match missing {
        "" => "Write `promise: true`, or `promise: false` if nothing is promised.".to_owned(),
        missing => format!("Write `promise: true`, or `promise: false` if nothing is promised; it has {missing} yet."),
    };
    problems.note(Code::InferredPromise, span, format!("\"{words}\" sounds like a promise."), help);
    true
}
