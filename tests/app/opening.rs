//! Starting: cold, warm, damaged, after a kill, beside another process.

use super::{Place, eventually, put, say, says, tip};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use stemwire::app::{App, OpenError};
use stemwire::index::IndexError;
use stemwire::tip::TipId;

fn two() -> Place {
    Place::new(&[("a/one.md", &tip("first")), ("b/two.md", &tip("second"))])
}

/// Opens and counts the files that were read.
fn open_counting(place: &Place) -> (App, usize) {
    let read = AtomicUsize::new(0);
    let app = App::open(place.settings(), &|_, total| read.store(total, Ordering::Relaxed)).expect("opened");
    (app, read.into_inner())
}

#[test]
fn a_library_is_read_once_and_then_only_what_changed() {
    let place = two();
    let (app, read) = open_counting(&place);
    assert_eq!((app.facts().tips, read), (2, 2));
    assert!(says(&app, "a/one", "first"));
    let fingerprint = app.facts().fingerprint;
    drop(app);
    let (app, read) = open_counting(&place);
    assert_eq!((app.facts().tips, app.facts().fingerprint, read), (2, fingerprint.clone(), 0));
    drop(app);
    place.put("a/one.md", &tip("changed"));
    place.put("c/three.md", &tip("third"));
    place.remove("b/two.md");
    let (app, read) = open_counting(&place);
    assert_eq!((app.facts().tips, read), (2, 2));
    assert!(says(&app, "a/one", "changed") && says(&app, "c/three", "third"));
    assert_eq!(say(&app, "b/two"), None);
    assert_ne!(app.facts().fingerprint, fingerprint);
}

#[test]
fn the_fingerprint_is_of_the_files_and_not_of_their_history() {
    let place = two();
    place.put("c.md", &tip("extra"));
    drop(place.open());
    place.remove("c.md");
    place.put("b/two.md", &tip("other"));
    drop(place.open());
    place.put("b/two.md", &tip("second"));
    assert_eq!(place.open().facts().fingerprint, two().open().facts().fingerprint);
}

#[test]
fn no_library_is_an_error_and_an_empty_one_is_served() {
    let place = Place::new(&[]);
    assert_eq!(place.open().facts().tips, 0);
    assert_eq!(place.serve().facts().tips, 0);
    std::fs::remove_dir(place.root()).expect("removed");
    assert!(matches!(App::open(place.settings(), &|_, _| {}), Err(OpenError::NoLibrary(_))));
    assert!(matches!(App::serve(place.settings(), &|_, _| {}), Err(OpenError::NoLibrary(_))));
    assert!(!place.root().exists(), "no library is made silently");
}

#[test]
fn a_second_server_is_told_and_a_command_beside_a_server_answers() {
    let place = two();
    let server = place.serve();
    let second = App::serve(place.settings(), &|_, _| {}).map(|_| ());
    assert!(matches!(second, Err(OpenError::Index(IndexError::Busy(_)))), "{second:?}");
    let command = place.open();
    assert!(says(&command, "a/one", "first"));
    drop(server);
    assert!(App::serve(place.settings(), &|_, _| {}).is_ok(), "the first one let go");
}

#[test]
fn an_index_folder_that_is_somebody_elses_is_left_alone() {
    let place = two();
    put(&place.index(), "letter.txt", "dear");
    assert!(App::serve(place.settings(), &|_, _| {}).is_err());
    assert!(says(&place.open(), "a/one", "first"), "a command makes an index of its own for the moment");
    let names: Vec<_> = std::fs::read_dir(place.index()).expect("a folder").map(|e| e.expect("entry").path()).collect();
    assert_eq!(names, [place.index().join("letter.txt")]);
}

#[test]
fn a_damaged_index_is_made_anew() {
    let place = two();
    drop(place.open());
    let files = |place: &Place| -> Vec<std::path::PathBuf> {
        let all = walkdir::WalkDir::new(place.index()).into_iter().map(|e| e.expect("entry"));
        all.filter(|e| e.file_type().is_file()).map(walkdir::DirEntry::into_path).collect()
    };
    for damage in [&b""[..], b"\0\xff\0\xffgarbage"] {
        for file in files(&place) {
            std::fs::write(&file, damage).expect("damaged");
        }
        let app = place.open();
        assert!(says(&app, "a/one", "first") && app.facts().tips == 2);
    }
    for file in files(&place) {
        let _ = std::fs::remove_file(&file);
        assert!(says(&place.open(), "a/one", "first"), "without {}", file.display());
    }
}

#[test]
fn a_broken_file_is_left_out_and_named_also_over_restarts() {
    let place = two();
    place.put("a/bad.md", "---\nwhen: [\n---\n# Bad?\n\nBad.\n");
    let app = place.open();
    assert_eq!((app.facts().tips, app.facts().broken), (2, 1));
    drop(app);
    place.put("a/one.md", "no question here");
    for _ in 0..2 {
        let app = place.open();
        assert_eq!((app.facts().tips, app.facts().broken), (2, 2));
        assert!(says(&app, "a/one", "first"), "the last good version");
    }
    place.put("a/one.md", &tip("mended"));
    assert!(says(&place.open(), "a/one", "mended"));
}

#[test]
fn a_kill_at_any_moment_leaves_a_library_that_opens() {
    let files: Vec<(String, String)> =
        (0..300).map(|n| (format!("f{}/t{n}.md", n % 7), tip(&format!("say {n}")))).collect();
    let place = Place::new(&files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect::<Vec<_>>());
    // Each moment is a file that a start brings about, or the start itself.
    for moment in ["", "stemwire.lock", "stemwire.index", "tantivy/meta.json", "stemwire.files"] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_stemwire"))
            .args(["serve", "--listen", "127.0.0.1:0", "--library"])
            .arg(place.root())
            .arg("--index")
            .arg(place.index())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("started");
        eventually("the moment to kill", || place.index().join(moment).exists());
        child.kill().expect("killed");
        child.wait().expect("ended");
        let app = place.open();
        assert_eq!(app.facts().tips, 300, "after a kill at {moment:?}");
        assert!(says(&app, "f5/t299", "say 299"));
        drop(app);
        std::fs::remove_dir_all(place.index()).expect("removed");
    }
}

#[test]
fn drafts_are_served_only_where_they_are_wanted() {
    let place = two();
    place.put("a/draft.md", &format!("---\ndraft: true\n---\n{}", tip("early")));
    let app = place.open();
    assert_eq!((app.facts().tips, say(&app, "a/draft")), (2, None));
    drop(app);
    let mut settings = place.settings();
    settings.drafts = true;
    let app = App::open(settings, &|_, _| {}).expect("opened");
    assert!(app.facts().tips == 3 && says(&app, "a/draft", "early"));
}

#[test]
fn a_model_that_is_none_is_an_error_with_its_file() {
    let place = two();
    let mut settings = place.settings();
    settings.model = Some(place.dir.path().join("no-model"));
    let error = App::open(settings, &|_, _| {}).map(|_| ()).expect_err("no model");
    assert!(error.to_string().contains("no-model"), "{error}");
}

#[test]
fn a_name_that_leads_further_leads_the_same_way_in_an_old_index_and_in_a_new_one() {
    let files = [
        ("flowers/roses/_index.md", "Roses.\n"),
        ("gifts/_index.md", "Gifts.\n"),
        ("gifts/card.md", "---\nproducts: [roses]\n---\n# Which card?\n\nA small one.\n"),
    ];
    let products = |place: &Place| {
        let card = place.open().tip(&TipId::new("gifts/card")).expect("readable").expect("served");
        card.tip.products.iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    let (old, new) = (Place::new(&files), Place::new(&files));
    assert_eq!(products(&old), ["flowers/roses"]);
    for place in [&old, &new] {
        place.put("gifts/_index.md", "---\naliases: [roses]\n---\nGifts.\n");
    }
    assert_eq!((products(&old), products(&new)), (vec!["gifts".to_owned()], vec!["gifts".to_owned()]));
}
