//! From words to issues.

use super::*;
use stemwire::engine::{Field, Origin};
use stemwire::tip::IssueId;

#[test]
fn customers_words_find_the_issue_beneath() {
    let lens = lens(&florist(), &[]);
    let situation = said(&lens, "my gerberas are all flopping over after two days");
    assert_eq!(issue_ids(&situation)[0], "flowers/gerbera:drooping");
    assert_eq!(situation.issues[0].title, "Stems droop");
    assert_eq!(situation.issues[0].from, Origin::Text);
}

/// Who gives a full id may take the section for one above or below that which has the issue.
#[test]
fn a_full_id_is_understood_from_above_and_from_below() {
    let lens = lens(&florist(), &[]);
    for (given, meant) in [
        ("flowers/gerbera:drooping", "flowers/gerbera:drooping"),
        ("flowers:drooping", "flowers/gerbera:drooping"),
        ("flowers/gerbera:buying", "buying"),
    ] {
        let issues = [given.to_owned()];
        let situation = lens.recognise(Given { text: "", products: &[], issues: &issues });
        assert_eq!(issue_ids(&situation), [meant], "{given}");
        assert!(situation.unknown.is_empty() && situation.issues[0].confidence > 0.95, "{given}: {situation:?}");
    }
}

#[test]
fn words_that_are_in_no_phrase_find_it_too() {
    let lens = lens(&florist(), &[]);
    assert_eq!(issue_ids(&said(&lens, "the package hasn't shown up"))[0], "delivery");
}

#[test]
fn misspelt_words_find_it_too() {
    let lens = lens(&florist(), &[]);
    assert_eq!(issue_ids(&said(&lens, "my parsel is layte"))[0], "delivery");
}

#[test]
fn one_issue_without_phrases_is_enough() {
    let one = Sections::new([section("", "Library", &[], vec![issue("refund", "Refund", &[])])], []);
    let lens = lens(&one, &[]);
    let near = said(&lens, "I want a refund");
    let far = said(&lens, "what colour is the sky on Mars");
    assert_eq!(issue_ids(&near), ["refund"]);
    assert!(near.issue_confidence() > far.issue_confidence() + 0.1, "{near:?} {far:?}");
}

#[test]
fn among_few_titles_the_same_words_are_surer() {
    let others = [
        "Opening hours",
        "Change of address",
        "Gift cards",
        "Newsletter",
        "Forgotten password",
        "Job offers",
        "Parking",
        "Student discount",
        "Broken zip",
        "Wrong colour",
        "Missing invoice",
        "Press enquiries",
        "Card declined",
        "Allergies",
        "Size chart",
        "Repair",
        "Loyalty points",
        "Delete my account",
    ];
    let titles = |count: usize| {
        let others = others.iter().take(count).enumerate();
        let mut issues: Vec<_> = others.map(|(i, title)| issue(&format!("other-{i}"), title, &[])).collect();
        issues.push(issue("refund", "Refund", &[]));
        lens(&Sections::new([section("", "Library", &[], issues)], []), &[])
    };
    let few = said(&titles(3), "when do I get my refund");
    let many = said(&titles(others.len()), "when do I get my refund");
    assert_eq!((issue_ids(&few)[0], issue_ids(&many)[0]), ("refund", "refund"));
    assert!(few.issue_confidence() > many.issue_confidence(), "{few:?} {many:?}");
}

#[test]
fn a_tips_says_count_for_its_when() {
    let words = TipWords {
        products: vec![SectionId::new("flowers/rose")],
        when: vec![IssueId::new("buying")],
        says: vec!["something for our anniversary".into()],
    };
    let lens = lens(&florist(), &[words]);
    assert_eq!(issue_ids(&said(&lens, "it is our anniversary tomorrow"))[0], "buying");
}

#[test]
fn other_scripts_rest_on_words_and_pieces_of_words() {
    let library = Sections::new(
        [section(
            "",
            "Библиотека",
            &[],
            vec![
                issue("refund", "Возврат денег", &["верните мне деньги", "хочу вернуть покупку"]),
                issue("delivery", "Доставка", &["где моя посылка", "когда привезут заказ"]),
            ],
        )],
        [],
    );
    let lens = lens(&library, &[]);
    assert_eq!(issue_ids(&said(&lens, "посылка так и не пришла"))[0], "delivery");
    assert_eq!(issue_ids(&said(&lens, "как вернуть деньги за покупку"))[0], "refund");
}

#[test]
fn a_given_issue_leads_and_its_short_name_resolves_upwards() {
    let lens = lens(&florist(), &[]);
    let situation = given(&lens, "", &["flowers/gerbera"], &["drooping"]);
    assert_eq!(issue_ids(&situation), ["flowers/gerbera:drooping"]);
    assert_eq!(situation.issues[0].from, Origin::Given);
    assert!(situation.issue_confidence() > 0.95);
    let inherited = given(&lens, "", &["flowers/gerbera"], &["buying"]);
    assert_eq!(issue_ids(&inherited), ["buying"]);
}

#[test]
fn given_titles_and_slips_resolve_with_less_confidence() {
    let lens = lens(&florist(), &[]);
    let title = given(&lens, "", &[], &["stems droop"]);
    assert_eq!(issue_ids(&title), ["flowers/gerbera:drooping"]);
    let slip = given(&lens, "", &[], &["droping"]);
    assert_eq!(issue_ids(&slip), ["flowers/gerbera:drooping"]);
    assert!(slip.issue_confidence() < title.issue_confidence());
}

#[test]
fn what_cannot_be_resolved_is_unknown_with_the_nearest() {
    let lens = lens(&florist(), &[]);
    let situation = given(&lens, "", &[], &["delivering to the moon"]);
    assert!(situation.issues.is_empty());
    assert_eq!(situation.unknown[0].given, "delivering to the moon");
    assert_eq!(situation.unknown[0].field, Field::Issue);
    assert_eq!(situation.unknown[0].nearest[0], "delivery");
}

#[test]
fn a_known_product_prefers_its_own_issues() {
    let twins = |id: &str, title: &str| {
        section(id, title, &[], vec![issue("broken", "Broken", &["it does not work any more", "it broke"])])
    };
    let lens = lens(&Sections::new([twins("kettle", "Kettle"), twins("toaster", "Toaster")], []), &[]);
    for product in ["kettle", "toaster"] {
        let own = format!("{product}:broken");
        assert_eq!(issue_ids(&said(&lens, &format!("my {product} broke")))[0], own);
        assert_eq!(issue_ids(&given(&lens, "it broke", &[product], &[]))[0], own);
    }
}

#[test]
fn a_pasted_chat_is_about_what_the_customer_tells() {
    let lens = lens(&florist(), &[]);
    let small_talk = "Customer: thanks, and how was your weekend? We had such lovely weather here.\n".repeat(40);
    let chat = format!(
        "Agent: Welcome! Are you buying a bouquet today, which flowers would you like?\n{small_talk}\
         [10:31] Customer: anyway, the wifi keeps dropping and the light blinks red\nAgent: I am sorry to hear that."
    );
    assert_eq!(issue_ids(&said(&lens, &chat))[0], "router:offline");
}

#[test]
fn who_speaks_as_an_agent_does_is_the_agent_whatever_their_name() {
    let lens = lens(&florist(), &[]);
    let chat = "[10:02] Tom: Hi Anna, how can I help?\n[10:03] Anna: the wifi keeps dropping and the light blinks red\n\
                [10:04] Tom: would you like a bouquet of roses for the wait, or tulips? Which colour do you like?\n";
    assert_eq!(issue_ids(&said(&lens, chat))[0], "router:offline");
}

#[test]
fn a_library_of_one_issue_does_not_take_everything_for_it() {
    let says = [
        "my flowers are drooping",
        "the heads hang after two days",
        "they have gone limp overnight",
        "why do the stems bend",
        "the bunch looks tired already",
        "they flop over in the vase",
        "heads are hanging down",
        "my bouquet wilted",
    ];
    let flowers = section("", "Library", &[], vec![issue("drooping", "Drooping heads", &says)]);
    let lens = lens(&Sections::new([flowers], []), &[]);
    let own = ["the flowers hang their heads", "the stems are bending over", "my roses wilted after a day"];
    for text in own {
        let sure = said(&lens, text).issue_confidence();
        assert!(sure >= 0.5, "{text}: {sure}");
    }
    let others = [
        "my car broke down on the way home",
        "the shop closed two days ago and nobody told me",
        "why does my phone get hot",
        "the delivery came a day late",
        "why was I charged twice",
        "the screen stays black",
        "my back hurts when I sit",
        "the jacket looks different in the picture",
    ];
    let taken: Vec<&&str> = others.iter().filter(|text| said(&lens, text).issue_confidence() >= 0.5).collect();
    assert!(taken.len() <= 1, "taken for it: {taken:?}");
}
