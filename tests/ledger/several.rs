//! Several processes on one ledger: notices, one leader, connections that break.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::{Place, on_both, until};
use std::time::Duration;
use stemwire::ledger::{ChangeKind, Changed, Lead, Ledger, OutcomeKind};
use tokio::sync::broadcast::Receiver;

on_both! { what_one_records_the_other_hears, one_leads_until_it_lets_go, a_dropped_ledger_listens_no_more }

async fn next(news: &mut Receiver<Changed>) -> Changed {
    tokio::time::timeout(Duration::from_secs(20), news.recv()).await.expect("a notice in time").expect("a notice")
}

async fn what_one_records_the_other_hears(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    let (mut own, mut others) = (one.changes(), two.changes());
    let anna = one.customer("anna").expect("a customer");
    let id = one.record_outcome(&outcome("wire", OutcomeKind::Told, Some(&anna)), None, 1).await.expect("recorded").id;
    assert_eq!(next(&mut own).await, Changed { kind: ChangeKind::Outcome, id: id.clone() });
    let heard = next(&mut others).await;
    // SQLite only says that something changed.
    let expected = if place.is_sqlite() { (ChangeKind::Anything, String::new()) } else { (ChangeKind::Outcome, id) };
    assert_eq!((heard.kind, heard.id), expected);
    assert_eq!(two.told(&anna).await.expect("read").len(), 1);

    two.record_contacts(&[contact(&anna, Some(1), "buying")], None, 1).await.expect("recorded");
    let heard = next(&mut own).await;
    let expected = if place.is_sqlite() { ChangeKind::Anything } else { ChangeKind::Contacts };
    assert_eq!(heard.kind, expected, "its own notice is not heard a second time");
}

async fn one_leads_until_it_lets_go(place: Place) {
    let (one, two) = (place.open().await, place.open().await);
    let mut lead = one.try_lead("learning").await.expect("nobody leads");
    assert!(two.try_lead("learning").await.is_none());
    assert!(one.try_lead("learning").await.is_none(), "not even itself, twice");
    assert!(two.try_lead("retention").await.is_some(), "another thing has another lead");
    assert!(lead.holds().await);
    drop(lead);
    until("the other leads", async || two.try_lead("learning").await.is_some()).await;
}

async fn a_dropped_ledger_listens_no_more(place: Place) {
    let ledger = place.open().await;
    let mut news = ledger.changes();
    drop(ledger);
    let end = async { while news.recv().await.is_ok() {} };
    tokio::time::timeout(Duration::from_secs(20), end).await.expect("its notices end");
}

/// Breaks every other connection to this database.
const BREAK: &str = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                     WHERE datname = current_database() AND pid <> pg_backend_pid()";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_connection_is_taken_up_again() {
    let Some(place) = Place::postgres().await else { return };
    let (one, two) = (place.open().await, place.open().await);
    let mut news = two.changes();
    let mut lead: Lead = one.try_lead("learning").await.expect("nobody leads");
    place.raw(BREAK).await;
    assert_eq!(next(&mut news).await.kind, ChangeKind::Anything, "who may have missed something looks at everything");
    assert!(!lead.holds().await, "the lead went with its connection");
    until("the ledger answers", async || one.reachable().await.is_ok()).await;
    assert!(two.try_lead("learning").await.is_some());

    one.record_outcome(&outcome("wire", OutcomeKind::Told, None), None, 1).await.expect("recorded");
    loop {
        if next(&mut news).await.kind == ChangeKind::Outcome {
            break;
        }
    }
}

/// What was acknowledged is there, what was not may be asked for again, whenever the connection breaks.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_acknowledged_is_lost_with_a_connection() {
    let Some(place) = Place::postgres().await else { return };
    let ledger = place.open().await;
    let writer = tokio::spawn(async move {
        let mut acknowledged = Vec::new();
        let mut failed = 0;
        while acknowledged.len() < 300 {
            match ledger.record_outcome(&outcome("wire", OutcomeKind::Told, None), None, 1).await {
                Ok(recorded) => acknowledged.push(recorded.id),
                Err(error) => {
                    assert!(error.passes(), "{error}");
                    failed += 1;
                }
            }
            assert!(failed < 1000, "it never came back");
        }
        (ledger, acknowledged)
    });
    while !writer.is_finished() {
        place.raw(BREAK).await;
    }
    let (ledger, acknowledged): (Ledger, Vec<String>) = writer.await.expect("it wrote");
    drop(ledger);
    let list = acknowledged.iter().map(|id| format!("'{id}'")).collect::<Vec<_>>().join(",");
    assert_eq!(place.number(&format!("SELECT COUNT(*) FROM outcomes WHERE id IN ({list})")).await, 300);
}
