//! What the ledger costs: a million contacts recorded and read back, measures over them, single reports, look-ups.
//!
//! `cargo bench --bench ledger -- [URL]`: on a SQLite file of its own, or on an empty PostgreSQL database.

use std::time::Instant;
use stemwire::ledger::{Ledger, NewContact, NewOutcome, Once, Options, OutcomeKind};
use stemwire::tip::{IssueId, SectionId, TipId};

const CONTACTS: i64 = 1_000_000;
/// Contacts a batch: one transaction each.
const BATCH: i64 = 5_000;
/// Four contacts a customer.
const CUSTOMERS: i64 = CONTACTS / 4;
const HOUR: i64 = 3_600_000;
const WEEK: i64 = 168 * HOUR;
/// Single calls that are timed: enough for a median and for one in a hundred.
const CALLS: i64 = 500;

fn main() {
    let place = tempfile::tempdir().expect("a temporary folder");
    let file = format!("sqlite:{}", place.path().join("ledger.db").display());
    let url = std::env::args().skip(1).find(|arg| !arg.starts_with('-')).unwrap_or(file);
    let options = Options { key_file: place.path().join("key"), ..Options::default() };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let ledger = Ledger::open(&url, options).await.expect("it opens");
        import(&ledger).await;
        measure(&ledger).await;
        single(&ledger).await;
    });
    let bytes: u64 = std::fs::read_dir(place.path())
        .expect("the folder")
        .filter_map(|entry| entry.ok()?.metadata().ok())
        .map(|metadata| metadata.len())
        .sum();
    println!("files: {} MB", bytes >> 20);
}

fn contact(ledger: &Ledger, n: i64) -> NewContact {
    // Each customer comes four times, every three days; customers begin spread over most of a year.
    let customer = n % CUSTOMERS;
    let at_ms = 1_760_000_000_000 + customer * 100_000 + n / CUSTOMERS * 72 * HOUR;
    NewContact {
        id: Some(format!("T-{n}")),
        reported: None,
        customer: ledger.customer(&format!("customer {customer}")).expect("a customer"),
        at_ms: Some(at_ms),
        position: None,
        product: Some(SectionId::new(format!("section/{}", n % 7))),
        issue: Some(IssueId::new(format!("issue {}", n % 23))),
    }
}

async fn import(ledger: &Ledger) {
    let began = Instant::now();
    for first in (0..CONTACTS).step_by(BATCH as usize) {
        let batch: Vec<NewContact> = (first..first + BATCH).map(|n| contact(ledger, n)).collect();
        ledger.record_contacts(&batch, None, 1).await.expect("recorded");
    }
    let took = began.elapsed().as_secs_f64();
    println!("record {CONTACTS} contacts: {took:.1} s, {:.0} a second", CONTACTS as f64 / took);

    let began = Instant::now();
    let (mut seq, mut read) = (0, 0);
    loop {
        let page = ledger.contacts_after(seq, 10_000).await.expect("read");
        let Some(last) = page.last() else { break };
        (seq, read) = (last.seq, read + page.len());
    }
    println!("read {read} contacts: {:.1} s", began.elapsed().as_secs_f64());
}

async fn measure(ledger: &Ledger) {
    let began = Instant::now();
    let rows = ledger.right_first_time(0, 1_800_000_000_000, WEEK).await.expect("counted");
    println!("right first time: {} rows, {:.2} s", rows.len(), began.elapsed().as_secs_f64());
    let began = Instant::now();
    let rows = ledger.repeats(0, 1_800_000_000_000, WEEK).await.expect("counted");
    println!("repeats: {} rows, {:.2} s", rows.len(), began.elapsed().as_secs_f64());
}

async fn single(ledger: &Ledger) {
    let (mut writes, mut reads) = (Vec::new(), Vec::new());
    for n in 0..CALLS {
        let customer = ledger.customer(&format!("customer {n}")).expect("a customer");
        let told = NewOutcome {
            at_ms: n,
            tip: TipId::new("wire"),
            substance: None,
            kind: OutcomeKind::Told,
            reason: None,
            suggestion: None,
            customer: Some(customer.clone()),
            agent: None,
            channel: None,
        };
        let once = Once::new(&format!("k{n}"), "POST /v1/outcomes", b"").expect("a key");
        let began = Instant::now();
        ledger.record_outcome(&told, Some(&once), n).await.expect("recorded");
        writes.push(began.elapsed().as_micros());
        let began = Instant::now();
        assert_eq!(ledger.told(&customer).await.expect("read").len(), 1);
        reads.push(began.elapsed().as_micros());
    }
    for (what, mut times) in [("record an outcome", writes), ("look up what was told", reads)] {
        times.sort_unstable();
        println!("{what}: median {} us, p99 {} us", times[times.len() / 2], times[times.len() * 99 / 100]);
    }
}
