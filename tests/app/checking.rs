//! What `check` finds, and what is named while the rest is served.

use super::{Place, eventually, tip};
use stemwire::app::{check_folder, mend};
use stemwire::tip::Code;

fn codes(problems: &[stemwire::tip::Problem]) -> Vec<(&str, Code)> {
    problems.iter().map(|p| (p.file.as_str(), p.code)).collect()
}

fn bad() -> Place {
    Place::new(&[
        ("b/bad.md", "---\nwhen: [\n---\n# Bad?\n\nBad.\n"),
        ("a/dead.md", "# Dead?\n\nSee ![it](nothing.png) and [that](../b/good.md) and ![this](there.png).\n"),
        ("a/there.png", "picture"),
        ("b/good.md", &tip("good")),
        ("b/none.md", "nothing asked"),
    ])
}

#[test]
fn all_is_found_in_one_run_by_file_and_place() {
    let place = bad();
    std::fs::write(place.root().join("c.md"), b"# C\xe9?\n").expect("written");
    let checked = check_folder(&place.root(), None).expect("checked");
    let errors: Vec<_> = checked.problems.iter().filter(|p| p.is_error()).cloned().collect();
    let expected = [
        ("a/dead.md", Code::DeadLink),
        ("b/bad.md", Code::FrontMatter),
        ("b/none.md", Code::NoQuestion),
        ("c.md", Code::NotText),
    ];
    assert_eq!(codes(&errors), expected);
    assert_eq!((checked.files, checked.tips), (5, 5));
    let named: Vec<&str> = checked.sources.keys().map(String::as_str).collect();
    assert_eq!(named, ["a/dead.md", "b/bad.md", "b/none.md", "c.md"]);
    assert!(!place.index().exists(), "no index is needed");
}

#[test]
fn only_what_lies_at_the_path_is_reported() {
    let place = bad();
    let at = |path: &str| {
        let checked = check_folder(&place.root(), Some(&place.root().join(path))).expect("checked");
        checked.problems.iter().map(|p| p.file.clone()).collect::<Vec<_>>()
    };
    assert_eq!(at("a"), ["a/dead.md"]);
    assert_eq!(at("b/none.md"), ["b/none.md"]);
    assert_eq!(at("b/good.md"), Vec::<String>::new());
    assert!(check_folder(&place.root(), Some(place.dir.path())).is_err());
    assert!(check_folder(&place.root(), Some(&place.root().join("gone"))).is_err());
    assert!(check_folder(&place.dir.path().join("none"), None).is_err());
}

#[test]
fn what_is_served_is_checked_once_for_each_change() {
    let place = bad();
    let app = place.serve();
    let problems = app.problems();
    assert!(codes(&problems.problems).contains(&("a/dead.md", Code::DeadLink)));
    eventually("the same one until something changes", || std::sync::Arc::ptr_eq(&app.problems(), &app.problems()));
    place.put("a/nothing.png", "here it is");
    eventually("a picture is found too", || !codes(&app.problems().problems).contains(&("a/dead.md", Code::DeadLink)));
    place.remove("b/bad.md");
    eventually("gone", || !codes(&app.problems().problems).contains(&("b/bad.md", Code::FrontMatter)));
}

#[test]
fn a_text_is_checked_without_being_saved() {
    let place = bad();
    let app = place.open();
    assert_eq!(codes(&app.check_text("b/new", "# New?\n\n![x](../a/there.png) [y](good.md)\n")), []);
    assert_eq!(codes(&app.check_text("b/new", "nothing")), [("b/new.md", Code::NoQuestion)]);
    assert_eq!(codes(&app.check_text("b/good", &tip("good"))), [], "it does not collide with itself");
    let wrong = app.check_text("../x", &tip("x"));
    assert_eq!(wrong.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::FileName]);
}

#[test]
fn what_is_safe_to_mend_is_mended() {
    let place = Place::new(&[("a.md", "---\nwen: x\nowner: me\n---\n# A?\n\nYes.\n"), ("b.md", &tip("good"))]);
    let checked = check_folder(&place.root(), None).expect("checked");
    let fixable = checked.problems.iter().filter(|p| p.fix.is_some()).count();
    assert_eq!(mend(&place.root(), &checked).expect("mended"), fixable);
    let again = check_folder(&place.root(), None).expect("checked");
    assert_eq!(again.problems.iter().filter(|p| p.fix.is_some()).count(), 0);
    place.put("a.md", "changed meanwhile");
    assert_eq!(mend(&place.root(), &checked).expect("nothing to do"), 0);
    assert_eq!(std::fs::read_to_string(place.root().join("a.md")).expect("a file"), "changed meanwhile");
}

#[test]
fn one_name_in_two_forms_is_one_id() {
    let place = Place::new(&[("caf\u{e9}.md", &tip("composed")), ("cafe\u{301}.md", &tip("decomposed other"))]);
    let checked = check_folder(&place.root(), None).expect("checked");
    if checked.files == 2 {
        // A disk that composes names itself has only one.
        assert_eq!(codes(&checked.problems).iter().filter(|(_, code)| *code == Code::SameId).count(), 1);
    }
}

/// What cannot even be read counts as left out, from a first start on and when it comes later; what is served does not.
#[cfg(unix)]
#[test]
fn what_cannot_be_read_at_all_is_counted_as_left_out() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let place = Place::new(&[("good.md", &tip("good")), ("Case.md", &tip("upper")), ("case.md", &tip("lower"))]);
    symlink("self.md", place.root().join("self.md")).expect("a link");
    let strange = place.root().join(OsStr::from_bytes(b"bad\xff.md"));
    let named = std::fs::write(&strange, tip("strange")).is_ok();
    let first = 1 + usize::from(named);
    let app = place.serve();
    assert_eq!(app.facts().broken, first, "of a new index");
    symlink("nowhere.md", place.root().join("lost.md")).expect("a link");
    eventually("a link to nothing", || app.facts().broken == first + 1);
    place.remove("self.md");
    place.remove("lost.md");
    eventually("mended", || app.facts().broken == usize::from(named));
    drop(app);
    let again = place.serve();
    eventually("of an index that was there", || again.facts().broken == usize::from(named));
}
