//! Whether somebody is in danger, or has lost somebody: then no tip is volunteered but one that speaks of it.
//!
//! English only, and outright statements only: who, and what befalls them. It must not see death in a rose that died,
//! nor fire in a fire stick. Reads nothing but the text.

mod kinds;
mod pattern;
mod said;
mod words;

use super::tokens;
use crate::tip::Tip;
use kinds::Kind;
use pattern::{Found, Patterns};
use said::SAID;
use std::sync::LazyLock;
use words::{BREAK, KIN, group, plain, stands_between};

/// What makes a contact grave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Grave {
    /// Somebody needs help now, and not from us.
    Danger(Kind),
    /// Somebody has died.
    Loss,
}

/// What was nearly so, was not; and what is asked of a case that may come, has not come.
const NEARLY: [&str; 3] = ["nearly", "almost", "practically"];
const NEAR: usize = 3;
const SUPPOSED: [&str; 6] = ["if", "whether", "unless", "never", "prevent", "avoid"];
/// Right before "if" these ask about what has happened: "what do I do if", "I am not sure if".
const ASKS_WHAT_TO_DO: [&str; 4] = ["do", "mean", "know", "sure"];

/// "I have no chest pain". Before a person it denies something else: "I do not know, he is choking".
const DENIED: [&str; 4] = ["no", "not", "never", "without"];

/// What is that long over needs no help now. Days and weeks are not: people wait before they call.
const LONG_AGO: [&str; 5] = ["years ago", "year ago", "months ago", "month ago", "once when"];
const LAST: [&str; 6] = ["year", "month", "summer", "winter", "autumn", "spring"];

/// What is played or told does not happen; and what is insured, may.
const PLAYED: [&str; 10] =
    ["song", "songs", "movie", "film", "lyrics", "episode", "novel", "playlist", "album", "podcast"];
const INSURED: [&str; 4] = ["insurance", "insured", "policy", "coverage"];

/// What a tip about death speaks of.
const SPEAKS_OF_LOSS: &str =
    "death|passed away|funeral|sympathy|grief|mourning|bereaved|bereavement|condolence|memorial|wreath";

static DANGERS: LazyLock<Patterns<Kind>> = LazyLock::new(|| Patterns::new(&SAID));

impl Grave {
    pub(super) fn heard(text: &str) -> Option<Self> {
        let words = plain(text);
        let danger = DANGERS.find(&words).into_iter().find(|found| !is_unsaid(&words, *found));
        let lost = || (0..words.len()).any(|at| dies(&words, at)).then_some(Self::Loss);
        danger.map(|found| Self::Danger(found.kind)).or_else(lost)
    }

    pub(super) fn is_danger(self) -> bool {
        matches!(self, Self::Danger(_))
    }

    /// True where the tip's own words, or the issues that it is for, speak of it too.
    pub(super) fn is_spoken_of(self, tip: &Tip) -> bool {
        let cues = match self {
            Self::Danger(kind) => kind.spoken_of(),
            Self::Loss => SPEAKS_OF_LOSS,
        };
        let texts = [&tip.question, &tip.say].into_iter().chain(&tip.asks).chain(&tip.says);
        let issues = tip.when.iter().map(|issue| issue.name().replace(['-', '_'], " "));
        let mut all = texts.cloned().chain(issues);
        all.any(|text| {
            let words = tokens::words(&text);
            Self::heard(&text) == Some(self) || cues.split('|').any(|cue| holds(&words, cue))
        })
    }
}

/// True where what was found is said not to be so, or not now. Nothing unsays that somebody wants to die
/// but a song or a story; and who takes care not to be hurt does not.
fn is_unsaid(words: &[String], found: Found<Kind>) -> bool {
    let is_break = |word: &String| word == BREAK;
    let from = words[..found.from].iter().rposition(is_break).map_or(0, |at| at + 1);
    let to = words[found.to..].iter().position(is_break).map_or(words.len(), |at| found.to + at);
    let (before, clause) = (&words[from..found.from], &words[from..to]);
    let one_of = |list: &[&str], word: &String| list.contains(&word.as_str());
    let any = |words: &[String], list: &[&str]| words.iter().any(|word| one_of(list, word));
    let played = any(clause, &PLAYED);
    if found.kind == Kind::SelfHarm || played {
        return played || takes_care(before, &words[found.from]);
    }
    let nearly = any(&words[found.from.saturating_sub(NEAR).max(from)..found.to], &NEARLY);
    let supposed = before.iter().position(|word| one_of(&SUPPOSED, word));
    let supposed = supposed.is_some_and(|at| at == 0 || !ASKS_WHAT_TO_DO.contains(&before[at - 1].as_str()));
    let denied = before.iter().rev().filter(|word| !stands_between(word)).take(2).any(|word| one_of(&DENIED, word))
        && !group("who").contains(&words[found.from].as_str());
    let year = |word: &String| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")) && is_number(word);
    let last = clause.windows(2).any(|pair| pair[0] == "last" && one_of(&LAST, &pair[1]));
    let long_ago = last || clause.iter().any(year) || LONG_AGO.iter().any(|ago| holds(clause, ago));
    nearly || supposed || denied || long_ago || any(clause, &INSURED)
}

/// "Without hurting myself", "I do not want to cut myself": of thorns and knives.
fn takes_care(before: &[String], verb: &str) -> bool {
    let ends = |with: &[&str]| before.len() >= with.len() && before[before.len() - with.len()..] == *with;
    let unwanted = ends(&["not", "want", "to"]) || verb == "to" && ends(&["not", "want"]);
    !verb.starts_with("kill") && (unwanted || ends(&["without"]))
}

fn is_number(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_digit())
}

/// True where the word at `at` says that a person has died: of a rose nobody says "he".
fn dies(words: &[String], at: usize) -> bool {
    let dies = words[at] == "died" || words[at] == "passed" && words.get(at + 1).is_some_and(|next| next == "away");
    let who = || words[..at].iter().rev().find(|word| !stands_between(word));
    dies && who().is_some_and(|who| KIN.split('|').any(|kin| kin == who))
}

fn holds(words: &[String], cue: &str) -> bool {
    let cue: Vec<&str> = cue.split(' ').collect();
    words.windows(cue.len()).any(|window| window.iter().zip(&cue).all(|(a, b)| a == b))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Telling ones of some 400 that the patterns were written against.
    const IN_DANGER: &str = "
        can't breathe
        help, can't breathe
        someone is trying to break in
        he is holding us hostage
        they came at us with a knife
        she is in labour
        my dog ate berries from the garden
        I want to end it
        I cannot go on any more, I want to end it all
        I don't want to live any more
        I've taken all my pills
        My son says he wants to kill himself
        she is choking on the sushi
        help my daughter cant breath
        he is not breathing
        my brother is unconcious
        I have chest pains while waiting for you
        grandma fell over the cable and does not get up
        my wife has collapsed on the floor
        I was hit on my bike, call an ambulance
        what should I do if someone is choking
        he has a nut allergy and already ate the korma
        my throat is closing up
        my child swallowed the battery of the remote control
        my toddler ate some of the lily leaves
        he drank the cleaning liquid you delivered
        my cat chewed a leaf of the lily you sold me
        the dog has eaten a packet of the slug pellets
        my son got burned, the phone battery exploded in his hand
        he got an electric shock from the tv box
        my hand is bleeding from the broken vase and it wont stop
        my phone is smoking
        my phone caught fire
        my battery is swollen
        sparks come out of the charger
        there is smoke coming from the router
        it smells like gas since the engineer drilled the hole
        I think I have carbon monoxide
        the co alarm wont stop beeping and we all have headaches
        he is standing outside with a knife
        my husband hits me, I need a phone he can't track
        he said he would kill me";

    const IN_NONE: &str = "
        I keep getting kicked off the wifi
        I keep getting kicked off the app
        The courier is not responding
        the engineer is not responding to my texts
        my driver is not moving on the map
        I ordered fries and they were burnt
        they are on the ground outside
        I have trouble with the air conditioning
        trouble with air pods
        A shock when I saw my bank statement
        How do I trim the roses without hurting myself
        I do not want to hurt myself on the thorns
        My broadband is too slow, I want to end it
        your website is down and I can't go on
        I want to jump from 4G to 5G
        ready to jump from my current provider
        the dish is sitting on the roof
        I wanted to die laughing
        We can't move
        how much do you charge in labour
        My wife wants to break in her new boots
        they are keeping us in the loop
        do they have a knife
        they came without a knife
        I love eating berries
        we have eaten the berry cheesecake
        Does the tapas box have smoked ham
        he nearly had a heart attack when he saw the bill
        my heart attack pills came in the parcel late
        my grandfather had a stroke two years ago and needs a bigger phone
        I don't have chest pain, how long do I wait
        there was a gas leak last year at our old flat, moving house now
        does the insurance cover an electric shock
        I have a contract with you and I want to end it
        I don't want to live in this flat any more
        I can't go on holiday any more, cancel my booking
        this is killing me and I'm dying to see it
        my phone died, the battery is dead
        how do I kill the process
        my fire stick does not connect
        my mouth is on fire, it burned my tongue
        my pizza was burnt
        can I have the smoked salmon
        does the smoke detector need a new battery
        how do I pay my gas bill
        nut allergy, what can I eat?
        are lilies poisonous to cats
        what if my phone catches fire
        your atm swallowed my card and kept it
        the driver left the parcel lying on the floor
        my phone fell down the stairs and won't wake up
        the wifi is choking, the app does not respond
        the roses collapsed after a day and turned blue
        my screen is bleeding colours
        I got a shock when I saw the bill
        he hits me up on whatsapp and beats me at chess
        I ordered a knife set and a water pistol
        is it sparkling water
        she drank a glass of wine with the plant based burger
        I am a bit unsure about the battery, he is a bit upset
        my wife is trying to get home internet
        the new case smells of plastic
        we need a fire engine toy and an ambulance costume
        my mum is on the ground floor, ring twice
        I wish I had never ordered here";

    fn each(texts: &str) -> impl Iterator<Item = &str> {
        texts.lines().map(str::trim).filter(|text| !text.is_empty())
    }

    #[test]
    fn danger_is_heard_as_frightened_people_say_it() {
        let missed: Vec<&str> =
            each(IN_DANGER).filter(|text| !Grave::heard(text).is_some_and(Grave::is_danger)).collect();
        assert!(missed.is_empty(), "{missed:#?}");
    }

    #[test]
    fn figures_of_speech_old_stories_and_products_are_no_danger() {
        let heard: Vec<&str> = each(IN_NONE).filter(|text| Grave::heard(text).is_some()).collect();
        assert!(heard.is_empty(), "{heard:#?}");
    }

    #[test]
    fn the_kind_is_told_so_that_a_tip_can_speak_of_it() {
        assert_eq!(Grave::heard("my cat ate the lilies"), Some(Grave::Danger(Kind::Pet)));
        assert_eq!(Grave::heard("my phone is smoking"), Some(Grave::Danger(Kind::Fire)));
        assert_eq!(Grave::heard("his face is swollen"), Some(Grave::Danger(Kind::Allergy)));
    }

    #[test]
    fn every_group_that_a_pattern_names_has_words() {
        for (_, patterns) in SAID {
            for name in patterns.split(['<', '>']).skip(1).step_by(2) {
                assert!(!group(name).is_empty(), "<{name}>");
            }
        }
    }

    #[test]
    fn people_die_and_so_do_roses() {
        for text in ["my dad died", "My husband has just passed away.", "she died last week, cancel her line"] {
            assert_eq!(Grave::heard(text), Some(Grave::Loss), "{text}");
        }
        for text in ["my roses died after two days", "my son's phone died", "the driver passed away from us", "hello"] {
            assert_eq!(Grave::heard(text), None, "{text}");
        }
    }

    #[test]
    fn a_long_text_is_read_to_its_end() {
        let long = "he is the ".repeat(2_000);
        assert_eq!(Grave::heard(&long), None);
        assert!(Grave::heard(&(long + "and he is not breathing")).is_some_and(Grave::is_danger));
    }
}
