//! Callers who leave before they are answered: what they began comes to its end.

use super::desk::Desk;
use super::ledger::{WIRE, remembering};
use serde_json::json;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;
use stemwire::http::{Limits, Options};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

/// A desk with a ledger, and what it does.
async fn desk() -> (Desk, TaskTracker) {
    let work = TaskTracker::new();
    let desk = Desk::with(Options { work: work.clone(), ..Options::default() });
    desk.app.remember(remembering(desk.folder.path(), 0.0), CancellationToken::new()).await.unwrap();
    (desk, work)
}

/// Begins a request and lets go of it, as the HTTP library does where its connection is gone; then waits until nothing is
/// done any more.
async fn leave(desk: &Desk, work: &TaskTracker, asked: (&str, &str), headers: &[(&str, &str)], body: &str) {
    {
        let mut request = pin!(desk.send(asked.0, asked.1, headers, body));
        let begun = poll_fn(|context| Poll::Ready(request.as_mut().poll(context).is_pending())).await;
        assert!(begun, "it was answered at once");
    }
    work.close();
    tokio::time::timeout(Duration::from_secs(20), work.wait()).await.expect("the work ends");
    work.reopen();
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_leaves_nothing_untold() {
    let (desk, work) = desk().await;
    let json_body = [("content-type", "application/json")];
    let unsafe_tip = json!({"tip": WIRE, "outcome": "dismissed", "reason": "unsafe"}).to_string();
    leave(&desk, &work, ("POST", "/v1/outcomes"), &json_body, &unsafe_tip).await;
    assert_eq!(desk.get(&format!("/v1/tips/{WIRE}/evidence")).await.json()["flagged"], true);
    assert_ne!(desk.told("anna").await, WIRE);

    let contacts: Vec<_> = (0..50).map(|n| json!({"customer": n, "position": 1, "issue": "drooping"})).collect();
    leave(&desk, &work, ("POST", "/v1/contacts"), &json_body, &json!(contacts).to_string()).await;
    desk.until("/v1/foresight?product=gerbera", |page| page["contacts"] == 50).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hangs_up_is_answered_when_they_come_again() {
    let (desk, work) = desk().await;
    let path = "/v1/tips/flowers/gerbera/vase";
    let tip = "# Which vase is right for gerberas?\n\nA narrow one holds them up.\n";
    let put = [("content-type", "text/markdown"), ("if-none-match", "*"), ("idempotency-key", "one")];
    leave(&desk, &work, ("PUT", path), &put, tip).await;
    let again = desk.ask("PUT", path, &put, tip).await;
    assert_eq!((again.status, &again.json()["created"]), (201, &json!(true)), "{}", again.body);

    let key = [("idempotency-key", "two")];
    leave(&desk, &work, ("DELETE", path), &key, "").await;
    assert_eq!(desk.ask("DELETE", path, &key, "").await.status, 204);
}

/// Where no answer may take any time at all, what is reported is recorded all the same, and contacts are told of.
#[tokio::test(flavor = "multi_thread")]
async fn what_takes_too_long_is_not_broken_off() {
    let work = TaskTracker::new();
    let limits = Limits { answer_seconds: 0, ..Limits::default() };
    let desk = Desk::with(Options { work: work.clone(), limits, ..Options::default() });
    desk.app.remember(remembering(desk.folder.path(), 0.0), CancellationToken::new()).await.unwrap();
    let contacts = desk.post("/v1/contacts", r#"{"customer": "anna", "position": 1}"#).await;
    assert_eq!((contacts.status, &contacts.json()["accepted"]), (200, &json!(1)), "{}", contacts.body);
    // Another program holds the ledger, so that nothing is recorded before anybody looks.
    let other = sqlx::SqlitePool::connect(&desk.folder.path().join("ledger.db").display().to_string()).await.unwrap();
    let held = other.begin_with("BEGIN IMMEDIATE").await.unwrap();
    let promise = desk.post("/v1/promises", r#"{"what": "call", "due": "2030-01-01T00:00:00Z"}"#).await;
    assert_eq!((promise.status, promise.slug()), (503, "too-slow".to_owned()));
    held.rollback().await.unwrap();
    work.close();
    tokio::time::timeout(Duration::from_secs(20), work.wait()).await.expect("the work ends");
    let all = desk.app.promises(Default::default(), None, 9).await.unwrap();
    assert_eq!(all.items.len(), 1);
}

/// Kept before it was due is kept all the same.
#[tokio::test]
async fn a_promise_counts_from_when_it_is_settled() {
    let desk = Desk::remembering(0.0).await;
    for how in ["kept", "broken"] {
        let promise = desk.post("/v1/promises", r#"{"what": "call", "due": "2130-01-01T00:00:00Z"}"#).await.json();
        desk.post(&format!("/v1/promises/{}/{how}", promise["id"].as_str().unwrap()), "").await;
    }
    desk.post("/v1/promises", r#"{"what": "write", "due": "2130-01-01T00:00:00Z"}"#).await;
    let counts = desk.get("/v1/pulse").await.json()["promises"].clone();
    assert_eq!((&counts["kept"], &counts["broken"], &counts["overdue"]), (&json!(1), &json!(1), &json!(0)), "{counts}");
}
