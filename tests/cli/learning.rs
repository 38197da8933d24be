//! `learn`, `foresight`, `gaps`, `pulse`: from a file of contacts to what follows what.

use super::Place;
use std::fmt::Write;

/// Sixty customers who bought gerberas; forty of them came back three days later, because they drooped.
fn contacts() -> String {
    let mut text = "Customer,at,Product,issue,agent\n".to_owned();
    for customer in 0..60 {
        let day = 1 + customer % 20;
        writeln!(text, "C-{customer},2024-03-{day:02}T10:00:00Z,gerbera,buying,Jo").expect("it fits");
        if customer < 40 {
            writeln!(text, "C-{customer},2024-03-{:02} 10:00,flowers/gerbera,drooping,Jo", day + 3).expect("it fits");
        }
    }
    // Time has gone on, so that everybody's horizon is over.
    text + "C-last,2024-06-01,roses,buying,Jo\n"
}

#[test]
fn contacts_are_learned_and_counted_once() {
    let place = Place::with_library();
    place.write("contacts.csv", contacts());
    let ran = place.run(&["learn", "contacts.csv"]).ends(0);
    assert_eq!(ran.out, "101 contacts recorded, 0 known before, 0 refused.\n", "{}", ran.told());
    assert!(ran.err.is_empty(), "no bar where nobody sees it: {}", ran.told());
    let again = place.run(&["learn", "contacts.csv", "--json"]).ends(0).json();
    assert_eq!((&again["accepted"], &again["repeated"]), (&0.into(), &101.into()), "{again}");

    let json = place.run(&["foresight", "--product", "gerbera", "--issue", "buying", "--json"]).ends(0).json();
    let first = &json["next"][0];
    assert_eq!(first["issue"], "flowers/gerbera:drooping", "{json}");
    assert_eq!((&first["n"], &json["of"]), (&40.into(), &60.into()), "{json}");
    assert_eq!(first["tip"], "flowers/gerbera/water", "the first of two, by id: {json}");
    assert_eq!((&first["median_days"], &json["horizon_days"]), (&3.0.into(), &7.into()), "{json}");
    let ran = place.run(&["foresight", "--product", "gerbera", "--issue", "buying"]).ends(0);
    assert!(ran.out.contains("40 of 60") && ran.out.contains("3.0 days"), "{}", ran.told());
    let ran = place.run(&["foresight", "--issue", "buying"]).ends(0);
    let with = "`buying` is counted with `flowers/gerbera`, with which most customers had it.";
    assert!(ran.out.contains("40 of 60") && ran.err.contains(with), "{}", ran.told());
}

#[test]
fn what_cannot_be_taken_is_named_and_the_rest_is_kept() {
    let place = Place::with_library();
    let mut text =
        "customer,at,position,issue\nA,2024-01-01,,buying\n,2024-01-01,,buying\nB,yesterday,,buying\n".to_owned();
    text += "C,,,buying\nD,2999-01-01,,buying\nE,,third,buying\nF,,3,buying\n";
    text += &"G,never,,buying\n".repeat(30);
    place.write("contacts.csv", text);
    let ran = place.run(&["learn", "contacts.csv"]).ends(1);
    assert_eq!(ran.out, "2 contacts recorded, 0 known before, 35 refused.\n", "{}", ran.told());
    for (line, what) in [
        (3, "`customer` is missing or empty"),
        (4, "\"yesterday\""),
        (5, "neither"),
        (6, "future"),
        (7, "whole number"),
    ] {
        let told = ran.err.lines().find(|told| told.starts_with(&format!("contacts.csv:{line}: ")));
        assert!(told.is_some_and(|told| told.contains(what)), "line {line}: {}", ran.told());
    }
    assert_eq!(ran.err.lines().count(), 21, "{}", ran.told());
    assert!(ran.err.ends_with("… and 15 more.\n"), "{}", ran.told());
}

#[test]
fn a_file_of_another_form_is_told_what_it_is() {
    let place = Place::with_library();
    let cases: [(&str, &[u8], &str); 5] = [
        ("a.csv", b"customer;at;issue\nA;2024-01-01;buying\n", "here by semicolons"),
        ("b.csv", b"customer\tat\tissue\nA\t2024-01-01\tbuying\n", "here by tabs"),
        ("c.csv", &[0x1f, 0x8b, 8, 0, 0, b'\n', 0xff], "packed by gzip"),
        ("d.ndjson", b"5\n", "expected an object such as {\"customer\""),
        ("e.ndjson", b"{\"at\": \"2024-01-01\"}\n", "`customer` is missing or empty"),
    ];
    for (name, bytes, what) in cases {
        place.write(name, bytes);
        let ran = place.run(&["learn", name]).ends(1);
        assert!(ran.err.starts_with(&format!("{name}:1: ")) && ran.err.contains(what), "{}", ran.told());
    }
}

#[test]
fn a_quote_that_is_not_closed_swallows_nothing() {
    let place = Place::with_library();
    let text = "customer,at,product,issue\nA-1,2024-11-01,gerbera,buying\nA-2,2024-11-01,gerbera,\"drooping\n\
        A-3,2024-11-02,gerbera,buying\nA-4,2024-11-03,gerbera,buying\n";
    place.write("q.csv", text);
    let ran = place.run(&["learn", "q.csv"]).ends(1);
    assert_eq!(ran.out, "3 contacts recorded, 0 known before, 1 refused.\n", "{}", ran.told());
    assert_eq!(ran.err, "q.csv:3: a quote opened in line 3 is not closed\n");
    let many: String = (0..5000).map(|n| format!("B-{n},2024-11-03,gerbera,buying\n")).collect();
    let ran = place.run_with_input(&["learn", "-", "--form", "csv"], &format!("{text}{many}")).ends(1);
    assert_eq!(ran.out, "5,000 contacts recorded, 3 known before, 1 refused.\n", "{}", ran.told());
    let ran = place.run_with_input(&["learn", "-", "--form", "csv"], "").ends(1);
    assert!(ran.err.starts_with("-:1: the file is empty"), "{}", ran.told());
    let line = "{\"customer\": \"A\", \"at\": \"2024-01-01\", \"text\": \"two\\nlines\", \"issue\": \"buying\"}";
    let input = format!("{line}\n{}\n", line.replace("buying", "buy\\ning"));
    let ran = place.run_with_input(&["learn", "-", "--form", "ndjson"], &input).ends(1);
    assert_eq!(ran.err, "-:2: `issue` has a line break; only `text` may have some\n", "{}", ran.told());
    assert!(ran.out.starts_with("1 contact recorded"), "{}", ran.told());
}

#[test]
fn names_that_the_library_does_not_know_are_told_and_learned_later() {
    let place = Place::with_library();
    let day = |back: i64| (chrono::Utc::now() - chrono::TimeDelta::days(back)).format("%Y-%m-%d").to_string();
    let (bought, back) = (day(20), day(18));
    let mut text = "customer,at,product,issue\n".to_owned();
    for n in 0..1200 {
        writeln!(text, "C{n},{bought},gerbera,buying\nC{n},{back},gerbera,wonky heads").expect("it fits");
    }
    text += &format!("D,{back},tulips,Stems droop\nE,{back},gerbera,Stems droop\n");
    place.write("contacts.csv", &text);
    let ran = place.run(&["learn", "contacts.csv"]).ends(0);
    assert_eq!(ran.out, "2,402 contacts recorded, 0 known before, 0 refused.\n", "{}", ran.told());
    let told = "1 contact names 1 product that the library does not know: tulips (1)\n\
        1,201 contacts name 2 issues that the library does not know: wonky heads (1,200), Stems droop (1)\n";
    assert_eq!(ran.err, told);
    assert_eq!(place.run(&["gaps", "--json"]).ends(0).json()["items"][0]["issue"], "wonky heads");

    let index = place.read("tips/flowers/gerbera/_index.md");
    let known = index.replace("issues:\n", "issues:\n  wonky-heads: [crooked]\n");
    place.write("tips/flowers/gerbera/_index.md", known);
    let tip = place.read("tips/flowers/gerbera/wire.md").replace("prevents: drooping", "prevents: wonky-heads");
    place.write("tips/flowers/gerbera/turn.md", tip);
    let ran = place.run(&["gaps"]).ends(0);
    assert!(ran.out.is_empty(), "{}", ran.told());
    let json = place.run(&["foresight", "--product", "gerbera", "--issue", "buying", "--json"]).ends(0).json();
    assert_eq!(
        (&json["next"][0]["n"], &json["next"][0]["tip"]),
        (&1200.into(), &"flowers/gerbera/turn".into()),
        "{json}"
    );
    let again = place.run(&["learn", "contacts.csv", "--json"]).ends(0).json();
    assert_eq!((&again["accepted"], &again["repeated"]), (&0.into(), &2402.into()), "{again}");
    assert_eq!(again["unknown"][1], serde_json::json!({"field": "issue", "given": "Stems droop", "contacts": 1}));
}

#[test]
fn every_form_is_read() {
    let place = Place::with_library();
    let one = r#"{"customer": "A", "at": "2024-01-01T09:00:00Z", "product": "gerbera", "issue": "buying"}"#;
    let two = r#"{"customer": "B", "at": "2024-01-01T09:00:00Z", "text": "they are flopping over"}"#;
    let lines = format!("{one}\n\n{two}\n");
    let array = format!("[{one}, {two}]");
    let known = |ran: &super::Ran| ran.out.starts_with("0 contacts recorded, 2 known before");
    let ran = place.run_with_input(&["learn", "-"], &lines).ends(0);
    assert_eq!(ran.out, "2 contacts recorded, 0 known before, 0 refused.\n", "{}", ran.told());
    let ran = place.run_with_input(&["learn", "-"], &array).ends(0);
    assert!(known(&ran), "{}", ran.told());
    let ran = place.run_with_input(&["learn", "-", "--form", "ndjson"], &lines).ends(0);
    assert!(known(&ran), "{}", ran.told());
    place.write("contacts.txt", &array);
    assert!(known(&place.run(&["learn", "contacts.txt"]).ends(0)));
    place.write("contacts.JSONL", &lines);
    assert!(known(&place.run(&["learn", "contacts.JSONL"]).ends(0)));
    // What they said is used and dropped.
    let ledger = std::fs::read(place.path().join("stemwire.db")).expect("the ledger is there");
    assert!(!ledger.windows(8).any(|bytes| bytes == b"flopping"), "the text of a contact is in the ledger");
    let kept = place.run(&["ledger", "export", "--customer", "B"]).ends(0);
    assert!(kept.out.contains("flowers/gerbera:drooping"), "{}", kept.told());
}

#[test]
fn a_file_that_is_none_is_an_error_that_says_so() {
    let place = Place::with_library();
    assert!(place.run(&["learn", "nothing.csv"]).ends(2).err.contains("nothing.csv"));
    assert!(place.run(&["learn", "tips"]).ends(2).err.contains("is a folder"));
    place.run(&["learn"]).ends(2);
    place.run(&["learn", "a.csv", "--sample"]).ends(2);
    assert!(!place.path().join("stemwire.db").exists(), "no ledger is made for nothing");
    let ran = place.run_with_input(&["learn", "-"], "name,when\nA,2024-01-01\n").ends(1);
    assert!(ran.err.contains("-:1: ") && ran.err.contains("`customer`"), "{}", ran.told());
}

#[test]
fn without_a_ledger_it_is_said_how_to_get_one() {
    let place = Place::with_library();
    let commands: [&[&str]; 7] = [
        &["foresight"],
        &["gaps"],
        &["pulse"],
        &["balloon", "--list"],
        &["balloon", "--receipt", "x"],
        &["ledger", "check"],
        &["ledger", "export", "--customer", "A"],
    ];
    for command in commands {
        let ran = place.run(command).ends(2);
        assert!(ran.err.contains("stemwire learn CONTACTS.csv"), "{command:?}: {}", ran.told());
        assert!(!place.path().join("stemwire.db").exists(), "{command:?} made one");
    }
    // Who asks for a tip gets one all the same.
    place.run(&["suggest", "--customer", "A", "--product", "gerbera", "--issue", "buying"]).ends(0);
    let ran = place.run(&["ledger", "check", "--ledger", "mysql://x"]).ends(2);
    assert!(ran.err.contains("sqlite:FILE"), "{}", ran.told());
}

#[test]
fn little_data_is_called_little() {
    let place = Place::with_library();
    place.run(&["balloon", "Sell vases too"]).ends(0);
    let ran = place.run(&["foresight"]).ends(1);
    assert!(ran.out.is_empty() && ran.err.contains("Nothing is learned yet"), "{}", ran.told());
    place.run_with_input(&["learn", "-"], "customer,at,issue\nA,2024-01-01,buying\n").ends(0);
    let ran = place.run(&["pulse"]).ends(0);
    assert!(ran.out.starts_with("Nobody goes home with a problem"), "{}", ran.told());
    assert!(ran.out.contains("not enough data yet, 97 more needed"), "{}", ran.told());
    assert!(ran.out.contains("nobody who was held out"), "{}", ran.told());
    let mut without = place.command(&["pulse"]);
    let without = without.env("STEMWIRE_EXPERIMENT_HELD_OUT", "0").output().expect("the program runs");
    let without = super::Ran::of(without).ends(0);
    assert!(without.out.contains("nobody is held out by lot"), "{}", without.told());
}

#[test]
fn what_no_tip_is_there_for_is_a_gap() {
    let place = Place::with_library();
    let day = |back: i64| (chrono::Utc::now() - chrono::TimeDelta::days(back)).to_rfc3339();
    let mut text = "customer,at,product,issue\n".to_owned();
    for customer in 0..9 {
        writeln!(text, "C{customer},{},gerbera,buying", day(20)).expect("it fits");
        writeln!(text, "C{customer},{},gerbera,too big for the vase", day(18)).expect("it fits");
    }
    place.run_with_input(&["learn", "-", "--form", "csv"], &text).ends(0);
    let json = place.run(&["gaps", "--json"]).ends(0).json();
    let gap = &json["items"][0];
    assert_eq!((&gap["kind"], &gap["issue"]), (&"issue".into(), &"too big for the vase".into()), "{json}");
    assert_eq!(gap["times"], 9, "{json}");
    let ran = place.run(&["gaps"]).ends(0);
    assert!(ran.out.contains("too big for the vase (flowers/gerbera): no tip prevents it"), "{}", ran.told());
}

#[test]
fn numbers_of_a_helpdesk_are_taken_as_their_digits() {
    let place = Place::with_library();
    let number = r#"{"id":4711,"customer":1042,"at":"2024-01-01","issue":"buying"}"#;
    place.write("numbers.ndjson", number);
    let ran = place.run(&["learn", "numbers.ndjson"]).ends(0);
    assert_eq!(ran.out, "1 contact recorded, 0 known before, 0 refused.\n", "{}", ran.told());
    place.write("texts.json", number.replace("4711", "\"4711\"").replace("1042", "\"1042\""));
    let ran = place.run(&["learn", "texts.json"]).ends(0);
    assert_eq!(ran.out, "0 contacts recorded, 1 known before, 0 refused.\n", "{}", ran.told());

    let lines = [
        (r#"{"customer":"A","position":1.5}"#, "`position` is a whole number, not \"1.5\""),
        (r#"{"customer":true,"position":1}"#, "`customer` is a text or a whole number, not \"true\""),
        (r#"{"customer":"A","at":1700000000}"#, "`at` is a time such as 2026-11-12T09:30:00Z, not \"1700000000\""),
        (
            r#"{"customer":"A","position":1,"agent":"x"}"#,
            "`agent` is no field of a contact; known are `id`, `contact_id`",
        ),
        ("not json", "this is not JSON (expected ident in column 2): write an object such as {\"customer\""),
        (r#"{"customer":"A""#, "this is not JSON (EOF while parsing an object in column 15): write"),
    ];
    place.write("wrong.ndjson", lines.map(|(line, _)| line).join("\n"));
    let ran = place.run(&["learn", "wrong.ndjson"]).ends(1);
    for (n, (line, said)) in lines.iter().enumerate() {
        assert!(ran.err.contains(&format!("wrong.ndjson:{}: {said}", n + 1)), "{line}: {}", ran.told());
    }
    place.write("wrong.json", "[\n{\"customer\": \"A\",\n]");
    let ran = place.run(&["learn", "wrong.json"]).ends(1);
    assert!(ran.err.contains("in line 3, column 1"), "{}", ran.told());
}

#[test]
fn a_heading_that_names_no_time_is_told_once() {
    let place = Place::with_library();
    place.write("contacts.csv", "customer,issue\nA,buying\nB,buying\nC,buying\n");
    let ran = place.run(&["learn", "contacts.csv"]).ends(1);
    assert_eq!(ran.out, "0 contacts recorded, 0 known before, 1 refused.\n", "{}", ran.told());
    assert!(
        ran.err.starts_with("contacts.csv:1: the heading line names neither `at` nor `position`"),
        "{}",
        ran.told()
    );
}
