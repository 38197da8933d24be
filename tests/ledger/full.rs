//! A full disk and a held lock: a clear answer, nothing lost, reading goes on.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::Place;
use stemwire::ledger::{Ledger, LedgerError, NewContact, Options, OutcomeKind};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_file_is_still_read() {
    let place = Place::sqlite();
    let options = Options { most_bytes: Some(2 << 20), ..place.options() };
    let ledger = Ledger::open(&place.url, options).await.expect("it opens");
    let anna = ledger.customer("anna").expect("a customer");
    let told = outcome("wire", OutcomeKind::Told, Some(&anna));
    ledger.record_outcome(&told, None, 1).await.expect("recorded");
    let mut kept = 0;
    let error = loop {
        let batch: Vec<NewContact> = (0..50).map(|n| contact(&anna, Some(kept + n), "buying")).collect();
        match ledger.record_contacts(&batch, None, 1).await {
            Ok(_) => kept += 50,
            Err(error) => break error,
        }
    };
    assert!(matches!(error, LedgerError::Full { .. }) && error.passes(), "{error}");
    assert!(error.to_string().contains("ledger_megabytes"), "the setting that bounds it is named: {error}");
    ledger.reachable().await.expect("it is still there");
    ledger.writable().await.expect("there is room for something small");
    assert_eq!(ledger.told(&anna).await.expect("read").len(), 1);
    let facts = ledger.customer_facts(&anna).await.expect("read");
    assert_eq!(facts.contacts, u64::try_from(kept).expect("positive"), "what was acknowledged, and no half batch");
    ledger.close().await;

    let roomy = place.open().await;
    let batch = [contact(&anna, Some(-1), "buying")];
    assert_eq!(roomy.record_contacts(&batch, None, 1).await.expect("there is room again").accepted, 1);
}

/// Where SQLite gives a transaction up by itself, as on a full disk, writing goes on once there is space again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_disk_that_was_full_is_written_to_again() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let told = outcome("wire", OutcomeKind::Told, None);
    ledger.record_outcome(&told, None, 1).await.expect("recorded");
    place.raw("CREATE TRIGGER full BEFORE INSERT ON outcomes BEGIN SELECT RAISE(ROLLBACK, 'full'); END").await;
    for _ in 0..2 {
        let error = ledger.record_outcome(&told, None, 1).await.expect_err("it is full").to_string();
        assert!(error.contains("full"), "{error}");
    }
    place.raw("DROP TRIGGER full").await;
    ledger.record_outcome(&told, None, 1).await.expect("there is space again");
}

/// A server without space says so by its own code, which a trigger can say as well.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_server_is_still_read() {
    let Some(place) = Place::postgres().await else { return };
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let told = outcome("wire", OutcomeKind::Told, Some(&anna));
    ledger.record_outcome(&told, None, 1).await.expect("recorded");
    place
        .raw(
            "CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$; \
             CREATE TRIGGER full_up BEFORE INSERT ON outcomes FOR EACH ROW EXECUTE FUNCTION full_up()",
        )
        .await;
    let error = ledger.record_outcome(&told, None, 1).await.expect_err("there is no space");
    assert!(matches!(error, LedgerError::Full { .. }), "{error}");
    assert_eq!(ledger.told(&anna).await.expect("read").len(), 1);
    place.raw("DROP TRIGGER full_up ON outcomes").await;
    ledger.record_outcome(&told, None, 1).await.expect("there is space again");
}

/// Whoever watches the server is told for as long as it lasts, and also that it is over, without anyone's report.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_without_space_is_told_until_there_is_some() {
    let Some(place) = Place::postgres().await else { return };
    let ledger = place.open().await;
    place
        .raw(
            "CREATE FUNCTION full_up() RETURNS trigger LANGUAGE plpgsql AS \
             $$ BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$; \
             CREATE TRIGGER outcomes_full BEFORE INSERT ON outcomes FOR EACH ROW EXECUTE FUNCTION full_up(); \
             CREATE TRIGGER counters_full BEFORE INSERT ON counters FOR EACH ROW EXECUTE FUNCTION full_up()",
        )
        .await;
    ledger.writable().await.expect("nothing failed so far");
    let told = outcome("wire", OutcomeKind::Told, None);
    ledger.record_outcome(&told, None, 1).await.expect_err("there is no space");
    for _ in 0..2 {
        let error = ledger.writable().await.expect_err("there is still none");
        assert!(matches!(error, LedgerError::Full { .. }), "{error}");
        ledger.reachable().await.expect("it is there");
    }
    place.raw("DROP TRIGGER outcomes_full ON outcomes; DROP TRIGGER counters_full ON counters").await;
    ledger.writable().await.expect("there is space again");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_held_lock_is_busy_and_passes() {
    let place = Place::sqlite();
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let path = place.url.trim_start_matches("sqlite:");
    let other = sqlx::SqlitePool::connect(path).await.expect("another program");
    let held = other.begin_with("BEGIN IMMEDIATE").await.expect("it holds the lock");
    let told = outcome("wire", OutcomeKind::Told, Some(&anna));
    let error = ledger.record_outcome(&told, None, 1).await.expect_err("it is held");
    assert!(matches!(error, LedgerError::Busy) && error.passes(), "{error}");
    assert!(ledger.told(&anna).await.expect("reading goes on").is_empty());
    held.rollback().await.expect("it lets go");
    ledger.record_outcome(&told, None, 1).await.expect("recorded");
    assert_eq!(ledger.told(&anna).await.expect("read").len(), 1);
}
