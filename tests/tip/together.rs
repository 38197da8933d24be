//! Sections as a tree, and what shows only when all files are seen together.

use chrono::NaiveDate;
use std::collections::HashSet;
use stemwire::tip::*;

fn check(files: &[(&str, &str)]) -> Vec<(String, &'static str, String)> {
    let mut sections = Vec::new();
    let mut drafts = Vec::new();
    for (file, text) in files {
        if section_of(file).is_some() {
            sections.extend(parse_section(file, text).0);
        } else if file.ends_with(".md") {
            drafts.extend(parse_tip(file, text).0);
        }
    }
    let sections = Sections::new(sections, drafts.iter().map(|draft| draft.id().section()));
    let tips: Vec<Option<Tip>> = drafts.iter().map(|draft| resolve(draft, &sections, None).0).collect();
    let names: HashSet<String> = files.iter().map(|(file, _)| (*file).to_owned()).collect();
    let tips = drafts.iter().zip(tips.iter().map(Option::as_ref)).collect();
    let today = NaiveDate::from_ymd_opt(2026, 11, 22).unwrap();
    let found = check_together(&LibraryView { sections: &sections, tips, files: Some(&names), today });
    found.into_iter().map(|p| (format!("{}:{}:{}", p.file, p.line, p.column), p.code.as_str(), p.message)).collect()
}

#[test]
fn ids_and_aliases_lead_to_one_tip() {
    let tip = |question: &str, aliases: &str| format!("---\naliases: [{aliases}]\n---\n# {question}?\n\nYes.\n");
    let found = check(&[
        ("a/one.md", &tip("Is this one of them", "a/one, a/old")),
        ("a/One.md", &tip("Is that the second file", "")),
        ("a/three.md", &tip("Does it claim two names", "a/OLD, a/one")),
    ]);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, code, _)| (at.as_str(), *code)).collect();
    assert_eq!(found, [("a/One.md:1:1", "SW008"), ("a/three.md:2:11", "SW008"), ("a/three.md:2:18", "SW008")]);
}

#[test]
fn links_lead_somewhere() {
    let body = "# Q?\n\n[a](b.md) [b](/x/b) [c](../x/) [d](old.md) [e](p.png#x) ![f](p.png) [g](https://a.org) [h](#here)\n\n\
                [i](c.md) ![j](q.png) [k](B.md)\n";
    let found = check(&[
        ("x/a.md", body),
        ("x/b.md", "---\naliases: x/old\n---\n# Why?\n\nSo.\n"),
        ("x/p.png", ""),
        ("_index.md", "---\ntitle: T\n---\nSee [a](x/a.md) and [b](y/a.md).\n"),
    ]);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, code, _)| (at.as_str(), *code)).collect();
    assert_eq!(
        found,
        [("_index.md:4:21", "SW009"), ("x/a.md:5:1", "SW009"), ("x/a.md:5:11", "SW009"), ("x/a.md:5:23", "SW009")]
    );
}

#[test]
fn one_question_is_answered_once() {
    let found = check(&[
        ("a/one.md", "# How much water do my cut flowers need?\n\nA hand.\n"),
        ("a/two.md", "# How much water do the cut flowers need?\n\nA hand.\n"),
        ("a/b/three.md", "# how MUCH water, do my cut flowers need\n\nA hand.\n"),
        ("c/four.md", "# How much water do my cut flowers need?\n\nAnother product.\n"),
        ("a/five.md", "# How much light do my potted herbs need?\n\nLots.\n"),
        ("a/six.md", "# Is it safe?\n\nYes.\n"),
        ("a/seven.md", "# Is it late?\n\nNo.\n"),
        ("a/draft.md", "---\ndraft: true\n---\n# Is it safe?\n\nYes.\n"),
    ]);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, code, _)| (at.as_str(), *code)).collect();
    assert_eq!(found, [("a/b/three.md:1:1", "SW103"), ("a/two.md:1:1", "SW103")]);
}

#[test]
fn a_large_library_is_compared_in_one_go() {
    let words = ["water", "light", "vase", "stem", "leaf", "bulb", "soil", "frost", "cut", "feed", "tag"];
    let text = |n: usize| {
        let word = |k: usize| words[n / 11usize.pow(k as u32) % 11];
        format!("# How does the {} of number {n} go with {} and {} at home?\n\nWell.\n", word(0), word(1), word(2))
    };
    let files: Vec<(String, String)> = (0..10_000).map(|n| (format!("a/t{n}.md"), text(n % 9_990))).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(file, text)| (file.as_str(), text.as_str())).collect();
    let found = check(&files);
    let twins = found.iter().filter(|(at, code, _)| *code == "SW103" && at.starts_with("a/t999")).count();
    assert!(twins >= 10, "{twins}");
}

#[test]
fn tips_that_never_come_and_tips_past_their_day() {
    let issues = "---\nissues: {buying: [get], drooping: [limp]}\nreview: 6 months\n---\n";
    let found = check(&[
        ("a/_index.md", issues),
        ("b/_index.md", ""),
        ("a/late.md", "---\nwhen: drooping\nprevents: drooping\n---\n# Is it too late?\n\nYes.\n"),
        ("a/fine.md", "---\nwhen: [buying, drooping]\nprevents: drooping\n---\n# Is it early?\n\nYes.\n"),
        ("b/other.md", "---\nwhen: a:buying\n---\n# Is it elsewhere?\n\nYes.\n"),
        ("a/old.md", "---\nverified: 2026-05-21\n---\n# Is it old?\n\nYes.\n"),
        ("a/young.md", "---\nverified: 2026-05-22\n---\n# Is it young?\n\nYes.\n"),
        ("a/day.md", "---\nreview: 2026-11-21\n---\n# Has its day gone?\n\nYes.\n"),
    ]);
    let found: Vec<(&str, &str)> = found.iter().map(|(at, code, _)| (at.as_str(), *code)).collect();
    let expected =
        [("a/day.md:2:9", "SW104"), ("a/late.md:2:7", "SW102"), ("a/old.md:1:1", "SW104"), ("b/other.md:2:7", "SW102")];
    assert_eq!(found, expected);
}

#[test]
fn issues_are_handed_down_and_words_added() {
    let section = |file: &str, text: &str| {
        let (section, problems) = parse_section(file, text);
        assert_eq!(problems, []);
        section.unwrap()
    };
    let sections = Sections::new(
        [
            section(
                "_index.md",
                "---\nissues:\n  returning: [bring back]\n---\n# Everything\n\nNo *customer* calls twice.\n",
            ),
            section(
                "f/_index.md",
                "---\nissues:\n  drooping: {title: Stems droop, says: [limp]}\n  late-delivery:\n---\n",
            ),
            section(
                "f/g/_index.md",
                "---\naliases: [Gerber Daisy]\nissues:\n  drooping: [floppy, limp]\n  Returning: [swap]\n---\n",
            ),
            section("h/g/_index.md", "---\ntitle: Hardy ones\n---\n"),
        ],
        [],
    );
    let at = SectionId::new("f/g");
    let seen: Vec<(String, String, Vec<String>)> =
        sections.issues_at(&at).into_iter().map(|issue| (issue.id.to_string(), issue.title, issue.says)).collect();
    let says = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    assert_eq!(
        seen,
        [
            ("returning".to_owned(), "Returning".to_owned(), says(&["bring back", "swap"])),
            ("f:drooping".to_owned(), "Stems droop".to_owned(), says(&["limp", "floppy"])),
            ("f:late-delivery".to_owned(), "Late delivery".to_owned(), says(&[])),
        ]
    );
    assert_eq!(sections.resolve_issue(&at, "Late delivery"), Some(IssueId::new("f:late-delivery")));
    assert_eq!(sections.resolve_issue(&at, "f/g:drooping"), Some(IssueId::new("f:drooping")));
    assert_eq!(sections.resolve_issue(&SectionId::new("h"), "drooping"), None);
    assert_eq!(sections.near_issues(&SectionId::new("h"), "drooping"), ["f:drooping", "f/g:drooping"]);
    assert_eq!(sections.directive().as_deref(), Some("No customer calls twice."));
    let root = SectionId::root();
    let product = |from: &SectionId, text: &str| sections.resolve_product(from, text);
    assert_eq!(product(&root, "gerber-daisy"), Ok(at.clone()));
    assert_eq!(product(&root, "F/G/"), Ok(at.clone()));
    assert_eq!(product(&root, "hardy ones"), Ok(SectionId::new("h/g")));
    assert_eq!(product(&root, "g"), Err(NoProduct::Ambiguous(vec![at.clone(), SectionId::new("h/g")])));
    assert_eq!(product(&at, "g"), Ok(at.clone()), "the one in which the tip lies");
    assert_eq!(product(&root, "gerber dasy"), Err(NoProduct::Unknown(vec![at])));
}
