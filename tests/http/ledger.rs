//! The ledger over HTTP: told is told, dismissed is out, contacts become foresight, balloons and promises have their lives.

use super::desk::{Desk, Seen};
use serde_json::{Value, json};
use std::path::Path;
use std::time::{Duration, Instant};
use stemwire::app::{LedgerOptions, Remembering, Retention};
use stemwire::http::Options;
use stemwire::ledger::Ledger;
use tokio_util::sync::CancellationToken;

pub const WIRE: &str = "flowers/gerbera/wire";
/// What is worth saying where the wire is not.
pub const NEXT: &str = "flowers/gerbera/water";
pub const BUYING: &str = "/v1/suggest?product=gerbera&issue=buying";

pub fn remembering(folder: &Path, held_out: f64) -> Remembering {
    Remembering {
        url: format!("sqlite:{}", folder.join("ledger.db").display()),
        options: LedgerOptions { key_file: folder.join("ledger.key"), ..LedgerOptions::default() },
        held_out,
        retention: Retention::default(),
        balloon_hours: 48,
    }
}

impl Desk {
    /// A desk with a ledger of its own.
    pub async fn remembering(held_out: f64) -> Self {
        let desk = Desk::with(Options::default());
        let how = remembering(desk.folder.path(), held_out);
        desk.app.remember(how, CancellationToken::new()).await.unwrap();
        desk
    }

    pub async fn told(&self, customer: &str) -> Value {
        let seen = self.get(&format!("{BUYING}&customer={customer}")).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        let answer = seen.json();
        match &answer["silence"] {
            Value::Null => answer["tip"]["id"].clone(),
            silence => silence["code"].clone(),
        }
    }

    pub async fn record(&self, body: Value) -> Seen {
        self.post("/v1/outcomes", &body.to_string()).await
    }

    async fn until_ready(&self) {
        let begun = Instant::now();
        while self.get("/readyz").await.status != 200 {
            assert!(begun.elapsed() < Duration::from_secs(20), "never ready");
            tokio::task::yield_now().await;
        }
    }

    /// Asks until the answer is as it should be: what is learned in the background is seen within a second or two.
    pub async fn until(&self, path: &str, good: impl Fn(&Value) -> bool) -> Value {
        let begun = Instant::now();
        let mut again = tokio::time::interval(Duration::from_millis(20));
        loop {
            let seen = self.get(path).await;
            let body = seen.json();
            if seen.status == 200 && good(&body) {
                return body;
            }
            assert!(begun.elapsed() < Duration::from_secs(20), "never seen at {path}: {body:#}");
            again.tick().await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn told_is_told() {
    let desk = Desk::remembering(0.0).await;
    assert_eq!(desk.told("anna").await, WIRE);
    let told = json!({"tip": WIRE, "outcome": "told", "customer": " anna ", "channel": "phone"});
    let recorded = desk.record(told.clone()).await;
    assert_eq!(recorded.status, 201, "{}", recorded.body);
    assert_eq!(desk.told("anna").await, NEXT);
    assert_eq!(desk.told("ben").await, WIRE);

    // Another server on the same ledger knows it at once.
    let other = Desk::with(Options::default());
    let how = Remembering {
        options: LedgerOptions { key_file: desk.folder.path().join("ledger.key"), ..LedgerOptions::default() },
        ..remembering(desk.folder.path(), 0.0)
    };
    other.app.remember(how, CancellationToken::new()).await.unwrap();
    assert_eq!(other.told("anna").await, NEXT);

    // A mended slip is no news; another say line is.
    let edit = async |from: &str, to: &str| {
        let path = format!("/v1/tips/{WIRE}");
        let text = desk.ask("GET", &path, &[("accept", "text/markdown")], "").await;
        let tag = text.header("etag").to_owned();
        let put = [("content-type", "text/markdown"), ("if-match", tag.as_str())];
        let seen = desk.ask("PUT", &path, &put, &text.body.replace(from, to)).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
    };
    edit("hang their heads", "hang their heds").await;
    assert_eq!(desk.told("anna").await, NEXT);
    edit("after a few days", "after two weeks").await;
    assert_eq!(desk.told("anna").await, WIRE);
    assert_eq!(desk.record(told).await.status, 201);
    assert_eq!(desk.told("anna").await, NEXT);
    edit("after: 3 days", "after: 3 days\nagain: true").await;
    assert_eq!(desk.told("anna").await, WIRE, "the file allows it");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_of_an_answer_counts_the_ledger_in() {
    let desk = Desk::remembering(0.0).await;
    let asked = format!("{BUYING}&customer=anna");
    let tag = desk.get(&asked).await.header("etag").to_owned();
    let again = async |tag: &str| desk.ask("GET", &asked, &[("if-none-match", tag)], "").await;
    assert_eq!(again(&tag).await.status, 304, "nothing changed");
    desk.record(json!({"tip": WIRE, "outcome": "told", "customer": "anna"})).await;
    let seen = again(&tag).await;
    assert_eq!((seen.status, &seen.json()["tip"]["id"]), (200, &json!(NEXT)));
    desk.record(json!({"tip": NEXT, "outcome": "dismissed", "reason": "unsafe"})).await;
    assert_eq!(again(seen.header("etag")).await.status, 200, "it is out for everybody");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_is_ready_once_it_has_counted_the_contacts() {
    let desk = Desk::with(Options::default());
    desk.app.remember_unlearned(&remembering(desk.folder.path(), 0.0)).await.unwrap();
    let seen = desk.get("/readyz").await;
    assert_eq!((seen.status, seen.slug()), (503, "not-ready".to_owned()));
    assert!(seen.body.contains("counted"), "{}", seen.body);
    assert_eq!(desk.get(BUYING).await.status, 200, "tips are suggested meanwhile");

    let desk = Desk::remembering(0.0).await;
    let begun = Instant::now();
    while desk.get("/readyz").await.status != 200 {
        assert!(begun.elapsed() < Duration::from_secs(20), "it never counts them");
        tokio::task::yield_now().await;
    }
}

/// The answer to the first request is lost on the way: the same request again changes nothing, whatever came between.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_or_settled_with_a_key_is_so_once() {
    let desk = Desk::remembering(0.0).await;
    let id = desk.record(json!({"tip": WIRE, "outcome": "told", "customer": "anna"})).await.json()["id"].clone();
    let path = format!("/v1/outcomes/{}", id.as_str().unwrap());
    for _ in 0..2 {
        assert_eq!(desk.ask("DELETE", &path, &[("idempotency-key", "slip")], "").await.status, 204);
    }
    assert_eq!(desk.ask("DELETE", &path, &[], "").await.status, 404);

    let promise = desk.post("/v1/promises", r#"{"what": "call", "due": "2030-01-01T00:00:00Z"}"#).await.json();
    let settle = async |verb: &str, key: &str| {
        let path = format!("/v1/promises/{}/{verb}", promise["id"].as_str().unwrap());
        desk.ask("POST", &path, &[("idempotency-key", key)], "").await
    };
    let state = async || desk.get("/v1/promises").await.json()["items"][0]["state"].clone();
    for due in ["9999-12-31T23:59:60Z", "0000-01-01T00:00:00Z", "9999-12-31T23:00:00-02:00"] {
        let seen = desk.post("/v1/promises", &json!({"what": "call", "due": due}).to_string()).await;
        assert_eq!((seen.slug().as_str(), seen.body.contains("1970 to 9999")), ("invalid-fields", true), "{due}");
    }
    assert_eq!(settle("kept", "one").await.json()["state"], "kept");
    assert_eq!(settle("open", "two").await.json()["state"], "open");
    assert_eq!(settle("kept", "one").await.json()["state"], "kept", "the first answer");
    assert_eq!(state().await, "open", "it is not done once more");
    // A server that was started anew knows it, too.
    let other = Desk::with(Options::default());
    other.app.remember(remembering(desk.folder.path(), 0.0), CancellationToken::new()).await.unwrap();
    let path = format!("/v1/promises/{}/kept", promise["id"].as_str().unwrap());
    let seen = other.ask("POST", &path, &[("idempotency-key", "one")], "").await;
    assert_eq!((seen.status, &seen.json()["state"]), (200, &json!("kept")));
    assert_eq!(state().await, "open", "nor by another server");
    let headers = [("idempotency-key", "one"), ("content-type", "application/json")];
    assert_eq!(desk.ask("POST", &path, &headers, "{}").await.slug(), "idempotency-key-reused");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_in_a_body_is_not_said_in_the_address() {
    let desk = Desk::remembering(0.0).await;
    for (path, body) in [
        ("/v1/suggest?limit=2", r#"{"text": "gerberas"}"#),
        ("/v1/outcomes?x=1", r#"{"tip": "flowers/gerbera/wire", "outcome": "told"}"#),
        ("/v1/contacts?x=1", r#"{"customer": "anna", "position": 1, "issue": "buying"}"#),
        ("/v1/balloons?text=vases", r#"{"text": "Sell vases"}"#),
        ("/v1/promises?x=1", r#"{"what": "call", "due": "2030-01-01T00:00:00Z"}"#),
    ] {
        let seen = desk.post(path, body).await;
        assert_eq!((seen.status, seen.slug()), (400, "invalid-query".to_owned()), "{path}");
    }
    assert_eq!(desk.get("/v1/balloons").await.json()["items"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_taken_back_is_untold() {
    let desk = Desk::remembering(0.0).await;
    let told = json!({"tip": WIRE, "outcome": "told", "customer": "anna", "follow_up": true});
    let recorded = desk.record(told).await.json();
    assert_eq!(desk.told("anna").await, NEXT);
    assert_eq!(desk.get("/v1/promises").await.json()["items"].as_array().unwrap().len(), 1);
    let path = format!("/v1/outcomes/{}", recorded["id"].as_str().unwrap());
    assert_eq!(desk.ask("DELETE", &path, &[], "").await.status, 204);
    assert_eq!(desk.told("anna").await, WIRE);
    assert_eq!(desk.get("/v1/promises").await.json()["items"].as_array().unwrap().len(), 0);
    assert_eq!(desk.ask("DELETE", &path, &[], "").await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_dismissed_as_unsafe_waits_for_an_editor() {
    let desk = Desk::remembering(0.0).await;
    let declined = desk.record(json!({"tip": WIRE, "outcome": "declined", "customer": "anna"})).await;
    assert_eq!(declined.status, 201);
    assert_eq!(desk.told("anna").await, NEXT, "who declined has heard it");
    assert_eq!(desk.told("ben").await, WIRE);
    let seen = desk.record(json!({"tip": WIRE, "outcome": "dismissed", "reason": "unsafe"})).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    assert_eq!(desk.told("ben").await, NEXT);
    let answer = desk.get(BUYING).await.json();
    assert!(answer["others"].as_array().unwrap().iter().all(|tip| tip["id"] != WIRE), "{answer:#}");
    let flags = desk.until("/v1/flags", |flags| !flags["items"].as_array().unwrap().is_empty()).await;
    assert_eq!((&flags["items"][0]["tip"], &flags["items"][0]["unsafe"]), (&json!(WIRE), &json!(1)));
    assert_eq!(desk.get(&format!("/v1/tips/{WIRE}/evidence")).await.json()["flagged"], true);
    let cleared = desk.ask("DELETE", &format!("/v1/flags/{WIRE}?by=Dana"), &[], "").await;
    assert_eq!(cleared.status, 204);
    desk.until(BUYING, |answer| answer["tip"]["id"] == WIRE).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn outcomes_that_cannot_be_are_refused_with_their_fields() {
    let desk = Desk::remembering(0.0).await;
    let seen = desk.record(json!({"outcome": "sung", "at": "yesterday", "colour": 1})).await;
    assert_eq!((seen.status, seen.slug()), (422, "invalid-fields".to_owned()));
    let errors = seen.json()["errors"].clone();
    let pointers: Vec<&str> = errors.as_array().unwrap().iter().map(|e| e["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["#/tip", "#/outcome", "#/at", "#/colour"]);
    let seen = desk.record(json!({"tip": "flowers/none", "outcome": "told"})).await;
    assert_eq!((seen.status, seen.json()["errors"][0]["pointer"].clone()), (422, json!("#/tip")));
    let seen = desk.record(json!({"tip": WIRE, "outcome": "told", "reason": "unclear"})).await;
    assert_eq!(seen.status, 422, "{}", seen.body);
    // What lies ahead is a mistake, beyond what clocks and zones differ by; it would never grow old.
    let seen = desk.record(json!({"tip": WIRE, "outcome": "told", "at": "2999-01-01T00:00:00Z"})).await;
    assert_eq!((seen.status, seen.json()["errors"][0]["pointer"].clone()), (422, json!("#/at")), "{}", seen.body);
    assert_eq!(desk.record(json!({"tip": WIRE, "outcome": "told", "at": ago(-0.5)})).await.status, 201);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_repeated_request_is_recorded_once() {
    let desk = Desk::remembering(0.0).await;
    let post = async |key: &str, body: &Value| desk.report(key, body).await;
    let body = json!({"tip": WIRE, "outcome": "helped", "customer": "anna"});
    let (first, again) = (post("k1", &body).await, post("k1", &body).await);
    assert_eq!((first.status, first.json()), (201, again.json()));
    let other = post("k1", &json!({"tip": WIRE, "outcome": "told", "customer": "anna"})).await;
    assert_eq!((other.status, other.slug()), (422, "idempotency-key-reused".to_owned()));
    let evidence = desk.get(&format!("/v1/tips/{WIRE}/evidence")).await.json();
    assert_eq!(evidence["outcomes"], json!([{"outcome": "helped", "reason": null, "times": 1, "customers": 1}]));
}

/// Days before now, as contacts are reported.
fn ago(days: f64) -> String {
    (chrono::Utc::now() - chrono::TimeDelta::minutes((days * 1440.0) as i64)).to_rfc3339()
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_become_foresight_and_speak_in_suggestions() {
    let desk = Desk::remembering(0.0).await;
    let mut csv = "id,customer,at,product,issue,text\n".to_owned();
    for n in 0..60 {
        let start = 40.0 + f64::from(n) / 10.0;
        csv += &format!("a{n},c{n},{},gerbera,buying,\n", ago(start));
        if n % 2 == 0 {
            csv += &format!("b{n},c{n},{},gerbera,drooping,\n", ago(start - 3.0));
        }
    }
    csv += ",,2026-01-01T00:00:00Z,gerbera,buying,\nz,cz,next week,gerbera,buying,\n";
    csv += &format!("t,ct,{},gerbera,,my gerberas are flopping over and hang their heads\n", ago(1.0));
    let seen = desk.ask("POST", "/v1/contacts", &[("content-type", "text/csv")], &csv).await;
    let answer = seen.json();
    assert_eq!((&answer["accepted"], &answer["repeated"]), (&json!(91), &json!(0)), "{answer:#}");
    let lines: Vec<u64> =
        answer["refused"].as_array().unwrap().iter().map(|refused| refused["line"].as_u64().unwrap()).collect();
    assert_eq!(lines, [92, 93], "{answer:#}");
    let again = desk.ask("POST", "/v1/contacts", &[("content-type", "text/csv")], &csv).await.json();
    assert_eq!((&again["accepted"], &again["repeated"]), (&json!(0), &json!(91)));

    let path = "/v1/foresight?product=gerbera&issue=buying&limit=2";
    let seen = desk.until(path, |answer| answer["contacts"] == 91).await;
    let first = &seen["next"][0];
    assert_eq!(first["issue"], "flowers/gerbera:drooping", "{seen:#}");
    assert_eq!((&first["n"], &seen["of"], &first["tip"]), (&json!(30), &json!(60), &json!(WIRE)));
    assert_eq!((&first["median_days"], &seen["basis"]), (&json!(3.0), &json!("first")));
    let (low, p, high) =
        (first["low"].as_f64().unwrap(), first["p"].as_f64().unwrap(), first["high"].as_f64().unwrap());
    assert!(0.0 < low && low < p && p < high && high < 1.0, "{first:#}");
    let answer = desk.get(BUYING).await.json();
    let why = answer["tip"]["why"].to_string();
    assert!(why.contains("30 of 60"), "{why}");
    let evidence = desk.get(&format!("/v1/tips/{WIRE}/evidence")).await.json();
    assert_eq!((&evidence["follows"][0]["n"], &evidence["follows"][0]["of"]), (&json!(30), &json!(60)));

    // Without a product, it is the one with which most customers had the issue, and the answer says so.
    let seen = desk.get("/v1/foresight?issue=buying&issue=moon").await.json();
    let of = json!([{"issue": "buying", "product": "flowers/gerbera"}, {"issue": "moon", "product": null}]);
    assert_eq!(seen["had"], of, "{seen:#}");

    // Whole days count: nobody who had not come back after four days did so later.
    for (since, counted) in [("2.9", (30, 60)), ("4.5", (0, 30)), ("4000", (0, 30))] {
        let seen = desk.get(&format!("{path}&since_days={since}")).await.json();
        let first = seen["next"].as_array().unwrap().iter().find(|next| next["tip"] == json!(WIRE)).unwrap();
        assert_eq!((&first["n"], &first["of"]), (&json!(counted.0), &json!(counted.1)), "{since}: {seen:#}");
        assert_eq!(seen["of"], 60);
    }
    for wrong in ["-1", "soon", "inf"] {
        let answer = desk.get(&format!("{path}&since_days={wrong}")).await;
        assert_eq!((answer.status, &answer.json()["errors"][0]["pointer"]), (400, &json!("#/since_days")));
    }
    let bought = json!({"customer": "late", "at": ago(5.2), "product": "gerbera", "issue": "buying"});
    desk.post("/v1/contacts", &bought.to_string()).await;
    desk.until(path, |answer| answer["contacts"] == 92).await;
    let answer = desk.get("/v1/suggest?product=gerbera&customer=late").await.json();
    let said = "Their last contact about “buying” was 5 days ago. Of 31 customers who got in touch about it";
    assert!(answer["tip"]["id"] != WIRE && answer.to_string().contains(said), "{answer:#}");

    // What nobody knows is named, and the numbers are those of everybody; what contacts brought is known.
    let seen = desk.get("/v1/foresight?product=gerbra&issue=moon").await.json();
    assert_eq!(seen["basis"], "popularity");
    assert_eq!((&seen["unknown"][0]["given"], &seen["unknown"][0]["field"]), (&json!("gerbra"), &json!("product")));
    assert_eq!(seen["unknown"][0]["nearest"][0], "flowers/gerbera", "{seen:#}");
    assert_eq!((&seen["unknown"][1]["given"], &seen["unknown"][1]["field"]), (&json!("moon"), &json!("issue")));
    desk.post(
        "/v1/contacts",
        &json!({"customer": "new", "at": ago(0.1), "product": "vase", "issue": "leak"}).to_string(),
    )
    .await;
    desk.until("/v1/foresight?product=vase&issue=leak", |answer| answer["unknown"] == json!([])).await;

    let pulse = desk.get("/v1/pulse").await.json();
    let right = &pulse["right_first_time"];
    // Half of the sixty came back within the week; the thirty that came back and the one that wrote yesterday did not.
    assert_eq!((&right["overall"]["n"], &right["overall"]["of"], &right["open"]), (&json!(60), &json!(90), &json!(3)));
    assert_eq!(
        (&right["needed"], &pulse["causes"]["whole"], &pulse["causes"]["not_asked"]),
        (&json!(7), &json!(30), &json!(30))
    );
    assert!(pulse["directive"].as_str().unwrap().starts_with("Nobody has to come back"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_cannot_be_read_costs_the_others_nothing() {
    let desk = Desk::remembering(0.0).await;
    // Half a character passes for JSON until somebody reads it.
    let rows = r#"[{"customer": "A", "position": 1}, {"customer": "\ud800", "position": 2},
        {"customer": "C", "position": "x"}, {"customer": "D", "position": 4}]"#;
    let seen = desk.post("/v1/contacts", rows).await;
    assert_eq!(seen.status, 200, "{}", seen.body);
    let taken = seen.json();
    assert_eq!((&taken["accepted"], &taken["refused_in_all"]), (&json!(2), &json!(2)), "{taken:#}");
    assert_eq!((&taken["refused"][0]["line"], &taken["refused"][1]["line"]), (&json!(2), &json!(3)), "{taken:#}");
    assert!(taken["refused"][0]["detail"].as_str().unwrap().contains("line 1, column "), "{taken:#}");

    // What one open quote has swallowed in vain is not swallowed by the next again: of a file full of them, each line
    // would be read ten thousand times.
    let csv = async |text: &str| {
        let seen = desk.ask("POST", "/v1/contacts", &[("content-type", "text/csv")], text).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        seen.json()
    };
    let open = "A\",1,\"\n";
    let taken = csv(&format!("customer,position,a,b,text\n{}z\"\n", open.repeat(3))).await;
    assert_eq!((&taken["accepted"], &taken["refused_in_all"]), (&json!(1), &json!(2)), "{taken:#}");
    let wide = format!("customer,position{},text\n", ",".repeat(60_000));
    let taken = csv(&(wide + &open.repeat(200_000))).await;
    assert_eq!((&taken["accepted"], &taken["refused_in_all"]), (&json!(0), &json!(200_000)), "{taken:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_come_in_three_forms_and_wrong_ones_are_told() {
    let desk = Desk::remembering(0.0).await;
    let one = json!({"customer": "anna", "at": ago(2.0), "issue": "buying"});
    let taken = desk.post("/v1/contacts", &one.to_string()).await.json();
    assert_eq!(taken, json!({"accepted": 1, "repeated": 0, "refused": [], "refused_in_all": 0, "unknown": []}));
    let two = json!([one, {"customer": "ben", "position": 1, "issue": "never heard of"}, {"at": ago(1.0)}]);
    let taken = desk.post("/v1/contacts", &two.to_string()).await.json();
    assert_eq!(
        (&taken["accepted"], &taken["repeated"], &taken["refused"][0]["line"]),
        (&json!(1), &json!(1), &json!(3))
    );
    assert_eq!(taken["unknown"], json!([{"field": "issue", "given": "never heard of", "contacts": 1}]));
    let open = format!("customer,at,issue\nd,{0},\"buying\ne,{0},buying\nf,{0},buying\n", ago(1.0));
    let taken = desk.ask("POST", "/v1/contacts", &[("content-type", "text/csv")], &open).await.json();
    let refused = json!([{"line": 2, "detail": "a quote opened in line 2 is not closed"}]);
    assert_eq!((&taken["accepted"], &taken["refused"]), (&json!(2), &refused));
    let lines = format!("{one}\n\n{{\"customer\": 7}}\n{}\n", json!({"customer": "cleo", "at": "2999-01-01"}));
    let taken = desk.ask("POST", "/v1/contacts", &[("content-type", "application/x-ndjson")], &lines).await.json();
    let refused: Vec<_> = taken["refused"].as_array().unwrap().iter().map(|r| r["line"].clone()).collect();
    assert_eq!((refused, &taken["repeated"]), (vec![json!(3), json!(4)], &json!(1)), "{taken:#}");
    for (body, kind, status) in [
        ("{\"customer\": \"anna\"}", "application/json", 422),
        ("{", "application/json", 400),
        ("a,b\n1,2\n", "text/csv", 200),
        ("anna", "text/plain", 415),
    ] {
        let seen = desk.ask("POST", "/v1/contacts", &[("content-type", kind)], body).await;
        assert_eq!(seen.status, status, "{body}: {}", seen.body);
    }
    for (body, pointer) in [
        (json!({"customer": 1042, "position": 1.5}), json!("#/position")),
        (json!({"customer": [], "position": 1}), json!("#/customer")),
        (json!({"customer": "anna", "position": 1, "agent": "x"}), json!("#/agent")),
        (json!({"customer": "anna"}), json!("#")),
    ] {
        let wrong = desk.post("/v1/contacts", &body.to_string()).await;
        assert_eq!((wrong.status, &wrong.json()["errors"][0]["pointer"]), (422, &pointer), "{}", wrong.body);
    }
    let numbers = json!({"id": 4711, "customer": 1042, "position": 1, "issue": "buying"});
    assert_eq!(desk.post("/v1/contacts", &numbers.to_string()).await.json()["accepted"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_held_out_is_told_nothing_and_counted() {
    let desk = Desk::remembering(1.0).await;
    assert_eq!(desk.told("anna").await, "held_out");
    let answer = desk.get(&format!("{BUYING}&customer=anna")).await.json();
    assert!(!answer["others"].to_string().contains(WIRE), "{answer:#}");
    assert!(!answer["silence"].to_string().contains("droop"), "the tip stays unsaid: {answer:#}");
    assert_eq!(desk.get(BUYING).await.json()["tip"]["id"], WIRE, "without a customer there is no lot");
    let path = format!("/v1/tips/{WIRE}/evidence");
    let evidence = desk.until(&path, |evidence| evidence["experiment"]["open"] == 1).await;
    assert_eq!(evidence["experiment"]["effect"], Value::Null);
    let shown = desk.until(&path, |evidence| evidence["shown"].as_array().unwrap().len() == 2).await;
    assert_eq!(shown["shown"][1]["silence"], "held_out", "{shown:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_is_held_out_of_what_no_lot_may_hold_back() {
    let desk = Desk::remembering(1.0).await;
    assert_eq!(desk.told("anna").await, "held_out");
    let path = format!("/v1/tips/{WIRE}");
    let text = desk.ask("GET", &path, &[("accept", "text/markdown")], "").await;
    let warning = text.body.replace("after: 3 days", "after: 3 days\nlot: false");
    let put = [("content-type", "text/markdown"), ("if-match", text.header("etag"))];
    assert_eq!(desk.ask("PUT", &path, &put, &warning).await.status, 200);
    assert_eq!(desk.get(&path).await.json()["lot"], false);
    for customer in ["anna", "ben"] {
        assert_eq!(desk.told(customer).await, WIRE);
    }
    let three =
        |shown: &Value| shown["shown"].as_array().unwrap().iter().map(|s| s["times"].as_u64().unwrap()).sum::<u64>();
    let evidence = desk.until(&format!("{path}/evidence"), |evidence| three(evidence) == 3).await;
    let experiment = &evidence["experiment"];
    assert_eq!((&experiment["lot"], &experiment["open"]), (&json!(0.0), &json!(1)), "only who was drawn: {evidence:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_balloon_is_caught_and_its_giver_answered() {
    let desk = Desk::remembering(0.0).await;
    let give = |text: &str| json!({"text": text, "product": "gerbera", "from": "Dana", "role": "agent"}).to_string();
    let given = desk.post("/v1/balloons", &give("Tulips lean. Why?")).await;
    assert_eq!(given.status, 201, "{}", given.body);
    let (id, receipt) = (given.json()["id"].clone(), given.json()["receipt"].clone());
    let (id, receipt) = (id.as_str().unwrap(), receipt.as_str().unwrap());
    let same = desk.post("/v1/balloons", &give("tulips lean, why")).await.json();
    assert_eq!((&same["id"], &same["joined"]), (&json!(id), &json!(true)));
    assert_eq!(desk.post("/v1/balloons", "{\"text\": \" \"}").await.status, 422);

    let list = desk.get("/v1/balloons?state=waiting").await.json();
    assert_eq!((list["items"].as_array().unwrap().len(), &list["items"][0]["givers"][1]["from"]), (1, &json!("Dana")));
    assert!(list["items"][0]["floats_away_at"].is_string());
    let looked_up = desk.get(&format!("/v1/balloons/{receipt}")).await.json();
    assert_eq!((&looked_up["id"], &looked_up["givers"]), (&json!(id), &json!([])));
    let act = async |verb: &str, body: &str| desk.post(&format!("/v1/balloons/{id}/{verb}"), body).await;
    assert_eq!(act("acknowledge", "").await.json()["state"], "acknowledged");
    assert_eq!(act("decline", "{}").await.slug(), "invalid-fields");
    let adopted = act("adopt", "{\"question\": \"Why do my tulips lean?\"}").await;
    assert_eq!(adopted.status, 200, "{}", adopted.body);
    let tip = adopted.json()["tip"].as_str().unwrap().to_owned();
    assert_eq!(tip, "flowers/gerbera/why-do-my-tulips-lean");
    let text = std::fs::read_to_string(desk.folder.path().join("tips").join(format!("{tip}.md"))).unwrap();
    assert!(
        text.contains("draft: true") && text.contains("# Why do my tulips lean?") && text.contains("> — Dana"),
        "{text}"
    );
    let late = act("decline", "{\"reason\": \"no\"}").await;
    assert_eq!((late.status, late.slug()), (409, "decided".to_owned()));
    assert_eq!(desk.get("/v1/balloons/nobody").await.status, 404);
    for list in ["balloons", "promises"] {
        let seen = desk.get(&format!("/v1/{list}?cursor=none")).await;
        assert_eq!((seen.status, seen.slug()), (400, "invalid-query".to_owned()));
    }
    let other = desk.post("/v1/balloons", &give("Roses have thorns")).await.json();
    let path = format!("/v1/balloons/{}/decline", other["id"].as_str().unwrap());
    let declined = desk.post(&path, "{\"reason\": \"they do\"}");
    assert_eq!(declined.await.json()["reason"], "they do");
    assert_eq!(desk.get("/v1/pulse").await.json()["balloons"]["adopted"], 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_promise_is_due_and_kept_or_broken() {
    let desk = Desk::remembering(0.0).await;
    let make = async |what: &str, due: &str| {
        let seen = desk.post("/v1/promises", &json!({"what": what, "due": due, "owner": "Dana"}).to_string()).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
        seen.json()
    };
    let (late, soon, later) =
        (make("late", &ago(1.0)).await, make("soon", &ago(-0.5)).await, make("later", &ago(-9.0)).await);
    let states = [&late["state"], &soon["state"], &later["state"]];
    assert_eq!(states, [&json!("overdue"), &json!("due"), &json!("open")]);
    let names = async |state: &str| -> Vec<String> {
        let list = desk.get(&format!("/v1/promises?state={state}")).await.json();
        list["items"].as_array().unwrap().iter().map(|p| p["what"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(names("due").await, ["late", "soon"]);
    assert_eq!(names("overdue").await, ["late"]);
    assert_eq!(names("open").await, ["late", "soon", "later"]);
    let settle = async |promise: &Value, how: &str| {
        desk.post(&format!("/v1/promises/{}/{how}", promise["id"].as_str().unwrap()), "").await
    };
    assert_eq!(settle(&late, "kept").await.json()["state"], "kept");
    assert_eq!(settle(&late, "kept").await.status, 200);
    assert_eq!(settle(&late, "broken").await.slug(), "decided");
    assert_eq!(settle(&soon, "broken").await.json()["state"], "broken");
    assert_eq!(names("open").await, ["later"]);
    assert_eq!(names(&format!("open&due_from={}", ago(-20.0).replace('+', "%2B"))).await, Vec::<String>::new());
    for _ in 0..2 {
        let open = settle(&soon, "open").await.json();
        assert_eq!((&open["state"], &open["settled_at"]), (&json!("due"), &Value::Null), "{open}");
    }
    assert_eq!(desk.post("/v1/promises/nobody/open", "").await.status, 404);
    assert_eq!(settle(&soon, "broken").await.json()["state"], "broken", "said anew, the same way or the other");

    let told = json!({"tip": WIRE, "outcome": "given", "customer": "anna", "agent": "Dana", "follow_up": true});
    let recorded = desk.record(told).await.json();
    let promise = desk.get("/v1/promises?state=open").await.json()["items"][0].clone();
    assert_eq!((&promise["id"], &promise["tip"]), (&recorded["follow_up"], &json!(WIRE)), "{promise:#}");
    assert_eq!(promise["what"], "Ask whether it helped: What do I do when my gerberas droop?");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_typed_counts_once_as_it_ended() {
    let desk = Desk::remembering(0.5).await;
    let typed = "a bunch of gerberas";
    for end in 1..=typed.len() {
        desk.get(&format!("/v1/suggest?customer=anna&text={}", typed[..end].replace(' ', "+"))).await;
    }
    desk.get(&format!("{BUYING}&customer=bo")).await;
    let how = remembering(desk.folder.path(), 0.5);
    let ledger = Ledger::open(&how.url, how.options).await.unwrap();
    let begun = Instant::now();
    let tally = loop {
        let tally = ledger.tally().await.unwrap();
        if tally.suggestions >= 2 {
            break tally;
        }
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is noted");
        tokio::task::yield_now().await;
    };
    assert_eq!((tally.suggestions, tally.exposures), (2, 2));
}

/// A file that was moved away takes nothing, and says so; once it is back, what was suggested meanwhile is noted.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn a_ledger_whose_file_is_gone_acknowledges_nothing_and_misses_nothing() {
    let desk = Desk::remembering(0.0).await;
    let told = json!({"tip": WIRE, "outcome": "told", "customer": "anna"});
    assert_eq!(desk.record(told.clone()).await.status, 201);
    desk.until_ready().await;
    let (file, elsewhere) = (desk.folder.path().join("ledger.db"), desk.folder.path().join("elsewhere.db"));
    std::fs::rename(&file, &elsewhere).unwrap();
    for _ in 0..2 {
        let refused = desk.record(told.clone()).await;
        assert_eq!((refused.status, refused.body.contains("ledger-away")), (503, true), "{}", refused.body);
        assert_eq!(desk.get("/readyz").await.status, 503);
    }
    let asked = desk.get(&format!("{BUYING}&customer=bo")).await;
    assert_eq!(asked.status, 200, "{}", asked.body);
    desk.get(&format!("{BUYING}&customer=cy")).await;
    // Longer than what was suggested waits for somebody to go on typing.
    let begun = Instant::now();
    let mut again = tokio::time::interval(Duration::from_millis(50));
    while begun.elapsed() < Duration::from_secs(2) {
        assert!(!file.exists(), "nothing makes an empty one in its place");
        again.tick().await;
    }
    std::fs::write(&file, "").unwrap();
    assert_eq!(desk.record(told.clone()).await.status, 503, "another file is not taken for it");

    std::fs::rename(&elsewhere, &file).unwrap();
    assert_eq!(desk.record(told).await.status, 201);
    assert_eq!(desk.get("/readyz").await.status, 200);
    let how = remembering(desk.folder.path(), 0.0);
    let ledger = Ledger::open(&how.url, how.options).await.unwrap();
    let begun = Instant::now();
    while ledger.tally().await.unwrap().suggestions < 2 {
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is noted");
        tokio::task::yield_now().await;
    }
    let metrics = desk.get("/metrics").await.body;
    assert!(metrics.contains("\nstemwire_ledger_notes_dropped_total 0\n"), "{metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn tips_are_suggested_while_the_ledger_is_away() {
    let desk = Desk::with(Options::default());
    // Nobody listens on the discard port.
    let how = Remembering {
        url: "postgres://stemwire:secret@127.0.0.1:9/none".to_owned(),
        ..remembering(desk.folder.path(), 0.1)
    };
    desk.app.remember(how, CancellationToken::new()).await.unwrap();
    let answer = desk.get(&format!("{BUYING}&customer=anna")).await.json();
    assert_eq!((&answer["tip"]["id"], &answer["ledger"]), (&json!(WIRE), &json!("away")));
    let ready = desk.get("/readyz").await;
    assert_eq!((ready.status, ready.slug()), (503, "ledger-away".to_owned()));
    let seen = desk.record(json!({"tip": WIRE, "outcome": "told", "customer": "anna"})).await;
    assert_eq!((seen.status, seen.slug(), seen.header("retry-after")), (503, "ledger-away".to_owned(), "1"));
    assert!(!seen.body.contains("secret"), "{}", seen.body);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_this_server_heard_of_is_not_told_again_while_the_ledger_is_away() {
    let desk = Desk::remembering(0.0).await;
    for (customer, outcome) in [("anna", "told"), ("bo", "declined")] {
        desk.record(json!({"tip": WIRE, "outcome": outcome, "customer": customer})).await;
    }
    let slip = desk.record(json!({"tip": WIRE, "outcome": "sent", "customer": "cleo"})).await.json();
    desk.ask("DELETE", &format!("/v1/outcomes/{}", slip["id"].as_str().unwrap()), &[], "").await;
    desk.app.leave_ledger().await;
    let told = async |customer: &str| {
        let answer = desk.get(&format!("{BUYING}&customer={customer}")).await.json();
        assert_eq!(answer["ledger"], "away", "{answer}");
        answer["tip"]["id"].clone()
    };
    assert_eq!((told("anna").await, told("bo").await), (json!(NEXT), json!(NEXT)));
    assert_eq!(told("cleo").await, WIRE);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_for_an_editor_is_listed_and_counted() {
    let desk = Desk::remembering(0.0).await;
    let absent = [("content-type", "text/markdown"), ("if-none-match", "*")];
    for (id, text) in [
        ("flowers/gerbera/sketch", "---\ndraft: true\n---\n# Is this a sketch?\n\nIt is.\n"),
        ("flowers/gerbera/old", "---\nowner: Dana\nreview: 2024-01-01\n---\n# Is this old?\n\nIt was once new.\n"),
    ] {
        let seen = desk.ask("PUT", &format!("/v1/tips/{id}"), &absent, text).await;
        assert_eq!(seen.status, 201, "{}", seen.body);
    }
    let ids = async |query: &str| -> Vec<String> {
        let seen = desk.get(&format!("/v1/tips?{query}")).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        let body = seen.json();
        let ids: Vec<String> =
            body["items"].as_array().unwrap().iter().map(|tip| tip["id"].as_str().unwrap().to_owned()).collect();
        assert!(body["total"].as_u64().unwrap() as usize >= ids.len());
        ids
    };
    let all = ["craft/angry", "flowers/gerbera/old", "flowers/gerbera/sketch", "flowers/gerbera/water", WIRE];
    assert_eq!(ids("state=any").await, all);
    assert_eq!(ids("").await, all.iter().copied().filter(|id| *id != "flowers/gerbera/sketch").collect::<Vec<_>>());
    assert_eq!(ids("state=any&section=flowers").await, all[1..]);
    assert_eq!(ids("state=any&section=flower").await, [""; 0]);
    assert_eq!(ids("state=draft").await, ["flowers/gerbera/sketch"]);
    assert_eq!(ids("state=overdue").await, ["flowers/gerbera/old"]);

    // Page by page it is the same list.
    let first = desk.get("/v1/tips?state=any&limit=2").await.json();
    assert_eq!((&first["next"], &first["total"]), (&json!("tips.flowers/gerbera/old"), &json!(5)));
    assert_eq!(ids("state=any&limit=9&cursor=tips.flowers/gerbera/old").await, all[2..]);

    desk.record(json!({"tip": WIRE, "outcome": "told", "customer": "anna"})).await;
    assert_eq!(ids("state=unused&section=flowers").await, ["flowers/gerbera/old", "flowers/gerbera/water"]);
    desk.record(json!({"tip": "flowers/gerbera/water", "outcome": "dismissed", "reason": "unsafe", "customer": "ben"}))
        .await;
    assert_eq!(ids("state=flagged").await, ["flowers/gerbera/water"]);

    let work = desk.get("/v1/library/work").await.json();
    let counts = ["tips", "drafts", "overdue", "flagged", "unused", "missing", "errors"].map(|name| work[name].clone());
    assert_eq!(counts, [5, 1, 1, 1, 3, 0, 1].map(|n| json!(n)), "{work}");

    let wrong = desk.get("/v1/tips?state=overdu").await;
    assert_eq!((wrong.status, wrong.body.contains("did you mean")), (400, true), "{}", wrong.body);
}

#[tokio::test]
async fn without_a_ledger_the_desk_counts_what_it_can() {
    let desk = Desk::new();
    let work = desk.get("/v1/library/work").await.json();
    assert_eq!((&work["unused"], &work["missing"], &work["tips"]), (&Value::Null, &Value::Null, &json!(3)), "{work}");
    assert_eq!(desk.get("/v1/tips?state=unused").await.status, 503);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_pulse_names_the_tips_that_most_was_reported_about() {
    let desk = Desk::remembering(0.0).await;
    for (tip, outcome) in [(NEXT, "told"), (WIRE, "told"), (WIRE, "helped")] {
        assert_eq!(desk.record(json!({"tip": tip, "outcome": outcome})).await.status, 201);
    }
    let by = desk.get("/v1/pulse").await.json()["tips"]["by"].take();
    assert_eq!((&by[0]["tip"], &by[1]["tip"]), (&json!(WIRE), &json!(NEXT)));
    assert_eq!(by[0]["question"], "What do I do when my gerberas droop?");
    assert_eq!((&by[0]["outcomes"]["helped"], &by[1]["outcomes"]["helped"]), (&json!(1), &json!(0)));
}

#[tokio::test]
async fn metrics_tell_what_waits_for_people() {
    let plain = Desk::with(Options::default()).get("/metrics").await.body;
    assert!(!plain.contains("stemwire_ledger") && !plain.contains("stemwire_balloon"), "no ledger was named: {plain}");

    let desk = Desk::remembering(0.0).await;
    for (text, role) in [("Gerberas are thirsty", "agent"), ("Vases for tulips", "customer")] {
        desk.post("/v1/balloons", &json!({"text": text, "role": role}).to_string()).await;
    }
    let first = desk.get("/v1/balloons").await.json()["items"][0]["id"].as_str().unwrap().to_owned();
    desk.post(&format!("/v1/balloons/{first}/acknowledge"), "{}").await;
    desk.post("/v1/promises", &json!({"what": "Call", "due": ago(1.0)}).to_string()).await;
    let text = desk.get("/metrics").await.body;
    for line in [
        "stemwire_ledger_reachable 1",
        "stemwire_balloons{state=\"waiting\"} 1",
        "stemwire_balloons{state=\"acknowledged\"} 1",
        "stemwire_balloon_median_seconds{to=\"acknowledgement\"} 0",
        "stemwire_promises{state=\"overdue\"} 1",
    ] {
        assert!(text.contains(&format!("\n{line}\n")), "{line} is not in {text}");
    }
    assert!(text.contains("\nstemwire_balloon_oldest_waiting_timestamp_seconds "), "{text}");
    assert!(!text.contains("to=\"decision\""), "nobody has decided: {text}");
}
