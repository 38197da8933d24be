//! Slips of the hand, and what the program says to them.

use super::Place;

#[test]
fn a_library_comes_back_into_a_folder_that_is_not_there_yet() {
    let place = Place::with_library();
    let lines = place.run(&["export"]).ends(0).out;
    place.write("library.jsonl", &lines);
    let dry = place.run(&["import", "library.jsonl", "--library", "elsewhere", "--dry-run"]).ends(0);
    assert!(dry.err.contains("There is no library at elsewhere yet"), "{}", dry.told());
    assert!(!place.path().join("elsewhere").exists());
    place.run(&["import", "library.jsonl", "--library", "elsewhere"]).ends(0);
    assert_eq!(place.read("elsewhere/flowers/gerbera/wire.md"), place.read("tips/flowers/gerbera/wire.md"));
    place.run(&["import", "library.jsonl", "--library", "library.jsonl"]).ends(2);
}

#[test]
fn an_import_that_is_all_there_already_is_short() {
    let place = Place::empty();
    place.write("tips/_index.md", "");
    let lines: String = (0..60).map(|n| format!("{{\"question\": \"Is it {n}?\", \"answer\": \"Yes.\"}}\n")).collect();
    place.write("tips.jsonl", lines);
    place.run(&["import", "tips.jsonl"]).ends(0);
    let again = place.run(&["import", "tips.jsonl"]).ends(1);
    assert!(again.err.lines().count() < 30 && again.err.contains("40 more"), "{}", again.told());
}

#[test]
fn only_what_was_checked_is_counted_and_a_path_may_begin_at_the_library() {
    let place = Place::with_library();
    for path in ["tips/flowers/roses", "flowers/roses"] {
        let ran = place.run(&["check", path]).ends(0);
        assert!(ran.err.contains("1 tip in 1 file checked"), "{}", ran.told());
    }
    let lost = place.run(&["check", "flowers/tulips"]).ends(2);
    assert!(lost.err.contains("there is nothing at flowers/tulips"), "{}", lost.told());
}

#[test]
fn variables_that_are_no_settings_are_told_and_a_flag_is_true_or_false() {
    let place = Place::with_library();
    let with = |name: &str, value: &str| {
        super::Ran::of(place.command(&["check"]).env(name, value).output().expect("the program runs"))
    };
    let misspelt = with("STEMWIRE_LIBARY", "elsewhere").ends(0);
    assert!(
        misspelt.err.contains("STEMWIRE_LIBARY") && misspelt.err.contains("STEMWIRE_LIBRARY"),
        "{}",
        misspelt.told()
    );
    let maybe = with("STEMWIRE_JSON", "maybe").ends(2);
    assert!(maybe.err.contains("STEMWIRE_JSON: true or false"), "{}", maybe.told());
    assert!(with("STEMWIRE_JSON", "1").ends(0).out.starts_with('{'));
}

#[test]
fn what_may_have_been_meant_is_offered() {
    let place = Place::with_library();
    place.write("tips/flowers/early.md", "---\ndraft: true\n---\n# Is it early?\n\nIt is.\n");
    let near = place.run(&["show", "wire"]).ends(1);
    assert!(near.err.contains("Did you mean flowers/gerbera/wire?"), "{}", near.told());
    let draft = place.run(&["show", "flowers/early"]).ends(1);
    assert!(draft.err.contains("is a draft; --drafts"), "{}", draft.told());
    let new = place.run(&["new", "Do roses bite?", "--section", "flowers/rosse"]).ends(0);
    assert!(new.err.contains("Did you mean flowers/roses?"), "{}", new.told());
    let silent = place.run(&["suggest"]).ends(2);
    assert!(silent.err.contains("suggest - <"), "{}", silent.told());
}

#[test]
fn a_word_of_a_closed_list_that_is_nearly_right_is_mended() {
    let place = Place::with_library();
    place.write("tips/a.md", "---\nkind: craft\nstage: midle\n---\n# Is it mended?\n\nIt is.\n");
    place.run(&["check", "--fix", "tips/a.md"]).ends(0);
    assert!(place.read("tips/a.md").contains("stage: middle"));
}

#[cfg(unix)]
#[test]
fn no_file_name_moves_the_cursor() {
    let place = Place::with_library();
    place.write("tips/odd\u{1b}[31m\nname.md", "# Odd?\n\nOdd.\n");
    for format in ["human", "github"] {
        let ran = place.run(&["check", "--format", format]).ends(1);
        assert!(!ran.out.contains('\u{1b}') && ran.out.contains('\u{241b}'), "{format}: {}", ran.told());
        assert!(!ran.out.lines().any(|line| line.starts_with("name.md")), "{format}: {}", ran.told());
    }
}

#[test]
fn an_index_that_is_a_file_is_named_as_one() {
    let place = Place::with_library();
    place.write("notes", "mine");
    let ran = place.run(&["serve", "--index", "notes", "--listen", "127.0.0.1:0"]).ends(2);
    assert!(ran.err.contains("it is a file; name a folder"), "{}", ran.told());
}

#[test]
fn days_that_are_none_are_named() {
    let place = Place::with_library();
    for days in ["-1", "soon"] {
        let ran = place.run(&["foresight", "--since-days", days]).ends(2);
        assert!(ran.err.contains("--since-days") && ran.err.contains(&format!("'{days}'")), "{}", ran.told());
    }
}

/// An empty library would be served, exported and checked as if it were one.
#[cfg(unix)]
#[test]
fn a_library_that_may_not_be_read_is_not_taken_for_an_empty_one() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let place = Place::with_library();
    let mode = |path: std::path::PathBuf, mode| {
        std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).expect("a mode");
    };
    mode(place.path().to_owned(), 0o777);
    mode(place.path().join("tips"), 0o000);
    // The administrator may read everything, so that somebody else has to be asked.
    let administrator = std::fs::read_dir(place.path().join("tips")).is_ok();
    for arguments in
        [&["serve", "--listen", "127.0.0.1:0"][..], &["export"], &["check"], &["search", "gerbera"], &["new", "Why?"]]
    {
        let mut command = place.command(arguments);
        if administrator {
            command.uid(65_534).gid(65_534);
        }
        let Ok(output) = command.output() else { break };
        let ran = super::Ran::of(output).ends(2);
        assert!(ran.err.contains("the library tips cannot be read: permission denied"), "{}", ran.told());
    }
    mode(place.path().join("tips"), 0o755);
}
