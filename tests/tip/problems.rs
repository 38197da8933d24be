//! Codes with their pages, mends, and that no bytes make the reading stumble.

use proptest::prelude::*;
use stemwire::tip::*;

#[test]
fn every_code_has_a_page_that_helps() {
    let mut seen = std::collections::HashSet::new();
    for code in Code::ALL {
        let (number, page) = (code.as_str(), code.explain());
        assert!(seen.insert(number), "{number} twice");
        assert_eq!(Code::from_text(&number.to_lowercase()), Some(*code));
        assert_eq!(code.severity() == Severity::Error, number.starts_with("SW0"));
        assert!(page.starts_with(&format!("# {number}: ")), "{number}");
        assert!(page.split_whitespace().count() >= 40, "{number} says too little");
        assert!(!code.title().is_empty());
    }
    let pages = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/problems")).unwrap().count();
    assert_eq!(pages, Code::ALL.len(), "a page without its code");
}

/// What the pages show as right is right, and the guide's example too.
#[test]
fn the_guide_shows_whole_files() {
    let guide = include_str!("../../docs/editors.md");
    let tip = guide.split("```markdown\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    assert_eq!(parse_tip("flowers/gerbera/wire.md", tip).1, []);
    for key in [
        "product", "when", "prevents", "after", "expected", "wire", "asks", "says", "kind", "theme", "stage", "mood",
        "occasion", "audience", "owner", "verified", "promise", "draft", "lang", "aliases", "tags",
    ] {
        assert!(guide.contains(&format!("`{key}`")), "{key}");
    }
}

fn mend(text: &str) -> String {
    apply_fixes(text, &parse_tip("a/b.md", text).1)
}

#[test]
fn mends_what_is_safe_and_leaves_every_other_byte() {
    let text = "\u{feff}---\r\n# a comment\r\nReview: 2027/1/5   # soon\r\nwehn:   buying\r\ndraft: no\r\nstage: 'Follow up'\r\nmy-own: {a: 1}\r\nwire:two\r\n---\r\n# Q?\r\n\r\nA.\r\n";
    let mut mended = mend(text);
    for _ in 0..3 {
        mended = mend(&mended);
    }
    let expected = "\u{feff}---\r\n# a comment\r\nreview: 2027-01-05   # soon\r\nwhen:   buying\r\ndraft: false\r\nstage: 'Follow up'\r\nmy-own: {a: 1}\r\nwire: two\r\n---\r\n# Q?\r\n\r\nA.\r\n";
    assert_eq!(mended, expected);
    assert_eq!(mend(&mended), mended);
}

/// Else the page would show customers what is for agents alone.
#[test]
fn front_matter_whose_fence_is_none_is_told() {
    let codes = |text: &str| parse_tip("a/b.md", text).1.iter().map(|problem| problem.code).collect::<Vec<_>>();
    for fence in ["----", "—", "--", "- - -", ""] {
        let text = format!("{fence}\naudience: agent\nwhen: buying\n{fence}\n# Q?\n\nA.\n");
        assert!(codes(&text).contains(&Code::FrontMatter), "{fence:?}: {:?}", codes(&text));
    }
    assert_eq!(parse_section("a/_index.md", "----\nissues:\n  buying: [x]\n----\n# A\n").1.len(), 1);
    for text in ["# Q?\n\nA.\n\nowner: nobody\n", "Note: this is old.\n\n# Q?\n\nA.\n", "---\n\n# Q?\n\nA.\n"] {
        assert_eq!(codes(text), [], "{text}");
    }
}

#[test]
fn a_key_that_is_indented_is_told_as_such() {
    let problems = parse_tip("a/b.md", "---\nwhen: buying\n  prevents: drooping\n  after: 3 days\n---\n# Q?\n\nA.\n").1;
    assert!(problems[0].message.contains("indented"), "{problems:?}");
    let problems = parse_tip("a/b.md", "---\nwire: Note: two pieces\n---\n# Q?\n\nA.\n").1;
    assert!(problems[0].message.contains("colon"), "{problems:?}");
}

#[test]
fn a_line_that_nobody_has_written_yet_is_not_said() {
    let text = |draft: bool| format!("---\ndraft: {draft}\n---\n# Q?\n\n{UNWRITTEN}\n");
    assert_eq!(parse_tip("a/b.md", &text(true)).1, []);
    let problems = parse_tip("a/b.md", &text(false)).1;
    assert_eq!(problems.iter().map(|problem| problem.code).collect::<Vec<_>>(), [Code::NoAnswer]);
}

#[test]
fn a_tab_becomes_spaces() {
    let mended = mend("---\nsays:\n\t- one\n\t- two\n---\n# Q?\n\nA.\n");
    assert_eq!(mend(&mended), "---\nsays:\n  - one\n  - two\n---\n# Q?\n\nA.\n");
}

#[test]
fn fixes_that_overlap_or_do_not_fit_are_left() {
    let fix = |span: std::ops::Range<usize>, text: &str| {
        Problem::whole(Code::WrongValue, "a.md", "", "").with_fix("", span, text)
    };
    assert_eq!(
        apply_fixes("aéb", &[fix(3..4, "X"), fix(0..3, "Y"), fix(1..2, "Z"), fix(0..9, "W"), fix(2..2, "V")]),
        "YX"
    );
}

#[test]
fn bytes_become_text_or_a_problem() {
    assert_eq!(decode("a.md", "# Q?".into()), Ok("# Q?".to_owned()));
    let problem = decode("a.md", b"# Q?\n\nCaf\xe9".to_vec()).unwrap_err();
    assert_eq!((problem.code, problem.line, problem.column), (Code::NotText, 3, 4));
    assert_eq!(decode("a.md", vec![b'a'; MAX_FILE_BYTES + 1]).unwrap_err().code, Code::TooLarge);
}

/// Lines of front matter, good and bad, and texts, thrown together.
fn twisted() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "---\n",
        "+++\n",
        "...\n",
        "---",
        "\r\n",
        "\n",
        "\n\n",
        " ",
        "  ",
        "\t",
        "when: ",
        "prevents: ",
        "wire: ",
        "review: ",
        "promise: true\n",
        "title: ",
        "lang: ",
        "aliases: ",
        "issues:\n",
        "  drooping: ",
        "says: ",
        "when = ",
        "[a]\n",
        "[[a]]\n",
        "expected: ",
        "after: ",
        "x: ",
        ": ",
        ":",
        "- ",
        "? ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        "\"",
        "|\n",
        ">\n",
        "&a ",
        "*a ",
        "!!str ",
        "!x ",
        "%YAML 1.2\n",
        "@",
        "`",
        "# ",
        "#",
        "\\",
        "\\u",
        "2026-11-12",
        "3 days",
        "0.5",
        "1e9999",
        "true",
        "null",
        "~",
        "<<: ",
        "a",
        "b c",
        "é",
        "日本",
        "🌼",
        "\u{feff}",
        "\u{202e}",
        "\u{85}",
        "\u{2028}",
        "Q?\n\n",
        "We will refund you.",
        "[x](y.md)",
        "![x](../../y.png)",
        "<b>",
        "<!--",
        "===\n",
        "\u{0}",
        "\u{7f}",
    ]);
    (prop::collection::vec(pieces, 0..30), any::<bool>()).prop_map(|(pieces, fenced)| {
        if fenced { format!("---\n{}\n---\n# Q?\n\nA.\n", pieces.concat()) } else { pieces.concat() }
    })
}

/// Reads a text as everything it could be; the places of all problems must lie in it, and mending must come to rest.
fn read_all(text: &str) {
    let sections = Sections::new(parse_section("a/_index.md", text).0, []);
    let (draft, mut problems) = parse_tip("a/b.md", text);
    let draft = draft.into_iter().next();
    let mut tip = None;
    if let Some(draft) = &draft {
        let (resolved, more) = resolve(draft, &sections, None);
        problems.extend(more);
        assert_eq!(resolved.is_none(), problems.iter().any(Problem::is_error));
        tip = resolved;
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
        let view = LibraryView { sections: &sections, tips: vec![(draft, tip.as_ref())], files: None, today };
        problems.extend(check_together(&view));
    }
    for problem in problems.iter().filter(|problem| problem.file == "a/b.md") {
        assert!(text.get(problem.span.clone()).is_some(), "{problem:?}");
        assert!(
            problem.line >= 1 && problem.column >= 1 && problem.line <= text.lines().count().max(1) + 1,
            "{problem:?}"
        );
        assert!(!problem.message.is_empty() && !problem.help.is_empty());
        assert!(!problem.message.contains(|c: char| c.is_control()), "{problem:?}");
    }
    if let Some(tip) = tip {
        assert!(!tip.question.is_empty() && !tip.say.is_empty() && !tip.say.contains('\n'));
    }
    let mut mended = text.to_owned();
    for _ in 0..20 {
        mended = mend(&mended);
    }
    assert_eq!(mend(&mended), mended, "mending comes to rest");
}

proptest! {
    #![proptest_config(crate::tip::rounds())]

    #[test]
    fn twisted_files_are_read_to_their_end(text in twisted()) {
        read_all(&text);
    }

    #[test]
    fn any_bytes_are_read_to_their_end(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        read_all(&String::from_utf8_lossy(&bytes));
        let _ = decode("a/b.md", bytes);
    }

    #[test]
    fn any_name_is_an_id_or_not(name in any::<String>()) {
        let file = format!("{name}.md");
        if let Some(id) = id_of(&file) {
            prop_assert!(TipId::valid(id.as_str()));
            prop_assert!(!file_of(&id).contains(".."));
        } else {
            prop_assert!(section_of(&file).is_some() || parse_tip(&file, "# Q?\n\nA.\n").0.is_none());
        }
    }
}

#[test]
fn a_link_to_nothing_is_named_without_what_a_screen_hides() {
    read_all("# Q?\n\nA [b\u{10}c][d\u{1b}e] stem.\n");
}
