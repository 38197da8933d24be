//! Candidates: wide enough that the engine can choose.

use super::made::{flowers, indexed, issue, section};
use stemwire::index::Wanted;

fn ids(wanted: &Wanted) -> Vec<(String, f32, f32)> {
    let searcher = indexed(&flowers());
    let found = searcher.candidates(wanted).unwrap();
    found.iter().map(|c| (c.tip.id.to_string(), c.words, c.asked)).collect()
}

#[test]
fn the_situation_alone_is_enough() {
    let wanted = Wanted {
        products: vec![(section("flowers/gerbera"), 0.9)],
        issues: vec![(issue("buying"), 0.8)],
        limit: 10,
        ..Wanted::default()
    };
    let found = ids(&wanted);
    let names: Vec<&str> = found.iter().map(|f| f.0.as_str()).collect();
    assert!(names.contains(&"flowers/gerbera/wire") && names.contains(&"flowers/gerbera/water"), "{names:?}");
    assert!(names.contains(&"flowers/vase"), "a section above is for those below: {names:?}");
    assert!(!names.contains(&"internet/router/reset"), "{names:?}");
    assert!(found.iter().all(|f| f.1 == 0.0 && f.2 == 0.0));
}

#[test]
fn the_question_itself_is_fully_asked() {
    let wanted = Wanted { text: "What do I do when my gerberas droop?".into(), limit: 10, ..Wanted::default() };
    let found = ids(&wanted);
    let wire = found.iter().find(|f| f.0 == "flowers/gerbera/wire").unwrap();
    assert!(wire.2 > 0.95 && wire.1 > 0.3 && wire.1 <= 1.0, "{wire:?}");
    assert!(found.iter().all(|f| f.0 == wire.0 || f.2 < wire.2));
}

#[test]
fn unknown_words_weigh_against_a_match() {
    let some = |text: &str| Wanted { text: text.into(), limit: 10, ..Wanted::default() };
    let plain = ids(&some("gerbera"));
    let mixed = ids(&some("gerbera zzzqqq xxyyzz"));
    assert!(mixed[0].1 < plain[0].1);
}
