//! Hints: that they come for what matters, and not for our own reading.

use super::{library, put};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use stemwire::library::{Hint, Library, Watch};

/// Longer than any machine needs; a test waits this long only to fail.
const DEADLINE: Duration = Duration::from_secs(20);

fn watch(library: &Library) -> (Watch, Receiver<Hint>) {
    let (send, receive) = channel();
    let mut watch = library.watch(move |hint| drop(send.send(hint))).expect("a watch");
    watch.follow(&library.scan().expect("a scan").folders).expect("watched");
    (watch, receive)
}

/// Waits for a hint, passing over others.
fn wait_for(hints: &Receiver<Hint>, wanted: &Hint) {
    let end = Instant::now() + DEADLINE;
    while hints.recv_timeout(end.saturating_duration_since(Instant::now())).expect("the hint in time") != *wanted {}
}

fn at(path: &str) -> Hint {
    Hint::At(path.to_owned())
}

#[test]
fn saves_renames_and_removals_are_hinted_at() {
    let (_dir, library) = library(&[("a/x.md", "one")]);
    let (_watch, hints) = watch(&library);
    let root = library.root();
    put(root, "a/x.md", "two");
    wait_for(&hints, &at("a/x.md"));
    put(root, "a/beside.tmp", "three");
    std::fs::rename(root.join("a/beside.tmp"), root.join("a/x.md")).expect("renamed over");
    wait_for(&hints, &at("a/x.md"));
    std::fs::create_dir(root.join("b")).expect("a folder");
    wait_for(&hints, &at("b"));
    std::fs::rename(root.join("a"), root.join("c")).expect("moved");
    wait_for(&hints, &at("a"));
    wait_for(&hints, &at("c"));
    std::fs::remove_dir(root.join("b")).expect("removed");
    wait_for(&hints, &at("b"));
}

#[test]
fn a_folder_is_heard_once_it_is_followed_and_again_after_it_was_swapped() {
    let (_dir, library) = library(&[("a/x.md", "one")]);
    let (mut watch, hints) = watch(&library);
    let root = library.root();
    let folders = || library.scan().expect("a scan").folders;
    assert!(!watch.follow(&folders()).expect("watched"), "nothing new");
    put(root, "b/y.md", "new");
    wait_for(&hints, &at("b"));
    assert!(watch.follow(&folders()).expect("watched"));
    put(root, "b/y.md", "newer");
    wait_for(&hints, &at("b/y.md"));
    std::fs::remove_dir_all(root.join("b")).expect("removed");
    wait_for(&hints, &at("b"));
    put(root, "b/y.md", "another folder of that name");
    wait_for(&hints, &at("b"));
    watch.forget(&root.join("b"));
    assert!(watch.follow(&folders()).expect("watched"));
    put(root, "b/y.md", "heard");
    wait_for(&hints, &at("b/y.md"));
}

#[test]
fn the_root_going_is_a_hint_at_everything() {
    let (dir, library) = library(&[("a/x.md", "one")]);
    let (_watch, hints) = watch(&library);
    std::fs::rename(library.root(), dir.path().join("elsewhere")).expect("moved");
    wait_for(&hints, &Hint::All);
}

#[test]
fn reading_and_hidden_files_hint_at_nothing() {
    let (_dir, library) = library(&[("a/x.md", "one"), (".git/HEAD", "ref")]);
    let (_watch, hints) = watch(&library);
    let root = library.root();
    assert!(library.read("a/x.md").is_some());
    assert!(library.scan().is_ok());
    put(root, ".git/HEAD", "other");
    put(root, "a/.x.md.swp", "swap");
    put(root, "a/end.md", "the last");
    let heard = |hints: &Receiver<Hint>| hints.recv_timeout(DEADLINE).expect("a hint");
    assert_eq!(heard(&hints), at("a/end.md"));
}

#[cfg(unix)]
#[test]
fn a_mounted_configuration_that_is_swapped_is_a_hint_at_everything() {
    let swap = |root: &Path, to: &str| {
        std::os::unix::fs::symlink(to, root.join("..data_tmp")).expect("a link");
        std::fs::rename(root.join("..data_tmp"), root.join("..data")).expect("swapped");
    };
    let (_dir, library) = library(&[("..one/x.md", "one"), ("..two/x.md", "two")]);
    swap(library.root(), "..one");
    std::os::unix::fs::symlink("..data/x.md", library.root().join("x.md")).expect("a link");
    let (_watch, hints) = watch(&library);
    assert_eq!(library.read("x.md").expect("there").expect("text").0, "one");
    swap(library.root(), "..two");
    wait_for(&hints, &Hint::All);
    assert_eq!(library.read("x.md").expect("there").expect("text").0, "two");
}
