//! Commit days, with a repository made for the test.

use super::{library, put};
use chrono::NaiveDate;
use std::path::Path;
use std::process::Command;

pub(crate) fn git(root: &Path, day: &str, args: &[&str]) -> bool {
    let mut git = Command::new("git");
    git.arg("-C").arg(root).args(["-c", "user.name=T", "-c", "user.email=t@example.org"]).args(args);
    git.env("GIT_COMMITTER_DATE", format!("{day}T12:00:00Z")).env("GIT_AUTHOR_DATE", format!("{day}T12:00:00Z"));
    git.output().is_ok_and(|out| out.status.success())
}

fn day(text: &str) -> Option<NaiveDate> {
    text.parse().ok()
}

#[test]
fn each_file_has_the_day_of_its_last_commit() {
    let (dir, library) =
        library(&[("flowers/wire.md", "a"), ("花/ガーベラ \"quoted\".md", "b"), ("old.md", "c"), ("picture.png", "")]);
    put(dir.path(), "README.md", "not in the library");
    if !git(dir.path(), "2024-01-01", &["init", "-q"]) {
        return; // No git here.
    }
    assert!(git(dir.path(), "2024-02-03", &["add", "."]));
    assert!(git(dir.path(), "2024-02-03", &["commit", "-qm", "one"]));
    put(library.root(), "flowers/wire.md", "changed");
    assert!(git(dir.path(), "2025-05-06", &["commit", "-qam", "two"]));
    put(library.root(), "new.md", "never committed");
    let mut history = library.history();
    assert!(history.moved() && !history.moved(), "once for what was, then no more");
    let days = library.commit_days();
    assert_eq!(days.get("flowers/wire.md").copied(), day("2025-05-06"));
    assert_eq!(days.get("花/ガーベラ \"quoted\".md").copied(), day("2024-02-03"));
    assert_eq!(days.get("old.md").copied(), day("2024-02-03"));
    assert_eq!(days.len(), 3, "{days:?}");
    assert!(git(dir.path(), "2025-06-07", &["commit", "-q", "--allow-empty", "-m", "three"]));
    assert!(history.moved(), "and again for a commit");
    let some = library.commit_days_of(&["old.md", "new.md"]);
    assert_eq!(some.into_iter().collect::<Vec<_>>(), [("old.md".to_owned(), day("2024-02-03").expect("a day"))]);
}

#[test]
fn without_a_repository_there_are_no_days() {
    let (_dir, library) = library(&[("x.md", "")]);
    assert!(!library.history().moved());
    assert!(library.commit_days().is_empty());
    assert!(library.commit_days_of(&["x.md"]).is_empty());
}
