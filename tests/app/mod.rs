//! Use cases on folders made for the test.

mod causes; // why customers came back
mod checking; // what `check` finds, and what is named while the rest is served
mod damage; // an index that is damaged is built anew
mod foreseen; // which tip would prevent what comes next
mod forgetting; // what is erased elsewhere is forgotten
mod keeping; // what is served stays in step with the folder
mod measures; // the formulas of `evaluate`
mod naming; // names that contacts use, known from the start or later
mod opening; // starting: cold, warm, damaged, busy
mod reading;
mod rotating; // tips, sections, issues, counts, searches
mod storms; // renames, checkouts, a library that goes away
mod writing; // writing and deleting through the library

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};
use stemwire::app::{App, Settings};
use stemwire::tip::TipId;
use tempfile::TempDir;

/// Longer than any machine needs; a test waits this long only to fail.
const DEADLINE: Duration = Duration::from_secs(60);

/// A library and its index in a folder of their own.
struct Place {
    dir: TempDir,
}

impl Place {
    fn new(files: &[(&str, &str)]) -> Place {
        let place = Place { dir: tempfile::tempdir().expect("a temporary folder") };
        std::fs::create_dir(place.root()).expect("the root");
        files.iter().for_each(|(file, text)| place.put(file, text));
        place
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("tips")
    }

    fn index(&self) -> PathBuf {
        self.dir.path().join("index")
    }

    fn put(&self, file: &str, text: &str) {
        put(&self.root(), file, text);
    }

    fn remove(&self, file: &str) {
        std::fs::remove_file(self.root().join(file)).expect("removed");
    }

    fn settings(&self) -> Settings {
        Settings { library: self.root(), index: self.index(), model: None, drafts: false }
    }

    fn open(&self) -> App {
        App::open(self.settings(), &|_, _| {}).expect("opened")
    }

    fn serve(&self) -> Arc<App> {
        App::serve(self.settings(), &|_, _| {}).expect("served")
    }
}

fn put(root: &Path, file: &str, text: &str) {
    let path = root.join(file);
    std::fs::create_dir_all(path.parent().expect("a folder")).expect("its folder");
    std::fs::write(path, text).expect("a file");
}

/// A tip's file that says `say`.
fn tip(say: &str) -> String {
    format!("# What about {say}?\n\n{say}\n")
}

/// The say line that is served for an id.
fn say(app: &App, id: &str) -> Option<String> {
    app.tip(&TipId::new(id)).expect("the index is readable").map(|stored| stored.tip.say.clone())
}

fn says(app: &App, id: &str, wanted: &str) -> bool {
    say(app, id).as_deref() == Some(wanted)
}

/// Waits until something is so, and fails with its name where it never is.
#[track_caller]
fn eventually(what: &str, so: impl Fn() -> bool) {
    let end = Instant::now() + DEADLINE;
    while !so() {
        assert!(Instant::now() < end, "never: {what}");
        std::thread::park_timeout(Duration::from_millis(2));
    }
}
