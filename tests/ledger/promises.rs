//! Promises: due, overdue, kept or broken, once.

use super::places::{Place, on_both};
use stemwire::ledger::{ChangeKind, LedgerError, NewPromise, PromiseFilter, PromiseState};

on_both! { a_promise_falls_due, it_is_settled_once }

fn promise(what: &str, due_ms: i64) -> NewPromise {
    NewPromise { what: what.into(), due_ms, customer: None, owner: Some("kim".into()), tip: None }
}

async fn a_promise_falls_due(place: Place) {
    let ledger = place.open().await;
    let mut news = ledger.changes();
    for (what, due_ms) in [("third", 30), ("first", 10), ("second", 20)] {
        ledger.make_promise(&promise(what, due_ms), None, 1).await.expect("made");
    }
    assert_eq!(news.recv().await.expect("a notice").kind, ChangeKind::Promise);
    let all = PromiseFilter::default();
    let list = async |filter| {
        let page = ledger.promises(filter, None, 10).await.expect("listed");
        page.items.into_iter().map(|promise| promise.what).collect::<Vec<_>>()
    };
    assert_eq!(list(PromiseFilter { state: Some(PromiseState::Open), until_ms: 20, ..all }).await, ["first", "second"]);
    assert_eq!(list(PromiseFilter { from_ms: 20, ..all }).await, ["second", "third"]);
    assert_eq!(list(all).await, ["first", "second", "third"]);
    assert!(list(PromiseFilter { state: Some(PromiseState::Kept), ..all }).await.is_empty());
    let page = ledger.promises(all, None, 2).await.expect("listed");
    let rest = ledger.promises(all, page.next.as_deref(), 2).await.expect("listed");
    assert_eq!((rest.items.len(), rest.next), (1, None));
    assert_eq!(rest.items[0].owner.as_deref(), Some("kim"));
}

async fn it_is_settled_once(place: Place) {
    let ledger = place.open().await;
    let mut ids = Vec::new();
    for due_ms in [10, 20, 30] {
        ids.push(ledger.make_promise(&promise("call", due_ms), None, 1).await.expect("made"));
    }
    let settled = ledger.settle_promise(&ids[0], true, None, 15).await.expect("settled");
    assert_eq!((settled.state, settled.settled_ms), (PromiseState::Kept, Some(15)));
    let again = ledger.settle_promise(&ids[0], true, None, 16).await.expect("nothing to do");
    assert_eq!(again.settled_ms, Some(15));
    assert!(matches!(ledger.settle_promise(&ids[0], false, None, 17).await, Err(LedgerError::Conflict(_))));
    let mut news = ledger.changes();
    for _ in 0..2 {
        let open = ledger.reopen_promise(&ids[0], None, 17).await.expect("open again");
        assert_eq!((open.state, open.settled_ms), (PromiseState::Open, None));
    }
    assert_eq!(news.try_recv().expect("a notice").kind, ChangeKind::Promise);
    assert!(news.try_recv().is_err(), "nothing changed the second time");
    assert!(matches!(ledger.reopen_promise("none", None, 17).await, Err(LedgerError::NotFound(_))));
    ledger.settle_promise(&ids[0], true, None, 18).await.expect("settled the same way again");
    assert!(matches!(ledger.settle_promise("none", true, None, 17).await, Err(LedgerError::NotFound(_))));
    ledger.settle_promise(&ids[1], false, None, 25).await.expect("settled");
    let counts = ledger.promise_counts(0, 100, 29).await.expect("counted");
    assert_eq!((counts.kept, counts.late, counts.broken, counts.overdue), (1, 0, 1, 0));
    assert_eq!(ledger.promise_counts(25, 100, 31).await.expect("counted").overdue, 1);
}
