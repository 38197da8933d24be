//! What good files become: every key, every default, the text's parts.

use stemwire::tip::*;

const GERBERA: &str = "---
when: [buying, gift]
prevents: drooping
after: 3 days
wire: Two pieces of florist's wire, from the drawer under the till
---
# What do I do when my gerberas droop?

They tend to hang their heads after a few days. Coil a little wire round the stem and they stand up again.

Gerbera stems are soft and hollow, so they bend under the flower…
";

const SECTION: &str = "---
title: Gerbera daisies
aliases: [gerbera, gerber daisy, daisies]
issues:
  buying: [a bunch of, bouquet for, which flowers]
  gift:
  drooping:
    title: Stems droop
    says: [flopping over, heads hang down, gone limp]
---
Soft stems, long-lived heads.
";

fn sections() -> Sections {
    let (root, _) =
        parse_section("_index.md", "---\nowner: Kim\nreview: 6 months\nlang: en\n---\nNo customer calls twice.\n");
    let (gerbera, problems) = parse_section("flowers/gerbera/_index.md", SECTION);
    assert_eq!(problems, []);
    Sections::new([root.unwrap(), gerbera.unwrap()], [])
}

fn tip(file: &str, text: &str) -> Tip {
    let (draft, problems) = parse_tip(file, text);
    assert_eq!(problems, [], "{text}");
    let (tip, problems) = resolve(&draft.unwrap(), &sections(), None);
    assert_eq!(problems, [], "{text}");
    tip.unwrap()
}

#[test]
fn the_tip_of_the_format_page() {
    let tip = tip("flowers/gerbera/wire.md", GERBERA);
    assert_eq!(tip.id.as_str(), "flowers/gerbera/wire");
    assert_eq!(tip.question, "What do I do when my gerberas droop?");
    assert!(tip.say.starts_with("They tend to hang") && tip.say.ends_with("stand up again."));
    assert_eq!(tip.detail, "Gerbera stems are soft and hollow, so they bend under the flower…");
    assert_eq!(tip.products, [SectionId::new("flowers/gerbera")]);
    assert_eq!(tip.when, [IssueId::new("flowers/gerbera:buying"), IssueId::new("flowers/gerbera:gift")]);
    assert_eq!(tip.prevents, Some(IssueId::new("flowers/gerbera:drooping")));
    assert_eq!(tip.after, Some(After { min_days: 3.0, max_days: 3.0, text: "3 days".into() }));
    assert_eq!(tip.wire[0].label, "Two pieces of florist's wire, from the drawer under the till");
    assert_eq!((tip.expected, tip.expected_given), (0.3, false));
    assert_eq!((tip.owner.as_deref(), tip.lang.as_str()), (Some("Kim"), "en"));
    assert_eq!(tip.review, Some(Review::Every { months: 6, days: 0 }));
    assert_eq!(sections().directive().as_deref(), Some("No customer calls twice."));
}

fn front(lines: &str) -> Tip {
    tip("flowers/gerbera/x.md", &format!("---\n{lines}\n---\n# Q?\n\nA.\n"))
}

#[test]
fn every_key() {
    let tip = front(
        "product: Gerber-Daisy\nwhen: Buying\nafter: 2-5 days\nexpected: 1\nwire: ['[Guide](guide.pdf)', https://a.org, A vase]\n\
         asks: why limp\nsays: [a, b]\nkind: tip\ntheme: care\nstage: [opening, follow-up]\nmood: in-a-hurry\noccasion: anniversary\n\
         audience: agent\nowner: Ann\nreview: 2027-01-31\nverified: 2026-05-04\npromise: true\nagain: true\nlot: false\ndraft: true\nlang: pt-BR\n\
         tags: [one, 2, true story]\naliases: [/old/id.md]",
    );
    assert_eq!(tip.products, [SectionId::new("flowers/gerbera")]);
    assert_eq!(tip.when, [IssueId::new("flowers/gerbera:buying")]);
    let after = tip.after.unwrap();
    assert_eq!((after.min_days, after.max_days, after.text.as_str()), (2.0, 5.0, "2-5 days"));
    assert_eq!((tip.expected, tip.expected_given), (1.0, true));
    let wires: Vec<(&str, Option<&str>)> = tip.wire.iter().map(|w| (w.label.as_str(), w.url.as_deref())).collect();
    let guide = ("Guide", Some("/files/flowers/gerbera/guide.pdf"));
    assert_eq!(wires, [guide, ("https://a.org", Some("https://a.org")), ("A vase", None)]);
    assert_eq!((tip.asks, tip.says), (vec!["why limp".to_owned()], vec!["a".to_owned(), "b".to_owned()]));
    assert_eq!((tip.kind, tip.theme), (Kind::Tip, Some(Theme::Care)));
    assert_eq!((tip.stages, tip.moods), (vec![Stage::Opening, Stage::FollowUp], vec![Mood::InAHurry]));
    assert_eq!((tip.occasions, tip.audience), (vec!["anniversary".to_owned()], Audience::Agent));
    assert_eq!(tip.owner.as_deref(), Some("Ann"));
    assert_eq!(tip.review.map(|review| format!("{review:?}")).as_deref(), Some("On(2027-01-31)"));
    assert_eq!(tip.verified.map(|day| day.to_string()).as_deref(), Some("2026-05-04"));
    assert!(tip.promise && tip.draft && tip.again && !tip.lot);
    assert_eq!(tip.lang, "pt-br");
    assert_eq!(tip.tags, ["one", "2", "true story"]);
    assert_eq!(tip.aliases, [TipId::new("old/id")]);
}

#[test]
fn defaults() {
    let tip = tip("flowers/gerbera/x.md", "# Q?\n\nA.\n");
    assert_eq!((tip.products.len(), tip.when.len(), tip.prevents.clone(), tip.after.clone()), (1, 0, None, None));
    assert_eq!((tip.kind, tip.audience, tip.promise, tip.draft), (Kind::Tip, Audience::Customer, false, false));
    assert_eq!((tip.again, tip.lot, tip.takes_part()), (false, true, false), "nothing is tried that prevents nothing");
    assert_eq!((tip.owner.as_deref(), tip.lang.as_str(), tip.verified), (Some("Kim"), "en", None));
    assert_eq!(tip.review_by(), None);
    let (craft, _) = parse_tip("craft/x.md", "---\nkind: craft\n---\n# Q?\n\nA.\n");
    let day = chrono::NaiveDate::from_ymd_opt(2026, 5, 31);
    let craft = resolve(&craft.unwrap(), &sections(), day).0.unwrap();
    assert_eq!((craft.products.len(), craft.verified), (0, day));
    assert_eq!(craft.review_by(), chrono::NaiveDate::from_ymd_opt(2026, 11, 30), "six months from a 31st");
}

#[test]
fn one_key_in_all_its_spellings() {
    let days = |text: &str| {
        let after = front(&format!("after: {text}")).after.unwrap();
        (after.min_days, after.max_days)
    };
    assert_eq!(days("3 days"), (3.0, 3.0));
    assert_eq!(days("2–5 days"), (2.0, 5.0));
    assert_eq!(days("2 to 5 Days"), (2.0, 5.0));
    assert_eq!(days("1 week"), (7.0, 7.0));
    assert_eq!(days("a week"), (7.0, 7.0));
    assert_eq!(days("about two weeks"), (14.0, 14.0));
    assert_eq!(days("12 hours"), (0.5, 0.5));
    assert_eq!(days("1.5 days"), (1.5, 1.5));
    let list = [
        "when: [buying, gift]",
        "when:\n  - buying\n  - gift",
        "when:\n- buying\n- 'gift'",
        "when: [\n  buying,\n  gift ]",
    ];
    for lines in list {
        assert_eq!(front(lines).when.len(), 2, "{lines}");
    }
    assert_eq!(front("when:").when, []);
    assert_eq!(front("wire: >\n  Two pieces\n  of wire").wire[0].label, "Two pieces of wire");
    assert_eq!(front("tags: 0123").tags, ["0123"], "digits after a zero are text");
    assert_eq!(front("when: buying # or gift").when.len(), 1);
}

#[test]
fn toml_says_the_same_as_yaml() {
    let yaml = front(
        "when: [buying, gift]\nprevents: drooping\nafter: 3 days\nexpected: 0.5\nverified: 2026-05-04\ndraft: true",
    );
    let toml = "+++\nwhen = [\"buying\", \"gift\"]\nprevents = \"drooping\"\nafter = \"3 days\"\nexpected = 0.5\nverified = 2026-05-04\ndraft = true\n+++\n# Q?\n\nA.\n";
    assert_eq!(tip("flowers/gerbera/x.md", toml), yaml);
}

#[test]
fn unknown_keys_are_kept() {
    let text = "---\ncolour: {hue: 3, names: [red, 'no']}\n---\n# Q?\n\nA.\n";
    let (draft, problems) = parse_tip("a.md", text);
    assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::UnknownKey]);
    let tip = resolve(&draft.unwrap(), &Sections::new([], []), None).0.unwrap();
    assert_eq!(serde_json::Value::Object(tip.extra).to_string(), r#"{"colour":{"hue":3,"names":["red","no"]}}"#);
}

#[test]
fn the_text_in_its_parts() {
    let parts = |text: &str| {
        let tip = tip("a.md", text);
        (tip.question, tip.say, tip.detail)
    };
    let found = parts(
        "Before.\n\n# A *soft* [stem](https://a.org)?\n\n![](x.png)\n\n- list\n\nIt  is\n`soft` &amp; green.\n\n    code\n\nEnd.\n",
    );
    assert_eq!(found.0, "A soft stem?");
    assert_eq!(found.1, "It is soft & green.");
    assert_eq!(found.2, "Before.\n\n![](x.png)\n\n- list\n\n    code\n\nEnd.");
    let found = parts("---\ntitle: Why?\n---\nBecause.\n\nMore.\n");
    assert_eq!(found, ("Why?".into(), "Because.".into(), "More.".into()));
}

#[test]
fn an_answer_without_a_paragraph() {
    let said = |text: &str| {
        let (draft, problems) = stemwire::tip::parse_tip("a.md", text);
        let codes: Vec<&str> = problems.iter().map(|p| p.code.as_str()).collect();
        let tip = resolve(&draft.unwrap(), &Sections::new([], []), None).0;
        (tip.map(|tip| (tip.say, tip.detail)).unwrap_or_default(), codes.join(" "))
    };
    let of = |say: &str, detail: &str| (say.to_owned(), detail.to_owned());
    let steps = "1. Cut *them*.\n   - At a slant.\n2. Fresh water.";
    assert_eq!(said(&format!("# How?\n\n{steps}\n")), (of("Cut them.", steps), String::new()));
    let quote = "> Cut them.\n>\n> Then water.";
    assert_eq!(said(&format!("# How?\n\n{quote}\n")), (of("Cut them.", quote), String::new()));
    let code = "```\nnet use\n```";
    assert_eq!(said(&format!("# How?\n\n{code}\n")), (of("net use", code), "SW109".to_owned()));
    let both = "| a | b |\n|---|---|\n| c | d |\n\n- e";
    assert_eq!(said(&format!("# How?\n\n{both}\n")), (of("e", both), String::new()));
    assert_eq!(said("# How?\n\n![](x.png)\n\n## Why?\n").1, "SW007");
}

#[test]
fn names_of_files() {
    let id = |file: &str| id_of(file).map(|id| id.to_string());
    assert_eq!(id("flowers/gerbera/wire.md").as_deref(), Some("flowers/gerbera/wire"));
    assert_eq!(id("blumen/gru\u{308}n.md").as_deref(), Some("blumen/gr\u{fc}n"), "names of one look are one id");
    assert_eq!(id("花/枯れる.md").as_deref(), Some("花/枯れる"));
    for file in ["_index.md", "a/_index.md", "a.txt", ".md", "a//b.md", "../a.md", "a b.md", "a/.hidden.md"] {
        assert_eq!(id(file), None, "{file}");
    }
    assert_eq!(section_of("_index.md"), Some(SectionId::root()));
    assert_eq!(section_of("a/b/_index.md"), Some(SectionId::new("a/b")));
    assert_eq!(section_of("a/x_index.md"), None);
    assert_eq!(file_of(&TipId::new("a/b")), "a/b.md");
}

#[test]
fn a_lot_that_is_left_empty_is_asked_about() {
    let text = |lot: &str| format!("---\nlot:{lot}\n---\n# Q?\n\nA.\n");
    let (_, problems) = parse_tip("a.md", &text(""));
    let [problem] = problems.as_slice() else { panic!("{problems:?}") };
    assert_eq!((problem.code, problem.line), (Code::WrongValue, 2));
    assert_eq!(problem.message, "`lot` takes `true` or `false`, and this is empty.");
    assert_eq!(parse_tip("a.md", &text(" false")).1, []);
}
