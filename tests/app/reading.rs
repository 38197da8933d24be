//! Reading what is served: tips, sections, issues, counts, searches.

use super::{Place, say, tip};
use stemwire::app::Asked;
use stemwire::tip::TipId;

fn shop() -> Place {
    Place::new(&[
        ("_index.md", "---\ntitle: The shop\nissues:\n  buying: [a bunch of]\n---\nLeave them smiling.\n\nMore.\n"),
        (
            "flowers/gerbera/_index.md",
            "---\ntitle: Gerbera daisies\naliases: [daisy]\nissues:\n  drooping:\n    title: Stems droop\n    says: [flopping over]\n  buying: [some daisies, a bunch of]\n---\n",
        ),
        (
            "flowers/gerbera/wire.md",
            "---\nwhen: buying\nprevents: drooping\naliases: [old/wire]\n---\n# What when they droop?\n\nCoil a wire.\n",
        ),
        ("flowers/roses/cut.md", &tip("cut them")),
        ("flowers/roses/photo.png", "png"),
    ])
}

#[test]
fn counts_and_the_directive() {
    let facts = shop().open().facts();
    assert_eq!((facts.tips, facts.issues, facts.broken), (2, 2, 0));
    assert_eq!(facts.directive.as_deref(), Some("Leave them smiling."));
    assert_eq!(facts.title, "The shop");
}

#[test]
fn products_and_issues_with_their_words_and_counts() {
    let place = shop();
    let app = place.open();
    let products: Vec<_> =
        app.products().expect("readable").what.into_iter().map(|p| (p.id.to_string(), p.title, p.tips)).collect();
    let product = |id: &str, title: &str, tips| (id.to_owned(), title.to_owned(), tips);
    assert_eq!(products[1], product("flowers/gerbera", "Gerbera daisies", 1));
    assert_eq!(products[2], product("flowers/roses", "Roses", 1));
    assert_eq!(products.len(), 3);
    let issues: Vec<_> =
        app.issues().expect("readable").what.into_iter().map(|i| (i.id.to_string(), i.says, i.tips)).collect();
    let words = |words: &[&str]| words.iter().map(|w| (*w).to_owned()).collect::<Vec<_>>();
    assert_eq!(issues[0], ("buying".to_owned(), words(&["a bunch of", "some daisies"]), 1));
    assert_eq!(issues[1], ("flowers/gerbera:drooping".to_owned(), words(&["flopping over"]), 1));
}

#[test]
fn tips_by_id_by_alias_and_in_pages() {
    let place = shop();
    let app = place.open();
    assert_eq!(say(&app, "old/wire").as_deref(), Some("Coil a wire."));
    assert_eq!(say(&app, "nothing"), None);
    let first = app.tips(None, 1).expect("readable");
    assert_eq!(first[0].id, TipId::new("flowers/gerbera/wire"));
    let rest = app.tips(Some(&first[0].id), 10).expect("readable");
    assert_eq!(rest.iter().map(|t| t.id.as_str()).collect::<Vec<_>>(), ["flowers/roses/cut"]);
}

#[test]
fn a_search_is_narrowed_to_what_was_named() {
    let place = shop();
    let app = place.open();
    let found = |products: &[&str], issues: &[&str]| {
        let names = |names: &[&str]| names.iter().map(|n| (*n).to_owned()).collect();
        let asked = Asked {
            text: "what".into(),
            products: names(products),
            issues: names(issues),
            limit: 10,
            ..Asked::default()
        };
        let answer = app.search(&asked).expect("readable");
        let ids = answer.found.hits.iter().map(|hit| hit.tip.id.to_string()).collect::<Vec<_>>();
        (ids, answer.unknown.len())
    };
    let wire = || vec!["flowers/gerbera/wire".to_owned()];
    assert_eq!(found(&[], &[]).0.len(), 2);
    assert_eq!(found(&["flowers/gerbera"], &[]), (wire(), 0));
    assert_eq!(found(&["gerbera"], &[]), (wire(), 0));
    assert_eq!(found(&["daisy"], &[]), (wire(), 0));
    assert_eq!(found(&["gerbora"], &[]), (wire(), 0));
    assert_eq!(found(&[], &["drooping"]), (wire(), 0));
    assert_eq!(found(&["gerbera"], &["flowers/gerbera:drooping"]), (wire(), 0));
    assert_eq!(found(&["roses"], &["drooping"]).0, Vec::<String>::new());
    assert_eq!(found(&["lawnmower engines"], &[]), (Vec::new(), 1));
}

#[test]
fn pictures_beside_a_tip_and_nothing_else() {
    let place = shop();
    let app = place.open();
    assert_eq!(app.file("flowers/roses/photo.png"), Some((b"png".to_vec(), "image/png")));
    assert_eq!(app.file("flowers/roses/cut.md"), None);
    assert_eq!(app.file("../index/meta.json"), None);
}

/// Whoever tags an answer must not take the tag from what is served a moment later.
#[test]
fn what_is_read_says_of_which_library_it_is() {
    let place =
        Place::new(&[("flowers/_index.md", "---\nissues: [buying]\n---\nFlowers.\n"), ("a.md", "# Any?\n\nYes.\n")]);
    let app = place.open();
    let here = app.facts().fingerprint;
    assert_eq!(app.products().expect("readable").library, here);
    assert_eq!(app.issues().expect("readable").library, here);
    assert_eq!(app.served_tip(&TipId::new("a")).expect("readable").library, here);
}
