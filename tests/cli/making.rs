//! `new`, `import`, `export`: files that are made, and files that are left alone.

use super::Place;

#[test]
fn a_question_becomes_a_file() {
    let place = Place::with_library();
    let ran = place.run(&["new", "What's the best water for Gerberas?", "--section", "flowers/gerbera"]).ends(0);
    assert_eq!(ran.out, "tips/flowers/gerbera/whats-the-best-water-for-gerberas.md\n");
    insta::assert_snapshot!(place.read(ran.out.trim()));
    place.run(&["check"]).ends(0);
    let again = place.run(&["new", "What's the best water for Gerberas?", "--section", "flowers/gerbera"]).ends(2);
    assert!(again.err.contains("is there already"), "{}", again.told());
}

#[test]
fn questions_of_any_script_have_an_id() {
    let place = Place::with_library();
    assert_eq!(
        place.run(&["new", "Wie frisch sind die Blumen – übermorgen?"]).ends(0).out,
        "tips/wie-frisch-sind-die-blumen-übermorgen.md\n"
    );
    assert_eq!(place.run(&["new", "花はいつまで持ちますか？"]).ends(0).out, "tips/花はいつまで持ちますか.md\n");
    place.run(&["new", "???"]).ends(2);
    for section in ["../outside", "a//b", "/etc", "."] {
        let ran = place.run(&["new", "A question?", "--section", section]);
        assert!(ran.code == Some(2) || ran.out.starts_with("tips/"), "{section}: {}", ran.told());
    }
    assert!(!place.path().join("outside").exists());
}

#[test]
fn the_sample_is_unpacked_into_an_empty_folder_only() {
    let place = Place::empty();
    let ran = place.run(&["new", "--sample", "tips"]).ends(0);
    assert_eq!(ran.out, "tips\n");
    assert!(ran.err.contains("stemwire suggest"), "{}", ran.told());
    place.run(&["check"]).ends(0);
    place.write("mine/note.md", "# Mine\n\nLeave it.\n");
    let ran = place.run(&["new", "--sample", "mine"]).ends(2);
    assert!(ran.err.contains("not empty"), "{}", ran.told());
    assert_eq!(place.read("mine/note.md"), "# Mine\n\nLeave it.\n");
}

#[test]
fn without_a_library_the_sample_is_offered() {
    let place = Place::empty();
    for command in [&["serve"][..], &[], &["suggest", "x"], &["search", "x"], &["new", "A question?"], &["export"]] {
        let ran = place.run(command).ends(2);
        assert!(ran.err.contains("stemwire new --sample tips"), "{command:?}: {}", ran.told());
        assert!(
            !place.path().join("tips").exists() && !place.path().join("index").exists(),
            "{command:?} made something"
        );
    }
}

#[test]
fn an_export_comes_back_as_it_was() {
    let place = Place::with_library();
    for format in ["jsonl", "json"] {
        let exported = place.run(&["export", "--format", format]).ends(0).out;
        let file = format!("library.{format}");
        place.write(&file, &exported);
        let other = format!("other-{format}");
        std::fs::create_dir(place.path().join(&other)).expect("a folder can be made");
        place.run(&["import", &file, "--library", &other]).ends(0);
        for name in ["_index.md", "flowers/gerbera/_index.md", "flowers/gerbera/wire.md", "flowers/roses/drying.md"] {
            assert_eq!(place.read(&format!("tips/{name}")), place.read(&format!("{other}/{name}")), "{format}: {name}");
        }
    }
}

#[test]
fn a_table_becomes_tips() {
    let place = Place::with_library();
    let table = "\u{feff}question;answer;section;when;wire;tags\r\n\
                 \"Do lilies; stain?\";\"Cut the \"\"anthers\"\" off.\n\nThey stain cloth.\";flowers;buying;A bag;\"care; lilies\"\r\n\
                 No answer here;;flowers;;;\r\n\
                 What now?;It is fine.;flowers;buying;[Guide](https://example.com/a);a\r\n";
    place.write("answers.csv", table);
    let dry = place.run(&["import", "answers.csv", "--dry-run"]).ends(1);
    assert!(!place.path().join("tips/flowers/do-lilies-stain.md").exists());
    let ran = place.run(&["import", "answers.csv"]).ends(1);
    assert_eq!(ran.out, dry.out);
    assert!(ran.err.contains("answers.csv:5: there is no \"answer\""), "{}", ran.told());
    insta::assert_snapshot!(place.read("tips/flowers/do-lilies-stain.md"));
    let json = place.run(&["import", "answers.csv", "--json"]).ends(1).json();
    assert_eq!(json["written"].as_array().map(Vec::len), Some(0), "nothing is overwritten");
    assert_eq!(json["refused"].as_array().map(Vec::len), Some(3));
    place.run(&["suggest", "--product", "flowers", "--issue", "buying"]).ends(0);
}

#[test]
fn a_csv_export_can_be_imported() {
    let place = Place::with_library();
    place.write("tips/flowers/gerbera/wire.md", super::WIRE.replacen("---\n", "---\nlot: false\n", 1));
    place.write("library.csv", place.run(&["export", "--format", "csv"]).ends(0).out);
    let other = Place::empty();
    other.write("tips/_index.md", super::ROOT);
    other.write("tips/flowers/gerbera/_index.md", super::GERBERA);
    other.write("library.csv", place.read("library.csv"));
    let ran = other.run(&["import", "library.csv"]).ends(0);
    assert_eq!(ran.out.lines().count(), 3, "{}", ran.told());
    other.run(&["check"]).ends(0);
    let shown = other.run(&["show", "flowers/roses/drying", "--json"]).ends(0).json();
    assert_eq!((&shown["wire"][0]["url"], &shown["lot"]), (&"https://example.com/dry".into(), &true.into()));
    let shown = other.run(&["show", "flowers/gerbera/wire", "--json"]).ends(0).json();
    assert_eq!(shown["lot"], false, "nobody is held out of it there either");
}

#[test]
fn all_that_is_wrong_with_an_import_is_told() {
    let place = Place::with_library();
    let lines = "not json\n[1]\n{\"question\": \"Q?\"}\n{\"question\": \"Q?\", \"answer\": \"A.\", \"colour\": \"red\"}\n\
                 {\"id\": \"../out\", \"question\": \"Q?\", \"answer\": \"A.\"}\n\
                 {\"id\": \"flowers/gerbera/wire\", \"question\": \"Q?\", \"answer\": \"A.\"}\n\
                 {\"question\": \"Same?\", \"answer\": \"A.\"}\n{\"question\": \"Same?\", \"answer\": \"B.\"}\n";
    let ran = place.run_with_input(&["import", "-"], lines).ends(1);
    assert_eq!(ran.out, "same.md\n");
    for line in [1, 2, 3, 4, 5, 6, 8] {
        assert!(ran.err.contains(&format!("-:{line}: ")), "line {line}: {}", ran.told());
    }
    assert_eq!(place.read("tips/flowers/gerbera/wire.md"), super::WIRE);
    assert!(!place.path().join("out.md").exists());
}

/// Exports have columns for much else: they are told once, and what is known is taken.
#[test]
fn further_columns_of_an_import_are_told_once() {
    let place = Place::with_library();
    let mut table = "Question,Answer,Category,Created At\n".to_owned();
    for n in 0..30 {
        table += &format!("What about thing {n}?,It is fine.,Things,2024-01-01\n");
    }
    place.write("answers.csv", table);
    let ran = place.run(&["import", "answers.csv", "--section", "things"]).ends(0);
    assert!(ran.err.contains("30 files written, 0 refused"), "{}", ran.told());
    assert_eq!(ran.err.matches("created at").count(), 1, "{}", ran.told());
    assert!(ran.err.contains("answers.csv:1: `category` and `created at` are no fields of a tip"), "{}", ran.told());
    let json = place.run(&["import", "answers.csv", "--dry-run", "--json"]);
    assert_eq!(json.json()["passed_over"], serde_json::json!(["category", "created at"]), "{}", json.told());
}

#[test]
fn an_import_of_another_form_is_told_what_it_is() {
    let place = Place::with_library();
    let wide: Vec<u8> = "\u{feff}question,answer\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let cases: [(&str, &[u8], &str); 4] = [
        ("wide.csv", &wide, "it is not UTF-8"),
        ("packed.csv.gz", &[0x1f, 0x8b, 8, 0, 0, b'\n', 0xff], "packed by gzip"),
        ("empty.csv", b" \n", "the file is empty"),
        ("empty.jsonl", b"", "the file is empty"),
    ];
    for (name, bytes, what) in cases {
        place.write(name, bytes);
        let ran = place.run(&["import", name]).ends(2);
        assert!(ran.err.contains(&format!("{name}: ")) && ran.err.contains(what), "{}", ran.told());
    }
}

#[test]
fn a_csv_export_has_all_that_import_takes_and_drafts_too() {
    let place = Place::with_library();
    let front = "kind: craft\ntheme: care\nstage: [opening]\nmood: [confused]\noccasion: [new]\naudience: agent\naliases: [hello]";
    place.write(
        "tips/craft/new.md",
        format!("---\n{front}\n---\n# How do I greet a new customer?\n\nSay who you are.\n"),
    );
    place.write("tips/draft.md", "---\ndraft: true\nexpected: 0.4\n---\n# Is this ready?\n\nNot yet, but soon.\n");
    place.write("library.csv", place.run(&["export", "--format", "csv"]).ends(0).out);
    place.write("again/_index.md", super::ROOT);
    place.write("again/flowers/gerbera/_index.md", super::GERBERA);
    place.run(&["--library", "again", "import", "library.csv"]).ends(0);
    let craft = place.read("again/craft/new.md");
    for line in ["theme: care", "stage:", "mood:", "occasion:", "audience: agent", "aliases:"] {
        assert!(craft.contains(line), "{line}: {craft}");
    }
    let draft = place.read("again/draft.md");
    assert!(draft.contains("draft: true") && draft.contains("expected: 0.4"), "{draft}");
}
