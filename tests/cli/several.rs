//! Several servers on one PostgreSQL: what one records, the others know, also once that one was killed.

use super::Place;
use super::serving::{DEADLINE, Serving, get, post};
use crate::ledger::places::Place as Ledger;
use serde_json::{Value, json};
use std::time::Instant;

const WIRE: &str = "flowers/gerbera/wire";

fn body(answer: &str) -> Value {
    let text = answer.split_once("\r\n\r\n").map(|(_, body)| body).unwrap_or_default();
    serde_json::from_str(text).unwrap_or_else(|e| panic!("{e}: {answer}"))
}

/// The tip that `address` would tell a customer.
fn tip(address: &str, customer: &str) -> Value {
    body(&get(address, &format!("/v1/suggest?product=gerbera&issue=buying&customer={customer}")))["tip"]["id"].clone()
}

/// Customers counted in the situation, as `address` knows them.
fn counted(address: &str) -> Value {
    body(&get(address, "/v1/foresight?product=gerbera&issue=buying"))["of"].clone()
}

/// Waits until each of `servers`, with its address, has counted `customers`. Where one never does, tells what all said.
fn all_count(customers: usize, servers: &mut [(&mut Serving, &String)]) {
    let begun = Instant::now();
    let behind = |(_, address): &(&mut Serving, &String)| counted(address) != customers;
    while let Some(behind) = servers.iter().position(behind) {
        if begun.elapsed() > DEADLINE {
            let answer = get(servers[behind].1, "/v1/foresight?product=gerbera&issue=buying");
            let said: Vec<String> =
                servers.iter_mut().map(|(serving, at)| format!("{at}: {}", serving.said())).collect();
            panic!("number {behind} never counted {customers}: {answer}\n{}", said.join("\n"));
        }
        std::thread::yield_now();
    }
}

/// Contacts of days long past are over their time: each server that starts would drop them.
fn contacts(from: usize, to: usize) -> String {
    let now = chrono::Utc::now();
    let day = |ago: i64| (now - chrono::TimeDelta::days(ago)).format("%Y-%m-%d").to_string();
    let row = |n: usize| {
        json!([{"customer": format!("c{n}"), "at": day(30), "product": "gerbera", "issue": "buying"},
            {"customer": format!("c{n}"), "at": day(28), "product": "gerbera", "issue": "drooping"}])
    };
    let rows: Vec<Value> = (from..to).flat_map(|n| row(n).as_array().cloned().unwrap_or_default()).collect();
    Value::Array(rows).to_string()
}

#[test]
fn three_servers_remember_together_and_one_may_be_killed() {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let Some(ledger) = runtime.block_on(Ledger::postgres()) else { return };
    let place = Place::with_library();
    let key = ledger.key_file().display().to_string();
    let start = |n: usize| {
        let index = format!("index-{n}");
        place.write("stemwire.toml", format!("customer_key = {key:?}\n[experiment]\nheld_out = 0\n"));
        let mut serving = Serving::start(&place, &["serve", "--index", &index, "--ledger", &ledger.url]);
        let address = serving.address();
        (serving, address)
    };
    let ((first, a), (mut second, b), (mut third, c)) = (start(1), start(2), start(3));
    assert_eq!(tip(&b, "anna"), WIRE);
    let told = json!({"tip": WIRE, "outcome": "told", "customer": "anna"}).to_string();
    assert!(post(&a, "/v1/outcomes", &told).starts_with("HTTP/1.1 201"));
    first.signal("-KILL");
    first.end();
    for address in [&b, &c] {
        assert_ne!(tip(address, "anna"), WIRE, "{address} does not know what the killed one acknowledged");
        assert_eq!(tip(address, "ben"), WIRE);
    }
    assert!(post(&b, "/v1/contacts", &contacts(0, 30)).starts_with("HTTP/1.1 200"));
    all_count(30, &mut [(&mut second, &b), (&mut third, &c)]);
    // Whichever of the two led in learning, the other goes on.
    second.signal("-KILL");
    second.end();
    assert!(post(&c, "/v1/contacts", &contacts(30, 50)).starts_with("HTTP/1.1 200"));
    all_count(50, &mut [(&mut third, &c)]);
    let (mut again, d) = start(4);
    all_count(50, &mut [(&mut third, &c), (&mut again, &d)]);
    assert_ne!(tip(&d, "anna"), WIRE);
    for serving in [third, again] {
        serving.signal("-TERM");
        assert_eq!(serving.end().code(), Some(0));
    }
}
