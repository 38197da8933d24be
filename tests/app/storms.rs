//! Renames, checkouts of thousands of files, races with a writer, and a library that goes away and comes back.

use super::{Place, eventually, say, says, tip};
use std::sync::mpsc::{TryRecvError, channel};
use stemwire::app::App;

#[test]
fn a_folder_that_is_renamed_takes_its_tips_along() {
    let place = Place::new(&[("old/deep/one.md", &tip("first")), ("old/two.md", &tip("second"))]);
    let app = place.serve();
    std::fs::rename(place.root().join("old"), place.root().join("new")).expect("renamed");
    eventually("renamed", || {
        says(&app, "new/deep/one", "first") && says(&app, "new/two", "second") && say(&app, "old/two").is_none()
    });
    place.put("new/deep/one.md", &tip("heard under the new name"));
    eventually("heard", || says(&app, "new/deep/one", "heard under the new name"));
    assert_eq!(app.facts().tips, 2);
}

#[test]
fn a_folder_with_issues_of_its_own_leaves_nothing_behind() {
    let section = "---\nissues:\n  drooping: {title: Drooping}\n---\n";
    let own = "---\nwhen: [drooping]\n---\n# Why do they droop?\n\nTheir stems are soft.\n";
    let place = Place::new(&[("tulips/_index.md", section), ("tulips/soft.md", own), ("other.md", &tip("other"))]);
    let app = place.serve();
    eventually("the start", || app.facts().tips == 2);
    std::fs::rename(place.root().join("tulips"), place.root().join("tulpen")).expect("renamed");
    let all = |app: &App| (app.facts().tips, app.facts().broken);
    eventually("renamed, and no more", || say(&app, "tulpen/soft").is_some() && all(&app) == (2, 0));
    std::fs::remove_dir_all(place.root().join("tulpen")).expect("removed");
    eventually("removed, and no more", || all(&app) == (1, 0));
}

#[test]
fn a_save_by_renaming_over_is_served() {
    let place = Place::new(&[("one.md", &tip("first"))]);
    let app = place.serve();
    for turn in 0..5 {
        let text = format!("turn {turn}");
        place.put("one.md~", &tip(&text));
        std::fs::rename(place.root().join("one.md~"), place.root().join("one.md")).expect("renamed over");
        eventually("the save", || says(&app, "one", &text));
    }
}

#[test]
fn a_checkout_of_two_thousand_files_is_served_whole() {
    let place = Place::new(&[("one.md", &tip("first"))]);
    let app = place.serve();
    for n in 0..2000 {
        place.put(&format!("f{}/g{}/t{n}.md", n % 13, n % 7), &tip(&format!("say {n}")));
    }
    eventually("all of it", || app.facts().tips == 2001);
    assert!(says(&app, "f10/g4/t1999", "say 1999"));
    for n in 0..2000 {
        place.put(&format!("f{}/g{}/t{n}.md", n % 13, n % 7), &tip(&format!("other {n}")));
    }
    for n in 0..500 {
        place.remove(&format!("f{}/g{}/t{n}.md", n % 13, n % 7));
    }
    eventually("the other branch", || app.facts().tips == 1501);
    eventually("its last file", || {
        (500..2000).all(|n| says(&app, &format!("f{}/g{}/t{n}", n % 13, n % 7), &format!("other {n}")))
    });
}

#[test]
fn whatever_a_writer_does_the_end_is_what_lies_there() {
    let place = Place::new(&[("steady.md", &tip("steady"))]);
    let app = place.serve();
    let root = place.root();
    std::thread::scope(|scope| {
        let (stop, stopped) = channel::<()>();
        let writer = scope.spawn(move || {
            let mut turn = 0;
            while turn < 50 || stopped.try_recv() == Err(TryRecvError::Empty) {
                let folder = root.join(format!("f{}", turn % 3));
                let _ = std::fs::create_dir_all(&folder);
                let _ = std::fs::write(folder.join("x.md"), tip(&format!("turn {turn}")));
                let _ = std::fs::rename(&folder, root.join(format!("f{}", (turn + 1) % 3)));
                let _ = std::fs::remove_dir_all(root.join(format!("f{}", (turn + 2) % 3)));
                turn += 1;
            }
        });
        eventually("something of it", || app.facts().tips > 1);
        drop(stop);
        writer.join().expect("no panic");
    });
    let there = || {
        let scan = stemwire::library::Library::open(&place.root()).expect("there").scan().expect("a scan");
        scan.files.into_iter().map(|seen| seen.file.trim_end_matches(".md").to_owned()).collect::<Vec<_>>()
    };
    let served = || {
        let tips = app.tips(None, 100).expect("readable");
        let mut ids: Vec<String> = tips.iter().map(|tip| tip.id.to_string()).collect();
        ids.sort();
        ids
    };
    eventually("the same", || served() == there());
    assert!(says(&app, "steady", "steady"));
}

#[test]
fn a_library_that_goes_away_stays_served_and_is_taken_up_again_when_it_is_back() {
    let place = Place::new(&[("a/one.md", &tip("first")), ("b/two.md", &tip("second"))]);
    let app = place.serve();
    let elsewhere = place.dir.path().join("elsewhere");
    std::fs::rename(place.root(), &elsewhere).expect("away");
    super::put(&elsewhere, "a/one.md", &tip("changed while away"));
    // An index that is busy removing tips would show it in what follows.
    assert_eq!(app.facts().tips, 2);
    std::fs::rename(&elsewhere, place.root()).expect("back");
    eventually("what changed meanwhile", || says(&app, "a/one", "changed while away"));
    assert!(says(&app, "b/two", "second"));
    place.put("b/two.md", &tip("heard again"));
    eventually("watched again", || says(&app, "b/two", "heard again"));
}

#[test]
fn another_folder_in_the_roots_place_is_served_instead() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    super::put(&place.dir.path().join("next"), "c/three.md", &tip("third"));
    std::fs::rename(place.root(), place.dir.path().join("elsewhere")).expect("away");
    std::fs::rename(place.dir.path().join("next"), place.root()).expect("in its place");
    eventually("the other library", || says(&app, "c/three", "third") && say(&app, "a/one").is_none());
    place.put("c/three.md", &tip("heard"));
    eventually("watched", || says(&app, "c/three", "heard"));
}

#[test]
fn a_library_that_is_removed_and_checked_out_again_is_served_throughout() {
    let files: Vec<(String, String)> = (0..40).map(|n| (format!("f/t{n}.md"), tip(&format!("say {n}")))).collect();
    let place = Place::new(&files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect::<Vec<_>>());
    let app = place.serve();
    std::fs::remove_dir_all(place.root()).expect("removed");
    std::fs::create_dir(place.root()).expect("an empty root, as of a disk that is away");
    for (file, text) in &files {
        place.put(file, text);
        assert_eq!(app.facts().tips, 40, "nothing is let go of meanwhile");
    }
    place.put("f/new.md", &tip("new"));
    eventually("taken up again", || says(&app, "f/new", "new"));
    assert_eq!(app.facts().tips, 41);
}

#[test]
fn most_of_a_library_gone_at_once_is_believed_after_a_moment() {
    let files: Vec<(String, String)> = (0..40).map(|n| (format!("f/t{n}.md"), tip(&format!("say {n}")))).collect();
    let place = Place::new(&files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect::<Vec<_>>());
    place.put("stays.md", &tip("stays"));
    let app = place.serve();
    std::fs::rename(place.root().join("f"), place.dir.path().join("f")).expect("moved out");
    eventually("believed", || app.facts().tips == 1);
    assert!(says(&app, "stays", "stays"));
}

#[test]
fn nothing_is_written_to_a_library_that_is_away() {
    use stemwire::app::{Precondition, WriteError};
    let place = Place::new(&[("a/one.md", &tip("one"))]);
    let app = place.serve();
    let elsewhere = place.dir.path().join("elsewhere");
    let put = || app.put_tip("a/two", &tip("two"), &Precondition::Absent);
    let refused = || matches!(put(), Err(WriteError::Away(_)));
    assert!(app.library_readable());
    std::fs::rename(place.root(), &elsewhere).expect("away");
    assert!(refused(), "at once");
    let deleted = app.delete_tip("a/one", &Precondition::Any);
    assert!(matches!(deleted, Err(WriteError::Away(_))), "it may be there: {deleted:?}");
    eventually("noticed", || !app.library_readable());
    assert!(says(&app, "a/one", "one"), "it stays served");
    std::fs::create_dir(place.root()).expect("an empty root, as of a disk that is away");
    eventually("looked at", || !app.library_readable());
    assert!(refused(), "below a disk that is away");
    std::fs::remove_dir(place.root()).expect("nothing was written there");
    std::fs::rename(&elsewhere, place.root()).expect("back");
    eventually("back", || app.library_readable());
    put().expect("written");
    assert!(says(&app, "a/two", "two"));
}
