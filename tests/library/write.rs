//! Writing and deleting: whole or not at all, and never outside.

use super::{library, put};
use stemwire::library::LibraryError;

#[test]
fn a_file_is_made_with_its_folders_and_replaced() {
    let (_dir, library) = library(&[]);
    library.write("a/b/x.md", "one").expect("written");
    library.write("a/b/x.md", "two").expect("written");
    assert_eq!(library.read("a/b/x.md").expect("there").expect("text").0, "two");
    let left: Vec<_> = std::fs::read_dir(library.root().join("a/b")).expect("a folder").collect();
    assert_eq!(left.len(), 1, "no temporary file stays");
}

#[test]
fn a_new_file_is_never_put_over_an_old_one() {
    let (_dir, library) = library(&[("a/x.md", "old")]);
    assert!(matches!(library.create("a/x.md", "new"), Err(LibraryError::Exists(file)) if file == "a/x.md"));
    library.create("b/y.md", "new").expect("written");
    assert_eq!(library.read("a/x.md").expect("there").expect("text").0, "old");
    assert_eq!(library.read("b/y.md").expect("there").expect("text").0, "new");
}

#[test]
fn what_would_leave_the_library_or_is_passed_over_is_refused() {
    let (dir, library) = library(&[("a/x.md", ""), ("dir.md/x.md", "")]);
    for file in [
        "../x.md",
        "a/../../x.md",
        "/etc/x.md",
        ".git/x.md",
        "a/.x.md",
        "node_modules/x.md",
        "a/x.txt",
        "a",
        "",
        "dir.md",
    ] {
        assert!(matches!(library.write(file, "t"), Err(LibraryError::Refused(_))), "{file}");
        assert!(matches!(library.create(file, "t"), Err(LibraryError::Refused(_))), "{file}");
    }
    assert!(matches!(library.delete("../x.md"), Err(LibraryError::Refused(_))));
    assert_eq!(std::fs::read_dir(dir.path()).expect("a folder").count(), 1);
}

#[test]
fn deleting_takes_the_empty_folders_along_and_no_more() {
    let (_dir, library) = library(&[("a/b/c/x.md", ""), ("a/y.md", "")]);
    assert!(library.delete("a/b/c/x.md").expect("deleted"));
    assert!(!library.root().join("a/b").exists());
    assert!(library.root().join("a/y.md").exists());
    assert!(!library.delete("a/b/c/x.md").expect("nothing there"));
    assert!(library.delete("a/y.md").expect("deleted"));
    assert!(library.root().is_dir(), "the root stays");
}

#[cfg(unix)]
mod unix {
    use super::*;
    use std::os::unix::fs::{PermissionsExt, symlink};

    fn mode(path: &std::path::Path) -> u32 {
        std::fs::metadata(path).expect("a file").permissions().mode() & 0o777
    }

    #[test]
    fn the_mode_stays() {
        let (_dir, library) = library(&[("x.md", "")]);
        let path = library.root().join("x.md");
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o640)).expect("a mode");
        library.write("x.md", "new").expect("written");
        assert_eq!(mode(&path), 0o640);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).expect("a mode");
        assert!(matches!(library.write("x.md", "newer"), Err(LibraryError::Io { .. })));
        assert_eq!(library.read("x.md").expect("there").expect("text").0, "new");
    }

    #[test]
    fn links_inside_are_written_through_and_ways_out_are_refused() {
        let (dir, library) = library(&[("shared/one.md", "one")]);
        let root = library.root();
        put(dir.path(), "outside/secret.md", "secret");
        symlink("shared/one.md", root.join("two.md")).expect("a link");
        symlink(dir.path().join("outside"), root.join("out")).expect("a link");
        symlink(dir.path().join("outside/secret.md"), root.join("s.md")).expect("a link");
        symlink(dir.path().join("outside/new.md"), root.join("n.md")).expect("a link");
        library.write("two.md", "both").expect("written");
        assert!(root.join("two.md").is_symlink());
        assert_eq!(library.read("shared/one.md").expect("there").expect("text").0, "both");
        for file in ["out/x.md", "out/deep/x.md", "s.md", "n.md"] {
            assert!(matches!(library.write(file, "t"), Err(LibraryError::Refused(_))), "{file}");
        }
        assert!(matches!(library.delete("out/secret.md"), Err(LibraryError::Refused(_))));
        let outside: Vec<_> = std::fs::read_dir(dir.path().join("outside")).expect("a folder").collect();
        assert_eq!(outside.len(), 1);
        assert_eq!(std::fs::read_to_string(dir.path().join("outside/secret.md")).expect("text"), "secret");
        assert!(library.delete("s.md").expect("the link goes, not what it leads to"));
        assert!(dir.path().join("outside/secret.md").exists());
    }
}
