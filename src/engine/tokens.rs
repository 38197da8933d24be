//! Words of a text, brought to a form in which they can be compared: lower case, lightly stemmed, hashed.
//!
//! Only for small decisions inside the engine (was this asked? does it sound angry?). It must not become a
//! search analyzer: the index has its own.

use std::hash::{DefaultHasher, Hasher};

/// A comparable word. Equal words give equal values on every machine and in every run.
pub(super) type Token = u64;

/// The words of `text`, lower case, in order. Scripts without spaces give one word per character.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut all = Vec::new();
    each_word(text, |word| all.push(word.to_owned()));
    all
}

/// Calls `see` with each word, without keeping one: a hundred candidates are looked at for one question.
fn each_word(text: &str, mut see: impl FnMut(&str)) {
    let mut word = String::new();
    for c in text.chars() {
        if c.is_ascii_alphanumeric() {
            word.push(c.to_ascii_lowercase());
        } else if matches!(c, '\'' | '’') && !word.is_empty() {
            // "don't" is one word; what follows the sign is kept without it.
        } else if is_spaceless(c) || !c.is_alphanumeric() {
            if !word.is_empty() {
                see(&word);
                word.clear();
            }
            if is_spaceless(c) {
                see(c.encode_utf8(&mut [0; 4]));
            }
        } else {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        see(&word);
    }
}

/// Ideographs, kana, Thai, Lao, Khmer and Burmese: written without spaces between words.
fn is_spaceless(c: char) -> bool {
    matches!(c, '\u{0E00}'..='\u{0EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}')
}

/// Sentences of a text: what stands between full stops, question marks, exclamation marks, commas and line ends.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['.', '?', '!', ',', ';', ':', '\n', '。', '？', '！']).filter(|s| !s.trim().is_empty())
}

/// The words of `text` that carry meaning, sorted and without repeats.
pub(super) fn content(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    each_word(text, |word| {
        if !is_little(word) {
            tokens.push(token(word));
        }
    });
    tokens.sort_unstable();
    tokens.dedup();
    tokens
}

/// True where a lower-case word carries meaning beyond how many of a thing are wanted, and that they are wanted.
pub(super) fn says_something(word: &str) -> bool {
    let counts = word.chars().all(|c| c.is_ascii_digit());
    !counts && word.len() > 1 && !is_little(word) && !WANTS.contains(&word)
}

/// True where a lower-case word says more than that somebody gets in touch about a thing, and which one.
pub(super) fn says_more(word: &str) -> bool {
    says_something(word) && [&WHICH[..], &WHOM, &GREETS, &CALLS, &CLIPPED].iter().all(|words| !words.contains(&word))
}

/// True for a lower-case word of politeness that is heard beside anything.
pub(super) fn is_manners(word: &str) -> bool {
    MANNERS.contains(&word)
}

/// True for a lower-case word that says nothing about what is asked.
pub(super) fn is_little(word: &str) -> bool {
    STOP.binary_search(&word).is_ok() || is_manners(word)
}

/// True where a lower-case word may tell a matter: no number, and none of the words that go with any matter.
pub(super) fn tells(word: &str) -> bool {
    let counts = word.chars().all(|c| c.is_ascii_digit());
    !counts && word.len() > 1 && !is_little(word) && !EVERYDAY.contains(&word)
}

/// English words of time and of courtesy that go with any matter: alone they tell none.
const EVERYDAY: [&str; 30] = [
    "today",
    "now",
    "ok",
    "okay",
    "tomorrow",
    "tonight",
    "yesterday",
    "morning",
    "evening",
    "afternoon",
    "week",
    "no",
    "not",
    "yes",
    "yeah",
    "old",
    "going",
    "go",
    "good",
    "more",
    "day",
    "years",
    "re",
    "ve",
    "ll",
    "don",
    "didn",
    "doesn",
    "isn",
    "one",
];

/// Words of politeness as they are typed in a hurry, and "please" and "thanks" in the languages that have stems here.
const MANNERS: [&str; 36] = [
    "pls", "plz", "plse", "pleas", "thx", "thnx", "thanx", "tnx", "tks", "tysm", "ta", "cheers", "mate", "hiya",
    "heya", "kindly", "ur", "wot", "wots", "wat", "wats", "bitte", "danke", "hallo", "merci", "bonjour", "svp",
    "gracias", "favor", "hola", "grazie", "ciao", "graag", "bedankt", "obrigado", "obrigada",
];

/// English words of asking for a thing, and for how many.
const WANTS: [&str; 22] = [
    "want", "need", "order", "buy", "one", "two", "three", "four", "five", "six", "ten", "dozen", "couple", "pair",
    "few", "new", "ok", "okay", "take", "give", "today", "now",
];

/// English words for which one of a thing it is: whoever says them still only names it.
const WHICH: [&str; 26] = [
    "red", "white", "pink", "yellow", "blue", "green", "orange", "purple", "black", "brown", "grey", "gray", "big",
    "small", "large", "little", "medium", "cheap", "cheaper", "cheapest", "best", "nice", "nicest", "fresh", "long",
    "other",
];

/// English words for whom a thing is: beside a product alone, they say that one is wanted for somebody.
const WHOM: [&str; 22] = [
    "wife",
    "husband",
    "partner",
    "mum",
    "mom",
    "mother",
    "dad",
    "father",
    "daughter",
    "son",
    "sister",
    "brother",
    "girlfriend",
    "boyfriend",
    "friend",
    "boss",
    "colleague",
    "teacher",
    "nan",
    "gran",
    "kid",
    "kids",
];

/// English words of greeting and of addressing somebody, beyond those of `STOP`.
const GREETS: [&str; 12] =
    ["good", "morning", "evening", "day", "dear", "sir", "madam", "maam", "sorry", "excuse", "guys", "folks"];

/// English words that say no more than that somebody gets in touch about a thing, or is after one.
const CALLS: [&str; 19] = [
    "calling",
    "ringing",
    "call",
    "question",
    "query",
    "enquiry",
    "asking",
    "wondering",
    "looking",
    "interested",
    "after",
    "bunch",
    "box",
    "pack",
    "another",
    "wants",
    "wanted",
    "needs",
    "needed",
];

/// What is left of "I've", "you're" and "I'll" where the sign cuts them.
const CLIPPED: [&str; 3] = ["ve", "re", "ll"];

/// True for the words that only turn a sentence round: two texts that share them share no matter.
pub(super) fn is_bare_negation(word: Token) -> bool {
    ["no", "not", "without", "dont", "cant", "wont", "doesnt"].iter().any(|no| token(no) == word)
}

/// One lower-case word as a token.
pub(super) fn token(word: &str) -> Token {
    // `DefaultHasher::new` has fixed keys; only comparison within one answer rests on it.
    let mut hasher = DefaultHasher::new();
    hasher.write(stem(word).as_bytes());
    hasher.finish()
}

/// The word without the endings that English puts on plurals and on verbs: enough to bring "droops", "drooping"
/// and "drooped" together. Short words and other scripts stay as they are.
fn stem(word: &str) -> &str {
    if !word.is_ascii() {
        return word;
    }
    let cut = |ending: &str, keep: usize| word.strip_suffix(ending).filter(|rest| rest.len() >= keep);
    let stemmed = cut("ings", 3)
        .or_else(|| cut("ing", 3))
        .or_else(|| cut("ies", 2))
        .or_else(|| cut("ied", 2))
        .or_else(|| cut("ed", 3))
        .or_else(|| word.ends_with("ss").then_some(word))
        .or_else(|| cut("es", 3))
        .or_else(|| cut("s", 3))
        .unwrap_or(word);
    let ended = stemmed.strip_suffix(['e', 'y']).filter(|rest| rest.len() >= 3).unwrap_or(stemmed);
    let bytes = ended.as_bytes();
    match bytes {
        // "dropped" and "drop", "stopping" and "stop"; "ll" and "ss" are part of the word.
        [.., a, b] if a == b && bytes.len() > 3 && !matches!(b, b'l' | b's' | b'o' | b'e') => &ended[..ended.len() - 1],
        _ => ended,
    }
}

/// English words that say nothing about what is asked, sorted. Those that turn a question round ("after", "before",
/// "not", "without") are missing on purpose.
const STOP: [&str; 111] = [
    "a",
    "about",
    "all",
    "also",
    "am",
    "an",
    "and",
    "any",
    "are",
    "as",
    "at",
    "be",
    "because",
    "been",
    "but",
    "by",
    "can",
    "could",
    "did",
    "do",
    "does",
    "for",
    "from",
    "get",
    "got",
    "had",
    "has",
    "have",
    "he",
    "hello",
    "her",
    "here",
    "hers",
    "hey",
    "hi",
    "him",
    "his",
    "how",
    "hows",
    "i",
    "id",
    "if",
    "ill",
    "im",
    "in",
    "into",
    "is",
    "it",
    "its",
    "ive",
    "just",
    "let",
    "lets",
    "like",
    "me",
    "my",
    "of",
    "on",
    "or",
    "our",
    "ours",
    "please",
    "really",
    "she",
    "should",
    "so",
    "some",
    "something",
    "thank",
    "thanks",
    "that",
    "thats",
    "the",
    "their",
    "them",
    "then",
    "there",
    "theres",
    "these",
    "they",
    "theyre",
    "this",
    "those",
    "to",
    "too",
    "up",
    "us",
    "very",
    "was",
    "we",
    "were",
    "weve",
    "what",
    "whats",
    "when",
    "whens",
    "where",
    "wheres",
    "which",
    "while",
    "who",
    "whos",
    "why",
    "whys",
    "will",
    "with",
    "would",
    "you",
    "your",
    "youre",
    "yours",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stop_words_are_sorted_so_that_they_are_found() {
        assert!(STOP.is_sorted());
    }

    #[test]
    fn one_word_in_its_forms_is_one_token() {
        for forms in [["droop", "drooping"], ["droops", "drooped"], ["stop", "stopped"], ["napkin", "napkins"]] {
            assert_eq!(stem(forms[0]), stem(forms[1]), "{forms:?}");
        }
        assert_ne!(stem("full"), stem("fulfil"));
    }

    #[test]
    fn scripts_without_spaces_give_a_word_per_character() {
        assert_eq!(words("花が wilt"), ["花", "が", "wilt"]);
        assert_eq!(words("don't"), ["dont"]);
    }
}
