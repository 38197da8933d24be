//! `GET /v1/live`: events, replay, reset.

use super::desk::Desk;
use super::ledger::{BUYING, WIRE, remembering};
use axum::body::Body;
use http_body_util::BodyExt;
use serde_json::json;
use std::time::Duration;
use stemwire::http::{Limits, Options};
use stemwire::ledger::{Ledger, NewBalloon};

/// Far more than an event takes; a test that hangs fails.
const DEADLINE: Duration = Duration::from_secs(20);

/// Reads until `mark` has come.
async fn until(body: &mut Body, mark: &str) -> String {
    let mut text = String::new();
    let work = async {
        while !text.contains(mark) {
            let frame = body.frame().await.expect("the stream ended").unwrap();
            text += std::str::from_utf8(&frame.into_data().unwrap()).unwrap();
        }
    };
    let done = tokio::time::timeout(DEADLINE, work).await;
    assert!(done.is_ok(), "no {mark:?} in {text:?}");
    text
}

async fn open(desk: &Desk, headers: &[(&str, &str)]) -> Body {
    let response = desk.send("GET", "/v1/live", headers, "").await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "text/event-stream");
    assert_eq!(response.headers()["cache-control"], "no-store");
    assert_eq!(response.headers()["x-accel-buffering"], "no");
    assert!(!response.headers().contains_key("content-encoding"));
    response.into_body()
}

async fn write(desk: &Desk, id: &str) {
    let headers = [("content-type", "text/markdown"), ("if-none-match", "*")];
    let text = format!("# What about {id}?\n\nIt is fine.\n");
    let put = desk.ask("PUT", &format!("/v1/tips/{id}"), &headers, &text).await;
    assert_eq!(put.status, 201, "{}", put.body);
}

#[tokio::test]
async fn changes_are_told_and_told_again() {
    let desk = Desk::new();
    let mut live = open(&desk, &[("accept-encoding", "gzip")]).await;
    let hello = until(&mut live, "retry: 3000").await;
    assert!(hello.contains(": stemwire"), "{hello}");
    write(&desk, "one").await;
    let first = until(&mut live, "\n\n").await;
    assert!(first.contains("event: library") && first.contains("\"changed\":[\"one\"]"), "{first}");
    let id = first.lines().find_map(|line| line.strip_prefix("id: ")).unwrap().to_owned();
    write(&desk, "two").await;
    until(&mut live, "\"changed\":[\"two\"]").await;

    let mut late = open(&desk, &[("last-event-id", &id)]).await;
    let told = until(&mut late, "\"two\"").await;
    assert!(!told.contains("\"one\"") && !told.contains("reset"), "{told}");
}

/// A command that writes into the same file names nothing: whoever watches reads anew.
#[tokio::test(flavor = "multi_thread")]
async fn what_another_process_records_is_told() {
    let desk = Desk::remembering(0.0).await;
    let mut live = open(&desk, &[]).await;
    until(&mut live, "retry").await;
    let how = remembering(desk.folder.path(), 0.0);
    let ledger = Ledger::open(&how.url, how.options).await.unwrap();
    let balloon = NewBalloon { said: "Sell vases".to_owned(), ..NewBalloon::default() };
    ledger.give_balloon(&balloon, None, 1).await.unwrap();
    let told = until(&mut live, "event: promise").await;
    assert!(told.contains("event: balloon") && told.contains("event: outcome"), "{told}");
}

/// Whom an answer was for is forgotten with them, though the command that erased them does not say whom.
#[tokio::test(flavor = "multi_thread")]
async fn who_was_erased_is_not_written_down_again() {
    let desk = Desk::remembering(0.0).await;
    let seen = desk.get(&format!("{BUYING}&customer=anna")).await.json();
    let told = json!({"tip": WIRE, "outcome": "told", "suggestion": seen["id"]});
    assert_eq!(desk.record(told.clone()).await.status, 201);
    let how = remembering(desk.folder.path(), 0.0);
    let ledger = Ledger::open(&how.url, how.options).await.unwrap();
    let anna = ledger.customer("anna").unwrap();
    assert_eq!(ledger.told(&anna).await.unwrap().len(), 1);
    let mut live = open(&desk, &[]).await;
    ledger.erase(&anna).await.unwrap();
    until(&mut live, "event: promise").await;
    assert_eq!(desk.record(told).await.status, 201);
    assert_eq!(ledger.told(&anna).await.unwrap(), []);
}

#[tokio::test]
async fn who_missed_too_much_starts_anew() {
    let desk = Desk::new();
    for id in ["00000000-1", "nonsense", "1"] {
        let mut live = open(&desk, &[("last-event-id", id)]).await;
        until(&mut live, "event: reset").await;
    }
    let by_query = desk.send("GET", "/v1/live?last_event_id=00000000-1", &[], "").await;
    until(&mut by_query.into_body(), "event: reset").await;
}

#[tokio::test]
async fn streams_end_when_the_server_stops() {
    let options = Options::default();
    let stop = options.stop.clone();
    let desk = Desk::with(options);
    let mut live = open(&desk, &[]).await;
    until(&mut live, "retry").await;
    stop.cancel();
    let ended = tokio::time::timeout(DEADLINE, async { while live.frame().await.is_some() {} }).await;
    assert!(ended.is_ok());
}

#[tokio::test]
async fn streams_are_counted() {
    let desk = Desk::with(Options { limits: Limits { live_streams: 1, ..Limits::default() }, ..Options::default() });
    let first = open(&desk, &[]).await;
    assert_eq!(desk.get("/v1/live").await.slug(), "overloaded");
    drop(first);
    let again = async {
        while desk.send("GET", "/v1/live", &[], "").await.status() != 200 {
            tokio::task::yield_now().await;
        }
    };
    assert!(tokio::time::timeout(DEADLINE, again).await.is_ok(), "a place is not given back");
}
