//! What of a tip a customer has heard: its say line and what was handed over, in a form that is kept beside "told" and
//! compared later.
//!
//! A tip whose substance changed is news to those who heard the old one; a mended misspelling is not.

use super::Tip;

/// Between the words of the say line and each thing handed over.
const NEXT: char = '\n';

/// Letters from which one slip of the pen is no change, and two: the bounds by which search forgives misspellings.
const ONE_SLIP: usize = 4;
const TWO_SLIPS: usize = 8;

/// Words of say line and wires, lower case, one line each. Made to be stored as text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Substance(String);

impl Substance {
    /// What telling `tip` says and hands over.
    pub fn of(tip: &Tip) -> Self {
        let mut text = words(&tip.say);
        for wire in &tip.wire {
            text.push(NEXT);
            text.push_str(&words(&wire.label));
            // An address is a thing handed over, letter by letter.
            if let Some(url) = &wire.url {
                text.push(' ');
                text.push_str(url);
            }
        }
        Self(text)
    }

    /// As it was stored.
    pub fn from_text(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True where both say the same but for slips of the pen. Numbers and addresses must be equal; a word more, less or
    /// other is a change.
    pub fn is_same(&self, other: &Substance) -> bool {
        let (here, there) = (self.0.split(NEXT), other.0.split(NEXT));
        here.clone().count() == there.clone().count() && here.zip(there).all(|(a, b)| same_line(a, b))
    }
}

fn same_line(a: &str, b: &str) -> bool {
    let (here, there) = (a.split(' '), b.split(' '));
    here.clone().count() == there.clone().count() && here.zip(there).all(|(a, b)| same_word(a, b))
}

fn same_word(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let exact = |word: &str| word.chars().any(|c| !c.is_alphabetic());
    let slips = match a.chars().count().min(b.chars().count()) {
        TWO_SLIPS.. => 2,
        ONE_SLIP.. => 1,
        _ => 0,
    };
    // People seldom slip in the first letter, and what opposes a word often differs there: unable, impossible.
    !exact(a) && !exact(b) && a.chars().next() == b.chars().next() && strsim::osa_distance(a, b) <= slips
}

/// The words of a text in lower case without marks, one space between.
fn words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(&word.to_lowercase());
    }
    out
}
