//! Which of several products named in a text it is about, and which are named in passing.
//!
//! "I also have your router, but my parcel is late" is about the parcel. Cues are English; in other languages the
//! order of the words and the issue decide.
//!
//! Shares and confidences here are set by judgement and held by the tests: no data set at hand tells them.

use super::names::Found;

/// A mention's weight where words around it say that it is in passing, or that it is not the matter at all.
const PASSING_SHARE: f32 = 0.4;
const NOT_ABOUT_SHARE: f32 = 0.15;
/// What comes before a "but" against what comes after it.
const BEFORE_BUT_SHARE: f32 = 0.6;
/// A mention in another clause than the one that tells the issue best.
const ELSEWHERE_SHARE: f32 = 0.6;

/// Said of what somebody has or had besides.
const ASIDE: [&[&str]; 17] = [
    &["also"],
    &["too"],
    &["as", "well"],
    &["by", "the", "way"],
    &["btw"],
    &["apart", "from"],
    &["besides"],
    &["other", "than"],
    &["in", "addition"],
    &["previously"],
    &["used", "to"],
    &["last", "year"],
    &["last", "month"],
    &["already", "have"],
    &["already", "own"],
    &["is", "fine"],
    &["works", "fine"],
];
const NOT_ABOUT: [&[&str]; 8] = [
    &["not", "about"],
    &["not", "the"],
    &["not", "my"],
    &["not", "for"],
    &["nothing", "to", "do", "with"],
    &["instead", "of"],
    &["rather", "than"],
    &["except"],
];
const TURNS: [&str; 5] = ["but", "however", "though", "although", "yet"];
const JOINS: [&str; 6] = ["and", "while", "whereas", "because", "so", "plus"];

/// A clause as a span of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Clause {
    pub from: usize,
    pub to: usize,
    /// A turning word stands between it and the one before.
    turned: bool,
}

/// Cuts words into clauses at joining words and where `stops` says that a stop stood before a word.
pub(super) fn clauses(words: &[String], stops: &[usize]) -> Vec<Clause> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut turned = false;
    for (i, word) in words.iter().enumerate() {
        let turn = TURNS.contains(&word.as_str());
        if i > from && (turn || JOINS.contains(&word.as_str()) || stops.contains(&i)) {
            found.push(Clause { from, to: i, turned });
            from = i;
            turned = false;
        }
        turned |= turn && i == from;
    }
    if from < words.len() {
        found.push(Clause { from, to: words.len(), turned });
    }
    found
}

/// How much each mention counts, 0 to 1. `issue_in` is the clause that tells the issue best, where that is known.
pub(super) fn weigh(words: &[String], clauses: &[Clause], found: &[Found], issue_in: Option<usize>) -> Vec<f32> {
    let last_turn = clauses.iter().rposition(|c| c.turned);
    found
        .iter()
        .map(|mention| {
            let at = clauses.iter().position(|c| c.from <= mention.from && mention.from < c.to).unwrap_or(0);
            let Some(clause) = clauses.get(at) else { return 1.0 };
            let around = &words[clause.from..clause.to];
            let before = &words[clause.from..mention.from.max(clause.from)];
            let mut weight = 1.0;
            if NOT_ABOUT.iter().any(|cue| ends_near(before, cue)) {
                weight *= NOT_ABOUT_SHARE;
            } else if ASIDE.iter().any(|cue| holds(around, cue)) {
                weight *= PASSING_SHARE;
            }
            if last_turn.is_some_and(|turn| at < turn) {
                weight *= BEFORE_BUT_SHARE;
            }
            if issue_in.is_some_and(|issue| issue != at) {
                weight *= ELSEWHERE_SHARE;
            }
            weight
        })
        .collect()
}

fn holds(words: &[String], cue: &[&str]) -> bool {
    words.windows(cue.len()).any(|w| w.iter().zip(cue).all(|(a, b)| a == b))
}

/// True where the cue stands at most three words before the end.
fn ends_near(words: &[String], cue: &[&str]) -> bool {
    holds(&words[words.len().saturating_sub(cue.len() + 3)..], cue)
}
