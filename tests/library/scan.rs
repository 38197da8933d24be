//! What a walk sees, passes over and reports.

use super::{library, put};
use stemwire::library::{Library, LibraryError, Scan};
use stemwire::tip::Code;

fn files(scan: &Scan) -> Vec<&str> {
    scan.files.iter().map(|seen| seen.file.as_str()).collect()
}

fn problems(scan: &Scan) -> Vec<(&str, Code)> {
    scan.problems.iter().map(|p| (p.file.as_str(), p.code)).collect()
}

#[test]
fn every_markdown_file_in_any_script_is_seen_and_nothing_else() {
    let (_dir, library) = library(&[
        ("_index.md", ""),
        ("flowers/gerbera/wire.md", "a"),
        ("花/ガーベラ.md", "b"),
        ("قسم/ورد.md", "c"),
        ("flowers/photo.png", ""),
        ("flowers/notes.markdown", ""),
        ("flowers/.wire.md.swp", ""),
        ("flowers/.#wire.md", ""),
        (".git/HEAD.md", ""),
        (".obsidian/x.md", ""),
        ("web/node_modules/a/README.md", ""),
    ]);
    let scan = library.scan().expect("a scan");
    assert_eq!(files(&scan), ["_index.md", "flowers/gerbera/wire.md", "قسم/ورد.md", "花/ガーベラ.md"]);
    assert_eq!(scan.problems, []);
    assert_eq!(scan.files[1].size, 1);
    assert!(scan.files[1].modified_ns > 0);
    assert!(!scan.links && !scan.bare);
}

#[test]
fn a_scan_below_a_folder_sees_only_that_folder() {
    let (_dir, library) = library(&[("a/x.md", ""), ("a/b/y.md", ""), ("ab/z.md", "")]);
    assert_eq!(files(&library.scan_below("a").expect("a scan")), ["a/b/y.md", "a/x.md"]);
    assert_eq!(files(&library.scan_below("nowhere").expect("a scan")), Vec::<&str>::new());
    assert_eq!(files(&library.scan_below("../..").expect("a scan")), Vec::<&str>::new());
}

#[test]
fn a_folder_that_ends_in_md_is_a_folder() {
    let (_dir, library) = library(&[("odd.md/x.md", "")]);
    assert_eq!(files(&library.scan().expect("a scan")), ["odd.md/x.md"]);
}

#[test]
fn an_empty_root_is_bare_and_a_missing_one_is_missing() {
    let (dir, library) = library(&[]);
    assert!(library.scan().expect("a scan").bare);
    std::fs::rename(dir.path().join("tips"), dir.path().join("elsewhere")).expect("moved");
    assert!(matches!(library.scan(), Err(LibraryError::Missing(_))));
    assert!(matches!(Library::open(&dir.path().join("tips")), Err(LibraryError::Missing(_))));
    std::fs::write(dir.path().join("tips"), "a file").expect("a file");
    assert!(matches!(library.scan(), Err(LibraryError::Missing(_))));
}

#[cfg(unix)]
mod links {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn links_inside_are_followed_and_ways_out_are_reported() {
        let (dir, library) = library(&[("a/x.md", "text"), ("shared/one.md", "")]);
        put(dir.path(), "outside/secret.md", "no");
        let root = library.root();
        symlink(root.join("a"), root.join("inside")).expect("a link");
        symlink("../shared/one.md", root.join("a/two.md")).expect("a link");
        symlink(dir.path().join("outside"), root.join("out")).expect("a link");
        symlink(dir.path().join("outside/secret.md"), root.join("a/secret.md")).expect("a link");
        symlink("nowhere.md", root.join("a/dangling.md")).expect("a link");
        let scan = library.scan().expect("a scan");
        assert_eq!(files(&scan), ["a/two.md", "a/x.md", "inside/two.md", "inside/x.md", "shared/one.md"]);
        let leaves = |file| (file, Code::LeavesLibrary);
        let expected = ["a/dangling.md", "a/secret.md", "inside/dangling.md", "inside/secret.md", "out"].map(leaves);
        assert_eq!(problems(&scan), expected);
        assert!(scan.links);
        assert!(scan.folders.iter().all(|folder| !folder.ends_with("out")), "what lies outside is not watched");
    }

    #[test]
    fn loops_are_reported_and_end() {
        let (_dir, library) = library(&[("a/x.md", "")]);
        let root = library.root();
        symlink(root, root.join("a/up")).expect("a link");
        symlink(root.join("me.md"), root.join("me.md")).expect("a link");
        let scan = library.scan().expect("a scan");
        assert_eq!(files(&scan), ["a/x.md"]);
        assert_eq!(problems(&scan), [("a/up", Code::LeavesLibrary), ("me.md", Code::LeavesLibrary)]);
    }

    #[test]
    fn a_root_that_is_a_link_is_a_root_like_any_other() {
        let (dir, library) = library(&[("a/x.md", "")]);
        let link = dir.path().join("current");
        symlink(library.root(), &link).expect("a link");
        let linked = Library::open(&link).expect("a library");
        assert_eq!(files(&linked.scan().expect("a scan")), ["a/x.md"]);
        assert_ne!(linked.identity(), None);
        assert_eq!(linked.identity(), library.identity());
    }

    #[test]
    fn a_name_that_is_not_text_is_reported() {
        use std::os::unix::ffi::OsStrExt;
        let (_dir, library) = library(&[("a.md", "")]);
        let name = std::ffi::OsStr::from_bytes(b"caf\xe9.md");
        if std::fs::write(library.root().join(name), "text").is_err() {
            return; // This disk knows only names that are text.
        }
        let scan = library.scan().expect("a scan");
        assert_eq!(files(&scan), ["a.md"]);
        assert_eq!(problems(&scan), [("caf\u{fffd}.md", Code::FileName)]);
    }

    #[test]
    fn a_folder_that_may_not_be_read_hides_what_lies_there() {
        use std::os::unix::fs::PermissionsExt;
        let (_dir, library) = library(&[("open/x.md", ""), ("shut/y.md", "")]);
        let shut = library.root().join("shut");
        std::fs::set_permissions(&shut, PermissionsExt::from_mode(0o000)).expect("a mode");
        let may_read = std::fs::read_dir(&shut).is_ok();
        let scan = library.scan().expect("a scan");
        std::fs::set_permissions(&shut, PermissionsExt::from_mode(0o755)).expect("a mode");
        if may_read {
            // The administrator reads everything.
            assert_eq!(files(&scan), ["open/x.md", "shut/y.md"]);
        } else {
            assert_eq!(files(&scan), ["open/x.md"]);
            assert_eq!(problems(&scan), [("shut", Code::Unreadable)]);
            assert_eq!(scan.unseen, ["shut"]);
        }
    }
}

#[test]
fn a_walk_survives_files_that_come_and_go() {
    let (_dir, library) = library(&[("steady.md", "")]);
    let root = library.root().to_owned();
    std::thread::scope(|scope| {
        let (stop, stopped) = std::sync::mpsc::channel::<()>();
        scope.spawn(move || {
            let mut turn = 0;
            while let Err(std::sync::mpsc::TryRecvError::Empty) = stopped.try_recv() {
                let folder = root.join(format!("f{}", turn % 5));
                let _ = std::fs::create_dir(&folder);
                let _ = std::fs::write(folder.join("x.md"), "x");
                let _ = std::fs::rename(&folder, root.join("moved"));
                let _ = std::fs::remove_dir_all(root.join("moved"));
                turn += 1;
            }
        });
        for _ in 0..200 {
            let scan = library.scan().expect("a scan");
            assert_eq!(scan.files.last().map(|s| s.file.as_str()), Some("steady.md"));
            assert_eq!(scan.problems, []);
        }
        drop(stop);
    });
}
