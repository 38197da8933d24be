//! What a customer has heard of a tip, and which edits make it news.

use stemwire::tip::{Sections, Substance, parse_tip, resolve};

fn of(wire: &str, say: &str) -> Substance {
    let text = format!("---\nwire: {wire:?}\n---\n# Why?\n\n{say}\n\nDetail that nobody hears.\n");
    let draft = parse_tip("a.md", &text).0.unwrap();
    Substance::of(&resolve(&draft, &Sections::new([], []), None).0.unwrap())
}

const SAY: &str = "Coil a little wire round the stem within 3 days, and they stand up again.";

#[test]
fn a_mended_slip_is_no_news() {
    let told = of("Two pieces of wire", SAY);
    for again in [
        "Coil a little wire around the stem within 3 days, and they stand up again.",
        "*Coil* a litle wire round the stem, within 3 days; and they stand up again!",
        "coil a little wire round the stem within 3 days and they stand up agian",
    ] {
        assert_eq!(told.is_same(&of("two peices of wire", again)), !again.contains("around"), "{again}");
    }
    assert!(told.is_same(&Substance::from_text(told.as_str())), "as it was stored");
}

#[test]
fn other_words_numbers_and_things_are_news() {
    let told = of("Two pieces of wire", SAY);
    for other in [
        "Coil a little wire round the stem within 5 days, and they stand up again.",
        "Coil a little wire round the stem within 3 days, and they don't stand up again.",
        "Coil a little wire round the stem within 3 days.",
    ] {
        assert!(!told.is_same(&of("Two pieces of wire", other)), "{other}");
    }
    assert!(!told.is_same(&of("Three pieces of wire", SAY)));
    let link = |to: &str| of(&format!("[Guide](https://a.org/{to})"), SAY);
    assert!(link("guide").is_same(&link("guide")));
    assert!(!link("guide").is_same(&link("guido")), "another address is another thing");
    assert!(!of("", "It is impossible to revive them.").is_same(&of("", "It is possible to revive them.")));
    assert!(!of("", "They are atypical.").is_same(&of("", "They are typical.")));
}
