//! Reading: any bytes, any size, and what lies outside.

use super::{library, put};
use stemwire::tip::{Code, MAX_FILE_BYTES};

#[test]
fn text_is_read_with_how_it_looked() {
    let (_dir, library) = library(&[("a/x.md", "# Größe?\n")]);
    let (text, seen) = library.read("a/x.md").expect("there").expect("text");
    assert_eq!(text, "# Größe?\n");
    assert_eq!(seen, library.scan().expect("a scan").files[0]);
}

#[test]
fn what_is_not_there_or_not_a_tips_is_none() {
    let (dir, library) = library(&[("a/x.md", ""), (".git/config.md", ""), ("a/key.txt", "")]);
    put(dir.path(), "secret.md", "no");
    for file in ["a/y.md", "../secret.md", "a/../a/x.md", "/etc/passwd", "a//x.md", "./a/x.md", ".git/config.md", ""] {
        assert!(library.read(file).is_none(), "{file}");
    }
    assert!(library.read("a/key.txt").is_none());
    assert!(library.read("a\0.md").is_none());
}

#[test]
fn bytes_that_are_not_text_are_a_problem_with_its_place() {
    let (_dir, library) = library(&[]);
    std::fs::write(library.root().join("latin.md"), b"# Was?\n\nSch\xf6n.\n").expect("a file");
    std::fs::write(library.root().join("wide.md"), b"\xff\xfe#\0 \0W\0").expect("a file");
    let problem = library.read("latin.md").expect("there").expect_err("no text");
    assert_eq!((problem.code, problem.line, problem.column), (Code::NotText, 3, 4));
    let wide = library.read("wide.md").expect("there").expect_err("no text");
    assert_eq!((wide.code, wide.line, wide.column), (Code::NotText, 1, 1));
    assert!(wide.message.contains("UTF-16"), "{}", wide.message);
    assert_eq!(library.read_lossy("latin.md").as_deref(), Some("# Was?\n\nSch\u{fffd}n.\n"));
}

#[test]
fn too_much_is_a_problem_and_not_read() {
    let (_dir, library) =
        library(&[("fits.md", &"x".repeat(MAX_FILE_BYTES)), ("big.md", &"x".repeat(MAX_FILE_BYTES + 1))]);
    assert!(library.read("fits.md").expect("there").is_ok());
    let problem = library.read("big.md").expect("there").expect_err("too much");
    assert_eq!(problem.code, Code::TooLarge);
    assert_eq!(library.read_lossy("big.md"), None);
}

#[test]
fn pictures_and_papers_are_given_out_and_nothing_else() {
    let (dir, library) = library(&[
        ("a/pic.PNG", "png"),
        ("a/x.md", ""),
        ("a/run.html", ""),
        ("a/run.js", ""),
        (".hidden/pic.png", ""),
        ("a/guide.pdf", "pdf"),
    ]);
    put(dir.path(), "pic.png", "outside");
    assert_eq!(library.asset("a/pic.PNG"), Some((b"png".to_vec(), "image/png")));
    assert_eq!(library.asset("a/guide.pdf"), Some((b"pdf".to_vec(), "application/pdf")));
    for file in ["a/x.md", "a/run.html", "a/run.js", ".hidden/pic.png", "../pic.png", "a", "a/none.png"] {
        assert_eq!(library.asset(file), None, "{file}");
    }
    assert!(library.holds("a/run.js") && !library.holds("../pic.png") && !library.holds("a"));
}

#[cfg(unix)]
#[test]
fn links_out_and_pipes_are_problems_and_do_not_hang() {
    use std::os::unix::fs::symlink;
    let (dir, library) = library(&[]);
    put(dir.path(), "secret.md", "no");
    put(dir.path(), "secret.png", "no");
    symlink(dir.path().join("secret.md"), library.root().join("s.md")).expect("a link");
    symlink(dir.path().join("secret.png"), library.root().join("s.png")).expect("a link");
    symlink(dir.path(), library.root().join("up")).expect("a link");
    for file in ["s.md", "up/secret.md"] {
        let problem = library.read(file).expect("there").expect_err("outside");
        assert_eq!(problem.code, Code::LeavesLibrary, "{file}");
    }
    assert_eq!(library.asset("s.png"), None);
    assert_eq!(library.asset("up/secret.png"), None);
    let pipe = library.root().join("pipe.md");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().is_ok_and(|status| status.success());
    if made {
        assert_eq!(library.read("pipe.md").expect("there").expect_err("no file").code, Code::Unreadable);
        assert_eq!(library.scan().expect("a scan").files, []);
    }
}

#[test]
fn a_file_that_is_written_meanwhile_is_read_whole_or_not_at_all() {
    let (_dir, library) = library(&[("x.md", "start")]);
    let whole: Vec<String> = (0..50).map(|turn| format!("{turn:04}").repeat(2000)).collect();
    std::thread::scope(|scope| {
        let (writer, texts) = (library.clone(), &whole);
        let writing = scope.spawn(move || texts.iter().for_each(|text| writer.write("x.md", text).expect("written")));
        while !writing.is_finished() {
            let (text, _) = library.read("x.md").expect("never away").expect("text");
            assert!(text == "start" || whole.contains(&text), "a mixture of {} bytes", text.len());
        }
    });
}
