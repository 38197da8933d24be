//! Contacts: each counted once, read back in the order of commits.

use super::places::{Place, on_both};
use stemwire::ledger::{Customer, LedgerError, NewContact};
use stemwire::tip::{IssueId, SectionId};

on_both! { each_counts_once, they_are_read_in_the_order_of_commits, a_customer_has_a_history }

pub fn contact(customer: &Customer, at_ms: Option<i64>, issue: &str) -> NewContact {
    NewContact {
        id: None,
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
