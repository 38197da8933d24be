//! Balloons: a receipt at once, an answer in the end, oldest first whoever gave it.

use super::places::{Place, on_both};
use stemwire::ledger::{BalloonState, LedgerError, NewBalloon, Once};
use stemwire::tip::{IssueId, SectionId, TipId};

on_both! {
    the_receipt_tells_what_became_of_it,
    the_same_said_twice_is_one_with_two_givers,
    oldest_first_page_by_page,
    merged_ones_keep_their_givers_and_their_age,
    decided_is_decided,
    the_same_decision_again_is_done_already,
    a_decision_with_a_key_is_taken_once,
    one_rises_by_itself_once,
    the_inbox_is_measured,
    many_say_the_same_at_once,
}

fn said(text: &str) -> NewBalloon {
    NewBalloon { said: text.into(), ..NewBalloon::default() }
}

async fn the_receipt_tells_what_became_of_it(place: Place) {
    let ledger = place.open().await;
    let balloon = NewBalloon {
        issue: Some(IssueId::new("drooping")),
        name: Some("Kim".into()),
        role: Some("agent".into()),
        contact: Some("kim@example.org".into()),
        ..said("  Sell wire in packs ")
    };
    let given = ledger.give_balloon(&balloon, None, 10).await.expect("given");
    assert_eq!(given.receipt.len(), 32);
    let seen = ledger.balloon_by_receipt(&given.receipt).await.expect("found");
    assert_eq!((seen.state, seen.said.as_str(), seen.given_ms), (BalloonState::Waiting, "Sell wire in packs", 10));
    assert_eq!(seen.givers[0].name.as_deref(), Some("Kim"));

    ledger.acknowledge_balloon(&given.id, None, 20).await.expect("acknowledged");
    let again = ledger.acknowledge_balloon(&given.id, None, 30).await.expect("nothing to do");
    assert_eq!(again.acknowledged_ms, Some(20));
    ledger.adopt_balloon(&given.id, &TipId::new("flowers/packs"), None, 40).await.expect("adopted");
    let seen = ledger.balloon_by_receipt(&format!(" {}\n", given.receipt)).await.expect("found");
    assert_eq!((seen.state, seen.decided_ms), (BalloonState::Adopted, Some(40)));
    assert_eq!(seen.tip, Some(TipId::new("flowers/packs")));

    assert!(matches!(ledger.balloon_by_receipt("no such").await, Err(LedgerError::NotFound(_))));
    assert!(matches!(ledger.balloon("no such").await, Err(LedgerError::NotFound(_))));
    assert!(matches!(ledger.give_balloon(&said(" \n"), None, 1).await, Err(LedgerError::Refused(_))));
}

async fn the_same_said_twice_is_one_with_two_givers(place: Place) {
    let ledger = place.open().await;
    let first = ledger.give_balloon(&said("Sell wire in packs!"), None, 10).await.expect("given");
    let second = ledger.give_balloon(&said("sell WIRE,  in packs"), None, 20).await.expect("given");
    assert!(!first.joined && second.joined);
    assert_eq!(first.id, second.id);
    assert_ne!(first.receipt, second.receipt);
    let seen = ledger.balloon(&first.id).await.expect("found");
    let words: Vec<_> = seen.givers.iter().map(|giver| giver.said.as_str()).collect();
    assert_eq!(words, ["Sell wire in packs!", "sell WIRE,  in packs"]);

    // Said again after a decision, it is a new one.
    ledger.decline_balloon(&first.id, "We do already", None, 30).await.expect("declined");
    let third = ledger.give_balloon(&said("Sell wire in packs"), None, 40).await.expect("given");
    assert!(!third.joined);
    let seen = ledger.balloon_by_receipt(&second.receipt).await.expect("found");
    assert_eq!(seen.reason.as_deref(), Some("We do already"));

    // The same words about something else are another one.
    let roses = NewBalloon { product: Some(SectionId::new("roses")), ..said("Sell wire in packs") };
    let apart = ledger.give_balloon(&roses, None, 50).await.expect("given");
    assert!(!apart.joined);
    assert!(ledger.give_balloon(&roses, None, 51).await.expect("given").joined);
    // Who names nothing joins whoever said the same.
    let tulips = NewBalloon { product: Some(SectionId::new("tulips")), ..said("Vases!") };
    let tulips = ledger.give_balloon(&tulips, None, 52).await.expect("given");
    let vases = ledger.give_balloon(&said("vases"), None, 53).await.expect("given");
    assert_eq!((vases.id, vases.joined), (tulips.id, true));
}

async fn oldest_first_page_by_page(place: Place) {
    let ledger = place.open().await;
    for (said_at, text, role) in [(30, "c", "director"), (10, "a", "trainee"), (20, "b", "customer"), (20, "b2", "x")] {
        let balloon = NewBalloon { role: Some(role.into()), ..said(text) };
        ledger.give_balloon(&balloon, None, said_at).await.expect("given");
    }
    let mut texts = Vec::new();
    let mut cursor = None;
    loop {
        let page = ledger.balloons(Some(BalloonState::Waiting), cursor.as_deref(), 2).await.expect("listed");
        assert!(page.items.len() <= 2);
        texts.extend(page.items.into_iter().map(|balloon| balloon.said));
        cursor = page.next;
        if cursor.is_none() {
            break;
        }
        // A newer one that comes in between moves nothing.
        ledger.give_balloon(&said(&format!("late {}", texts.len())), None, 40).await.expect("given");
    }
    assert_eq!(texts, ["a", "b", "b2", "c", "late 2", "late 4"]);
    assert!(ledger.balloons(Some(BalloonState::Declined), None, 2).await.expect("listed").items.is_empty());
    assert!(matches!(ledger.balloons(None, Some("junk"), 2).await, Err(LedgerError::Refused(_))));
}

async fn merged_ones_keep_their_givers_and_their_age(place: Place) {
    let ledger = place.open().await;
    let old = ledger.give_balloon(&said("wire in packs"), None, 10).await.expect("given");
    let new = ledger.give_balloon(&said("packs of wire, please"), None, 20).await.expect("given");
    let newest = ledger.give_balloon(&said("packs"), None, 30).await.expect("given");
    let merged = ledger.merge_balloon(&old.id, &new.id, None, 40).await.expect("merged");
    assert_eq!((merged.id.as_str(), merged.given_ms, merged.givers.len()), (new.id.as_str(), 10, 2));
    ledger.merge_balloon(&new.id, &newest.id, None, 50).await.expect("merged");
    for (receipt, said, merged) in [(&old.receipt, "wire in packs", true), (&newest.receipt, "packs", false)] {
        let seen = ledger.balloon_by_receipt(receipt).await.expect("found");
        assert_eq!((seen.said.as_str(), seen.merged), (said, merged));
    }
    // Found by either receipt and by the ids of what it was before.
    for receipt in [&old.receipt, &new.receipt, &newest.receipt] {
        assert_eq!(ledger.balloon_by_receipt(receipt).await.expect("found").id, newest.id);
    }
    assert_eq!(ledger.balloon(&old.id).await.expect("found").givers.len(), 3);
    assert_eq!(ledger.balloons(None, None, 10).await.expect("listed").items.len(), 1);

    for (from, to) in [(&newest, &newest), (&old, &newest), (&newest, &old)] {
        let refused = ledger.merge_balloon(&from.id, &to.id, None, 60).await;
        assert!(matches!(refused, Err(LedgerError::Conflict(_))));
    }
    assert!(matches!(ledger.merge_balloon(&newest.id, "none", None, 60).await, Err(LedgerError::NotFound(_))));
}

async fn decided_is_decided(place: Place) {
    let ledger = place.open().await;
    let given = ledger.give_balloon(&said("wire"), None, 10).await.expect("given");
    assert!(matches!(ledger.decline_balloon(&given.id, " ", None, 20).await, Err(LedgerError::Refused(_))));
    ledger.decline_balloon(&given.id, "Not ours", None, 20).await.expect("declined");
    let tip = TipId::new("wire");
    assert!(matches!(ledger.adopt_balloon(&given.id, &tip, None, 30).await, Err(LedgerError::Conflict(_))));
    assert!(matches!(ledger.acknowledge_balloon(&given.id, None, 30).await, Err(LedgerError::Conflict(_))));
    let error = ledger.decline_balloon(&given.id, "Again", None, 30).await.expect_err("it was decided");
    assert!(error.to_string().contains("declined"), "{error}");
    assert!(matches!(ledger.acknowledge_balloon("none", None, 30).await, Err(LedgerError::NotFound(_))));
    assert_eq!(ledger.balloon(&given.id).await.expect("found").reason.as_deref(), Some("Not ours"));
}

async fn the_same_decision_again_is_done_already(place: Place) {
    let ledger = place.open().await;
    let mut ids = Vec::new();
    for text in ["one", "two", "three", "four"] {
        ids.push(ledger.give_balloon(&said(text), None, 10).await.expect("given").id);
    }
    let (wire, vase) = (TipId::new("wire"), TipId::new("vase"));
    for now_ms in [20, 30] {
        let declined = ledger.decline_balloon(&ids[0], " Not ours ", None, now_ms).await.expect("declined");
        assert_eq!((declined.state, declined.decided_ms), (BalloonState::Declined, Some(20)));
        let adopted = ledger.adopt_balloon(&ids[1], &wire, None, now_ms).await.expect("adopted");
        assert_eq!((adopted.tip.as_ref(), adopted.decided_ms), (Some(&wire), Some(20)));
        let merged = ledger.merge_balloon(&ids[2], &ids[3], None, now_ms).await.expect("merged");
        assert_eq!((merged.id.as_str(), merged.givers.len()), (ids[3].as_str(), 2));
    }
    let other = [
        ledger.decline_balloon(&ids[0], "Too dear", None, 40).await,
        ledger.adopt_balloon(&ids[1], &vase, None, 40).await,
        ledger.merge_balloon(&ids[2], &ids[1], None, 40).await,
    ];
    assert!(other.iter().all(|decided| matches!(decided, Err(LedgerError::Conflict(_)))), "{other:?}");
}

async fn a_decision_with_a_key_is_taken_once(place: Place) {
    let ledger = place.open().await;
    let given = ledger.give_balloon(&said("wire"), None, 10).await.expect("given");
    let key = |body: &str| Once::new("k", "POST /v1/balloons/any", body.as_bytes()).expect("a key");
    let mut news = ledger.changes();
    ledger.acknowledge_balloon(&given.id, Some(&key("")), 20).await.expect("acknowledged");
    news.recv().await.expect("a notice");
    ledger.decline_balloon(&given.id, "Not ours", None, 30).await.expect("declined");
    news.recv().await.expect("a notice");
    // It was done, whatever came after.
    let again = ledger.acknowledge_balloon(&given.id, Some(&key("")), 40).await.expect("known");
    assert_eq!((again.state, again.acknowledged_ms), (BalloonState::Declined, Some(20)));
    assert!(news.try_recv().is_err(), "nothing changed");
    let other = ledger.decline_balloon(&given.id, "Not ours", Some(&key("other")), 50).await;
    assert!(matches!(other, Err(LedgerError::OtherBody)));
    // A decision that was refused gives its key back.
    let fresh = Once::new("k2", "POST /v1/balloons/any", b"").expect("a key");
    assert!(ledger.decline_balloon(&given.id, "Too dear", Some(&fresh), 60).await.is_err());
    assert_eq!(ledger.answered(&fresh).await.expect("read"), None);
}

async fn one_rises_by_itself_once(place: Place) {
    let ledger = place.open().await;
    let rise = async |from: &str, text: &str| ledger.raise_balloon(from, &said(text), 10).await.expect("raised");
    let id = rise("gap drooping", "No tip prevents drooping").await.expect("the first time");
    assert_eq!(rise("gap drooping", "No tip prevents drooping (now 12 a month)").await, None);
    let seen = ledger.balloon(&id).await.expect("found");
    assert_eq!(seen.rose_from.as_deref(), Some("gap drooping"));
    assert!(seen.givers.is_empty());
    ledger.decline_balloon(&id, "Known", None, 20).await.expect("declined");
    assert_eq!(rise("gap drooping", "No tip prevents drooping").await, None, "also after it was decided");

    // A person said it before: it does not stand there twice.
    let given = ledger.give_balloon(&said("No tip about vases"), None, 30).await.expect("given");
    assert_eq!(rise("miss vases", "no tip about vases").await, None);
    assert_eq!(ledger.balloons(Some(BalloonState::Waiting), None, 9).await.expect("listed").items[0].id, given.id);
}

async fn the_inbox_is_measured(place: Place) {
    let ledger = place.open().await;
    assert_eq!(ledger.balloon_stats(0).await.expect("measured").median_to_acknowledgement_ms, None);
    let mut ids = Vec::new();
    for (n, role) in [Some("agent"), None, Some("agent"), Some("customer")].into_iter().enumerate() {
        let balloon = NewBalloon { role: role.map(str::to_owned), ..said(&format!("idea {n}")) };
        let now_ms = 100 + i64::try_from(n).expect("small");
        ids.push(ledger.give_balloon(&balloon, None, now_ms).await.expect("given").id);
    }
    ledger.acknowledge_balloon(&ids[0], None, 110).await.expect("acknowledged");
    ledger.acknowledge_balloon(&ids[1], None, 131).await.expect("acknowledged");
    ledger.decline_balloon(&ids[2], "No", None, 202).await.expect("declined");
    let stats = ledger.balloon_stats(0).await.expect("measured");
    assert_eq!((stats.waiting, stats.acknowledged, stats.adopted, stats.declined), (1, 2, 0, 1));
    assert_eq!(stats.oldest_waiting_ms, Some(103));
    assert_eq!(stats.median_to_acknowledgement_ms, Some(30), "of 10, 30 and 100");
    assert_eq!(stats.median_to_decision_ms, Some(100));
    assert_eq!(stats.median_of_acknowledgement, 3);
    let mut roles = stats.givers_by_role;
    assert_eq!(roles.remove(0), (Some("agent".into()), 2));
    assert_eq!(roles.len(), 2);

    let late = ledger.balloon_stats(200).await.expect("measured");
    assert_eq!((late.waiting, late.acknowledged, late.declined), (1, 2, 0), "what is open is never too old to count");
    assert_eq!(late.oldest_waiting_ms, Some(103));
}

async fn many_say_the_same_at_once(place: Place) {
    let ledger = place.open().await;
    let mut tasks = Vec::new();
    for n in 0..12 {
        let ledger = ledger.clone();
        tasks.push(tokio::spawn(async move { ledger.give_balloon(&said("wire!"), None, n).await.expect("given") }));
    }
    let mut receipts = std::collections::BTreeSet::new();
    for task in tasks {
        receipts.insert(task.await.expect("it ran").receipt);
    }
    assert_eq!(receipts.len(), 12);
    let page = ledger.balloons(None, None, 20).await.expect("listed");
    assert_eq!((page.items.len(), page.items[0].givers.len()), (1, 12));
}
