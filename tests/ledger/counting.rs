//! Counts that measures are made of: right first time, who came back, the experiment's arms.

use super::contacts::contact;
use super::documented::{column, query_after};
use super::outcomes::outcome;
use super::places::{Place, on_both};
use std::collections::HashMap;
use stemwire::ledger::{
    Arm, Customer, Exposure, NewContact, NewOutcome, NewPromise, OutcomeKind, Repeats, SuggestionNote, new_id,
};
use stemwire::tip::{IssueId, SectionId, TipId};

on_both! { repeats_come_with_all_that_was_said, repeats_at_one_instant_are_one_contact,
the_same_issue_of_another_product_is_another, right_first_time_is_counted,
arms_are_counted_as_the_lot_fell, a_renamed_tip_has_one_experiment, answers_are_counted,
what_is_overdue_counts_however_old_it_is }

const DAY: i64 = 86_400_000;
const WEEK: i64 = 7 * DAY;
/// Monday, 2026-11-02, 0:00 UTC.
const MONDAY: i64 = 1_793_577_600_000;

async fn right_first_time_is_counted(place: Place) {
    let ledger = place.open().await;
    let [anna, ben, carl] = ["anna", "ben", "carl"].map(|name| ledger.customer(name).expect("a customer"));
    let batch = [
        // Came back on the seventh day to the moment: that is within. About something else: that counts, too.
        contact(&anna, Some(MONDAY), "buying"),
        contact(&anna, Some(MONDAY + WEEK), "drooping"),
        // Came back a moment too late.
        contact(&ben, Some(MONDAY), "buying"),
        contact(&ben, Some(MONDAY + WEEK + 1), "buying"),
        // Two issues at the same instant are one contact.
        contact(&carl, Some(MONDAY - 1), "buying"),
        contact(&carl, Some(MONDAY - 1), "watering"),
        // Where only the order is known, nothing can be said.
        NewContact { position: Some(1), ..contact(&carl, None, "buying") },
    ];
    ledger.record_contacts(&batch, None, MONDAY).await.expect("recorded");
    let now_ms = MONDAY + WEEK + DAY;
    let all = ledger.right_first_time(0, now_ms, WEEK).await.expect("counted");
    let rows: Vec<_> = all
        .iter()
        .map(|r| (r.issue.as_ref().map(IssueId::as_str), (r.week_ms - MONDAY) / WEEK, r.contacts, r.right, r.open))
        .collect();
    let expected = [
        (Some("buying"), -1, 1, 1, 0),
        (Some("buying"), 0, 2, 1, 0),
        (Some("buying"), 1, 0, 0, 1),
        (Some("drooping"), 1, 0, 0, 1),
        (Some("watering"), -1, 1, 1, 0),
    ];
    assert_eq!(rows, expected);
    // Carl got in touch three times less once.
    let moments = all.iter().fold((0, 0, 0), |(contacts, right, open), row| {
        (contacts + row.moments.contacts, right + row.moments.right, open + row.moments.open)
    });
    assert_eq!(moments, (3, 2, 2));
    let later = ledger.right_first_time(MONDAY, now_ms, WEEK).await.expect("counted");
    assert_eq!(later.len(), 3, "only from the time that was asked for");
}

/// An answer to a customer: the tip that was shown, or what kept it back, and what was shown beside it.
pub fn note(
    customer: &Customer,
    at_ms: i64,
    tip: Option<&str>,
    silence: Option<&str>,
    beside: &[&str],
) -> SuggestionNote {
    SuggestionNote {
        id: new_id(),
        at_ms,
        customer: Some(customer.clone()),
        tip: tip.map(TipId::new),
        silence: silence.map(str::to_owned),
        beside: beside.iter().map(TipId::new).collect(),
        product: None,
        issue: None,
        arm: None,
    }
}

async fn repeats_come_with_all_that_was_said(place: Place) {
    let ledger = place.open().await;
    let (mut contacts, mut notes) = (Vec::new(), Vec::new());
    for n in 0..6 {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        contacts.push(contact(&customer, Some(MONDAY), "buying"));
        contacts.push(contact(&customer, Some(MONDAY + if n == 5 { 8 * DAY } else { DAY }), "drooping"));
        match n {
            0 => notes.push(note(&customer, MONDAY - 60_000, None, Some("no_tip"), &[])),
            // All answers in between count, in whatever order; one that belongs to the second contact does not.
            1 | 2 => {
                notes.push(note(&customer, MONDAY - 60_000, None, Some("no_tip"), &[]));
                notes.push(note(&customer, MONDAY + 60_000, Some("wire"), None, &["vase", "water"]));
                notes.push(note(&customer, MONDAY + 90_000, Some("sun"), Some("unlikely"), &["vase"]));
                notes.push(note(&customer, MONDAY + DAY - 60_000, Some("late"), None, &["later"]));
            }
            3 => notes.push(note(&customer, MONDAY, Some("wire"), Some("held_out"), &[])),
            _ => {}
        }
        // What was told within the horizon counts, and what was told as they came back does not.
        let told = [(MONDAY + 90_000, "wire"), (MONDAY - 5 * DAY, "vase"), (MONDAY - 7 * DAY, "old")];
        for (at_ms, tip) in told.into_iter().chain([(MONDAY + DAY - 60_000, "late")]).filter(|_| n == 2) {
            let told = NewOutcome { at_ms, ..outcome(tip, OutcomeKind::Told, Some(&customer)) };
            ledger.record_outcome(&told, None, MONDAY).await.expect("recorded");
        }
    }
    ledger.record_contacts(&contacts, None, MONDAY).await.expect("recorded");
    ledger.record_suggestions(&notes).await.expect("recorded");
    let ids = |ids: &[&str]| ids.iter().map(TipId::new).collect::<Vec<_>>();
    let drooping = Repeats {
        product: Some(SectionId::new("flowers")),
        issue: Some(IssueId::new("drooping")),
        ..Repeats::default()
    };
    let asked = Repeats { asked: true, times: 1, ..drooping.clone() };
    let shown = Repeats { shown: ids(&["wire", "vase", "water", "vase"]), gated: ids(&["sun"]), ..asked.clone() };
    let mut expected = vec![
        Repeats { times: 1, ..drooping },
        Repeats { told: ids(&["vase", "wire"]), ..shown.clone() },
        Repeats { held_out: ids(&["wire"]), ..asked.clone() },
        asked,
        shown,
    ];
    let mut repeats = ledger.repeats(MONDAY, MONDAY + 30 * DAY, WEEK).await.expect("counted");
    for rows in [&mut expected, &mut repeats] {
        rows.sort_by_key(|row| format!("{row:?}"));
    }
    assert_eq!(repeats, expected);
    assert!(ledger.repeats(MONDAY + 2 * DAY, MONDAY + 30 * DAY, WEEK).await.expect("counted").is_empty());
}

async fn repeats_at_one_instant_are_one_contact(place: Place) {
    let ledger = place.open().await;
    let mut contacts = Vec::new();
    for (name, turned) in [("anna", false), ("ben", true)] {
        let customer = ledger.customer(name).expect("a customer");
        let at = |at_ms, issue| contact(&customer, Some(at_ms), issue);
        // Who came about drooping before comes about the same again, whatever else they came about at that instant.
        let mut theirs = vec![
            at(MONDAY, "buying"),
            at(MONDAY, "drooping"),
            at(MONDAY + DAY, "drooping"),
            at(MONDAY + DAY, "watering"),
            at(MONDAY + DAY, "bill"),
            // Two systems that report the same are no two contacts.
            at(MONDAY + DAY, "bill"),
        ];
        if turned {
            theirs.reverse();
        }
        contacts.extend(theirs);
    }
    ledger.record_contacts(&contacts, None, MONDAY).await.expect("recorded");
    let repeats = ledger.repeats(MONDAY, MONDAY + 30 * DAY, WEEK).await.expect("counted");
    let repeats: Vec<_> = repeats.iter().map(|r| (r.issue.as_ref().map(IssueId::as_str), r.times)).collect();
    assert_eq!(repeats, [(Some("bill"), 2), (Some("watering"), 2)]);
    let right = ledger.right_first_time(MONDAY, MONDAY + 30 * DAY, WEEK).await.expect("counted");
    let right = right.iter().filter(|one| one.issue.as_ref().is_some_and(|issue| issue.as_str() == "bill"));
    assert_eq!(right.map(|one| (one.contacts, one.right)).collect::<Vec<_>>(), [(2, 2)]);
}

async fn the_same_issue_of_another_product_is_another(place: Place) {
    let ledger = place.open().await;
    let product = |name: Option<&str>| name.map(SectionId::new);
    let cases = [
        (Some("flowers"), Some("flowers")),
        (Some("flowers"), Some("tools")),
        // Whoever reports does not always know the product: that makes it no other issue.
        (Some("flowers"), None),
        (None, Some("flowers")),
        (None, None),
    ];
    let mut contacts = Vec::new();
    for (n, (first, then)) in cases.into_iter().enumerate() {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        for (at_ms, of) in [(MONDAY, first), (MONDAY + DAY, then)] {
            contacts.push(NewContact { product: product(of), ..contact(&customer, Some(at_ms), "drooping") });
        }
    }
    ledger.record_contacts(&contacts, None, MONDAY).await.expect("recorded");
    let repeats = ledger.repeats(MONDAY, MONDAY + 30 * DAY, WEEK).await.expect("counted");
    let repeats: Vec<_> = repeats.iter().map(|r| (r.product.as_ref().map(SectionId::as_str), r.times)).collect();
    assert_eq!(repeats, [(Some("tools"), 1)]);
}

async fn arms_are_counted_as_the_lot_fell(place: Place) {
    let ledger = place.open().await;
    let (mut exposures, mut contacts) = (Vec::new(), Vec::new());
    for n in 0..12 {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        let arm = if n % 3 == 0 { Arm::HeldOut } else { Arm::Told };
        let at_ms = if n == 11 { MONDAY + 10 * DAY } else { MONDAY };
        exposures.push(Exposure {
            customer: customer.clone(),
            tip: TipId::new("wire"),
            at_ms,
            arm,
            product: Some(SectionId::new("flowers")),
            issue: Some(IssueId::new("drooping")),
            lot: 0.1,
        });
        if n < 4 {
            contacts.push(contact(&customer, Some(MONDAY + DAY), "drooping"));
            contacts.push(contact(&customer, Some(MONDAY + 2 * DAY), "drooping"));
        }
        // Neither another issue, nor the contact itself, nor one after the horizon.
        contacts.push(contact(&customer, Some(MONDAY + DAY), "watering"));
        contacts.push(contact(&customer, Some(MONDAY), "drooping"));
        contacts.push(contact(&customer, Some(MONDAY + 30 * DAY), "drooping"));
    }
    ledger.record_exposures(&exposures).await.expect("recorded");
    // Once in an arm, always in that arm, from the first time on.
    for exposure in &mut exposures {
        (exposure.arm, exposure.at_ms) = (Arm::Told, MONDAY + 9 * DAY);
    }
    ledger.record_exposures(&exposures).await.expect("recorded");
    ledger.record_contacts(&contacts, None, MONDAY).await.expect("recorded");
    let counts = ledger.experiments(&HashMap::new(), 0, MONDAY + 12 * DAY, WEEK).await.expect("counted");
    let counts: Vec<_> = counts.iter().map(|c| (c.arm, c.customers, c.came_back, c.open)).collect();
    assert_eq!(counts, [(Arm::HeldOut, 4, 2, 0), (Arm::Told, 7, 2, 1)]);
    assert!(ledger.experiment(&[TipId::new("vase")], 0, MONDAY, WEEK).await.expect("counted").is_empty());
}

async fn a_renamed_tip_has_one_experiment(place: Place) {
    let ledger = place.open().await;
    let exposure = |name: &str, tip: &str, day: i64, arm| Exposure {
        customer: ledger.customer(name).expect("a customer"),
        tip: TipId::new(tip),
        at_ms: MONDAY + day * DAY,
        arm,
        product: None,
        issue: Some(IssueId::new("drooping")),
        lot: 0.1,
    };
    let exposures = [
        exposure("anna", "wire", 0, Arm::HeldOut),
        // Before a renamed tip left everybody in their arm, some were drawn a second time.
        exposure("anna", "coil", 1, Arm::Told),
        exposure("ben", "coil", 0, Arm::Told),
        exposure("ben", "vase", 0, Arm::Told),
    ];
    ledger.record_exposures(&exposures).await.expect("recorded");
    let ids = ["coil", "wire"].map(TipId::new);
    let counts = ledger.experiment(&ids, 0, MONDAY + 12 * DAY, WEEK).await.expect("counted");
    let counts: Vec<_> = counts.iter().map(|c| (c.tip.as_str(), c.arm, c.customers)).collect();
    assert_eq!(counts, [("coil", Arm::HeldOut, 1), ("coil", Arm::Told, 1)]);
    // The pulse counts all tips, and each customer of that one once, too.
    let renamed =
        HashMap::from([("wire", "coil"), ("former", "coil")].map(|(old, now)| (TipId::new(old), TipId::new(now))));
    let all = ledger.experiments(&renamed, 0, MONDAY + 12 * DAY, WEEK).await.expect("counted");
    let all: Vec<_> = all.iter().map(|c| (c.tip.as_str(), c.arm, c.customers)).collect();
    assert_eq!(all, [("coil", Arm::HeldOut, 1), ("coil", Arm::Told, 1), ("vase", Arm::Told, 1)]);
    let later = ledger.experiments(&renamed, MONDAY + 1, MONDAY + 12 * DAY, WEEK).await.expect("counted");
    assert!(later.is_empty(), "who came into question before is not counted from the second time");
    let query = query_after("**The experiment**").replace("('flowers/wire')", "('coil', 'wire')");
    let query = query.replace(&MONDAY.to_string(), &(MONDAY + 12 * DAY).to_string());
    assert_eq!(column(&place, &query, "customers", "WHERE arm = 'held_out'").await, 1);
    assert_eq!(column(&place, &query, "customers", "WHERE arm = 'told'").await, 1);
    let anna = ledger.customer("anna").expect("a customer");
    assert_eq!(ledger.met(&anna).await.expect("read"), ["wire", "coil"].map(TipId::new));
}

async fn what_is_overdue_counts_however_old_it_is(place: Place) {
    let ledger = place.open().await;
    let mut ids = Vec::new();
    for due_ms in [10, 20, 30, 900] {
        let promise = NewPromise { what: "call".into(), due_ms, customer: None, owner: None, tip: None };
        ids.push(ledger.make_promise(&promise, None, 1).await.expect("made"));
    }
    ledger.settle_promise(&ids[0], true, None, 15).await.expect("settled");
    ledger.settle_promise(&ids[1], false, None, 25).await.expect("settled");
    let counts = ledger.promise_counts(500, 1_000, 950).await.expect("counted");
    assert_eq!((counts.kept, counts.broken, counts.overdue), (0, 0, 2));
    // Nor does one drop out where it is admitted that it was broken.
    ledger.settle_promise(&ids[2], false, None, 940).await.expect("settled");
    let counts = ledger.promise_counts(500, 1_000, 950).await.expect("counted");
    assert_eq!((counts.kept, counts.broken, counts.overdue), (0, 1, 1));
    // Kept on another day than it was due: kept, and late.
    ledger.settle_promise(&ids[3], true, None, DAY).await.expect("settled");
    let counts = ledger.promise_counts(500, 2 * DAY, 2 * DAY).await.expect("counted");
    assert_eq!((counts.kept, counts.late, counts.broken, counts.overdue), (1, 1, 1, 0));
}

async fn answers_are_counted(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna");
    let note = |tip: Option<&str>, silence: Option<&str>, at_ms| SuggestionNote {
        id: new_id(),
        at_ms,
        customer: anna.clone(),
        tip: tip.map(TipId::new),
        silence: silence.map(str::to_owned),
        beside: Vec::new(),
        product: None,
        issue: None,
        arm: None,
    };
    let batch = [note(Some("wire"), None, 1), note(Some("wire"), Some("held_out"), 2), note(None, Some("no_tip"), 3)];
    ledger.record_suggestions(&batch).await.expect("recorded");
    // A batch that comes twice, as after a lost connection, counts once.
    ledger.record_suggestions(&batch).await.expect("recorded");
    let counts = ledger.suggestion_counts(None, 0, 9).await.expect("counted");
    assert_eq!(counts.iter().map(|count| count.times).collect::<Vec<_>>(), [1, 1, 1]);
    let wire = ledger.suggestion_counts(Some(&["coil", "wire"].map(TipId::new)), 0, 2).await.expect("counted");
    assert_eq!((wire.len(), wire[0].tip.as_ref()), (1, Some(&TipId::new("coil"))));
    assert_eq!(wire[0].silence, None);
}
