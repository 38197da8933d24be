//! `suggest`, `search`, `show`, `evaluate`: the answers, and what is said where there is none.

use super::Place;

#[test]
fn the_one_tip_is_read_at_a_glance() {
    let place = Place::with_library();
    let ran = place.run(&["suggest", "a", "bunch", "of", "gerberas", "for", "our", "anniversary", "please"]).ends(0);
    for label in ["They did not ask: What do I do when my gerberas droop?", "Say: ", "Hand over: ", "Because: "] {
        assert!(ran.out.contains(label), "{label}\n{}", ran.out);
    }
    assert!(ran.out.lines().all(|line| line.chars().count() <= 80), "{}", ran.out);
    assert!(!ran.out.contains('\u{1b}'), "no colours where nobody sees them");
    assert!(ran.err.is_empty(), "{}", ran.err);
}

#[test]
fn words_come_from_stdin_too() {
    let place = Place::with_library();
    let typed = place.run(&["suggest", "gerberas for our anniversary"]).ends(0);
    let piped = place.run_with_input(&["suggest", "-"], "gerberas for our anniversary\n").ends(0);
    assert_eq!(typed.out, piped.out);
}

#[test]
fn silence_is_kind_and_ends_with_1() {
    let place = Place::with_library();
    let ran = place.run(&["suggest", "qqq", "zzz"]).ends(1);
    assert!(ran.out.starts_with("Silence: ") && ran.out.contains("no_situation"), "{}", ran.told());
    let json = place.run(&["suggest", "qqq zzz", "--json"]).ends(1).json();
    assert!(json["tip"].is_null());
    assert_eq!(json["silence"]["code"], "no_situation");
}

#[test]
fn nothing_asked_is_an_error_with_an_example() {
    let ran = Place::with_library().run(&["suggest"]).ends(2);
    assert!(ran.err.contains("stemwire suggest a bunch of gerberas") && ran.out.is_empty(), "{}", ran.told());
    let ran = Place::with_library().run(&["suggest", "x", "--mood", "hangry"]).ends(2);
    assert!(ran.err.contains("in-a-hurry"), "{}", ran.told());
}

#[test]
fn told_tips_are_not_told_again() {
    let place = Place::with_library();
    let asked = ["suggest", "--json", "gerberas for our anniversary", "--told", "flowers/gerbera/wire"];
    let json = place.run(&asked).json();
    assert_ne!(json["tip"]["id"], "flowers/gerbera/wire");
}

#[test]
fn the_score_is_shown_as_its_sum() {
    let place = Place::with_library();
    let ran = place.run(&["suggest", "--explain", "--product", "gerbera", "--issue", "buying"]).ends(0);
    assert!(ran.out.contains("Score:") && ran.out.contains("situation:"), "{}", ran.out);
    let json = place.run(&["suggest", "--json", "--product", "gerbera", "--issue", "buying"]).ends(0).json();
    let parts = json["tip"]["contributions"].as_array().expect("a list");
    let sum: f64 = parts.iter().filter_map(|part| part["value"].as_f64()).sum();
    assert!((sum - json["tip"]["score"].as_f64().expect("a number")).abs() < 1e-6, "{json}");
}

#[test]
fn search_finds_or_ends_with_1() {
    let place = Place::with_library();
    let ran = place.run(&["search", "gerbera", "stems"]).ends(0);
    assert!(ran.out.contains("flowers/gerbera/wire") && ran.err.contains("tip"), "{}", ran.told());
    let ran = place.run(&["search", "gerbras", "--json"]).ends(0).json();
    assert_eq!(ran["corrected"], "gerberas");
    let ran = place.run(&["search", "xylophone"]).ends(1);
    assert!(ran.out.is_empty() && ran.err.contains("Nothing was found"), "{}", ran.told());
}

#[test]
fn a_tip_is_shown_or_its_file() {
    let place = Place::with_library();
    insta::assert_snapshot!(place.run(&["show", "flowers/gerbera/wire"]).ends(0).out);
    assert_eq!(place.run(&["show", "flowers/gerbera/wire", "--source"]).ends(0).out, super::WIRE);
    assert_eq!(place.run(&["show", "flowers/gerbera/wire.md", "--source"]).ends(0).out, super::WIRE);
    let ran = place.run(&["show", "flowers/gerbera"]).ends(1);
    assert!(
        ran.err.contains("flowers/gerbera is a section, and no tip; one of its tips is flowers/gerbera/"),
        "{}",
        ran.told()
    );
    let ran = place.run(&["show", "flowers/tulip"]).ends(1);
    assert!(ran.err.contains("flowers/tulip"), "{}", ran.told());
}

#[test]
fn a_tip_cannot_move_the_cursor() {
    let place = Place::with_library();
    place.write("tips/flowers/evil.md", "# What is \u{1b}[2Jthis?\n\nIt \u{1b}]0;owned\u{7} is \u{202e}red.\n");
    for arguments in [&["show", "flowers/evil"][..], &["search", "owned"], &["suggest", "--product", "flowers"]] {
        let ran = place.run(arguments);
        assert!(!ran.told().contains(['\u{1b}', '\u{7}', '\u{202e}']), "{arguments:?}: {:?}", ran.told());
    }
}

#[test]
fn colours_come_only_where_they_are_wanted() {
    let place = Place::with_library();
    let coloured = |settings: &[(&str, &str)]| {
        let mut command = place.command(&["explain"]);
        command.envs(settings.iter().copied());
        String::from_utf8_lossy(&command.output().expect("it runs").stdout).contains('\u{1b}')
    };
    assert!(!coloured(&[]), "stdout is a pipe");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "")]), "an empty NO_COLOR is not set");
}

#[test]
fn whoever_stops_reading_is_not_complained_about() {
    let place = Place::with_library();
    let mut child = place
        .command(&["completions", "bash"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .expect("it starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("it ends");
    assert_eq!((output.status.code(), output.stderr), (Some(0), Vec::new()));
}

#[test]
fn evaluate_counts_and_names_bad_lines() {
    let place = Place::with_library();
    place.write(
        "cases.jsonl",
        "{\"text\": \"my gerberas are flopping over\", \"expect\": {\"issue\": \"flowers/gerbera:drooping\"}}\n\
         not json\n\
         {\"product\": [\"gerbera\"], \"issues\": \"buying\", \"expect\": {\"issue\": \"buying\"}}\n\
         {\"text\": \"qqq zzz\", \"product\": null, \"expect\": {\"silence\": \"no_situation\"}}\n",
    );
    // The others are measured all the same, and it does not pass for all of them.
    let ran = place.run(&["evaluate", "cases.jsonl", "--json"]).ends(1);
    assert_eq!(ran.json()["cases"], 3, "{}", ran.told());
    assert!(ran.err.contains("cases.jsonl:2: this is not JSON"), "{}", ran.told());
    assert!(ran.err.contains("1 of 4 lines are not cases and were left out"), "{}", ran.told());
    place.write("cases.jsonl", place.read("cases.jsonl").replace("not json\n", ""));
    let ran = place.run(&["evaluate", "cases.jsonl"]).ends(0);
    let json = place.run(&["evaluate", "cases.jsonl", "--json"]).ends(0).json();
    let names: Vec<_> = json.as_object().expect("an object").keys().map(String::as_str).collect();
    for name in [
        "issue_top1",
        "issue_top3",
        "tip_top1",
        "tip_top3",
        "mrr",
        "silence_precision",
        "silence_recall",
        "auroc",
        "calibration_error",
        "p50_us",
        "p99_us",
    ] {
        assert!(names.contains(&name), "{names:?}");
        assert!(ran.out.contains(name), "{}", ran.out);
    }
    assert_eq!(json["cases"], 3);
    assert_eq!(json["issue_top1"], 1.0);
}

#[test]
fn evaluate_names_what_is_unknown_and_lists_what_failed() {
    let place = Place::with_library();
    place.write(
        "cases.jsonl",
        "{\"text\": \"gerberas\", \"expect\": {\"tip\": \"flowers/gerbera/wier\"}}\n\n\
         {\"text\": \"gerberas\", \"expect\": {\"issue\": \"droping\", \"silence\": \"nothing\"}}\n\
         {\"text\": \"qqq zzz\", \"expect\": {\"silence\": true}}\n",
    );
    let ran = place.run(&["evaluate", "cases.jsonl", "--failed"]).ends(0);
    for said in [
        "cases.jsonl:1: there is no tip flowers/gerbera/wier",
        "cases.jsonl:3: there is no issue droping",
        "cases.jsonl:3: no silence is called nothing",
    ] {
        assert!(ran.err.contains(said), "{said}: {}", ran.told());
    }
    let line = "line 1: tip flowers/gerbera/wier expected, flowers/gerbera/wire came: gerberas";
    assert!(ran.out.contains(line) && !ran.out.contains("line 4"), "{}", ran.told());
    let json = place.run(&["evaluate", "cases.jsonl", "--failed", "--json"]).ends(0).json();
    let lines: Vec<_> = json["failed"].as_array().expect("a list").iter().map(|m| m["line"].as_u64()).collect();
    assert_eq!(lines, [Some(1), Some(3), Some(3)]);
    // Of the two that expect silence, the one with any reason came out so.
    assert_eq!((&json["silence_recall"], &json["silence_precision"]), (&0.5.into(), &1.0.into()), "{json:#}");
    for (bad, said) in [
        ("{\"txt\": \"x\", \"expect\": {\"silence\": true}}", "it asks nothing"),
        ("{\"text\": \"x\", \"expect\": {\"tipp\": \"a\"}}", "expect does not know tipp"),
        ("{\"text\": \"x\", \"expect\": \"a\"}", "no expect"),
    ] {
        place.write("bad.jsonl", bad);
        let ran = place.run(&["evaluate", "bad.jsonl"]).ends(2);
        assert!(ran.err.contains(said), "{said}: {}", ran.told());
    }
}
