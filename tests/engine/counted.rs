//! Where contacts were counted, they decide what is volunteered, and say so; the editor's word is where they start.

use super::foresight::{contact, learned};
use super::made::{buying, candidate, chosen, gerbera, question, tip, today};
use stemwire::engine::foresight::{Foresight, Had};
use stemwire::engine::{
    Answer, Candidate, EDITOR_WEIGHS, Earlier, Known, Situation, Source, expected, suggest_knowing,
};
use stemwire::tip::{IssueId, SectionId, Tip};

/// Forty customers bought gerberas; `came` of them came back about drooping on the fourth day.
fn forty(came: u64) -> Foresight {
    learned((0..40).flat_map(move |customer| {
        let bought = contact(customer, 0.0, "flowers/gerbera", "buying");
        let drooped = contact(customer, 4.0, "flowers/gerbera", "flowers/gerbera:drooping");
        [Some(bought), (customer < came).then_some(drooped)].into_iter().flatten()
    }))
}

pub fn answer(
    foresight: &Foresight,
    had: &[Earlier],
    situation: &Situation,
    tips: impl IntoIterator<Item = Tip>,
) -> Answer {
    let candidates: Vec<Candidate> = tips.into_iter().map(candidate).collect();
    let known = Known { foresight: Some(foresight), had, ..Known::default() };
    suggest_knowing(&question("some four words here"), situation, &candidates, today(), known)
}

#[test]
fn the_reason_is_what_was_counted() {
    let answer = answer(&forty(12), &[], &buying(), [gerbera("wire", 0.3)]);
    let tip = answer.tip.expect("three of ten is enough");
    let why = tip.why.join(" ");
    let sentence = "12 of 40 customers who got in touch about “buying” (flowers/gerbera) came back about “drooping” within 7 days.";
    assert!(why.contains(sentence), "{why}");
    assert!(!why.contains("editor"), "{why}");
    let expectation = tip.contributions.iter().find(|c| c.signal == "expectation").expect("it counts");
    assert!(expectation.detail.starts_with("12 of 40 customers"), "{}", expectation.detail);
    assert!((expectation.value - 0.3).abs() < 1e-3, "{}", expectation.value);
}

#[test]
fn counts_close_the_gate_that_an_editor_opened_and_open_the_one_that_was_closed() {
    assert_eq!(chosen(&answer(&forty(1), &[], &buying(), [gerbera("hopeful", 0.5)])), "unlikely");
    assert_eq!(chosen(&answer(&forty(20), &[], &buying(), [gerbera("modest", 0.05)])), "flowers/gerbera/modest");
    let silence = answer(&forty(1), &[], &buying(), [gerbera("hopeful", 0.5)]).tip.expect_err("it is silent");
    assert!(
        silence.detail.starts_with("1 of 40 such customers came back about “drooping” so far."),
        "{}",
        silence.detail
    );
}

#[test]
fn words_that_point_to_a_tip_do_not_outvote_counts_that_are_sure() {
    let pointed = |foresight: Option<&Foresight>| {
        let wire = Candidate { words: 0.9, ..candidate(gerbera("wire", 0.1)) };
        let other = Candidate { words: 0.1, ..candidate(tip("flowers/gerbera/story")) };
        let known = Known { foresight, ..Known::default() };
        let answer = suggest_knowing(&question("some four words here"), &buying(), &[wire, other], today(), known);
        answer.tip.map(|s| s.tip.id.to_string())
    };
    assert_eq!(pointed(None), Ok("flowers/gerbera/wire".into()));
    // 3 of 40, and a tenth expected, is 8 of 100; what was said would make it 24, but it is 17 at the very most.
    assert_eq!(pointed(Some(&forty(3))), Ok("flowers/gerbera/story".into()));
}

#[test]
fn what_the_editor_expects_weighs_as_much_as_ten_customers() {
    let foresight = forty(12);
    let known = Known { foresight: Some(&foresight), ..Known::default() };
    let found = expected(&gerbera("wire", 0.8), &buying(), &known).expect("it prevents something");
    let wanted = (12.0 + EDITOR_WEIGHS * 0.8) / (40.0 + EDITOR_WEIGHS);
    assert!((f64::from(found.chance) - wanted).abs() < 1e-6, "{found:?}");
    let counted = found.origin.counted().expect("it was counted");
    assert_eq!((counted.n, counted.of, counted.days, counted.within_days), (12, 40, Some(4.0), Some(7)));
    assert!(counted.low < found.chance && found.chance < counted.high);
}

#[test]
fn where_nobody_was_counted_the_editor_stands() {
    let other = learned([contact(1, 0.0, "flowers/roses", "buying"), contact(1, 1.0, "flowers/roses", "thorns")]);
    for foresight in [other, learned([])] {
        let known = Known { foresight: Some(&foresight), ..Known::default() };
        let found = expected(&gerbera("wire", 0.3), &buying(), &known).expect("it prevents something");
        assert_eq!(found.origin, Source::Editor);
    }
}

#[test]
fn what_the_customer_had_before_changes_what_is_likely() {
    // Who had a delivery before buying comes back drooping; who only bought does not.
    let contacts = (0..60).flat_map(|customer| {
        let gerbera = |day, issue| contact(customer, day, "flowers/gerbera", issue);
        let late = customer < 20;
        [
            late.then(|| gerbera(0.0, "delivery")),
            Some(gerbera(1.0, "buying")),
            (late && customer < 16).then(|| gerbera(4.0, "flowers/gerbera:drooping")),
        ]
        .into_iter()
        .flatten()
    });
    let foresight = learned(contacts);
    let delivered = Had { product: Some(SectionId::new("flowers/gerbera")), issue: IssueId::new("delivery") };
    let had = [Earlier { had: delivered, days_ago: Some(1) }];
    let chance = |had: &[Earlier]| {
        let known = Known { foresight: Some(&foresight), had, ..Known::default() };
        expected(&gerbera("wire", 0.3), &buying(), &known).expect("it prevents something")
    };
    assert_eq!(chance(&had).origin.counted().map(|c| (c.n, c.of)), Some((16, 20)));
    assert_eq!(chance(&[]).origin.counted().map(|c| (c.n, c.of)), Some((16, 60)));
}
