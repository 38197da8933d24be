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
