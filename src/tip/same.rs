//! Which of many questions ask the same, in time that grows little faster than their number.
//!
//! Two questions are the same when they share four fifths of their words. Each question is looked up only by its
//! rarest words, of which a near twin must share at least one (prefix filtering: Chaudhuri, Ganti and Kaushik 2006,
//! "A primitive operator for similarity joins in data cleaning").

use std::collections::HashMap;

/// Share of words, of all that occur in either, from which on two questions count as one.
const ALIKE: f32 = 0.8;
/// Questions of fewer words are the same only if all their words are: in short ones a single word decides.
const SHORT: usize = 5;
/// Words that occur in more questions than this are never looked up by; only questions made of nothing rarer escape.
const COMMON: usize = 400;

/// Pairs (later, earlier) of questions that ask the same, each later one with the first earlier it is like.
/// `comparable` tells whether a pair is to be looked at at all.
pub(super) fn pairs(questions: &[&str], comparable: impl Fn(usize, usize) -> bool) -> Vec<(usize, usize)> {
    let mut numbers: HashMap<String, u32> = HashMap::new();
    let mut counts: Vec<usize> = Vec::new();
    let mut sets: Vec<Vec<u32>> = Vec::with_capacity(questions.len());
    for question in questions {
        let mut set: Vec<u32> = words(question)
            .map(|word| {
                let next = numbers.len() as u32;
                *numbers.entry(word).or_insert(next)
            })
            .collect();
        set.sort_unstable();
        set.dedup();
        counts.resize(numbers.len(), 0);
        set.iter().for_each(|word| counts[*word as usize] += 1);
        sets.push(set);
    }
    let rank = |word: &u32| (counts[*word as usize], *word);
    sets.iter_mut().for_each(|set| set.sort_unstable_by_key(rank));
    let mut whole: HashMap<&[u32], Vec<usize>> = HashMap::new();
    let mut by_word: HashMap<u32, Vec<usize>> = HashMap::new();
    let mut pairs = Vec::new();
    for (at, set) in sets.iter().enumerate().filter(|(_, set)| !set.is_empty()) {
        let twins = whole.entry(set).or_default();
        let mut first = twins.iter().take(COMMON).copied().find(|twin| comparable(at, *twin));
        twins.push(at);
        let prefix = if set.len() < SHORT { 0 } else { set.len() - (ALIKE * set.len() as f32).ceil() as usize + 1 };
        for word in set[..prefix].iter().filter(|word| counts[**word as usize] <= COMMON) {
            let others = by_word.entry(*word).or_default();
            if first.is_none() {
                first = others.iter().copied().find(|other| alike(set, &sets[*other], rank) && comparable(at, *other));
            }
            others.push(at);
        }
        pairs.extend(first.map(|first| (at, first)));
    }
    pairs
}

/// Articles and pronouns of English, the library's default language: they change hands without changing what is
/// asked. Other languages are compared with theirs, which only makes a match rarer.
const WHOSE: [&str; 18] = [
    "a", "an", "the", "my", "your", "our", "their", "his", "her", "its", "this", "that", "these", "those", "i", "we",
    "you", "it",
];

/// Words of a question, folded, without marks and without `WHOSE`, unless nothing else is left.
fn words(question: &str) -> impl Iterator<Item = String> {
    let folded = super::nearest::fold(question).replace(['\'', '\u{2019}'], "");
    let words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    let telling = words.iter().any(|word| !WHOSE.contains(&word.as_str()));
    words.into_iter().filter(move |word| !telling || !WHOSE.contains(&word.as_str()))
}

/// Both in the order of `rank`.
fn alike(a: &[u32], b: &[u32], rank: impl Fn(&u32) -> (usize, u32)) -> bool {
    let (mut i, mut j, mut shared) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match rank(&a[i]).cmp(&rank(&b[j])) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                shared += 1;
                i += 1;
                j += 1;
            }
        }
    }
    shared as f32 >= ALIKE * (a.len() + b.len() - shared) as f32
}
