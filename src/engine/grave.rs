//! Whether somebody is in danger, or has lost somebody: then no tip is volunteered but one that speaks of it.
//!
//! English only, and outright words only; it must not see death in a rose that died. Reads nothing but the text.

use super::tokens;
use crate::tip::Tip;

/// What makes a contact grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grave {
    /// Somebody needs help now, and not from us.
    Danger,
    /// Somebody has died.
    Loss,
}

const DANGER: [&str; 17] = [
    "kill myself",
    "killing myself",
    "end my life",
    "want to die",
    "suicide",
    "suicidal",
    "harm myself",
    "hurt myself",
    "smell gas",
    "gas leak",
    "smells of gas",
    "ambulance",
    "heart attack",
    "cant breathe",
    "cannot breathe",
    "there is a fire",
    "house is on fire",
];

/// Who has died, said right before it; of a rose nobody says "he".
const PERSONS: [&str; 33] = [
    "dad",
    "father",
    "mum",
    "mom",
    "mother",
    "husband",
    "wife",
    "partner",
    "son",
    "daughter",
    "brother",
    "sister",
    "grandmother",
    "grandma",
    "gran",
    "granny",
    "nan",
    "nana",
    "grandfather",
    "grandad",
    "granddad",
    "grandpa",
    "uncle",
    "aunt",
    "auntie",
    "friend",
    "cousin",
    "child",
    "baby",
    "colleague",
    "he",
    "she",
    "parents",
];
/// Words that may stand between.
const BETWEEN: [&str; 9] = ["has", "had", "have", "just", "recently", "sadly", "suddenly", "also", "unexpectedly"];

/// What a tip about death speaks of.
const SPEAKS_OF_LOSS: [&str; 11] = [
    "death",
    "passed away",
    "funeral",
    "sympathy",
    "grief",
    "mourning",
    "bereaved",
    "bereavement",
    "condolence",
    "memorial",
    "wreath",
];

impl Grave {
    pub(super) fn heard(text: &str) -> Option<Self> {
        let words = tokens::words(text);
        if DANGER.iter().any(|cue| holds(&words, cue)) {
            return Some(Self::Danger);
        }
        let lost = (0..words.len()).any(|at| {
            let dies = words[at] == "died" || words[at] == "passed" && words.get(at + 1).is_some_and(|w| w == "away");
            let who = words[..at].iter().rev().find(|word| !BETWEEN.contains(&word.as_str()));
            dies && who.is_some_and(|who| PERSONS.contains(&who.as_str()))
        });
        lost.then_some(Self::Loss)
    }

    /// True where the tip's own words, or the issues that it is for, speak of it too.
    pub(super) fn is_spoken_of(self, tip: &Tip) -> bool {
        let cues: &[&str] = match self {
            Self::Danger => &DANGER,
            Self::Loss => &SPEAKS_OF_LOSS,
        };
        let texts = [&tip.question, &tip.say].into_iter().chain(&tip.asks).chain(&tip.says);
        let issues = tip.when.iter().map(|issue| issue.name().replace(['-', '_'], " "));
        let mut all = texts.cloned().chain(issues);
        all.any(|text| {
            let words = tokens::words(&text);
            Self::heard(&text) == Some(self) || cues.iter().any(|cue| holds(&words, cue))
        })
    }
}

fn holds(words: &[String], cue: &str) -> bool {
    let cue: Vec<&str> = cue.split(' ').collect();
    words.windows(cue.len()).any(|window| window.iter().zip(&cue).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_die_and_so_do_roses() {
        for text in ["my dad died", "My husband has just passed away.", "she died last week, cancel her line"] {
            assert_eq!(Grave::heard(text), Some(Grave::Loss), "{text}");
        }
        for text in ["my roses died after two days", "my son's phone died", "the driver passed away from us", "hello"] {
            assert_eq!(Grave::heard(text), None, "{text}");
        }
        assert_eq!(Grave::heard("I think I smell gas!"), Some(Grave::Danger));
    }
}
