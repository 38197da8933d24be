//! What is looked for is found, best first.

use super::made::{flowers, found, ids, indexed, indexed_in, put, search, section, tip};
use stemwire::index::{IndexError, Search};

#[test]
fn words_are_found_in_every_form() {
    let searcher = indexed(&flowers());
    assert_eq!(ids(&found(&searcher, "drooping gerbera"))[0], "flowers/gerbera/wire");
    assert_eq!(ids(&found(&searcher, "cutting rose"))[0], "flowers/rose/cut");
    assert_eq!(ids(&found(&searcher, "flower hang head"))[0], "flowers/gerbera/wire", "asks count");
}

#[test]
fn a_misspelling_is_forgiven_and_named() {
    let searcher = indexed(&flowers());
    let found = found(&searcher, "Gerberra  droop?");
    assert_eq!(ids(&found)[0], "flowers/gerbera/wire");
    assert_eq!(found.corrected.as_deref(), Some("gerbera  droop?"));
    assert_eq!(super::made::found(&searcher, "gerbera").corrected, None);
}

/// What is written with a hyphen here and as one word there is one word.
#[test]
fn a_hyphen_in_what_the_library_writes_as_one_word_is_passed_over() {
    let mut files = flowers();
    files.push(tip("phones/wifi", "Why is my wifi slow?", "Stand nearer to the box."));
    files.push(tip("phones/first", "What do I do first?", "Charge it fully."));
    let searcher = indexed(&files);
    assert_eq!(ids(&found(&searcher, "wi-fi")), ["phones/wifi"]);
    assert_eq!(ids(&found(&searcher, "slow Wi-Fi"))[0], "phones/wifi");
    assert_eq!(ids(&found(&searcher, "gerbera-drooping"))[0], "flowers/gerbera/wire", "two words that are known");
}

#[test]
fn the_last_word_may_go_on() {
    let searcher = indexed(&flowers());
    for typed in ["rou", "rout", "reset my rou", "r"] {
        assert!(ids(&found(&searcher, typed)).contains(&"internet/router/reset".into()), "{typed}");
    }
    assert_eq!(found(&searcher, "rou ").total, 0, "a word that is finished does not go on");
}

#[test]
fn a_mistake_in_the_first_letter_is_forgiven_too() {
    let searcher = indexed(&[tip("wire", "What do gerberas need?", "A wire."), tip("vase", "Which vase?", "Any.")]);
    for wrong in ["herberas", "egrberas", "erberas", "ggerberas", "agerberas", "gerbeeras"] {
        assert_eq!(ids(&found(&searcher, &format!("{wrong} "))), ["wire"], "{wrong}");
    }
    assert_eq!(found(&searcher, "hgrberas ").total, 0, "two mistakes, one of them in the first letter");
}

#[test]
fn exact_beats_stemmed_beats_corrected() {
    let tips = [
        tip("a", "Connections", "Plain words."),
        tip("b", "Connection", "Plain words."),
        tip("c", "Connector", "Plain words."),
        tip("d", "Confection", "Plain words."),
    ];
    let searcher = indexed(&tips);
    assert_eq!(ids(&found(&searcher, "connection ")), ["b", "a"]);
    assert_eq!(ids(&found(&searcher, "connections ")), ["a", "b"]);
}

#[test]
fn stop_words_count_only_among_themselves() {
    let searcher = indexed(&flowers());
    assert_eq!(found(&searcher, "what is the vase").total, 1);
    assert!(found(&searcher, "how do I").total >= 2);
}

#[test]
fn quotes_want_the_words_as_they_stand() {
    let searcher = indexed(&flowers());
    assert_eq!(ids(&found(&searcher, "\"round the stem\"")), ["flowers/gerbera/wire"]);
    assert_eq!(found(&searcher, "\"stem the round\"").total, 0);
    assert_eq!(found(&searcher, "\"round the stems\"").total, 0);
    assert_eq!(found(&searcher, "\"stem the round").total, 1, "one mark alone is no quotation");
}

#[test]
fn filters_and_facets_agree() {
    let searcher = indexed(&flowers());
    let all = searcher.search(&search("")).unwrap();
    assert_eq!(all.total, 5);
    for facet in &all.facets["product"] {
        let within = Search { products: vec![section(&facet.value)], ..search("") };
        assert_eq!(searcher.search(&within).unwrap().total, facet.count, "{}", facet.value);
    }
    for facet in &all.facets["issue"] {
        let about = Search { issues: vec![super::made::issue(&facet.value)], ..search("") };
        assert_eq!(searcher.search(&about).unwrap().total, facet.count, "{}", facet.value);
    }
    let tagged = Search { tags: vec!["stem".into()], ..search("") };
    assert_eq!(ids(&searcher.search(&tagged).unwrap()), ["flowers/gerbera/wire"]);
    let mut tips = flowers();
    tips[1].tags = vec!["water".into(), "stem".into()];
    tips[2].tags = vec!["water".into()];
    let tagged = Search { tags: vec!["water".into(), "stem".into()], ..search("") };
    let either = ids(&indexed(&tips).search(&tagged).unwrap());
    assert_eq!(either, ["flowers/gerbera/water", "flowers/gerbera/wire", "flowers/rose/cut"], "one of them is enough");
}

#[test]
fn highlights_escape_and_mark_whole_words() {
    let searcher = indexed(&flowers());
    let found = found(&searcher, "gerbera guide <script>");
    let highlights = &found.hits[0].highlights;
    assert_eq!(highlights.question, "What do I do when my <mark>gerberas</mark> droop?");
    assert_eq!(highlights.say, "Coil a little wire round the stem.");
    assert!(highlights.detail.contains("<mark>Gerbera</mark> stems"), "{}", highlights.detail);
    assert!(!highlights.detail.contains("<b>"), "{}", highlights.detail);
}

#[test]
fn pages_neither_repeat_nor_leave_out() {
    let tips: Vec<_> = (0..57).map(|n| tip(&format!("p/t{n:02}"), "Same question", "Same words here.")).collect();
    let dir = tempfile::tempdir().unwrap();
    let (index, searcher) = indexed_in(dir.path(), &tips);
    let mut seen = Vec::new();
    let mut cursor = None;
    let mut searcher = searcher;
    loop {
        let page = searcher.search(&Search { cursor, limit: 7, ..search("same words") }).unwrap();
        seen.extend(ids(&page));
        if seen.len() == 14 {
            // A tip that was shown goes, and another comes before all: neither moves the pages that follow.
            let mut writer = index.writer().unwrap();
            writer.put(stemwire::index::Change::Remove { file: "p/t13.md".into() }).unwrap();
            writer.put(put(&tip("p/aa", "Same question", "Same words here."))).unwrap();
            writer.commit("two").unwrap();
            searcher = index.searcher().unwrap();
        }
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
    }
    let expected: Vec<String> = (0..57).map(|n| format!("p/t{n:02}")).collect();
    assert_eq!(seen, expected);
}

#[test]
fn a_cursor_of_somebody_elses_is_refused() {
    let searcher = indexed(&flowers());
    for cursor in ["", "x", "00", "zz".repeat(40).as_str(), "é", "0102030405060708090a0b0c0d0e0f"] {
        let refused = searcher.search(&Search { cursor: Some(cursor.into()), ..search("gerbera") });
        assert!(matches!(refused, Err(IndexError::Cursor)), "{cursor}");
    }
}

#[test]
fn any_text_is_a_question() {
    let searcher = indexed(&flowers());
    for text in [
        "",
        " ",
        "*",
        "a AND",
        "-vpn",
        "error: 0x80070005",
        "C:\\Windows\\Temp",
        "\"",
        "\"\"",
        "(",
        "\0",
        "😀",
        "ａｂ",
        "'s",
        "l'",
        "~2",
        "[a TO b]",
    ] {
        searcher.search(&search(text)).unwrap();
    }
    let long = "gerbera ".repeat(20_000);
    assert!(searcher.search(&search(&long)).unwrap().total > 0);
}
