//! How the customer seems to feel and how far the contact has come, read from a few outright words.
//!
//! It only chooses a craft note for the agent's eye, so it may miss much; it must not see anger where there is none.
//! English only: in other languages it hears nothing, and the caller's `mood` and `stage` stand.

use super::tokens;
use crate::tip::{Mood, Stage};

/// Something read with how sure it is, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Read<T> {
    pub what: T,
    pub sure: f32,
    /// False where the caller gave it.
    pub from_words: bool,
}

impl<T> Read<T> {
    /// What the caller gave is sure.
    pub(super) fn given(what: T) -> Self {
        Self { what, sure: 1.0, from_words: false }
    }
}

/// How sure one outright word makes: such words are sometimes said of somebody or something else.
const ONE_CUE: f32 = 0.7;
/// How sure two or more of them make.
const TWO_CUES: f32 = 0.9;

/// Words and phrases for each mood, without apostrophes. The order breaks ties: the mood that needs the agent's
/// care most comes first.
const CUES: [(Mood, &[&str]); 5] = [
    (
        Mood::Angry,
        &[
            "furious",
            "angry",
            "outraged",
            "livid",
            "ridiculous",
            "unacceptable",
            "outrageous",
            "disgraceful",
            "a disgrace",
            "a joke",
            "absolute joke",
            "absolutely fuming",
            "im fuming",
            "i am fuming",
            "pissed off",
            "im raging",
            "i am raging",
            "a shambles",
            "formal complaint",
            "youve ruined",
            "you have ruined",
            "fed up",
            "sick of",
            "sick and tired",
            "had enough",
            "how dare",
            "rip off",
            "ripoff",
            "useless",
            "worst service",
            "worst company",
            "appalling",
            "not happy",
            "unhappy",
            "very disappointed",
            "third time",
            "fourth time",
            "fifth time",
            "speak to your manager",
            "speak to the manager",
            "speak to a manager",
            "want to complain",
            "never again",
            "not good enough",
            "not acceptable",
            "disgusted",
            "disgusting service",
            "lost my patience",
            "idiots",
            "fuck you",
            "fuck off",
            "bullshit",
            "incompetent",
            "speak to your boss",
            "talk to your boss",
            "shouting",
            "shouts at",
            "yelling",
            "yells at",
            "screaming at",
            "swearing at",
            "you idiot",
            "stupid idiot",
            "are you stupid",
            "you stupid",
            "you fool",
            "you morons",
        ],
    ),
    (
        Mood::Anxious,
        &[
            "worried",
            "worry about",
            "anxious",
            "scared",
            "afraid",
            "nervous",
            "panicking",
            "in a panic",
            "terrified",
            "frightened",
            "im desperate",
            "really concerned",
            "what if something",
            "is crying",
            "stop crying",
            "in tears",
            "burst into tears",
            "sobbing",
            "heartbroken",
        ],
    ),
    (
        Mood::Confused,
        &[
            "confused",
            "confusing",
            "dont understand",
            "do not understand",
            "no idea",
            "makes no sense",
            "doesnt make sense",
            "dont get it",
            "im lost",
            "i am lost",
            "at a loss",
            "what does that mean",
            "what does this mean",
            "not sure what to do",
            "bewildered",
        ],
    ),
    (
        Mood::InAHurry,
        &[
            "in a hurry",
            "in a rush",
            "hurry up",
            "asap",
            "as soon as possible",
            "urgent",
            "urgently",
            "no time",
            "running late",
            "quick question",
            "make it quick",
            "be quick",
            "right this minute",
            "i only have a minute",
            "havent got time",
            "dont have time",
            "have to run",
            "got to run",
            "im late",
            "need it now",
        ],
    ),
    (
        Mood::Happy,
        &[
            "so happy",
            "very happy",
            "really happy",
            "delighted",
            "wonderful",
            "love it",
            "love them",
            "amazing",
            "brilliant",
            "fantastic",
            "thank you so much",
            "thanks so much",
            "you are a star",
            "youre a star",
            "made my day",
            "so pleased",
            "over the moon",
            "thrilled",
        ],
    ),
];

/// Words that turn the phrase after them round, within three words: "I'm not angry", "no rush".
const NOT: [&str; 10] = ["not", "no", "never", "isnt", "wasnt", "arent", "dont", "without", "hardly", "nor"];

const GREETINGS: [&str; 10] =
    ["hello", "hi", "hey", "good morning", "good afternoon", "good evening", "good day", "dear", "hiya", "greetings"];
const FAREWELLS: [&str; 9] = [
    "thats all",
    "that is all",
    "that was all",
    "that will be all",
    "thatll be all",
    "nothing else",
    "goodbye",
    "bye",
    "have a nice day",
];

/// Words of a text that are looked at for the mood, counted from its end: in a pasted chat the mood is that of the
/// latest few messages. 200 words are a minute of talking.
const LATEST_WORDS: usize = 200;

/// The mood that the words show, if any.
pub(super) fn mood(text: &str) -> Option<Read<Mood>> {
    let all = tokens::words(text);
    let said = &all[all.len().saturating_sub(LATEST_WORDS)..];
    let mut best: Option<(Mood, usize)> = None;
    for (mood, cues) in CUES {
        let heard = cues.iter().filter(|cue| says(said, cue)).count();
        if heard > best.map_or(0, |(_, most)| most) {
            best = Some((mood, heard));
        }
    }
    let (what, heard) = best?;
    Some(Read { what, sure: if heard > 1 { TWO_CUES } else { ONE_CUE }, from_words: true })
}

/// The stage that the words show, if any: a greeting in the beginning, a farewell at the end.
pub(super) fn stage(text: &str) -> Option<Read<Stage>> {
    let said = tokens::words(text);
    let starts = |phrase: &&str| phrase.split(' ').eq(said.iter().take(phrase.split(' ').count()));
    let ends = |phrase: &&str| phrase.split(' ').rev().eq(said.iter().rev().take(phrase.split(' ').count()));
    let what = if FAREWELLS.iter().any(|p| ends(p) || starts(p)) {
        Stage::Closing
    } else if GREETINGS.iter().any(starts) {
        Stage::Opening
    } else {
        return None;
    };
    Some(Read { what, sure: ONE_CUE, from_words: true })
}

/// True where the words hold `cue` without a word before it that turns it round.
fn says(said: &[String], cue: &str) -> bool {
    let parts: Vec<&str> = cue.split(' ').collect();
    said.windows(parts.len()).enumerate().any(|(at, window)| {
        window.iter().eq(parts.iter()) && !said[at.saturating_sub(3)..at].iter().any(|w| NOT.contains(&w.as_str()))
    })
}
