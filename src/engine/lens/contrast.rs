//! What a text is about where it first says what it is not about: "I don't want to cancel, I just want to pay less".
//!
//! The table knows no negation, so what is denied would be heard as said. Cues are English and outright: where they are
//! missing the whole text is heard.

use super::build::Lens;
use super::reading::Reading;

/// What stands in a clause that only says what somebody does not want or have.
const DENIES: [&str; 10] = [
    "don't want to",
    "dont want to",
    "do not want to",
    "don't have a problem",
    "dont have a problem",
    "do not have a problem",
    "no problem with",
    "nothing wrong with",
    "not about",
    "nothing to do with",
];
/// How a clause begins that says what they want instead.
const INSTEAD: [&str; 8] = ["just", "i just", "i only", "i want", "i'd", "i would", "i need", "only"];
/// What denies a matter, where the next clause says which one it is.
const NOT: [&str; 4] = [" not ", "n't ", " isnt ", " arent "];
/// How that clause begins.
const RATHER: [&str; 8] = ["it's the", "it’s the", "its the", "it is the", "it's my", "it’s my", "its my", "it is my"];

/// The part of `text` that tells the matter: all of it, or what comes after a denial.
pub(super) fn matter<'a>(lens: &Lens, text: &'a str) -> &'a str {
    let Some((first, rest)) = clauses(text) else { return text };
    let (first, start) = (format!(" {} ", plain(first)), plain(rest));
    let begins = |cues: &[&str]| {
        cues.iter().any(|cue| start.strip_prefix(cue).is_some_and(|r| !r.starts_with(char::is_alphanumeric)))
    };
    if DENIES.iter().any(|cue| first.contains(cue)) && begins(&INSTEAD) {
        return rest;
    }
    if NOT.iter().any(|cue| first.contains(cue)) && begins(&RATHER) && names_a_product(lens, rest) {
        return rest;
    }
    text
}

/// "It's the third time" names no product: then the first clause still tells the matter.
fn names_a_product(lens: &Lens, text: &str) -> bool {
    let reading = Reading::of(text, &lens.table, None);
    !lens.names.find(&reading, &lens.speller, &lens.table).is_empty()
}

/// A short text cut at its first stop, without the "but" of the second part.
fn clauses(text: &str) -> Option<(&str, &str)> {
    let text = text.trim();
    if text.len() > LONGEST || text.contains('\n') {
        return None;
    }
    let at = text.find([',', ';', '.', '!']).or_else(|| text.find(" but "))?;
    let (first, rest) = text.split_at(at);
    let rest = rest.trim_start_matches([',', ';', '.', '!', ' ']);
    let rest = rest.strip_prefix("but ").unwrap_or(rest).trim();
    rest.chars().any(char::is_alphanumeric).then_some((first, rest))
}

/// Bytes of a text that is looked at: longer ones are cut into pieces, of which the denial is one.
const LONGEST: usize = 300;

fn plain(text: &str) -> String {
    text.trim().to_lowercase().replace('’', "'")
}
