//! Contacts: each counted once, read back in the order of commits.

use super::places::{Place, on_both};
use stemwire::ledger::{ChangeKind, Customer, KeptNames, Ledger, LedgerError, Names, NamesOf, NewContact};
use stemwire::tip::{IssueId, SectionId};

on_both! {
    each_counts_once,
    they_are_read_in_the_order_of_commits,
    a_customer_has_a_history,
    what_was_reported_tells_one_from_another,
    what_an_older_version_recorded_is_known,
    contacts_move_to_what_their_names_mean,
}

pub fn contact(customer: &Customer, at_ms: Option<i64>, issue: &str) -> NewContact {
    NewContact {
        id: None,
        reported: None,
        customer: customer.clone(),
        at_ms,
        position: at_ms.is_none().then_some(1),
        product: Some(SectionId::new("flowers")),
        issue: Some(IssueId::new(issue)),
    }
}

async fn each_counts_once(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let named = |id: &str, at_ms| NewContact { id: Some(id.into()), ..contact(&anna, Some(at_ms), "buying") };
    let batch = [named("T-1", 1), named("T-2", 2), named("T-1", 3), contact(&anna, Some(4), "buying")];
    let taken = ledger.record_contacts(&batch, None, 9).await.expect("recorded");
    assert_eq!((taken.accepted, taken.repeated), (3, 1));
    let taken = ledger.record_contacts(&batch, None, 9).await.expect("recorded");
    assert_eq!((taken.accepted, taken.repeated), (0, 4));
    assert_eq!(ledger.record_contacts(&[], None, 9).await.expect("nothing to do").accepted, 0);

    let timeless = NewContact { at_ms: None, position: None, ..named("T-9", 0) };
    let refused = ledger.record_contacts(&[named("T-8", 8), timeless], None, 9).await;
    assert!(matches!(refused, Err(LedgerError::Refused(_))));
    assert_eq!(place.number("SELECT COUNT(*) FROM contacts").await, 3, "all of a batch or nothing");
    let ids = "SELECT COUNT(*) FROM contacts WHERE id LIKE '%T-%' OR customer LIKE '%anna%'";
    assert_eq!(place.number(ids).await, 0, "kept as hashes");
}

async fn they_are_read_in_the_order_of_commits(place: Place) {
    let ledger = place.open().await;
    let mut tasks = Vec::new();
    for writer in 0..4 {
        let ledger = ledger.clone();
        tasks.push(tokio::spawn(async move {
            for batch in 0..10 {
                let customer = ledger.customer(&format!("{writer}")).expect("a customer");
                let contacts: Vec<_> =
                    (0..7).map(|n| contact(&customer, Some(batch * 100 + n), &format!("i{n}"))).collect();
                ledger.record_contacts(&contacts, None, 1).await.expect("recorded");
            }
        }));
    }
    // Whoever reads on from the last number while others write misses nothing.
    let (mut seq, mut read) = (0, 0);
    while read < 280 {
        let page = ledger.contacts_after(seq, 50).await.expect("read");
        assert!(page.windows(2).all(|pair| pair[0].seq < pair[1].seq));
        read += page.len();
        seq = page.last().map_or(seq, |last| last.seq);
        if page.is_empty() && tasks.iter().all(tokio::task::JoinHandle::is_finished) {
            read += ledger.contacts_after(seq, 500).await.expect("read").len();
            break;
        }
        tokio::task::yield_now().await;
    }
    assert_eq!(read, 280);
    for task in tasks {
        task.await.expect("it wrote");
    }
}

async fn a_customer_has_a_history(place: Place) {
    let ledger = place.open().await;
    let (anna, ben) = (ledger.customer("anna").expect("a customer"), ledger.customer("ben").expect("a customer"));
    let batch = [
        contact(&anna, Some(30), "third"),
        contact(&anna, Some(10), "first"),
        contact(&ben, Some(5), "other"),
        NewContact { product: None, ..contact(&anna, Some(20), "second") },
    ];
    ledger.record_contacts(&batch, None, 40).await.expect("recorded");
    let history = ledger.history(&anna, 10).await.expect("read");
    let issues: Vec<_> = history.iter().filter_map(|c| c.issue.as_ref()).map(IssueId::as_str).collect();
    assert_eq!(issues, ["first", "second", "third"]);
    assert_eq!(history[1].product, None);
    assert_eq!(history[0].customer, anna.id());
    assert_eq!(ledger.history(&anna, 2).await.expect("read")[0].at_ms, Some(20), "the latest, oldest first");
    let facts = ledger.customer_facts(&anna).await.expect("read");
    assert_eq!((facts.contacts, facts.first_ms, facts.last_ms), (3, Some(10), Some(30)));

    let positions: Vec<_> =
        [2, 3, 1].map(|n| NewContact { position: Some(n), ..contact(&ben, None, &format!("p{n}")) }).to_vec();
    let taken = ledger.record_contacts(&positions, None, 41).await.expect("recorded");
    assert_eq!(taken.accepted, 3);
    let carl = ledger.customer("carl").expect("a customer");
    assert_eq!(ledger.customer_facts(&carl).await.expect("read").contacts, 0);
}

fn names(product: &str, issue: &str) -> Names {
    let product = Some(product).filter(|name| !name.is_empty()).map(SectionId::new);
    (product, Some(issue).filter(|name| !name.is_empty()).map(IssueId::new))
}

/// A row that says these words, and what the library makes of them.
fn row(ledger: &Ledger, said: [Option<&str>; 3], meant: &Names, formerly: &[Names]) -> NewContact {
    let anna = ledger.customer("anna").expect("a customer");
    let [product, issue, text] = said;
    let reported = Some(ledger.as_reported(product, issue, text, formerly.to_vec()));
    let (product, issue) = meant.clone();
    NewContact { reported, product, issue, ..contact(&anna, Some(5), "") }
}

async fn what_was_reported_tells_one_from_another(place: Place) {
    let ledger = place.open().await;
    let strange = row(&ledger, [Some("gerbera"), Some("wonky heads"), None], &names("gerbera", "wonky heads"), &[]);
    let said = row(&ledger, [None, None, Some("they flop")], &names("", ""), &[]);
    let taken = ledger.record_contacts(&[strange, said], None, 9).await.expect("recorded");
    assert_eq!((taken.accepted, taken.repeated), (2, 0));
    // The library learns what both mean; the rows say what they said.
    let meant = names("flowers/gerbera", "flowers/gerbera:wonky-heads");
    let known = row(&ledger, [Some("gerbera"), Some("wonky heads"), None], &meant, &[]);
    let heard = row(&ledger, [None, None, Some("they flop")], &meant, &[]);
    let taken = ledger.record_contacts(&[known, heard.clone()], None, 9).await.expect("recorded");
    assert_eq!((taken.accepted, taken.repeated), (0, 2));
    let others = [
        row(&ledger, [None, None, Some("they flop!")], &meant, &[]),
        row(&ledger, [None, Some("they flop"), None], &meant, &[]),
        NewContact { at_ms: Some(6), ..heard.clone() },
        NewContact { customer: ledger.customer("ben").expect("a customer"), ..heard },
    ];
    assert_eq!(ledger.record_contacts(&others, None, 9).await.expect("recorded").accepted, 4);
}

async fn what_an_older_version_recorded_is_known(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let (then, now) = (names("gerbera", "wonky heads"), names("flowers/gerbera", "flowers/gerbera:wonky-heads"));
    // Older versions told contacts apart by what the library had made of them.
    let old = |(product, issue): Names| NewContact { product, issue, ..contact(&anna, Some(5), "") };
    ledger.record_contacts(&[old(then.clone())], None, 9).await.expect("recorded");
    let said = [Some("gerbera"), Some("wonky heads"), None];
    let again = [row(&ledger, said, &now, &[now.clone(), then.clone()])];
    for _ in 0..2 {
        let taken = ledger.record_contacts(&again, None, 9).await.expect("recorded");
        assert_eq!((taken.accepted, taken.repeated), (0, 1));
    }
    // Nor does it matter that they stand under another name by now.
    ledger.rename(NamesOf::Contacts, &[(kept(&then), now.clone())]).await.expect("renamed");
    let other = row(&ledger, [Some("gerbera"), Some("buying"), None], &names("gerbera", "buying"), &[]);
    let taken = ledger.record_contacts(&[again[0].clone(), other], None, 9).await.expect("recorded");
    assert_eq!((taken.accepted, taken.repeated), (1, 1));
}

async fn contacts_move_to_what_their_names_mean(place: Place) {
    let ledger = place.open().await;
    let anna = ledger.customer("anna").expect("a customer");
    let of = |n: i64, (product, issue): Names| NewContact { product, issue, ..contact(&anna, Some(n), "") };
    let (strange, bare, other) = (names("gerbera", "wonky"), names("", "wonky"), names("gerbera", "buying"));
    // More than move in one step.
    let mut batch: Vec<NewContact> = (0..4100).map(|n| of(n, strange.clone())).collect();
    batch.extend([of(5000, bare.clone()), of(5001, bare.clone()), of(5002, other.clone())]);
    ledger.record_contacts(&batch, None, 9).await.expect("recorded");
    let all = ledger.kept_names(NamesOf::Contacts, 10).await.expect("read");
    assert_eq!(all, [kept(&strange), kept(&bare), kept(&other)], "those of most contacts first");
    assert_eq!(ledger.kept_names(NamesOf::Contacts, 1).await.expect("read").len(), 1);

    let mut changes = ledger.changes();
    let meant = names("flowers/gerbera", "flowers/gerbera:wonky");
    let bare_meant = names("", "flowers/gerbera:wonky");
    let renamed = [(kept(&strange), meant.clone()), (kept(&bare), bare_meant.clone())];
    assert_eq!(ledger.rename(NamesOf::Contacts, &renamed).await.expect("renamed"), 4102);
    assert_eq!(changes.recv().await.expect("told").kind, ChangeKind::Erased, "whoever learned begins anew");
    assert_eq!(ledger.rename(NamesOf::Contacts, &renamed).await.expect("nothing is left").to_string(), "0");
    assert!(changes.try_recv().is_err(), "told once");
    let moved = |names: &Names, reported: &Names| KeptNames { names: names.clone(), reported: Some(reported.clone()) };
    let moved = [moved(&meant, &strange), moved(&bare_meant, &bare)];
    let all = ledger.kept_names(NamesOf::Contacts, 10).await.expect("read");
    assert_eq!(all, [moved[0].clone(), moved[1].clone(), kept(&meant), kept(&bare_meant), kept(&other)]);

    // Elsewhere, and back at what they were reported as.
    let elsewhere = names("flowers/rose", "flowers/rose:wonky");
    assert_eq!(
        ledger.rename(NamesOf::Contacts, &[(moved[0].clone(), elsewhere.clone())]).await.expect("renamed"),
        4100
    );
    let there = KeptNames { names: elsewhere, ..moved[0].clone() };
    let back = [(there, strange.clone()), (moved[1].clone(), bare.clone())];
    assert_eq!(ledger.rename(NamesOf::Contacts, &back).await.expect("renamed"), 4102);
    let all = ledger.kept_names(NamesOf::Contacts, 10).await.expect("read");
    assert_eq!(all, [kept(&strange), kept(&bare), kept(&other)]);
}

/// Kept as it was reported.
fn kept(names: &Names) -> KeptNames {
    KeptNames { names: names.clone(), reported: None }
}
