//! A new key while contacts go on: a customer who comes again under it has one history, in what is learned, too.

use super::forgetting::how;
use super::{Place, eventually};
use chrono::Utc;
use stemwire::app::{Form, Outlooked};
use tokio_util::sync::CancellationToken;

#[test]
fn what_was_learned_goes_on_under_a_new_key() {
    let place = Place::new(&[("a.md", "# Any?\n\nYes.\n")]);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let key_file = place.dir.path().join("ledger.key");
    for (key, contacts) in [
        (None, "customer,at,issue\nA,2024-01-01,buying\nB,2024-01-01,buying\n"),
        (Some("5a".repeat(32)), "customer,at,issue\nA,2024-01-03,drooping\n"),
    ] {
        if let Some(key) = &key {
            let before = std::fs::read_to_string(&key_file).expect("the key");
            std::fs::write(&key_file, format!("{key}\n{before}")).expect("a newer key");
        }
        let app = place.serve();
        let stop = CancellationToken::new();
        runtime.block_on(app.remember(how(&place), stop.clone())).expect("a ledger");
        let asked = || Outlooked { issues: vec!["buying".to_owned()], limit: 5, ..Outlooked::default() };
        let learned = || app.foresee(&asked()).expect("foresight");
        // All of what was there is learned before anything new comes.
        eventually("it knows what was there", || learned().contacts == if key.is_some() { 2 } else { 0 });
        let taken = app.take_contacts(contacts.as_bytes(), Form::Csv, None, Utc::now(), &|_| {});
        runtime.block_on(taken).expect("taken");
        let counted = if key.is_some() { (2, Some(1)) } else { (2, None) };
        eventually("A is one customer", || {
            let found = learned();
            (found.of, found.next.first().map(|(next, _)| next.n)) == counted
        });
        stop.cancel();
        runtime.block_on(app.settle());
    }
}
