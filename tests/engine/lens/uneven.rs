//! Libraries as they grow: some issues with many phrases, some with one, some with a title alone; and large ones.

use super::*;
use stemwire::tip::IssueId;

fn growing() -> Sections {
    let declined = [
        "my card was declined at the shop",
        "the payment did not go through",
        "the till refused my card",
        "I cannot pay with my card",
        "card payment rejected",
        "my card does not work abroad",
        "the terminal says no to my card",
        "why was my payment refused",
        "declined again at the petrol station",
        "my contactless payment was not accepted",
    ];
    let late = [
        "my transfer has not arrived",
        "the money I sent is not there yet",
        "how long does a bank transfer take",
        "my landlord did not get the rent",
        "the payment to my friend is still pending",
        "where is the money I sent",
        "transfer is taking days",
        "they say they never got my payment",
        "the transfer is still not in their account",
        "sent money yesterday and it is not there",
    ];
    let issues = vec![
        issue("declined", "Card declined", &declined),
        issue("late", "Transfer late", &late),
        issue("fee", "Fees", &["I was charged for it"]),
        issue("limit", "Spending limit", &[]),
    ];
    Sections::new([section("", "Library", &[], issues)], [])
}

#[test]
fn an_issue_of_one_phrase_is_heard_beside_those_of_many() {
    let lens = lens(&growing(), &[]);
    for text in ["I was charged extra for the card payment", "you took two euros for the payment"] {
        assert_eq!(issue_ids(&said(&lens, text))[0], "fee", "{text}");
    }
}

#[test]
fn an_issue_of_a_title_alone_is_heard_beside_those_of_many() {
    assert_eq!(issue_ids(&said(&lens(&growing(), &[]), "my card payment is over the limit"))[0], "limit");
}

#[test]
fn those_of_many_phrases_keep_their_own() {
    let lens = lens(&growing(), &[]);
    for (text, issue) in [
        ("my card got refused", "declined"),
        ("the machine in the shop would not take my card", "declined"),
        ("money still not there", "late"),
        ("my brother is waiting for the money that I sent", "late"),
    ] {
        assert_eq!(issue_ids(&said(&lens, text))[0], issue, "{text}");
    }
}

#[test]
fn the_first_phrase_of_a_library_of_titles_takes_nothing_from_its_issue() {
    let titles = ["Card declined", "Transfer late", "Fees", "Spending limit", "Card lost", "New address", "Statement"];
    let issues = |says: &[&str]| {
        let named = titles.iter().enumerate();
        let all = named.map(|(i, title)| issue(&format!("n{i}"), title, if i == 1 { says } else { &[] }));
        Sections::new([section("", "Library", &[], all.collect())], [])
    };
    let text = "the transfer to my landlord has not come";
    let (before, after) = (lens(&issues(&[]), &[]), lens(&issues(&["the money I sent is not there"]), &[]));
    assert_eq!(issue_ids(&said(&before, text))[0], "n1");
    assert_eq!(issue_ids(&said(&after, text))[0], "n1");
}

#[test]
fn words_that_two_issues_share_turn_neither_against_its_own() {
    let heat = ["the oven stays cold", "it does not get warm", "no heat at all", "the plate is lukewarm"];
    let noise = ["the oven hums loudly", "it rattles when on", "a grinding sound", "the fan is noisy"];
    let issues = vec![issue("cold", "No heat", &heat), issue("loud", "Noise", &noise)];
    let sections = Sections::new([section("", "Library", &[], issues)], []);
    let root = |name: &str| IssueId::new(name);
    let both = ["it is broken again", "the oven acts up", "something is wrong with the oven", "the oven is faulty"];
    let words = [TipWords {
        products: vec![],
        when: vec![root("cold"), root("loud")],
        says: both.iter().map(|s| s.to_string()).collect(),
    }];
    let lens = lens(&sections, &words);
    for (own, issue) in [(heat, "cold"), (noise, "loud")] {
        for text in own {
            assert_eq!(issue_ids(&said(&lens, text))[0], issue, "{text}");
        }
    }
}

#[test]
fn an_issue_of_shared_words_alone_is_not_taken_for_one_of_a_title() {
    let late = [
        "my parcel is late",
        "the parcel has not come",
        "still no parcel today",
        "the driver did not bring my parcel",
        "nobody delivered the parcel",
    ];
    let broken = ["the box was torn", "it arrived in pieces", "the glass inside is broken", "a dented box"];
    let issues =
        vec![issue("late", "Late", &late), issue("broken", "Broken", &broken), issue("pickup", "Pick-up", &[])];
    let sections = Sections::new([section("", "Library", &[], issues)], []);
    let both = ["where is it", "when does it come", "is it on its way"];
    let words = [TipWords {
        products: vec![],
        when: vec![IssueId::new("late"), IssueId::new("pickup")],
        says: both.iter().map(|s| s.to_string()).collect(),
    }];
    let lens = lens(&sections, &words);
    for text in ["when does my parcel come", "where is it today", "when does it come today"] {
        assert_eq!(issue_ids(&said(&lens, text))[0], "late", "{text}");
    }
}

/// So many issues about things of their own, each with so many phrases.
fn many(issues: usize, phrases: usize) -> Sections {
    let about =
        |i: usize| format!("{}{}", ["lamp", "kettle", "bicycle", "violin", "tent", "oven", "piano"][i % 7], i / 7);
    let all = (0..issues).map(|i| {
        let says: Vec<String> = (0..phrases).map(|p| format!("the {} has come apart in place {p}", about(i))).collect();
        issue(&about(i), &about(i), &says.iter().map(String::as_str).collect::<Vec<_>>())
    });
    Sections::new([section("", "Library", &[], all.collect())], [])
}

#[test]
fn phrases_beyond_what_is_solved_at_once_are_all_learned() {
    let lens = lens(&many(21, 90), &[]);
    for name in ["lamp0", "kettle1", "piano2"] {
        for place in [0, 44, 89] {
            let text = format!("the {name} has come apart in place {place}");
            assert_eq!(issue_ids(&said(&lens, &text))[0], name);
        }
    }
}

#[test]
fn more_issues_than_correct_each_other_are_told_apart_all_the_same() {
    let lens = lens(&many(510, 1), &[]);
    assert_eq!(issue_ids(&said(&lens, "the violin70 has come apart"))[0], "violin70");
}
