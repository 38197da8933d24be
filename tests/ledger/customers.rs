//! What is kept about customers: hashes, moved to a newer key, shown and erased on request.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::{Place, on_both};
use stemwire::ledger::{Arm, Exposure, Ledger, NewPromise, OutcomeKind, SuggestionNote, new_id};
use stemwire::tip::{IssueId, TipId};

on_both! { a_new_key_takes_over, a_key_that_was_written_with_is_missed, erasing_leaves_no_trace,
who_was_erased_does_not_come_back_with_what_was_noted_before }

/// One record of every kind about a customer.
pub async fn fill(ledger: &Ledger, name: &str) {
    let customer = ledger.customer(name).expect("a customer");
    let told = outcome("wire", OutcomeKind::Told, Some(&customer));
    ledger.record_outcome(&told, None, 5).await.expect("recorded");
    let contacts = [contact(&customer, Some(10), "buying"), contact(&customer, Some(20), "drooping")];
    ledger.record_contacts(&contacts, None, 20).await.expect("recorded");
    let note = SuggestionNote {
        id: new_id(),
        at_ms: 10,
        customer: Some(customer.clone()),
        tip: Some(TipId::new("wire")),
        silence: None,
        beside: Vec::new(),
        product: None,
        issue: Some(IssueId::new("buying")),
        arm: Some(Arm::Told),
    };
    ledger.record_suggestions(&[note]).await.expect("recorded");
    let exposure = Exposure {
        customer: customer.clone(),
        tip: TipId::new("wire"),
        at_ms: 10,
        arm: Arm::Told,
        product: None,
        issue: Some(IssueId::new("drooping")),
        lot: 0.1,
    };
    ledger.record_exposures(&[exposure]).await.expect("recorded");
    let promise = NewPromise { what: "call back".into(), due_ms: 30, customer: Some(customer), owner: None, tip: None };
    ledger.make_promise(&promise, None, 10).await.expect("recorded");
}

async fn a_new_key_takes_over(place: Place) {
    let before = place.open().await;
    fill(&before, "anna").await;
    let old = before.customer("anna").expect("a customer");
    before.close().await;

    let keys = std::fs::read_to_string(place.key_file()).expect("the key");
    std::fs::write(place.key_file(), format!("# newest first\n{}\n{keys}", "5a".repeat(32))).expect("a newer key");
    let after = place.open().await;
    let anna = after.customer("anna").expect("a customer");
    assert_ne!(anna.id(), old.id());
    assert_eq!(after.told(&anna).await.expect("read").len(), 1, "looked for under the older key, too");
    assert_eq!(after.history(&anna, 10).await.expect("read").len(), 2);

    // The same file again: what was counted under the old key is not counted twice.
    let again = [contact(&anna, Some(10), "buying"), contact(&anna, Some(30), "wilting")];
    let taken = after.record_contacts(&again, None, 40).await.expect("recorded");
    assert_eq!((taken.accepted, taken.repeated), (1, 1));
    for table in ["outcomes", "contacts", "suggestions", "exposures", "promises"] {
        let old = place.number(&format!("SELECT COUNT(*) FROM {table} WHERE customer = '{}'", old.id())).await;
        let new = place.number(&format!("SELECT COUNT(*) FROM {table} WHERE customer = '{}'", anna.id())).await;
        assert!(old == 0 && new > 0, "{table}: {old} under the old key, {new} under the new one");
    }
    after.close().await;

    // A server that was left with the old key alone would make strangers of everyone.
    std::fs::write(place.key_file(), &keys).expect("the old key");
    assert!(Ledger::open(&place.url, place.options()).await.is_err());
}

async fn a_key_that_was_written_with_is_missed(place: Place) {
    let ledger = place.open().await;
    fill(&ledger, "anna").await;
    let (seed, oldest) = (ledger.seed("lot"), ledger.customer("anna").expect("a customer").oldest());
    ledger.close().await;
    let old = std::fs::read_to_string(place.key_file()).expect("the key");
    let new = "5a".repeat(32);
    let with = async |keys: String| {
        std::fs::write(place.key_file(), keys).expect("written");
        Ledger::open(&place.url, place.options()).await
    };
    // First below, to be looked for; then above, to be written with. What must not change does not, either way.
    for keys in [format!("{old}\n{new}\n"), format!("{new}\n{old}\n")] {
        let ledger = with(keys).await.expect("it opens");
        assert_eq!((ledger.seed("lot"), ledger.customer("anna").expect("a customer").oldest()), (seed, oldest));
        ledger.close().await;
    }
    // Nothing was written with the new one so far: looking is no promise.
    with(old.clone()).await.expect("it opens").close().await;
    let ledger = with(format!("{new}\n{old}\n")).await.expect("it opens");
    fill(&ledger, "ben").await;
    ledger.close().await;
    for lacking in [format!("{new}\n"), old.clone()] {
        let error = with(lacking).await.err().expect("anna or ben would be a stranger").to_string();
        assert!(error.contains("customer_keys"), "{error}");
    }
    let error = with(format!("{}\n", "c3".repeat(32))).await.err().expect("another ledger's").to_string();
    assert!(error.contains("not the key"), "{error}");
    place.raw("DELETE FROM customer_keys WHERE first_ms = (SELECT MIN(first_ms) FROM customer_keys)").await;
    with(format!("{new}\n")).await.expect("anna was given up").close().await;
}

async fn erasing_leaves_no_trace(place: Place) {
    let ledger = place.open().await;
    fill(&ledger, "anna").await;
    fill(&ledger, "ben").await;
    ledger.put_model("foresight", 1, vec![1, 2, 3], 50).await.expect("kept");
    let (anna, ben) = (ledger.customer("anna").expect("a customer"), ledger.customer("ben").expect("a customer"));
    let mut kinds: Vec<&str> = ledger.export(&anna).await.expect("read").iter().map(|record| record.kind).collect();
    kinds.dedup();
    assert_eq!(kinds, ["outcomes", "contacts", "suggestions", "exposures", "promises"]);

    assert_eq!(ledger.erase(&anna).await.expect("erased"), 6);
    assert!(ledger.export(&anna).await.expect("read").is_empty());
    assert!(ledger.model("foresight").await.expect("read").is_none(), "it was learned from them, too");
    assert_eq!(ledger.export(&ben).await.expect("read").len(), 6);
    if place.is_sqlite() {
        let hash = anna.id().to_string();
        let other = ben.id().to_string();
        let mut found = 0;
        for entry in std::fs::read_dir(place.folder.path()).expect("the folder").filter_map(Result::ok) {
            let bytes = std::fs::read(entry.path()).expect("a file of the ledger");
            let holds = |text: &str| bytes.windows(text.len()).any(|window| window == text.as_bytes());
            assert!(!holds(&hash), "{}: the hash is still in it", entry.path().display());
            assert!(!holds("anna"), "{}: the name was written", entry.path().display());
            found += usize::from(holds(&other));
        }
        assert!(found > 0, "this looks in the wrong place");
    }
}

/// A server that could not reach the ledger writes what it noted once it can: who was erased meanwhile, it does not know.
async fn who_was_erased_does_not_come_back_with_what_was_noted_before(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let now_ms = chrono::Utc::now().timestamp_millis();
    let noted = |at_ms| {
        let note = SuggestionNote {
            id: new_id(),
            at_ms,
            customer: Some(anna.clone()),
            tip: Some(TipId::new("wire")),
            silence: None,
            beside: Vec::new(),
            product: None,
            issue: None,
            arm: None,
        };
        let (tip, arm) = (TipId::new("wire"), Arm::Told);
        (note, Exposure { customer: anna.clone(), tip, at_ms, arm, product: None, issue: None, lot: 0.1 })
    };
    let write = async |at_ms| {
        let (note, exposure) = noted(at_ms);
        ledger.record_noted(&[note], &[exposure]).await.expect("recorded");
    };
    ledger.erase(&anna).await.expect("nothing is there to be erased");
    write(now_ms - 60_000).await;
    assert_eq!(ledger.tally().await.expect("counted").suggestions, 1, "what was suggested counts");
    assert!(ledger.export(&anna).await.expect("read").is_empty(), "and nobody knows to whom");
    write(now_ms + 60_000).await;
    assert_eq!(ledger.export(&anna).await.expect("read").len(), 2, "who comes again is known again");
}
