//! The same request twice is done once, also when both come at the same time.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::{Place, on_both};
use stemwire::ledger::{LedgerError, NewBalloon, NewPromise, Once, OutcomeKind};

on_both! { the_first_answer_is_given_again, at_the_same_time, other_work_keeps_its_answer,
an_outcome_and_its_promise_are_one }

fn once(key: &str, body: &str) -> Once {
    Once::new(key, "POST /v1/any", body.as_bytes()).expect("a key")
}

async fn the_first_answer_is_given_again(place: Place) {
    let ledger = place.open().await;
    let told = outcome("wire", OutcomeKind::Told, None);
    let first = ledger.record_outcome(&told, Some(&once("k1", "a")), 1).await.expect("recorded");
    let again = ledger.record_outcome(&told, Some(&once("k1", "a")), 2).await.expect("known");
    assert_eq!((first.id, first.new, again.new), (again.id, true, false));
    assert_eq!(place.number("SELECT COUNT(*) FROM outcomes").await, 1);
    let other = ledger.record_outcome(&told, Some(&once("k1", "b")), 3).await;
    assert!(matches!(other, Err(LedgerError::OtherBody)));
    // Another route is another request.
    let elsewhere = Once::new("k1", "POST /v1/other", b"b").expect("a key");
    ledger.record_outcome(&told, Some(&elsewhere), 4).await.expect("recorded");

    let anna = ledger.customer("anna").expect("a customer");
    let batch = [contact(&anna, Some(1), "buying")];
    let first = ledger.record_contacts(&batch, Some(&once("k2", "")), 5).await.expect("recorded");
    assert_eq!(ledger.record_contacts(&batch, Some(&once("k2", "")), 6).await.expect("known"), first);

    let balloon = NewBalloon { said: "wire".into(), ..NewBalloon::default() };
    let first = ledger.give_balloon(&balloon, Some(&once("k3", "")), 7).await.expect("given");
    assert_eq!(ledger.give_balloon(&balloon, Some(&once("k3", "")), 8).await.expect("known"), first);
    assert_eq!(place.number("SELECT COUNT(*) FROM givers").await, 1);

    let promise = NewPromise { what: "call".into(), due_ms: 9, customer: None, owner: None, tip: None };
    let first = ledger.make_promise(&promise, Some(&once("k4", "")), 9).await.expect("made");
    assert_eq!(ledger.make_promise(&promise, Some(&once("k4", "")), 10).await.expect("known"), first);

    assert!(Once::new("", "r", b"").is_err() && Once::new(&"k".repeat(256), "r", b"").is_err());
}

async fn at_the_same_time(place: Place) {
    let ledger = place.open().await;
    let mut tasks = Vec::new();
    for n in 0..16 {
        let ledger = ledger.clone();
        tasks.push(tokio::spawn(async move {
            let told = outcome("wire", OutcomeKind::Told, None);
            ledger.record_outcome(&told, Some(&once("k", "same")), n).await.expect("recorded or known")
        }));
    }
    let mut ids = std::collections::BTreeSet::new();
    for task in tasks {
        ids.insert(task.await.expect("it ran").id);
    }
    assert_eq!(ids.len(), 1);
    assert_eq!(place.number("SELECT COUNT(*) FROM outcomes").await, 1);
}

async fn other_work_keeps_its_answer(place: Place) {
    let ledger = place.open().await;
    assert_eq!(ledger.answered(&once("k", "a")).await.expect("read"), None);
    ledger.keep_answer(&once("k", "a"), "201 made", 1).await.expect("kept");
    ledger.keep_answer(&once("k", "a"), "201 made twice", 2).await.expect("the first stays");
    assert_eq!(ledger.answered(&once("k", "a")).await.expect("read").as_deref(), Some("201 made"));
    assert!(matches!(ledger.answered(&once("k", "b")).await, Err(LedgerError::OtherBody)));
    // A request that failed may come again: its key was given back with its work.
    let odd = stemwire::ledger::NewContact {
        at_ms: None,
        position: None,
        ..contact(&ledger.customer("a").expect("a customer"), Some(1), "x")
    };
    assert!(ledger.record_contacts(&[odd], Some(&once("k9", "a")), 3).await.is_err());
    assert_eq!(ledger.answered(&once("k9", "a")).await.expect("read"), None);
}

async fn an_outcome_and_its_promise_are_one(place: Place) {
    let ledger = place.open().await;
    let told = outcome("wire", OutcomeKind::Told, None);
    let promise = NewPromise { what: "ask".into(), due_ms: 9, customer: None, owner: None, tip: None };
    let record = async |key: &str| ledger.record_with_promise(&told, Some(&promise), Some(&once(key, "")), 1).await;
    let first = record("k1").await.expect("recorded");
    let again = record("k1").await.expect("known");
    assert_eq!((first.new, again.new), (true, false));
    assert_eq!((&again.id, &again.promise), (&first.id, &first.promise));
    assert!(again.promise.is_some());

    // Taken back, it is not recorded again.
    ledger.withdraw_outcome(&first.id).await.expect("taken back");
    let again = record("k1").await.expect("known");
    assert_eq!((&again.id, &again.promise, again.new), (&first.id, &first.promise, false));
    assert_eq!(place.number("SELECT COUNT(*) FROM outcomes").await, 0);
    assert_eq!(place.number("SELECT COUNT(*) FROM promises").await, 0);

    // Where the promise cannot be made, nothing is recorded, and it may be sent again.
    place.raw("ALTER TABLE promises RENAME TO elsewhere").await;
    assert!(record("k2").await.is_err());
    assert_eq!(place.number("SELECT COUNT(*) FROM outcomes").await, 0);
    place.raw("ALTER TABLE elsewhere RENAME TO promises").await;
    assert!(record("k2").await.expect("recorded").new);
}
