//! What another process takes out of the ledger is no longer learned from, and a customer has nothing left in it.

use super::{Place, eventually};
use chrono::Utc;
use stemwire::app::{Form, LedgerOptions, Outlooked, Records, Remembering, Retention};
use tokio_util::sync::CancellationToken;

const CONTACTS: &str = "customer,at,issue\n\
    A,2024-01-01,buying\nA,2024-01-03,drooping\nB,2024-01-01,buying\nC,2024-03-01,buying\n";

pub fn how(place: &Place) -> Remembering {
    let file = |name: &str| place.dir.path().join(name);
    Remembering {
        url: format!("sqlite:{}", file("ledger.db").display()),
        options: LedgerOptions { key_file: file("ledger.key"), ..LedgerOptions::default() },
        balloon_hours: 48,
        held_out: 0.0,
        retention: Retention::default(),
    }
}

#[test]
fn what_another_process_erases_is_forgotten_here() {
    let place = Place::new(&[("a.md", "# Any?\n\nYes.\n")]);
    let app = place.serve();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let stop = CancellationToken::new();
    runtime.block_on(app.remember(how(&place), stop.clone())).expect("a ledger");
    let taken = app.take_contacts(CONTACTS.as_bytes(), Form::Csv, None, Utc::now(), &|_| {});
    assert_eq!(runtime.block_on(taken).expect("taken").accepted, 4);
    let learned = || app.foresee(&Outlooked { limit: 5, ..Outlooked::default() }).expect("foresight").contacts;
    eventually("all of it is learned", || learned() == 4);

    let erased = runtime.block_on(async {
        let elsewhere = Records::open(&how(&place)).await?;
        let gone = elsewhere.erase("A").await?;
        assert!(elsewhere.about("A").await?.is_empty());
        assert_eq!(elsewhere.about("B").await?.len(), 1);
        elsewhere.close().await;
        Ok::<u64, stemwire::ledger::LedgerError>(gone)
    });
    assert_eq!(erased.expect("erased"), 2);
    eventually("what is gone is forgotten", || learned() == 2);
    stop.cancel();
    runtime.block_on(app.settle());
}
