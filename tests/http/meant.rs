//! What a field means that is typed otherwise, and what it cannot mean.

use super::desk::Desk;
use super::ledger::{NEXT, WIRE};
use serde_json::{Value, json};
use stemwire::http::{Limits, Options};

const DRIED: &str = "---\nwhen: buying\noccasion: anniversary\n---\n# Shall we dry one?\n\nWe dry one for you.\n";

#[tokio::test]
async fn a_fact_that_is_not_known_is_none() {
    let desk = Desk::new();
    let headers = [("content-type", "text/markdown"), ("if-none-match", "*")];
    let put = desk.ask("PUT", "/v1/tips/flowers/gerbera/dried", &headers, DRIED).await;
    assert_eq!(put.status, 201, "{}", put.body);
    let speaks_of_it = async |known: &Value| {
        let asked = json!({"product": "gerbera", "issue": "buying", "occasions": {"anniversary": known}});
        let seen = desk.post("/v1/suggest", &asked.to_string()).await;
        assert_eq!(seen.status, 200, "{}", seen.body);
        seen.body.contains("anniversary")
    };
    for known in [json!(true), json!("today")] {
        assert!(speaks_of_it(&known).await, "{known}");
    }
    for unknown in [Value::Null, json!(""), json!("  "), json!(false)] {
        assert!(!speaks_of_it(&unknown).await, "{unknown}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_is_a_customer_wherever_one_is_named() {
    let desk = Desk::remembering(0.0).await;
    let told = desk.record(json!({"tip": WIRE, "outcome": "told", "customer": 42})).await;
    assert_eq!(told.status, 201, "{}", told.body);
    let asked = json!({"product": "gerbera", "issue": "buying", "customer": 42});
    assert_eq!(desk.post("/v1/suggest", &asked.to_string()).await.json()["tip"]["id"], NEXT);
    assert_eq!(desk.told("42").await, NEXT);
    let promise = json!({"what": "call", "due": "2030-01-01T00:00:00Z", "customer": 42});
    assert_eq!(desk.post("/v1/promises", &promise.to_string()).await.status, 201);
    let wrong = desk.record(json!({"tip": WIRE, "outcome": "told", "customer": 4.2})).await;
    assert_eq!((wrong.status, &wrong.json()["errors"][0]["pointer"]), (422, &json!("#/customer")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_at_fault_is_pointed_at() {
    let desk = Desk::remembering(0.0).await;
    for (path, body, pointer) in [
        ("/v1/outcomes", json!({"tip": WIRE, "outcome": "told", "reason": "no_time"}), "#/reason"),
        ("/v1/outcomes", json!({"tip": WIRE, "outcome": "told", "agent": "a\u{0}b"}), "#/agent"),
        ("/v1/balloons", json!({"text": "va\u{0}ses"}), "#/text"),
        ("/v1/promises", json!({"what": "\u{0}", "due": "2030-01-01T00:00:00Z"}), "#/what"),
        ("/v1/contacts", json!({"customer": "a\u{0}", "position": 1}), "#/customer"),
        ("/v1/contacts", json!([{"customer": "anna", "issue": "buying"}]), "#/0"),
    ] {
        let seen = desk.post(path, &body.to_string()).await;
        assert_eq!((seen.status, &seen.json()["errors"][0]["pointer"]), (422, &json!(pointer)), "{}", seen.body);
    }
    for path in ["/v1/balloons/a%00b", "/v1/promises/a%00b/kept", "/v1/outcomes/a%00"] {
        let method = if path.contains("outcomes") {
            "DELETE"
        } else if path.contains("kept") {
            "POST"
        } else {
            "GET"
        };
        assert_eq!(desk.ask(method, path, &[], "").await.status, 404, "{path}");
    }
    let twice = "customer,Customer,at,issue\nfirst,second,2026-11-05,gift\n";
    let taken = desk.ask("POST", "/v1/contacts", &[("content-type", "text/csv")], twice).await.json();
    assert_eq!(taken["accepted"], 0);
    let why = taken["refused"][0]["detail"].as_str().unwrap();
    assert!(why.contains("`customer` 2 times"), "{why}");
}

/// Whoever keeps the answer's id alone is understood, and a customer who is named goes before it.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_says_of_whom_its_outcome_is() {
    let desk = Desk::remembering(0.0).await;
    let ask = async |customer: &str| {
        let path = format!("{}&customer={customer}", super::ledger::BUYING);
        desk.get(&path).await.json()["id"].as_str().unwrap().to_owned()
    };
    // At once, before it is written down.
    let told = json!({"tip": WIRE, "outcome": "told", "suggestion": ask("anna").await});
    assert_eq!(desk.record(told).await.status, 201);
    assert_eq!(desk.told("anna").await, NEXT);
    // And by the ledger: a server that was started anew has not answered.
    let id = ask("ben").await;
    desk.until(&format!("/v1/tips/{WIRE}/evidence"), |page| page["shown"][0]["times"] == 2).await;
    let other = Desk::with(Options::default());
    let how = super::ledger::remembering(desk.folder.path(), 0.0);
    other.app.remember(how, tokio_util::sync::CancellationToken::new()).await.unwrap();
    // A name that was put right after the answer goes before.
    let carl = json!({"tip": WIRE, "outcome": "told", "suggestion": id, "customer": "carl"});
    assert_eq!(other.record(carl).await.status, 201);
    assert_eq!((other.told("carl").await, other.told("ben").await), (json!(NEXT), json!(WIRE)));
    assert_eq!(other.record(json!({"tip": WIRE, "outcome": "told", "suggestion": id})).await.status, 201);
    assert_eq!(other.told("ben").await, NEXT);
    let unknown = json!({"tip": WIRE, "outcome": "told", "suggestion": "nobody's", "customer": "carl"});
    assert_eq!(desk.record(unknown).await.status, 201);
}

/// A time that no calendar has is refused by `check`; a follow-up that cannot be promised keeps nothing from being told.
#[tokio::test(flavor = "multi_thread")]
async fn no_promise_lies_beyond_the_calendar() {
    let desk = Desk::remembering(0.0).await;
    let headers = [("content-type", "text/markdown"), ("if-none-match", "*")];
    for (after, status) in [("999999 years", 422), ("101 years", 422), ("100 years", 201)] {
        let tip = format!("---\nwhen: buying\nprevents: drooping\nafter: {after}\n---\n# How long?\n\nVery long.\n");
        let put = desk.ask("PUT", "/v1/tips/flowers/gerbera/long", &headers, &tip).await;
        assert_eq!(put.status, status, "{after}: {}", put.body);
    }
    let told = json!({"tip": "flowers/gerbera/long", "outcome": "told", "follow_up": true});
    let seen = desk.record(told).await;
    assert_eq!(seen.status, 201, "{}", seen.body);
    assert!(seen.json()["follow_up"].is_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_words_of_nobody_are_of_several() {
    let desk = Desk::remembering(0.0).await;
    for _ in 0..5 {
        desk.get("/v1/suggest?text=a+bunch+of+gerberas").await;
    }
    let pulse = desk.until("/v1/pulse", |pulse| pulse["tips"]["volunteered"].as_u64() > Some(4)).await;
    assert_eq!(pulse["tips"]["volunteered"], 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_pulse_that_says_the_same_is_not_sent_again() {
    let desk = Desk::remembering(0.0).await;
    let first = desk.get("/v1/pulse").await;
    let tag = first.header("etag").to_owned();
    let again = desk.ask("GET", "/v1/pulse", &[("if-none-match", &tag)], "").await;
    assert_eq!(again.status, 304, "{tag}");
    let promise = json!({"what": "call", "due": "2026-01-01T00:00:00Z"});
    desk.post("/v1/promises", &promise.to_string()).await;
    assert_eq!(desk.ask("GET", "/v1/pulse", &[("if-none-match", &tag)], "").await.status, 200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_merged_balloon_says_so_by_its_receipt() {
    let desk = Desk::remembering(0.0).await;
    let give = async |text: &str| desk.post("/v1/balloons", &json!({"text": text}).to_string()).await.json();
    let (first, second) = (give("My boss hates tulips").await, give("Fewer tulips").await);
    let path = |given: &Value, name: &str| format!("/v1/balloons/{}", given[name].as_str().unwrap());
    let seen = desk.get(&path(&second, "receipt")).await.json();
    assert_eq!((&seen["text"], &seen["merged"]), (&json!("Fewer tulips"), &json!(false)));
    let into = json!({"into": first["id"]}).to_string();
    assert_eq!(desk.post(&format!("{}/merge", path(&second, "id")), &into).await.status, 200);
    let seen = desk.get(&path(&second, "receipt")).await.json();
    assert_eq!((&seen["text"], &seen["merged"]), (&json!("Fewer tulips"), &json!(true)), "{seen:#}");
    assert_eq!((&seen["id"], &seen["givers"]), (&first["id"], &json!([])));
    let seen = desk.get(&path(&first, "receipt")).await.json();
    assert_eq!((&seen["text"], &seen["merged"]), (&json!("My boss hates tulips"), &json!(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_stop_that_ends_no_sentence_is_part_of_the_question() {
    let desk = Desk::remembering(0.0).await;
    for (text, question) in [
        (".NET invoices cannot be opened", ".NET invoices cannot be opened"),
        ("...and what about vases? They ask.", "...and what about vases?"),
        ("Vases of 3.5 l leak. Why?", "Vases of 3.5 l leak"),
    ] {
        let given = desk.post("/v1/balloons", &json!({"text": text}).to_string()).await.json();
        let adopted = desk.post(&format!("/v1/balloons/{}/adopt", given["id"].as_str().unwrap()), "").await;
        assert_eq!(adopted.status, 200, "{text}: {}", adopted.body);
        let file = format!("{}.md", adopted.json()["tip"].as_str().unwrap());
        let written = std::fs::read_to_string(desk.folder.path().join("tips").join(file)).unwrap();
        assert!(written.contains(&format!("# {question}\n")), "{written}");
    }
}

/// Nobody has read such a file, so no tag names it.
#[tokio::test]
async fn an_empty_tag_names_no_version() {
    let desk = Desk::new();
    let file = desk.folder.path().join("tips/flowers/gerbera/huge.md");
    let huge = "# Huge?\n\n".to_owned() + &"Very. ".repeat(400_000);
    std::fs::write(&file, &huge).unwrap();
    for tag in ["\"\"", "W/\"\"", "\"-x\"", "\"\", \"a\""] {
        let headers = [("content-type", "text/markdown"), ("if-match", tag)];
        let put = desk.ask("PUT", "/v1/tips/flowers/gerbera/huge", &headers, "# Small?\n\nYes.\n").await;
        assert_eq!(put.status, 412, "{tag}: {}", put.body);
    }
    assert_eq!(std::fs::read_to_string(&file).unwrap().len(), huge.len());
}

#[tokio::test]
async fn the_document_names_the_limits_of_this_server() {
    let limits = Limits { list_most: 5_000, suggest_default: 2, ..Limits::default() };
    let desk = Desk::with(Options { limits, ..Options::default() });
    let document = desk.get("/openapi.json").await.json();
    let limit = |path: &str| {
        let all = document["paths"][path]["get"]["parameters"].as_array().unwrap();
        all.iter().find(|one| one["name"] == "limit").unwrap()["schema"].clone()
    };
    assert_eq!(limit("/v1/tips")["maximum"], 5_000);
    assert_eq!(limit("/v1/suggest")["default"], 2);
    assert_eq!(limit("/v1/search")["maximum"], 100);
    let body = &document["components"]["schemas"]["SuggestRequest"]["properties"]["limit"];
    assert_eq!((&body["maximum"], &body["default"]), (&json!(20), &json!(2)));
}
