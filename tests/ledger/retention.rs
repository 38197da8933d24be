//! What is over its time goes, and nothing else.

use super::contacts::contact;
use super::misses::searched;
use super::outcomes::outcome;
use super::places::{Place, on_both};
use std::time::Duration;
use stemwire::ledger::{
    Arm, ChangeKind, Exposure, NewBalloon, NewContact, NewOutcome, NewPromise, Once, OutcomeKind, Reason, Retention,
    SuggestionNote,
};
use stemwire::tip::TipId;

on_both! { what_is_over_its_time_goes, what_waits_for_an_editor_waits_on }

/// A tip that was called unsafe stays out until an editor has looked, however long that takes; of whom and by whom it was
/// said goes with the rest.
async fn what_waits_for_an_editor_waits_on(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna");
    for reason in [Reason::Unsafe, Reason::NoTime] {
        let mut dismissed = outcome("wire", OutcomeKind::Dismissed, anna.as_ref());
        dismissed = NewOutcome { at_ms: 10, reason: Some(reason), agent: Some("Kim".into()), ..dismissed };
        ledger.record_outcome(&dismissed, None, 10).await.expect("recorded");
    }
    let keep = Retention { outcomes_ms: Some(100), ..Retention::default() };
    assert_eq!(ledger.retain(200, &keep).await.expect("removed").outcomes, 1);
    assert_eq!(ledger.flagged().await.expect("listed").len(), 1);
    let named = "SELECT COUNT(*) FROM outcomes WHERE customer IS NOT NULL OR agent IS NOT NULL";
    assert_eq!(place.number(named).await, 0);
    ledger.clear_flags(&[TipId::new("wire")], None, 210).await.expect("cleared");
    assert_eq!(ledger.retain(220, &keep).await.expect("removed").outcomes, 1);
}

async fn what_is_over_its_time_goes(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    for at_ms in [10, 1000] {
        let told = stemwire::ledger::NewOutcome { at_ms, ..outcome("wire", OutcomeKind::Told, Some(&anna)) };
        let once = Once::new(&format!("k{at_ms}"), "r", b"").expect("a key");
        ledger.record_outcome(&told, Some(&once), at_ms).await.expect("recorded");
        // Thousands: it takes more than one step.
        let mut batch: Vec<NewContact> = (0..2500)
            .map(|n| NewContact { id: Some(format!("{at_ms} {n}")), ..contact(&anna, Some(at_ms), "buying") })
            .collect();
        batch.push(NewContact { position: Some(at_ms), ..contact(&anna, None, "buying") });
        ledger.record_contacts(&batch, None, at_ms).await.expect("recorded");
        let note = SuggestionNote {
            id: format!("s{at_ms}"),
            at_ms,
            customer: None,
            tip: None,
            silence: Some("no_tip".into()),
            beside: Vec::new(),
            product: None,
            issue: None,
            arm: None,
        };
        ledger.record_suggestions(&[note]).await.expect("recorded");
        let tip = TipId::new(format!("t{at_ms}"));
        let exposure =
            Exposure { customer: anna.clone(), tip, at_ms, arm: Arm::Told, product: None, issue: None, lot: 0.1 };
        ledger.record_exposures(&[exposure]).await.expect("recorded");
        ledger.record_misses(&[searched(&format!("m{at_ms}"), at_ms)]).await.expect("recorded");
        let promise = NewPromise { what: "call".into(), due_ms: 5, customer: None, owner: None, tip: None };
        let id = ledger.make_promise(&promise, None, 5).await.expect("made");
        ledger.settle_promise(&id, true, None, at_ms).await.expect("settled");
        let give = async |said: String| {
            let balloon = NewBalloon { said, ..NewBalloon::default() };
            ledger.give_balloon(&balloon, None, 5).await.expect("given").id
        };
        let (one, two) = (give(format!("one {at_ms}")).await, give(format!("two {at_ms}")).await);
        ledger.merge_balloon(&one, &two, None, at_ms).await.expect("merged");
        ledger.decline_balloon(&two, "No", None, at_ms).await.expect("declined");
    }
    let open = NewPromise { what: "open".into(), due_ms: 5, customer: None, owner: None, tip: None };
    ledger.make_promise(&open, None, 5).await.expect("made");

    assert_eq!(ledger.retain(5000, &Retention::default()).await.expect("kept").contacts, 0, "for good, unless told");
    let keep = Some(100);
    let keep = Retention {
        contacts_ms: keep,
        outcomes_ms: keep,
        suggestions_ms: keep,
        exposures_ms: keep,
        balloons_ms: keep,
        promises_ms: keep,
        misses_ms: keep,
        answers_ms: keep,
    };
    let mut news = ledger.changes();
    let gone = ledger.retain(200, &keep).await.expect("removed");
    let told = async { while news.recv().await.expect("a notice").kind != ChangeKind::Erased {} };
    tokio::time::timeout(Duration::from_secs(20), told).await.expect("who learned from them is told");
    assert_eq!((gone.contacts, gone.outcomes, gone.suggestions, gone.exposures), (2501, 1, 1, 1));
    assert_eq!((gone.balloons, gone.promises, gone.misses, gone.answers), (2, 1, 1, 1));
    for (table, left) in [("contacts", 2501), ("outcomes", 1), ("balloons", 2), ("givers", 2), ("promises", 2)] {
        assert_eq!(place.number(&format!("SELECT COUNT(*) FROM {table}")).await, left, "{table}");
    }
    let gone = ledger.retain(200, &keep).await.expect("nothing left to do");
    assert_eq!(gone, stemwire::ledger::Removed::default());
}
