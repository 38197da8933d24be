//! From words to products.

use super::*;
use stemwire::engine::{Field, Origin};

#[test]
fn a_product_is_known_by_title_alias_and_folder() {
    let lens = lens(&florist(), &[]);
    for text in ["about the Gerbera daisies", "a gerber daisy question", "gerbera?", "my gerberas' stems", "GERBERA's"]
    {
        let situation = said(&lens, text);
        assert_eq!(product_ids(&situation)[0], "flowers/gerbera", "{text}");
        assert!(situation.product_confidence() > 0.9, "{text}");
        assert_eq!(situation.products[0].from, Origin::Text);
    }
}

#[test]
fn a_misspelt_product_is_known_with_less_confidence() {
    let lens = lens(&florist(), &[]);
    let right = said(&lens, "my gerbera");
    let slip = said(&lens, "my gerbora");
    assert_eq!(product_ids(&slip)[0], "flowers/gerbera");
    assert!(slip.product_confidence() < right.product_confidence());
}

#[test]
fn a_product_named_in_passing_does_not_take_over() {
    let lens = lens(&florist(), &[]);
    for text in [
        "I also have your router, but the roses pricked my finger",
        "The roses pricked my finger. By the way, the router works fine.",
        "this is not about the router, I pricked my finger on the roses",
        "apart from the router I ordered roses and pricked my finger on the thorns",
    ] {
        assert_eq!(product_ids(&said(&lens, text)), ["flowers/rose", "router"], "{text}");
    }
}

#[test]
fn the_issue_can_name_the_product() {
    let lens = lens(&florist(), &[]);
    assert_eq!(product_ids(&said(&lens, "no internet, the light blinks red")), ["router"]);
}

#[test]
fn given_products_lead() {
    let lens = lens(&florist(), &[]);
    for name in ["flowers/gerbera", "gerbera", "Gerbera Daisies", "gerber daisy"] {
        let situation = given(&lens, "", &[name], &[]);
        assert_eq!(product_ids(&situation), ["flowers/gerbera"], "{name}");
        assert_eq!(situation.products[0].from, Origin::Given);
        assert!(situation.product_confidence() > 0.95, "{name}");
    }
    let slip = given(&lens, "the router", &["gerbora"], &[]);
    assert_eq!(product_ids(&slip)[0], "flowers/gerbera");
    assert!(slip.unknown.is_empty());
}

#[test]
fn an_unknown_product_comes_with_the_nearest() {
    let lens = lens(&florist(), &[]);
    let situation = given(&lens, "", &["rooster"], &[]);
    assert!(situation.products.is_empty());
    assert_eq!(situation.unknown[0].field, Field::Product);
    assert!(situation.unknown[0].nearest.contains(&"router".to_string()), "{situation:?}");
}

#[test]
fn a_group_named_beside_its_member_comes_second() {
    let lens = lens(&florist(), &[]);
    assert_eq!(product_ids(&said(&lens, "flowers, I mean the roses")), ["flowers/rose", "flowers"]);
}

#[test]
fn what_was_given_outweighs_words_that_speak_of_something_else() {
    let lens = lens(&florist(), &[]);
    let free = given(&lens, "there is no internet", &[], &[]);
    assert_eq!(issue_ids(&free).first(), Some(&"router:offline"));
    let corrected = [(&["flowers/rose"][..], &[][..]), (&[], &["flowers/rose:thorns"])];
    for (products, issues) in corrected {
        let situation = given(&lens, "there is no internet", products, issues);
        let heard = situation.issues.iter().find(|issue| issue.id.as_str() == "router:offline");
        let sure = heard.map_or(0.0, |issue| issue.confidence);
        assert!(sure < 0.3 && free.issue_confidence() > 0.9, "{products:?} {issues:?}: {sure}");
    }
    let named = given(&lens, "my roses came, and there is no internet", &[], &["flowers/rose:thorns"]);
    let heard = named.issues.iter().find(|issue| issue.id.as_str() == "router:offline");
    assert!(heard.is_none_or(|issue| issue.confidence < 0.3), "a product that is named as well: {heard:?}");
    // What goes with it is heard as it stands, and so is what belongs to a group that was given.
    let situation = given(&lens, "the heads hang down", &["flowers"], &[]);
    assert!(situation.issues.iter().any(|i| i.id.as_str() == "flowers/gerbera:drooping" && i.confidence > 0.5));
    let situation = given(&lens, "the heads hang down", &["gerbera"], &["buying"]);
    assert!(situation.issues.iter().any(|i| i.id.as_str() == "flowers/gerbera:drooping" && i.confidence > 0.5));
}

#[test]
fn a_product_named_on_one_line_is_what_the_next_one_is_about() {
    let lens = lens(&florist(), &[]);
    let lines = ["I bought roses from you yesterday", "the heads hang down already"];
    let situation = said(&lens, &format!("Anna: {}\nAnna: {}", lines[0], lines[1]));
    assert_eq!(situation, said(&lens, &lines.join(". ")), "lines are no more than stops");
    assert_eq!(product_ids(&situation).first(), Some(&"flowers/rose"));
    // Nor does it matter how much lies between, where no other product is named.
    let long = format!("{}\n{}\n{}", lines[0], "I put them in a vase on the table by the window. ".repeat(8), lines[1]);
    assert_eq!(product_ids(&said(&lens, &long)).first(), Some(&"flowers/rose"));
}

#[test]
fn a_name_before_a_colon_is_no_speaker() {
    let lens = lens(&florist(), &[]);
    for text in ["roses: pricked my finger", "Rose: pricked my finger", "Gerbera daisies: gone limp"] {
        let situation = said(&lens, text);
        assert!(situation.product_confidence() > 0.9, "{text}: {situation:?}");
    }
    // Nor is the name of an issue.
    assert_eq!(said(&lens, "delivery: roses").issues[0].id.as_str(), "delivery");
    // Of several who speak, one may be called like a product.
    let chat = |agent: &str| {
        format!("{agent}: Hello, how can I help?\nTom: no internet at all\n{agent}: since when?\nTom: this morning")
    };
    assert_eq!(said(&lens, &chat("Rose")), said(&lens, &chat("Anna")));
    // Whoever is no part of the library speaks.
    assert_eq!(
        said(&lens, "Maria: the roses pricked my finger").issues,
        said(&lens, "the roses pricked my finger").issues
    );
}

#[test]
fn an_id_is_known_in_any_case_and_with_a_slip() {
    let lens = lens(&florist(), &[]);
    for id in ["Flowers/Gerbera", "FLOWERS/GERBERA", "flowers/gerbora", "flower/gerbera"] {
        let situation = given(&lens, "", &[id], &[]);
        assert_eq!(product_ids(&situation), ["flowers/gerbera"], "{id}: {situation:?}");
        assert_eq!(situation.products[0].from, Origin::Given);
    }
    assert_eq!(given(&lens, "", &[], &["flowers/gerbera:droping"]).issues[0].id.as_str(), "flowers/gerbera:drooping");
    // What comes before the last part makes nothing of it likelier.
    assert!(given(&lens, "", &["flowers/tulips"], &[]).products.is_empty());
    assert_eq!(given(&lens, "", &[], &["router:droping"]).unknown.len(), 1);
}
