//! A small language for words that belong together, and the search for them in a text. Knows no danger by name.
//!
//! A pattern is a row of steps: `a|b` is one of these words, `<name>` one of a group, `..` leaps over up to four words
//! of the clause, `...` over up to twelve and over its end, `!a|b` wants none of these among the next four words of the
//! clause, `!!a|b` none in the text, `^` and `$` are its ends. Between any two steps may stand a few helping words.

use super::words::{BREAK, group, stands_between};
use std::collections::{HashMap, HashSet};

/// How far `..`, `...` and `!` reach, in words: a short aside, a long one, the object of a verb.
const ASIDE: usize = 4;
const STORY: usize = 12;
const OBJECT: usize = 4;

/// How many helping words may stand between two words of a pattern: "has just now been badly".
const FILLERS: usize = 6;

#[derive(Debug)]
enum Step {
    Word(HashSet<&'static str>),
    Gap { words: usize, breaks: bool },
    Unless(Vec<&'static str>),
    Nowhere(Vec<&'static str>),
    Start,
}

/// Patterns of several kinds, ready to be looked for.
pub(super) struct Patterns<K> {
    patterns: Vec<(K, Vec<Step>)>,
    /// By each word with which a pattern may begin.
    begins: HashMap<&'static str, Vec<usize>>,
}

/// Where a pattern was found: which of the words it spans.
#[derive(Clone, Copy, Debug)]
pub(super) struct Found<K> {
    pub(super) kind: K,
    pub(super) from: usize,
    pub(super) to: usize,
}

impl<K: Copy> Patterns<K> {
    /// Patterns by kind, each on a line of its own.
    pub(super) fn new(table: &[(K, &'static str)]) -> Self {
        let lines = |text: &'static str| text.lines().filter(|line| !line.trim().is_empty());
        let each = table.iter().flat_map(|(kind, text)| lines(text).map(|line| (*kind, steps(line))));
        let patterns: Vec<(K, Vec<Step>)> = each.collect();
        let mut begins: HashMap<&'static str, Vec<usize>> = HashMap::new();
        for (at, (_, steps)) in patterns.iter().enumerate() {
            let first = steps.iter().find_map(|step| if let Step::Word(words) = step { Some(words) } else { None });
            for word in first.into_iter().flatten() {
                begins.entry(word).or_default().push(at);
            }
        }
        Self { patterns, begins }
    }

    /// All that is found in `words`, in the order of the table.
    pub(super) fn find(&self, words: &[String]) -> Vec<Found<K>> {
        let mut found = Vec::new();
        for from in 0..words.len() {
            for at in self.begins.get(words[from].as_str()).into_iter().flatten() {
                let (kind, steps) = &self.patterns[*at];
                if let Some(to) = end_of(steps, words, from, Between::NOTHING) {
                    found.push((*at, Found { kind: *kind, from, to }));
                }
            }
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, found)| found).collect()
    }
}

fn steps(pattern: &'static str) -> Vec<Step> {
    pattern
        .split_whitespace()
        .map(|step| match step {
            ".." => Step::Gap { words: ASIDE, breaks: false },
            "..." => Step::Gap { words: STORY, breaks: true },
            "^" => Step::Start,
            _ => match (step.strip_prefix("!!"), step.strip_prefix('!')) {
                (Some(nowhere), _) => Step::Nowhere(one_of(nowhere)),
                (_, Some(unless)) => Step::Unless(one_of(unless)),
                _ => Step::Word(one_of(step).into_iter().collect()),
            },
        })
        .collect()
}

fn one_of(step: &'static str) -> Vec<&'static str> {
    let named = |word: &'static str| word.strip_prefix('<').and_then(|w| w.strip_suffix('>'));
    step.split('|').flat_map(|word| named(word).map_or_else(|| vec![word], group)).collect()
}

/// How many words may still be passed over before the next word of a pattern.
#[derive(Clone, Copy)]
struct Between {
    little: usize,
    any: usize,
    breaks: bool,
}

impl Between {
    const NOTHING: Self = Self { little: 0, any: 0, breaks: false };
    const LITTLE: Self = Self { little: FILLERS, any: 0, breaks: false };

    /// What may be passed over after `word` was; none where it may not be.
    fn passing(self, word: &str) -> Option<Self> {
        if self.little > 0 && stands_between(word) {
            return Some(Self { little: self.little - 1, ..self });
        }
        let may_be = self.any > 0 && (self.breaks || word != BREAK);
        may_be.then(|| Self { any: self.any - 1, ..self })
    }
}

/// Where the match ends that takes `steps` from the word at `at` on.
fn end_of(steps: &[Step], words: &[String], at: usize, between: Between) -> Option<usize> {
    let Some((step, rest)) = steps.split_first() else { return Some(at) };
    let word = words.get(at).map(String::as_str);
    let ends = word.is_none_or(|word| word == BREAK);
    let on = |free: bool| free.then(|| end_of(rest, words, at, between)).flatten();
    let has = |list: &[&str], word: &String| list.contains(&word.as_str());
    match step {
        Step::Gap { words: any, breaks } => {
            end_of(rest, words, at, Between { little: FILLERS, any: *any, breaks: *breaks })
        }
        Step::Start => on(at == 0 || words[at - 1] == BREAK),
        Step::Unless(list) => {
            on(!words[at..].iter().take_while(|word| *word != BREAK).take(OBJECT).any(|word| has(list, word)))
        }
        Step::Nowhere(list) => on(!words.iter().any(|word| has(list, word))),
        Step::Word(list) if ends && list.contains("$") => on(true),
        Step::Word(list) => {
            let word = word?;
            let taken = list.contains(word).then(|| end_of(rest, words, at + 1, Between::LITTLE)).flatten();
            taken.or_else(|| end_of(steps, words, at + 1, between.passing(word)?))
        }
    }
}
