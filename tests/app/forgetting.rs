//! What another process takes out of the ledger is no longer learned from, and a customer has nothing left in it.

use super::{Place, eventually};
use chrono::Utc;
use stemwire::app::{Form, LedgerOptions, Outlooked, Records, Remembering, Retention};
use stemwire::ledger::{KeptNames, Ledger, NamesOf, NewContact};
use stemwire::tip::IssueId;
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

/// Another process records that customer A was in touch about `issue`, without a product.
async fn recorded(place: &Place, issue: &str) {
    let how = how(place);
    let elsewhere = Ledger::open(&how.url, how.options).await.expect("opened");
    let contact = NewContact {
        id: None,
        reported: None,
        customer: elsewhere.customer("A").expect("a customer"),
        at_ms: Some(1_704_500_000_000),
        position: None,
        product: None,
        issue: Some(IssueId::new(issue)),
    };
    elsewhere.record_contacts(&[contact], None, 1).await.expect("recorded");
    elsewhere.close().await;
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

/// Nothing is gone then, and what was learned means something else all the same.
#[test]
fn what_another_process_renames_is_learned_anew_here() {
    let place = Place::new(&[("_index.md", "---\nissues: [buying, drooping]\n---\nA goal.\n")]);
    let app = place.serve();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let stop = CancellationToken::new();
    runtime.block_on(app.remember(how(&place), stop.clone())).expect("a ledger");
    let contacts = "customer,at,issue\nA,2024-01-01,buying\nA,2024-01-03,tipping over\n";
    let taken = app.take_contacts(contacts.as_bytes(), Form::Csv, None, Utc::now(), &|_| {});
    assert_eq!(runtime.block_on(taken).expect("taken").accepted, 2);
    let follows = || {
        let asked = Outlooked { issues: vec!["buying".to_owned()], limit: 5, ..Outlooked::default() };
        let found = app.foresee(&asked).expect("foresight");
        (found.of, found.next.first().map(|(next, _)| (next.issue.to_string(), next.n)))
    };
    eventually("it is learned", || follows() == (1, Some(("tipping over".to_owned(), 1))));

    let (from, to) = ((None, Some(IssueId::new("tipping over"))), (None, Some(IssueId::new("drooping"))));
    runtime.block_on(async {
        let how = how(&place);
        let elsewhere = Ledger::open(&how.url, how.options).await.expect("opened");
        let moved = elsewhere.rename(NamesOf::Contacts, &[(KeptNames { names: from, reported: None }, to)]).await;
        assert_eq!(moved.expect("renamed"), 1);
        elsewhere.close().await;
    });
    eventually("it counts under its name now", || follows() == (1, Some(("drooping".to_owned(), 1))));

    // A newer key, which this server does not have, makes another hash of the same customer.
    let key_file = how(&place).options.key_file;
    let before = std::fs::read_to_string(&key_file).expect("the key");
    std::fs::write(&key_file, format!("{}\n{before}", "5a".repeat(32))).expect("a newer key");
    runtime.block_on(recorded(&place, "drooping"));
    eventually("all of it is learned", || app.foresee(&Outlooked::default()).expect("foresight").contacts == 3);
    eventually("it is one customer", || {
        let all = app.foresee(&Outlooked { limit: 5, ..Outlooked::default() }).expect("foresight");
        all.of == 1
    });
    stop.cancel();
    runtime.block_on(app.settle());
}

/// What was recorded before that was known.
#[test]
fn contacts_about_an_issue_of_a_section_move_to_that_section() {
    let place = Place::new(&[("roses/_index.md", "---\ntitle: Roses\nissues: [drooping]\n---\n")]);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(recorded(&place, "roses:drooping"));
    let app = place.serve();
    let stop = CancellationToken::new();
    runtime.block_on(app.remember(how(&place), stop.clone())).expect("a ledger");
    let asked = Outlooked { issues: vec!["roses:drooping".to_owned()], limit: 5, ..Outlooked::default() };
    let product = || app.foresee(&asked).expect("foresight").had[0].product.as_ref().map(ToString::to_string);
    eventually("it counts with its section", || product().as_deref() == Some("roses"));
    stop.cancel();
    runtime.block_on(app.settle());
}
