//! Fits, gates and silence on situations made by hand: the numbers that the cases in `tests/cases` rest on.

use super::made::{answer, buying, candidate, chosen, gerbera, heard, question, tip, today};
use stemwire::engine::{LIKELY, PART_OF, Question, ReviewState, Situation, UNDERSTOOD, UNSAID_SPOKEN, fit, suggest};
use stemwire::tip::{IssueId, Kind, Mood, Review, SectionId, Tip, TipId};

fn close(a: f32, b: f32) -> bool {
    (a - b).abs() < 1e-4
}

#[test]
fn chances_of_issues_join_and_are_multiplied_by_the_products() {
    let mut wire = gerbera("wire", 0.6);
    wire.when.push(IssueId::new("gift"));
    let situation = heard(&[("flowers/gerbera", 0.9)], &[("buying", 0.5), ("gift", 0.4), ("complaint", 0.1)]);
    let fit = fit(&wire, &situation, 0.0, false);
    assert!(close(fit.product, 0.9), "{fit:?}");
    // Neither buying nor a gift: 0.5 × 0.6. Nothing else explains it: 0.5 × 0.6 × 0.9, of which a quarter counts.
    assert!(close(fit.joint, 0.9 * 0.7 + 0.27 * 0.9 * UNSAID_SPOKEN), "{fit:?}");
}

#[test]
fn an_issue_that_only_one_product_has_brings_its_product() {
    let second = Tip { when: vec![IssueId::new("flowers/gerbera:drooping")], ..gerbera("second", 0.4) };
    let fit = fit(&second, &heard(&[], &[("flowers/gerbera:drooping", 0.8)]), 0.0, false);
    assert!(close(fit.product, 0.8) && fit.joint >= 0.8 && fit.joint < 0.9, "{fit:?}");
}

#[test]
fn a_tip_for_a_group_fits_its_members_whole_and_a_tip_for_a_part_fits_the_group_in_part() {
    let whole = fit(&tip("flowers/vase"), &buying(), 0.0, false);
    assert!(close(whole.joint, 1.0) && !whole.part);
    let part = fit(&tip("flowers/gerbera/cut"), &heard(&[("flowers", 1.0)], &[]), 0.0, false);
    assert!(close(part.joint, PART_OF) && part.part);
    let other = fit(&tip("flowers/roses/cut"), &buying(), 0.0, false);
    assert!(close(other.joint, 0.0));
}

#[test]
fn a_tip_for_another_product_named_beside_it_does_not_ride_on_a_shared_issue() {
    let roses = Tip { when: vec![IssueId::new("flowers:fading")], ..tip("flowers/roses/cut") };
    let situation = heard(&[("flowers/gerbera", 0.95)], &[("flowers:fading", 0.9)]);
    assert!(fit(&roses, &situation, 0.0, false).joint < 0.05);
}

#[test]
fn the_gate_is_one_contact_of_five() {
    assert_eq!(chosen(&answer(&buying(), [gerbera("just", LIKELY)])), "flowers/gerbera/just");
    assert_eq!(chosen(&answer(&buying(), [gerbera("under", LIKELY - 0.01)])), "unlikely");
    // Half sure of the situation: twice the chance is needed.
    let unsure = heard(&[("flowers/gerbera", 1.0)], &[("buying", 0.5), ("complaint", 1.0)]);
    assert_eq!(chosen(&answer(&unsure, [gerbera("a", 0.41)])), "flowers/gerbera/a");
    assert_eq!(chosen(&answer(&unsure, [gerbera("a", 0.39)])), "unlikely");
}

#[test]
fn what_prevents_nothing_is_volunteered_on_its_situation_alone() {
    assert_eq!(chosen(&answer(&buying(), [tip("flowers/gerbera/story")])), "flowers/gerbera/story");
    let faint = heard(&[("flowers/gerbera", UNDERSTOOD - 0.01)], &[]);
    assert_eq!(chosen(&answer(&faint, [tip("flowers/gerbera/story")])), "no_situation");
}

#[test]
fn an_issue_of_some_product_that_is_next_to_none_switches_no_tip_off() {
    let wire = gerbera("wire", 0.6);
    let plain = fit(&wire, &heard(&[], &[("buying", 0.9)]), 0.0, false);
    let beside = fit(&wire, &heard(&[], &[("buying", 0.9), ("phones:locked-out", 0.01)]), 0.0, false);
    assert!(plain.part && beside.part && beside.joint > plain.joint * 0.98, "{plain:?} {beside:?}");
    let told = fit(&wire, &heard(&[], &[("buying", 0.4), ("phones:locked-out", 0.6)]), 0.0, false);
    assert!(close(told.product, 0.0), "{told:?}");
}

#[test]
fn nothing_understood_is_no_situation_and_nothing_written_is_no_tip() {
    assert_eq!(chosen(&answer(&Situation::default(), [gerbera("wire", 0.6)])), "no_situation");
    assert_eq!(chosen(&answer(&buying(), [tip("phones/case")])), "no_tip");
    assert_eq!(chosen(&answer(&buying(), [])), "no_tip");
}

#[test]
fn what_they_are_in_touch_about_is_answered_and_not_volunteered() {
    let droops = heard(&[("flowers/gerbera", 1.0)], &[("flowers/gerbera:drooping", 0.9)]);
    let asked = answer(&droops, [gerbera("wire", 0.6)]);
    assert_eq!(chosen(&asked), "asked");
    assert_eq!(asked.answers.len(), 1);
    assert!(asked.others.is_empty());
    // What comes after drooping is still unasked.
    let second = Tip {
        when: vec![IssueId::new("flowers/gerbera:drooping")],
        prevents: Some(IssueId::new("flowers:fading")),
        ..gerbera("second", 0.4)
    };
    let both = answer(&droops, [gerbera("wire", 0.6), second]);
    assert_eq!(chosen(&both), "flowers/gerbera/second");
    assert_eq!(both.answers[0].tip.id, TipId::new("flowers/gerbera/wire"));
}

#[test]
fn asking_in_the_words_of_the_tip_is_asking() {
    let wire = Tip {
        question: "What do I do when my gerberas droop?".into(),
        asks: vec!["why do gerbera stems go soft".into()],
        ..gerbera("wire", 0.6)
    };
    let mut candidate = candidate(wire);
    candidate.asked = 0.5;
    let ask = |text: &str| chosen(&suggest(&question(text), &buying(), std::slice::from_ref(&candidate), today()));
    assert_eq!(ask("Hello! I bought gerberas. What do I do when they droop?"), "asked");
    assert_eq!(ask("why are the stems so soft"), "asked");
    assert_eq!(ask("a bunch of gerberas for our anniversary please"), "flowers/gerbera/wire");
    assert_eq!(ask("gerberas"), "flowers/gerbera/wire");
}

#[test]
fn told_once_is_told_for_good_under_every_id() {
    let wire = Tip { aliases: vec![TipId::new("old/wire")], ..gerbera("wire", 0.6) };
    for id in ["flowers/gerbera/wire", "old/wire"] {
        let asked = Question { told: vec![TipId::new(id)], ..question("some four words here") };
        let told = suggest(&asked, &buying(), &[candidate(wire.clone())], today());
        assert_eq!(chosen(&told), "already_told");
        assert!(told.others.is_empty());
        let next = suggest(&asked, &buying(), &[candidate(wire.clone()), candidate(gerbera("next", 0.3))], today());
        assert_eq!(chosen(&next), "flowers/gerbera/next");
    }
}

#[test]
fn a_review_is_fresh_then_due_then_overdue() {
    for (by, state) in [
        ("2026-12-23", ReviewState::Fresh),
        ("2026-12-22", ReviewState::Due),
        ("2026-11-22", ReviewState::Due),
        ("2026-11-21", ReviewState::Overdue),
    ] {
        let day = by.parse().expect("a day");
        let wire = Tip { review: Some(Review::On(day)), ..gerbera("wire", 0.6) };
        let answer = answer(&buying(), [wire]);
        if state == ReviewState::Overdue {
            assert_eq!(chosen(&answer), "overdue");
            assert_eq!((answer.others[0].review, answer.others[0].review_by), (state, Some(day)));
        } else {
            assert_eq!(answer.tip.expect("volunteered").review, state, "{by}");
        }
    }
}

#[test]
fn drafts_are_served_only_to_those_who_ask_for_them() {
    let draft = || [candidate(Tip { draft: true, ..gerbera("wire", 0.6) })];
    assert_eq!(chosen(&suggest(&question("x"), &buying(), &draft(), today())), "no_tip");
    let mut moment = today();
    moment.drafts = true;
    assert_eq!(chosen(&suggest(&question("x"), &buying(), &draft(), moment)), "flowers/gerbera/wire");
}

#[test]
fn a_product_and_nothing_else_is_enough_for_a_tip_with_the_default_chance() {
    let wire = Tip { expected_given: false, ..gerbera("wire", 0.3) };
    let product = Situation { bare: true, ..heard(&[("flowers/gerbera", 0.97)], &[]) };
    let asked = suggest(&question("gerberas"), &product, &[candidate(wire.clone())], today());
    assert_eq!(chosen(&asked), "flowers/gerbera/wire");
    let spoken = Situation { bare: false, ..product };
    let more = suggest(&question("gerberas standing beside the telephone mast"), &spoken, &[candidate(wire)], today());
    assert_ne!(chosen(&more), "flowers/gerbera/wire");
}

#[test]
fn a_library_of_one_tip_at_the_top_is_served_by_its_words() {
    let mut one = candidate(Tip { products: vec![SectionId::root()], section: SectionId::root(), ..tip("wire") });
    one.words = 0.6;
    let ask = |c: &stemwire::engine::Candidate| {
        chosen(&suggest(&question("gerberas"), &Situation::default(), std::slice::from_ref(c), today()))
    };
    assert_eq!(ask(&one), "wire");
    one.words = 0.1;
    assert_eq!(ask(&one), "no_situation");
}

#[test]
fn a_tip_with_the_usual_chance_passes_where_its_product_is_all_that_was_said() {
    let bare = Situation { bare: true, ..heard(&[("flowers/gerbera", 0.95)], &[]) };
    let wire = Tip { expected_given: false, ..gerbera("wire", stemwire::tip::DEFAULT_EXPECTED) };
    assert_eq!(chosen(&answer(&bare, [wire.clone()])), "flowers/gerbera/wire");
    let spoken = Situation { bare: false, ..bare };
    assert_eq!(chosen(&answer(&spoken, [wire])), "no_tip");
}

#[test]
fn outright_anger_is_heard_and_calm_words_are_not() {
    let angry = [
        "absolutely fuming, wheel fell off",
        "im well pissed off",
        "i'm raging",
        "what a shambles, still not ready",
        "i want to make a formal complaint",
        "you've ruined my bike",
        "now its worse, absolute joke!!",
    ];
    let calm = ["the rain ruined my shoes", "formal wear for a wedding", "a raging river on the poster"];
    let mood = |text: &str| {
        let note =
            Tip { kind: Kind::Craft, moods: vec![Mood::Angry], when: vec![], prevents: None, ..gerbera("calm", 0.3) };
        let candidates = [stemwire::engine::Candidate { tip: note.into(), words: 0.0, asked: 0.0 }];
        stemwire::engine::suggest(&question(text), &Situation::default(), &candidates, today()).craft.is_some()
    };
    for text in angry {
        assert!(mood(text), "{text}");
    }
    for text in calm {
        assert!(!mood(text), "{text}");
    }
}
