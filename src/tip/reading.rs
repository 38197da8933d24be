//! How hard a tip is to read; only for English, where the formula was fitted.

use super::problem::Problems;
use super::{Code, Draft};

/// School years of the Flesch–Kincaid grade above which a say line counts as hard: the reading of a pupil of
/// sixteen, which most adults follow only with effort.
const HARD_GRADE: f32 = 12.0;
/// Fewer words than this tell nothing: the formula was fitted to passages.
const FEWEST_WORDS: usize = 12;

/// Warns where the say line is hard to follow by ear.
pub(super) fn check(draft: &Draft, lang: &str, problems: &mut Problems<'_>) {
    if !(lang == "en" || lang.starts_with("en-")) {
        return;
    }
    let Some(grade) = grade(&draft.say.text) else { return };
    if grade > HARD_GRADE {
        problems.note(
            Code::HardReading,
            draft.say.span.clone(),
            format!("The say line reads like school year {grade:.0}; spoken words should stay below {HARD_GRADE:.0}."),
            "Use shorter sentences and everyday words.",
        );
    }
}

/// Flesch–Kincaid grade: 0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid, Fishburne, Rogers and
/// Chissom 1975, "Derivation of new readability formulas for Navy enlisted personnel"). None for too few words.
fn grade(text: &str) -> Option<f32> {
    let (mut words, mut syllables, mut sentences, mut open) = (0usize, 0usize, 0usize, false);
    for token in text.split_whitespace() {
        let letters = token.trim_matches(|c: char| !c.is_alphanumeric());
        if letters.chars().any(char::is_alphabetic) {
            words += 1;
            syllables += count_syllables(letters);
            open = true;
        }
        if open && token.trim_end_matches(['"', '\'', ')', '\u{201d}', '\u{2019}']).ends_with(['.', '!', '?', ':', ';'])
        {
            sentences += 1;
            open = false;
        }
    }
    sentences += usize::from(open);
    (words >= FEWEST_WORDS)
        .then(|| 0.39 * words as f32 / sentences as f32 + 11.8 * syllables as f32 / words as f32 - 15.59)
}

/// Groups of vowels, without a silent `e` at the end; one at least. Off by one in about a tenth of English words,
/// which evens out over a line.
fn count_syllables(word: &str) -> usize {
    let (mut groups, mut inside, mut last) = (0usize, false, ['\0'; 2]);
    for c in word.chars() {
        let c = c.to_ascii_lowercase();
        let vowel = matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
        groups += usize::from(vowel && !inside);
        inside = vowel;
        last = [last[1], c];
    }
    let silent = last[1] == 'e' && !matches!(last[0], 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'l');
    groups.saturating_sub(usize::from(silent)).max(1)
}
