//! What shows only when all files of a library are seen together.

use super::{Code, Draft, Kind, LEAST_EXPECTED, LibraryView, Problem, SectionId, Tip, TipId, same, targets};
use chrono::NaiveDate;
use std::collections::HashMap;

/// Looks at all files together: ids and aliases that two tips claim, links to nothing, questions asked twice, tips
/// nobody can reach, reviews that are overdue. The answer is ordered by file and place.
pub fn check_together(view: &LibraryView<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    same_ids(view, &mut problems);
    targets::check(view, &mut problems);
    same_questions(view, &mut problems);
    for (draft, tip) in &view.tips {
        let Some(tip) = tip.filter(|tip| !tip.draft) else { continue };
        problems.extend(unreachable(draft, tip));
        problems.extend(overdue(draft, tip, view.today));
    }
    problems.sort_by(|a, b| (&a.file, a.span.start, a.code).cmp(&(&b.file, b.span.start, b.code)));
    problems
}

/// Ids compare without case: some file systems cannot tell two such files apart, and no person can.
fn same_ids(view: &LibraryView<'_>, problems: &mut Vec<Problem>) {
    let mut claimed: HashMap<String, &Draft> = HashMap::with_capacity(view.tips.len());
    for (draft, _) in &view.tips {
        let Some(first) = claimed.get(&draft.id.as_str().to_lowercase()) else {
            claimed.insert(draft.id.as_str().to_lowercase(), draft);
            continue;
        };
        problems.push(same_id(&draft.file, &first.file, &draft.id));
    }
    for (draft, _) in &view.tips {
        for (alias, span) in &draft.front.aliases {
            match claimed.get(&alias.as_str().to_lowercase()) {
                None => {
                    claimed.insert(alias.as_str().to_lowercase(), draft);
                }
                Some(first) if std::ptr::eq(*first, *draft) => {}
                Some(first) => {
                    let message = format!("`{alias}` already leads to `{}`.", first.file);
                    let help = "An id or alias leads to one tip; remove it from the other one.";
                    let problem = Problem::at(Code::SameId, &draft.file, &draft.text, span.clone(), message, help);
                    problems.push(problem);
                }
            }
        }
    }
}

/// The problem of `file`, whose id is the same as that of the tip in `first` as far as a disk or a person can tell.
pub fn same_id(file: &str, first: &str, id: &TipId) -> Problem {
    let message = format!("This tip and `{first}` have the same id, `{id}`.");
    let help = "Rename one of the files; the former id can stay in its `aliases`.";
    Problem::whole(Code::SameId, file, message, help)
}

/// The problem of `file`, whose id leads to the tip in `first` by an alias of that one.
pub fn is_alias(file: &str, id: &TipId, first: &str) -> Problem {
    let message = format!("`{id}` leads to `{first}`, which has it among its `aliases`.");
    let help = "Take it out of those `aliases` first, or choose another id.";
    Problem::whole(Code::SameId, file, message, help)
}

fn same_questions(view: &LibraryView<'_>, problems: &mut Vec<Problem>) {
    let tips: Vec<(&Draft, &Tip)> =
        view.tips.iter().filter_map(|(draft, tip)| Some((*draft, tip.filter(|tip| !tip.draft)?))).collect();
    let questions: Vec<&str> = tips.iter().map(|(_, tip)| tip.question.as_str()).collect();
    let comparable = |a: usize, b: usize| share_product(tips[a].1, tips[b].1);
    for (later, earlier) in same::pairs(&questions, comparable) {
        let (draft, first) = (tips[later].0, tips[earlier].0);
        let message = format!("`{}` answers the same question: \"{}\"", first.file, first.question.text);
        let help = "Make one tip of the two, or word the questions so that they differ in what is asked.";
        let span = draft.question.span.clone();
        problems.push(Problem::at(Code::SameQuestion, &draft.file, &draft.text, span, message, help));
    }
}

/// True where both can come up for the same customer.
fn share_product(a: &Tip, b: &Tip) -> bool {
    let meet = |x: &SectionId, y: &SectionId| x.contains(y) || y.contains(x);
    let all = a.products.is_empty() && b.products.is_empty();
    a.lang == b.lang && a.kind == b.kind && (all || a.products.iter().any(|x| b.products.iter().any(|y| meet(x, y))))
}

/// A tip whose situation never arises, or in which it would always be silent.
fn unreachable(draft: &Draft, tip: &Tip) -> Option<Problem> {
    let at = |message: String, help: &str| {
        let span = draft.front.when.first().map_or(0..0, |said| said.span.clone());
        Some(Problem::at(Code::Unreachable, &draft.file, &draft.text, span, message, help))
    };
    if tip.kind == Kind::Craft {
        return None;
    }
    if tip.expected_given && tip.prevents.is_some() && tip.expected < LEAST_EXPECTED {
        let message = format!(
            "With an `expected` of {} this tip is never volunteered: the issue has to follow in one contact of five.",
            tip.expected
        );
        let help = "From 0.2 on it is; from 0.07 on where words point to it. Leave `expected` out if nobody knows.";
        let span = key_line(&draft.text, "expected:");
        return Some(Problem::at(Code::Unreachable, &draft.file, &draft.text, span, message, help));
    }
    if tip.when.is_empty() {
        return None;
    }
    if tip.prevents.as_ref().is_some_and(|prevents| tip.when.iter().all(|issue| issue == prevents)) {
        return at(
            "This tip waits for the very issue it prevents, so it always comes too late.".to_owned(),
            "Under `when`, name what the customer is about before that: buying, ordering, connecting …",
        );
    }
    let meets = |product: &SectionId| {
        tip.when.iter().any(|issue| {
            let section = issue.section();
            section.contains(product) || product.contains(&section)
        })
    };
    if !tip.products.iter().any(meets) {
        return at(
            "None of the issues under `when` can arise with the products of this tip.".to_owned(),
            "Name issues of these products or of a section above them, or add the product they belong to.",
        );
    }
    None
}

/// The first line that begins with `key`; the start of the text where none does.
fn key_line(text: &str, key: &str) -> std::ops::Range<usize> {
    let at = text.find(&format!("\n{key}")).map_or(0, |at| at + 1);
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..].starts_with(key) { at..end } else { 0..0 }
}

fn overdue(draft: &Draft, tip: &Tip, today: NaiveDate) -> Option<Problem> {
    let due = tip.review_by().filter(|due| *due < today)?;
    let days = (today - due).num_days();
    let ago = if days == 1 { "yesterday".to_owned() } else { format!("{days} days ago") };
    let message = format!("The review of this tip was due on {due}, {ago}.");
    let help = match tip.review {
        Some(super::Review::On(_)) => "See whether it still holds, then move `review` to a later day.".to_owned(),
        _ => format!("See whether it still holds, then write `verified: {today}`."),
    };
    let span = draft.front.review_at.clone().unwrap_or(0..0);
    Some(Problem::at(Code::ReviewOverdue, &draft.file, &draft.text, span, message, help))
}
