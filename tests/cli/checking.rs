//! `check`: every shape, what is mended, and texts that no terminal should be shown whole.

use super::Place;
use serde_json::Value;

/// A library with one fault of each kind that matters here.
fn broken() -> Place {
    let place = Place::with_library();
    place.write(
        "tips/flowers/gerbera/lily.md",
        "---\nwhen: buyng\nownr: Dana\n---\n# Do lilies stain?\n\nCut the anthers off.\n",
    );
    place.write("tips/flowers/none.md", "Just a text.\n");
    place
}

#[test]
fn a_clean_library_is_said_to_be_clean() {
    let ran = Place::with_library().run(&["check"]).ends(0);
    assert!(ran.out.is_empty() && ran.err.contains("No problems"), "{}", ran.told());
}

#[test]
fn people_see_where_and_what_to_do() {
    let ran = broken().run(&["check"]).ends(1);
    insta::assert_snapshot!(ran.told());
}

/// What is called as a tip and is none is named, and counts among the files that were looked at.
#[cfg(unix)]
#[test]
fn what_is_no_file_is_named_and_counted() {
    let place = Place::with_library();
    let clean = place.run(&["check"]).ends(0);
    let files: usize =
        clean.err.split(" in ").nth(1).and_then(|rest| rest.split(' ').next()?.parse().ok()).expect("a count");
    std::fs::create_dir(place.path().join("tips/dir.md")).expect("a folder");
    std::os::unix::fs::symlink("nowhere.md", place.path().join("tips/lost.md")).expect("a link");
    let ran = place.run(&["check"]).ends(1);
    assert!(ran.out.contains("dir.md") && ran.out.contains("It is a folder"), "{}", ran.told());
    assert!(ran.err.contains(&format!(" in 2 of {} files;", files + 2)), "{}", ran.told());
}

#[test]
fn a_part_of_the_library_can_be_checked() {
    let place = broken();
    place.run(&["check", "tips/flowers/roses"]).ends(0);
    let ran = place.run(&["check", "tips/flowers/none.md"]).ends(1);
    assert!(ran.out.contains("none.md") && !ran.out.contains("lily.md"), "{}", ran.told());
    let ran = place.run(&["check", "tips/nowhere"]).ends(2);
    assert!(ran.err.contains("nowhere"), "{}", ran.told());
}

#[test]
fn json_is_one_object() {
    let json = broken().run(&["check", "--format", "json"]).ends(1).json();
    let problems = json["problems"].as_array().expect("a list");
    assert_eq!(problems.len() as u64, json["errors"].as_u64().unwrap() + json["warnings"].as_u64().unwrap());
    for problem in problems {
        for key in ["code", "severity", "file", "line", "column", "span", "message", "help", "text", "url"] {
            assert!(!problem[key].is_null(), "{key}: {problem}");
        }
    }
}

#[test]
fn github_is_told_errors_first() {
    let ran = broken().run(&["check", "--format", "github"]).ends(1);
    let kinds: Vec<&str> =
        ran.out.lines().map(|line| line.split([' ', ':']).find(|w| !w.is_empty()).unwrap()).collect();
    let mut sorted = kinds.clone();
    sorted.sort_unstable();
    assert_eq!(kinds, sorted, "{}", ran.out);
    for line in ran.out.lines() {
        let (head, message) = line[2..].split_once("::").expect("a head and a message");
        let (_, properties) = head.split_once(' ').expect("a kind and its properties");
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').expect("name=value");
            assert!(["file", "line", "col", "endColumn", "title"].contains(&name), "{line}");
            assert!(!value.contains([':', '\n']), "{line}");
        }
        assert!(!message.is_empty());
    }
    assert!(ran.out.contains("file=tips/flowers/none.md,"), "{}", ran.out);
}

#[test]
fn sarif_has_rules_places_and_fingerprints() {
    let log = broken().run(&["check", "--format", "sarif"]).ends(1).json();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    let mut prints = std::collections::HashSet::new();
    for result in run["results"].as_array().expect("results") {
        let index = result["ruleIndex"].as_u64().expect("an index") as usize;
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().is_some_and(|uri| uri.starts_with("tips/")), "{place}");
        let region = &place["region"];
        let at = |key: &str| region[key].as_u64().unwrap_or_else(|| panic!("{key}: {region}"));
        assert!((at("startLine"), at("startColumn")) <= (at("endLine"), at("endColumn")), "{region}");
        assert!(prints.insert(result["partialFingerprints"].to_string()), "two findings with one fingerprint");
    }
    assert!(!prints.is_empty());
}

#[test]
fn fingerprints_survive_a_move() {
    let place = broken();
    let prints = |place: &Place| -> Vec<Value> {
        let log = place.run(&["check", "--format", "sarif"]).json();
        let results = log["runs"][0]["results"].as_array().expect("results").clone();
        results.iter().map(|r| r["partialFingerprints"].clone()).collect()
    };
    let before = prints(&place);
    let text = place.read("tips/flowers/gerbera/lily.md");
    place.write("tips/flowers/gerbera/lily.md", text.replace("when: buyng", "tags: [a]\nwhen: buyng"));
    assert_eq!(before, prints(&place));
}

#[test]
fn what_is_safe_is_mended() {
    let place = broken();
    let fixable = |json: &Value| json["problems"].as_array().unwrap().iter().filter(|p| !p["fix"].is_null()).count();
    let before = place.run(&["check", "--json"]).ends(1).json();
    assert!(fixable(&before) > 0, "{before}");
    let ran = place.run(&["check", "--fix"]).ends(1);
    assert!(ran.err.contains("Mended"), "{}", ran.told());
    let after = place.run(&["check", "--json"]).json();
    assert_eq!(fixable(&after), 0, "{after}");
    assert!(after["problems"].as_array().unwrap().len() < before["problems"].as_array().unwrap().len());
    assert_eq!(place.read("tips/flowers/gerbera/wire.md"), super::WIRE, "what is good is left alone");
}

#[test]
fn long_lines_are_cut() {
    let place = Place::with_library();
    let long = "x".repeat(5_000_000);
    place.write("tips/flowers/long.md", format!("---\nownr: {long}\n---\n# What?\n\nIt is.\n"));
    place.write(
        "tips/flowers/wide.md",
        format!("---\nwhen: [{}, buyng]\n---\n# What?\n\nIt is so.\n", "buying, ".repeat(9_999)),
    );
    for format in ["human", "github", "json", "sarif"] {
        let ran = place.run(&["check", "--format", format]).ends(1);
        assert!(ran.out.len() < 200_000, "{format}: {} bytes", ran.out.len());
        let longest = ran.out.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(format != "human" || longest < 400, "{format}: a line of {longest}");
    }
}

#[test]
fn control_characters_are_shown_as_pictures() {
    let place = Place::with_library();
    place.write("tips/flowers/evil.md", "---\nwh\u{1b}[31men: buying\n\u{202e}x: 1\n---\n# \u{7}What?\n\nIt is.\n");
    for format in ["human", "github"] {
        let ran = place.run(&["check", "--format", format]);
        assert!(!ran.told().contains(['\u{1b}', '\u{7}', '\u{202e}']), "{format}: {:?}", ran.told());
    }
}

#[test]
fn any_bytes_are_survived() {
    let place = Place::with_library();
    place.write("tips/a.md", [0xff, 0xfe, 0x00, 0x0a]);
    place.write("tips/b.md", b"\xef\xbb\xbf---\r\nwhen: [\r\n---\r\n");
    place.write("tips/c.md", b"---\na: &a [*a]\n---\n");
    place.write("tips/d.md", b"");
    for format in ["human", "json", "github", "sarif"] {
        let ran = place.run(&["check", "--format", format]).ends(1);
        assert!(!ran.err.contains("panicked"), "{}", ran.told());
    }
}

#[test]
fn the_example_of_the_documents_passes_in_a_library_of_its_own() {
    let block = |document: &str, holds: &str| {
        let text = std::fs::read_to_string(format!("{}/{document}", env!("CARGO_MANIFEST_DIR"))).expect("a document");
        let mut blocks = text.split("```markdown\n").skip(1).filter_map(|block| block.split("```").next());
        blocks.find(|block| block.contains(holds)).expect("the example").to_owned()
    };
    let section = block("docs/editors.md", "title: Gerbera daisies");
    let question = block("docs/editors.md", "# What do I do");
    let front = block("docs/editors.md", "wire: Two pieces");
    for tip in [block("README.md", "# What do I do"), format!("{front}{question}")] {
        let place = Place::empty();
        place.write("tips/flowers/gerbera/_index.md", &section);
        place.write("tips/flowers/gerbera/wire.md", tip);
        place.run(&["check"]).ends(0);
        for said in ["a bunch of gerberas for our anniversary please", "gerbera"] {
            let ran = place.run(&["suggest", said]).ends(0);
            assert!(ran.out.contains("flowers/gerbera/wire"), "{}", ran.told());
        }
    }
}

#[test]
fn who_has_no_library_yet_is_told_how_to_begin_one() {
    let place = Place::empty();
    for command in [&["check"][..], &["suggest", "x"], &["new", "How long do roses last?"]] {
        let ran = place.run(command).ends(2);
        assert!(ran.err.contains("To begin one of your own:        mkdir tips"), "{}", ran.told());
    }
}
