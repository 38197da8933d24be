//! Bad files: each is read to its end, and what is wrong is said in full. The snapshot is the list of messages.

use chrono::NaiveDate;
use std::collections::HashSet;
use std::fmt::Write;
use std::path::Path;
use stemwire::tip::*;

fn sections() -> Sections {
    let gerbera = "---\ntitle: Gerbera daisies\nissues: {buying: [bouquet], gift: [present], drooping: [limp]}\n---\n";
    let mut written = Vec::new();
    for (file, text) in
        [("flowers/gerbera/_index.md", gerbera), ("flowers/tulip/_index.md", ""), ("bulbs/tulip/_index.md", "")]
    {
        let (section, problems) = parse_section(file, text);
        assert_eq!(problems, []);
        written.extend(section);
    }
    Sections::new(written, [])
}

/// All problems of one file in a library of its own, as `check` would find them.
fn problems(file: &str, bytes: &[u8]) -> (String, Vec<Problem>) {
    let text = match decode(file, bytes.to_vec()) {
        Ok(text) => text,
        Err(problem) => return (String::new(), vec![*problem]),
    };
    let sections = sections();
    let (draft, mut problems) = parse_tip(file, &text);
    if let Some(draft) = draft {
        let (tip, more) = resolve(&draft, &sections, None);
        problems.extend(more);
        assert_eq!(
            tip.is_none(),
            problems.iter().any(Problem::is_error),
            "{file}: no tip exactly where there is an error"
        );
        let files = HashSet::new();
        let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let tips = vec![(&draft, tip.as_ref())];
        problems.extend(check_together(&LibraryView { sections: &sections, tips, files: Some(&files), today }));
    }
    (text, problems)
}

fn list(file: &str, bytes: &[u8]) -> String {
    let (text, problems) = problems(file, bytes);
    let mut out = format!("## {file}\n");
    for problem in &problems {
        let Problem { code, line, column, message, help, span, .. } = problem;
        let shown: String = text.get(span.clone()).unwrap_or_default().escape_debug().take(60).collect();
        writeln!(out, "{} {line}:{column} |{shown}| {message}", code.as_str()).unwrap();
        writeln!(out, "      = {help}").unwrap();
        if let Some(fix) = &problem.fix {
            writeln!(out, "      ~ {}", fix.title).unwrap();
        }
    }
    out
}

#[test]
fn every_bad_tip() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad_tips");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(files.len() >= 30);
    let mut all = String::new();
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        all += &list(&format!("flowers/gerbera/{name}"), &std::fs::read(&path).unwrap());
        all.push('\n');
    }
    insta::assert_snapshot!(all);
}

#[test]
fn bytes_that_git_would_rather_not_keep() {
    let mut all = String::new();
    all += &list("flowers/gerbera/latin1.md", b"# Caf\xe9?\n\nNo.\n");
    all += &list("flowers/gerbera/wide.md", b"\xff\xfe#\0 \0A\0?\0");
    all += &list("flowers/gerbera/nul.md", b"# What of NUL?\n\nA half-written file\0\0\0 has them.\n");
    all += &list("flowers/gerbera/one_long_line.md", &[b"# ".as_slice(), &vec![b'x'; 5_000_000]].concat());
    all += &list("flowers/gerbera/many keys?.md", b"# A name with spaces?\n\nIs no address.\n");
    all += &list("flowers/gerbera/\u{202e}dm.md", b"# A name that hides?\n\nIs no address.\n");
    insta::assert_snapshot!(all);
}

/// Sizes at which anything worse than linear would be felt: each is read in the blink that the test takes.
#[test]
fn large_and_twisted_texts_come_to_an_end() {
    let front = |inner: String| format!("---\n{inner}\n---\n# Q?\n\nA.\n");
    let texts = [
        front("a: ".repeat(60_000)),
        front(format!("tags: {}", "[".repeat(200_000))),
        front(format!("tags: {}", "{a: ".repeat(100_000))),
        front((0..90_000).map(|n| format!("k{n}: 1\n")).collect()),
        front((0..50_000).map(|n| format!("k{n}: 'open\n")).collect()),
        front("- ".repeat(200_000)),
        front("? ".repeat(200_000)),
        front(format!("tags: [{}]", "a, ".repeat(200_000))),
        front(format!("wire: {}", "'".repeat(300_001))),
        format!("+++\na = {}\n+++\n# Q?\n\nA.\n", "[".repeat(200_000)),
        format!("+++\n{}\n+++\n# Q?\n\nA.\n", "[a.b.c.d]\n".repeat(20_000)),
        format!("# Q?\n\n{}", ">".repeat(300_000)),
        format!("# Q?\n\n{}", "[".repeat(300_000)),
        format!("# Q?\n\n{}", "*a _b ".repeat(100_000)),
        format!("# Q?\n\n{}", "<b>".repeat(200_000)),
        format!("# Q?\n\n{}", "<script>\n\n".repeat(50_000)),
        format!("# Q?\n\nx {}", "<script></b ".repeat(50_000)),
        format!("# Q?\n\n{}", "<a \"".repeat(100_000)),
        format!("# Q?\n\nA.\n\n<p\n{}", "<a".repeat(500_000)),
        format!("# Q?\n\nA.\n\n<p\n{}", "<a ".repeat(300_000)),
        format!("# Q?\n\nA.\n\n<p\n{}>", "<a \"x' ".repeat(150_001)),
        format!("# Q?\n\nA.\n\n<p\n{}", "<script".repeat(140_000)),
        format!("# Q?\n\nA.\n\n<p\n{}", "<!a".repeat(300_000)),
        format!("# Q?\n\nA.\n\n<p>\n{}", "&amp".repeat(250_000)),
        format!("# Q?\n\nA.\n\n<p>\n{}", "<li>".repeat(250_000)),
        format!("# Q?\n\n{}", "http://a.b/(((".repeat(60_000)),
        format!("# Q?\n\n|a|\n|-|\n{}", "|".repeat(100_000)),
        format!("# Q?\n\n{}", "- ".repeat(100_000)),
        format!("# Q?\n\n{}", "[^1]: ".repeat(50_000)),
    ];
    for text in texts {
        let (_, problems) = problems("flowers/gerbera/twisted.md", text.as_bytes());
        assert!(problems.len() < 10_000);
        let html = render_html(&text, &TipId::new("a/b"));
        assert!(html.len() < 40 * text.len() + 1000, "{} {}", html.len(), &text[..40]);
        plain_text(&text);
    }
}
