//! Two matters in one text, and one matter in a long story.

use super::*;

/// From this chance on an issue is spoken of.
const SPOKEN_OF: f32 = 0.3;

fn spoken_of(situation: &Situation) -> Vec<&str> {
    let likely = situation.issues.iter().filter(|issue| issue.confidence >= SPOKEN_OF);
    likely.map(|issue| issue.id.as_str()).collect()
}

#[test]
fn two_matters_of_one_text_are_both_heard() {
    let lens = lens(&florist(), &[]);
    for (text, both) in [
        ("where is my order, and the light on the box keeps blinking red", ["delivery", "router:offline"]),
        (
            "the heads of my daisies hang down. Another thing: when will my order arrive?",
            ["delivery", "flowers/gerbera:drooping"],
        ),
    ] {
        let situation = said(&lens, text);
        let mut heard = spoken_of(&situation);
        heard.sort_unstable();
        assert_eq!(heard, both, "{text}: {situation:?}");
    }
}

#[test]
fn what_goes_with_a_matter_is_no_second_one() {
    let lens = lens(&florist(), &[]);
    for text in [
        "my parcel is late and I have to leave for work in a minute",
        "my parcel is late and nobody has told me anything about it",
        "I was going to use the box and the wifi keeps dropping, it is slow",
    ] {
        let situation = said(&lens, text);
        assert_eq!(spoken_of(&situation).len(), 1, "{text}: {situation:?}");
    }
}

/// Seventy words with hardly a full stop, of which six tell the matter.
#[test]
fn one_matter_does_not_drown_in_a_story() {
    let lens = lens(&florist(), &[]);
    let story = "Hello dear, I am Mrs Palmer, my neighbour gave me your number, she said you were all so friendly, my husband \
                 used to do these things, he passed his time with them, I was sitting in the kitchen with my tea when I \
                 looked over, and I must say I was cross, the light on that thing blinks red again, I did switch it off, my \
                 grandson told me to, he is a clever boy, so what shall I do now";
    let situation = said(&lens, story);
    assert_eq!(issue_ids(&situation)[0], "router:offline");
    assert!(situation.issue_confidence() > 0.5, "{situation:?}");
}

#[test]
fn a_story_about_nothing_is_about_nothing() {
    let lens = lens(&florist(), &[]);
    let story = "Hello dear, I am Mrs Palmer, my neighbour gave me your number, she said you were all so friendly, my husband \
                 used to do these things, he is away until Friday, I was sitting in the kitchen with my tea, the dog was \
                 barking at the postman, I told my grandson about it, he is a clever boy, he laughed and said that I worry \
                 too much, so I thought I would write to you, have a nice day";
    let situation = said(&lens, story);
    assert!(spoken_of(&situation).is_empty(), "{situation:?}");
}
