//! What was acknowledged is there after the process was killed, whenever that was.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::Place;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use stemwire::ledger::{Ledger, NewBalloon, Options, OutcomeKind};

/// Name the ledger to the process that writes until it is killed.
const URL: &str = "STEMWIRE_TEST_LEDGER";
const KEY: &str = "STEMWIRE_TEST_LEDGER_KEY";

/// In a process of its own, this writes and says so until it is killed; by itself, it writes a little.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_writer_says_what_it_wrote() {
    if let (Ok(url), Ok(key)) = (std::env::var(URL), std::env::var(KEY)) {
        let options = Options { key_file: PathBuf::from(key), ..Options::default() };
        let ledger = Ledger::open(&url, options).await.expect("the ledger opens after a kill");
        for n in 0.. {
            let word = write(&ledger, n).await;
            let mut out = std::io::stdout().lock();
            writeln!(out, "acknowledged {word}").and_then(|()| out.flush()).expect("someone listens");
        }
    }
    let place = Place::sqlite();
    let word = write(&place.open().await, 0).await;
    assert!(is_there(&place.open().await, &word).await);
}

/// Records something and gives back what to look for.
async fn write(ledger: &Ledger, n: i64) -> String {
    let name = stemwire::ledger::new_id();
    let customer = ledger.customer(&name).expect("a customer");
    match n % 3 {
        0 => {
            let told = outcome("wire", OutcomeKind::Told, Some(&customer));
            ledger.record_outcome(&told, None, n).await.expect("recorded");
            format!("told {name}")
        }
        1 => {
            let batch: Vec<_> = (0..20).map(|at_ms| contact(&customer, Some(at_ms), "buying")).collect();
            ledger.record_contacts(&batch, None, n).await.expect("recorded");
            format!("contacts {name}")
        }
        _ => {
            let balloon = NewBalloon { said: name, ..NewBalloon::default() };
            format!("balloon {}", ledger.give_balloon(&balloon, None, n).await.expect("given").receipt)
        }
    }
}

async fn is_there(ledger: &Ledger, word: &str) -> bool {
    let (kind, name) = word.split_once(' ').expect("two words");
    let customer = ledger.customer(name).expect("a customer");
    match kind {
        "told" => ledger.told(&customer).await.expect("read").len() == 1,
        "contacts" => ledger.customer_facts(&customer).await.expect("read").contacts == 20,
        _ => ledger.balloon_by_receipt(name).await.is_ok(),
    }
}

/// Kills a writer again and again on the same ledger, and looks for everything that it said.
async fn survives(place: Place, kills: u64) {
    let mut acknowledged = Vec::new();
    for round in 0..kills {
        let mut child = Command::new(std::env::current_exe().expect("this very test"))
            .args(["ledger::durable::a_writer_says_what_it_wrote", "--exact", "--nocapture"])
            .env(URL, &place.url)
            .env(KEY, place.key_file())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("a writer starts");
        let mut lines = BufReader::new(child.stdout.take().expect("it is piped")).lines();
        // After so many words, and then somewhere within the next piece of work.
        let words = blake3::hash(&round.to_le_bytes()).as_bytes()[0] % 24;
        let mut heard = 0;
        let killed = loop {
            let Some(Ok(line)) = lines.next() else { break false };
            if let Some(word) = line.strip_prefix("acknowledged ") {
                acknowledged.push(word.to_owned());
                heard += 1;
                if heard > words {
                    break true;
                }
            }
        };
        assert!(killed, "the writer ended by itself after {heard} words");
        for spin in 0..u64::from(words) * 40_000 {
            std::hint::black_box(spin);
        }
        child.kill().expect("it is killed");
        child.wait().expect("it is gone");
        let rest = lines.map_while(Result::ok);
        acknowledged.extend(rest.filter_map(|line| line.strip_prefix("acknowledged ").map(str::to_owned)));
    }
    let ledger = place.open().await;
    let mut lost = Vec::new();
    for word in &acknowledged {
        if !is_there(&ledger, word).await {
            lost.push(word);
        }
    }
    assert!(lost.is_empty(), "{} of {} acknowledged were lost: {lost:?}", lost.len(), acknowledged.len());
    // No half of a batch, acknowledged or not.
    let halves = "SELECT COUNT(*) FROM (SELECT customer FROM contacts GROUP BY customer HAVING COUNT(*) <> 20) AS h";
    assert_eq!(place.number(halves).await, 0);
}

/// MEASURES wants a hundred kills without a loss.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_kills_lose_nothing_on_sqlite() {
    survives(Place::sqlite(), 100).await;
}

/// The server is another process, so that fewer kills show as much.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn kills_lose_nothing_on_postgres() {
    if let Some(place) = Place::postgres().await {
        survives(place, 20).await;
    }
}
