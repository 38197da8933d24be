//! An index that is damaged while it is served, or between two starts, is built anew from the library.

use super::{Place, eventually, tip};
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use stemwire::app::App;
use stemwire::index::{Index, IndexError, Opening};
use stemwire::tip::TipId;

/// Enough tips for files of several kilobytes.
const TIPS: usize = 60;

fn library() -> Place {
    let files: Vec<(String, String)> =
        (0..TIPS).map(|n| (format!("f{}/t{n}.md", n % 5), tip(&format!("say {n}")))).collect();
    let place = Place::new(&files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect::<Vec<_>>());
    place.put("_index.md", "---\nissues:\n  drooping: [flopping over]\n---\n");
    place
}

/// The segments' files.
fn segments(place: &Place) -> Vec<PathBuf> {
    let all =
        fs::read_dir(place.index().join("tantivy")).expect("an index").map(|entry| entry.expect("an entry").path());
    let mut files: Vec<PathBuf> =
        all.filter(|path| path.extension().is_some_and(|e| !["json", "lock"].iter().any(|not| e == *not))).collect();
    files.sort();
    files
}

/// Overwrites the first bytes of a file where they lie, as a bad disk or a stray program does.
fn spoil(file: &PathBuf, seed: u32, times_kept: bool) {
    let meta = fs::metadata(file).expect("a file");
    let mut state = seed.wrapping_mul(2_654_435_761) | 1;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as u8
    })
    .take(2048.min(meta.len() as usize))
    .collect();
    let mut opened = OpenOptions::new().write(true).open(file).expect("opened");
    opened.write_all(&noise).expect("spoilt");
    if times_kept {
        File::set_modified(&opened, meta.modified().expect("a time")).expect("its old time");
    }
}

/// True where all is served and right; what stumbles over a damaged index meanwhile is not.
fn whole(app: &App, first: &str) -> bool {
    let says =
        |n: usize| app.tip(&TipId::new(format!("f{}/t{n}", n % 5))).ok().flatten().map(|stored| stored.tip.say.clone());
    let all = || {
        app.facts().tips == TIPS
            && says(0).as_deref() == Some(first)
            && (1..TIPS).all(|n| says(n) == Some(format!("say {n}")))
    };
    app.ready() && catch_unwind(AssertUnwindSafe(all)).unwrap_or(false)
}

#[test]
fn an_index_that_is_damaged_while_it_is_served_is_built_anew_at_the_next_edit() {
    let place = library();
    for seed in 1..4 {
        let app = place.serve();
        segments(&place).iter().for_each(|file| spoil(file, seed, false));
        let edit = format!("edit {seed}");
        place.put("f0/t0.md", &tip(&edit));
        eventually("whole again", || whole(&app, &edit));
        place.put("f0/t0.md", &tip("heard"));
        eventually("the next edit", || whole(&app, "heard"));
        drop(app);
        assert!(whole(&place.open(), "heard"), "it opens after a restart");
    }
}

#[test]
fn damage_that_shows_only_in_answers_is_looked_for_when_one_fails() {
    let place = library();
    drop(place.open());
    for at in 0..segments(&place).len() {
        let app = place.serve();
        let Some(file) = segments(&place).into_iter().nth(at) else { break };
        spoil(&file, 7, true);
        app.doubt();
        let sound = || Index::open(&place.index(), "").is_ok_and(|(index, _)| index.examine(true).is_ok());
        eventually("built anew", || sound() && whole(&app, "say 0"));
    }
}

#[test]
fn what_is_damaged_is_not_taken_for_whole_at_the_next_start() {
    let place = library();
    for seed in 1..4 {
        let app = place.serve();
        segments(&place).iter().for_each(|file| spoil(file, seed, false));
        drop(app);
        assert!(whole(&place.serve(), "say 0"), "a server starts");
        segments(&place).iter().for_each(|file| spoil(file, seed, false));
        assert!(whole(&place.open(), "say 0"), "a command starts");
    }
}

#[test]
fn damage_that_no_look_shows_keeps_nothing_from_starting() {
    let place = library();
    drop(place.open());
    let count = segments(&place).len();
    assert!(count > 4, "there is something to damage");
    for at in 0..count {
        for seed in 1..3 {
            let Some(file) = segments(&place).into_iter().nth(at) else { break };
            spoil(&file, seed, true);
            drop(place.open());
            let Some(file) = segments(&place).into_iter().nth(at) else { break };
            spoil(&file, seed, true);
            let app = place.serve();
            app.doubt();
            eventually("whole", || whole(&app, "say 0"));
        }
    }
}

#[test]
fn while_nothing_can_be_trusted_nothing_is_served() {
    let place = library();
    let app = place.serve();
    assert!(app.ready());
    let elsewhere = place.dir.path().join("elsewhere");
    fs::rename(place.root(), &elsewhere).expect("the library is away");
    segments(&place).iter().for_each(|file| spoil(file, 3, false));
    app.doubt();
    eventually("known to be damaged", || !app.ready());
    fs::rename(&elsewhere, place.root()).expect("it is back");
    eventually("whole again", || whole(&app, "say 0"));
}

#[test]
fn an_index_that_is_removed_under_a_server_is_served_on_and_built_anew() {
    let place = library();
    let app = place.serve();
    fs::remove_dir_all(place.index()).expect("removed");
    assert!(whole(&app, "say 0"), "what was opened stays");
    place.put("f0/t0.md", &tip("edit"));
    eventually("taken up", || whole(&app, "edit"));
    app.doubt();
    eventually("on the disk", || place.index().join("tantivy/meta.json").exists() && whole(&app, "edit"));
    drop(app);
    assert!(whole(&place.open(), "edit"));
}

/// What lies in the way of every commit, as a full disk does.
fn in_the_way(place: &Place) -> PathBuf {
    place.index().join("tantivy/meta.json.new")
}

#[test]
fn a_command_that_cannot_write_the_index_answers_all_the_same_and_leaves_it_whole() {
    let place = library();
    drop(place.open());
    fs::create_dir(in_the_way(&place)).expect("in the way");
    place.put("f0/t0.md", &tip("edited"));
    assert!(whole(&place.open(), "edited"), "by an index of its own");
    let (index, opening) = Index::open(&place.index(), "").expect("opened");
    assert_eq!((opening, index.searcher().expect("a view").len()), (Opening::Warm, TIPS), "nothing was wiped");
    fs::remove_dir(in_the_way(&place)).expect("out of the way");
    assert!(whole(&place.open(), "edited"));
}

#[test]
fn a_server_that_cannot_write_its_index_keeps_others_from_it() {
    let place = library();
    let app = place.serve();
    fs::create_dir(in_the_way(&place)).expect("in the way");
    place.put("f0/t0.md", &tip("edited"));
    for _ in 0..3 {
        assert!(whole(&place.open(), "say 0"), "a command is given what the server has");
        let (index, _) = Index::open(&place.index(), "").expect("opened");
        assert!(matches!(index.writer(), Err(IndexError::Busy(_))), "the server goes on holding it");
    }
    fs::remove_dir(in_the_way(&place)).expect("out of the way");
    eventually("served", || whole(&app, "edited"));
}
