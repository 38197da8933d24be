//! What holds for any library and any input.

use super::*;
use proptest::prelude::*;
use std::sync::OnceLock;

static FLORIST: OnceLock<Lens> = OnceLock::new();

fn shared() -> &'static Lens {
    FLORIST.get_or_init(|| lens(&florist(), &[]))
}

fn holds(situation: &Situation) {
    let confidences = |all: Vec<(f32, &str)>| {
        assert!(all.len() <= 5);
        assert!(all.iter().all(|(c, _)| (0.0..=1.0).contains(c)), "{all:?}");
        assert!(all.windows(2).all(|w| w[0].0 > w[1].0 || (w[0].0 == w[1].0 && w[0].1 < w[1].1)), "{all:?}");
    };
    confidences(situation.issues.iter().map(|i| (i.confidence, i.id.as_str())).collect());
    confidences(situation.products.iter().map(|p| (p.confidence, p.id.as_str())).collect());
}

#[test]
fn hostile_texts_are_answered() {
    let long_word = "a".repeat(1 << 20);
    let long_text = "my parcel is late, ".repeat(60_000);
    let marks = "e\u{301}\u{301}\u{301}".repeat(5_000);
    let lines = "Agent:\n".repeat(50_000);
    for text in [
        "",
        " ",
        "\0",
        "\0\0 late",
        "🌼🌼 💐",
        "::::",
        "\u{feff}",
        "ﷺ ｆｕｌｌ",
        "a:b:c://d",
        &long_word,
        &long_text,
        &marks,
        &lines,
    ] {
        holds(&said(shared(), text));
        holds(&given(shared(), text, &[text], &[text]));
    }
}

#[test]
fn an_empty_library_recognises_nothing() {
    let empty = lens(&Sections::new([], []), &[]);
    let situation = given(&empty, "my flowers droop", &["rose"], &["buying"]);
    assert!(situation.issues.is_empty() && situation.products.is_empty());
    assert_eq!(situation.unknown.len(), 2);
}

#[test]
fn the_same_library_and_words_give_the_same_answer() {
    let text = "the roses I ordered have not come and my finger hurts";
    assert_eq!(said(&lens(&florist(), &[]), text), said(&lens(&florist(), &[]), text));
}

#[test]
fn a_library_without_a_table_still_knows_its_words() {
    let lens = Lens::build(&florist(), &[], &Table::empty());
    assert_eq!(issue_ids(&said(&lens, "gerberas flopping over"))[0], "flowers/gerbera:drooping");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,200}", product in "\\PC{0,20}", issue in "\\PC{0,20}") {
        let situation = given(shared(), &text, &[&product], &[&issue]);
        holds(&situation);
        prop_assert_eq!(situation, given(shared(), &text, &[&product], &[&issue]));
    }

    #[test]
    fn any_library_is_learned(names in proptest::collection::vec("[a-zа-я一二三 ]{0,12}", 0..6), text in "\\PC{0,60}") {
        let issues = names.iter().map(|n| issue(n, n, &[n, &text])).collect();
        let sections = Sections::new([section("", "", &[], issues), section("x/y", &text, &[&text], vec![])], []);
        holds(&said(&lens(&sections, &[]), &text));
    }
}
