//! What is missing: by pages, with what it follows, and as the draft that it becomes.

use super::desk::Desk;
use super::ledger::{NEXT, WIRE, remembering};
use serde_json::{Value, json};
use stemwire::http::Options;
use stemwire::ledger::{Ledger, Missed, NewBalloon, NewContact};
use stemwire::tip::{IssueId, SectionId};
use tokio_util::sync::CancellationToken;

/// Customers who came about one issue of gerberas yesterday, and an hour later, as many as `came`, about another.
async fn come_back(desk: &Desk, first: &str, of: usize, then: &str, came: usize) {
    let at = |hours: i64| (chrono::Utc::now() - chrono::TimeDelta::hours(hours)).to_rfc3339();
    let mut contacts = Vec::new();
    for n in 0..of {
        let customer = format!("{first} {n}");
        contacts.push(json!({"customer": customer, "at": at(24), "product": "gerbera", "issue": first}));
        if n < came {
            contacts.push(json!({"customer": customer, "at": at(23), "product": "gerbera", "issue": then}));
        }
    }
    let answer = desk.post("/v1/contacts", &Value::from(contacts).to_string()).await.json();
    assert_eq!(answer["accepted"], json!(of + came), "{answer}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_gap_says_what_it_follows_as_a_tip_there_would_have_it() {
    let desk = Desk::remembering(0.0).await;
    come_back(&desk, "drooping", 10, "buying", 6).await;
    come_back(&desk, "mould", 20, "buying", 2).await;
    let good = |page: &Value| page["items"][0]["follows"][1]["of"] == 20;
    let page = desk.until("/v1/gaps", good).await;
    let gap = &page["items"][0];
    assert_eq!((&gap["issue"], &gap["times"]), (&json!("buying"), &json!(8)), "{page:#}");
    let follows = gap["follows"].as_array().unwrap();
    let counted = |n: usize| (follows[n]["after"].as_str(), follows[n]["n"].as_u64(), follows[n]["of"].as_u64());
    assert_eq!(counted(0), (Some("flowers/gerbera:drooping"), Some(6), Some(10)), "{page:#}");
    assert_eq!(counted(1), (Some("mould"), Some(2), Some(20)), "{page:#}");
    assert_eq!((&follows[0]["product"], &follows[0]["tip"]), (&json!("flowers/gerbera"), &json!(null)));

    // The very numbers that stand behind a tip for it, once it is written.
    let tip = "---\nwhen: drooping\nprevents: buying\n---\n# Where do I get fresh ones?\n\nHere, every morning.\n";
    let headers = [("content-type", "text/markdown"), ("if-none-match", "*")];
    let put = desk.ask("PUT", "/v1/tips/flowers/gerbera/fresh", &headers, tip).await;
    assert_eq!(put.status, 201, "{}", put.body);
    let evidence = desk.get("/v1/evidence/flowers/gerbera/fresh").await.json();
    let mut expected = follows[0].clone();
    expected["tip"] = json!("flowers/gerbera/fresh");
    assert_eq!(evidence["follows"], json!([expected]));
    assert_eq!(desk.get("/v1/gaps").await.json()["items"], json!([]));
}

/// What a person tells of is where the tip is volunteered; what rose by itself is what the tip prevents.
#[tokio::test(flavor = "multi_thread")]
async fn a_gap_that_rose_becomes_a_draft_that_prevents_it() {
    let desk = Desk::remembering(0.0).await;
    come_back(&desk, "buying", 10, "drooping", 2).await;
    come_back(&desk, "Too big for the vase", 10, "drooping", 9).await;
    desk.until("/v1/foresight?product=gerbera&issue=buying", |page| page["next"][0]["n"] == 2).await;
    let how = remembering(desk.folder.path(), 0.0);
    let ledger = Ledger::open(&how.url, how.options).await.unwrap();
    let (product, issue) = (SectionId::new("flowers/gerbera"), IssueId::new("flowers/gerbera:drooping"));
    let said = "Customers come back about it.".to_owned();
    let balloon = NewBalloon { said, product: Some(product), issue: Some(issue), ..NewBalloon::default() };
    let id = ledger.raise_balloon("issue flowers/gerbera drooping", &balloon, 10).await.unwrap().unwrap();
    let adopted = desk.post(&format!("/v1/balloons/{id}/adopt"), "{}").await.json();
    let file = desk.folder.path().join(format!("tips/{}.md", adopted["tip"].as_str().unwrap()));
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("prevents: flowers/gerbera:drooping\n"), "{text}");
    // An issue that the library does not define is none that a file may name.
    assert!(text.contains("\nwhen:\n- buying\n---\n"), "{text}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_comes_in_pages() {
    let desk = Desk::remembering(0.0).await;
    for (issue, times) in [("mould", 3), ("wasps", 2), ("thorns", 1)] {
        for n in 0..times {
            let at = |hour: u32| (chrono::Utc::now() - chrono::TimeDelta::hours(i64::from(hour))).to_rfc3339();
            let (customer, first, then) = (format!("{issue}{n}"), at(40), at(20));
            let body = json!([{"customer": customer, "at": first, "issue": "buying"}, {"customer": customer, "at": then, "issue": issue}]);
            assert_eq!(desk.post("/v1/contacts", &body.to_string()).await.status, 200);
        }
    }
    desk.until("/v1/gaps", |page| page["items"].as_array().is_some_and(|items| items.len() == 3)).await;
    let mut path = "/v1/gaps?limit=2".to_owned();
    let mut found = Vec::new();
    for left in [true, false] {
        let page = desk.get(&path).await.json();
        found.extend(page["items"].as_array().unwrap().iter().map(|gap| gap["issue"].clone()));
        assert_eq!(page["next"].is_string(), left, "{page}");
        path = format!("/v1/gaps?limit=2&cursor={}", page["next"].as_str().unwrap_or_default());
    }
    assert_eq!(found, ["mould", "wasps", "thorns"]);
    assert_eq!(desk.get("/v1/gaps?cursor=mould").await.slug(), "invalid-query");
    for tip in [WIRE, NEXT] {
        desk.record(json!({"tip": tip, "outcome": "dismissed", "reason": "inaccurate"})).await;
    }
    let page = desk.get("/v1/flags?limit=1").await.json();
    assert_eq!((page["items"].as_array().unwrap().len(), &page["next"]), (1, &json!("1")));
}

#[tokio::test(flavor = "multi_thread")]
async fn words_that_find_nothing_are_gaps() {
    let desk = Desk::remembering(0.0).await;
    for _ in 0..2 {
        assert_eq!(desk.get("/v1/search?q=xylophone").await.json()["total"], 0);
    }
    // What a customer says once may tell of them; said often, it is a gap.
    for (text, times) in [("Anna+Lind+is+ill", 4), ("tune+my+zither", 5)] {
        for _ in 0..times {
            let answer = desk.get(&format!("/v1/suggest?text={text}")).await.json();
            assert_eq!(answer["silence"]["code"], "no_situation", "{answer}");
        }
    }
    let gaps = desk.until("/v1/gaps", |gaps| gaps["items"].as_array().is_some_and(|gaps| gaps.len() == 2)).await;
    let named = |n: usize| (&gaps["items"][n]["kind"], &gaps["items"][n]["words"], &gaps["items"][n]["times"]);
    assert_eq!(named(0), (&json!("search"), &json!("tune my zither"), &json!(5)), "{gaps:#}");
    assert_eq!(named(1), (&json!("search"), &json!("xylophone"), &json!(2)), "{gaps:#}");
}

/// What rises goes by how often it came, and not by how much else is missing.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_missing_often_enough_rises_among_however_much_else() {
    let desk = Desk::with(Options::default());
    let how = remembering(desk.folder.path(), 0.0);
    let ledger = Ledger::open(&how.url, how.options.clone()).await.unwrap();
    let now = chrono::Utc::now();
    let contact = |customer: usize, days: i64, issue: String| NewContact {
        id: None,
        reported: None,
        customer: ledger.customer(&format!("C{customer}")).unwrap(),
        at_ms: Some((now - chrono::TimeDelta::days(days)).timestamp_millis()),
        position: None,
        product: None,
        issue: Some(IssueId::new(issue)),
    };
    let one = |n: usize| [contact(n, 10, "buying".to_owned()), contact(n, 9, format!("nr {}", n / 3))];
    let contacts: Vec<NewContact> = (0..1_600).flat_map(one).collect();
    ledger.record_contacts(&contacts, None, now.timestamp_millis()).await.unwrap();
    let words = || "wheelchair zebra".to_owned();
    let missed: Vec<Missed> = (0..6).map(|at_ms| Missed { words: words(), at_ms, said: false }).collect();
    ledger.record_misses(&missed).await.unwrap();
    ledger.close().await;
    desk.app.remember(how, CancellationToken::new()).await.unwrap();
    let risen = desk.until("/v1/balloons", |page| page["items"].as_array().is_some_and(|all| !all.is_empty())).await;
    assert_eq!(risen["items"].as_array().unwrap().len(), 1, "{risen:#}");
    assert!(risen["items"][0]["text"].as_str().unwrap().contains("wheelchair zebra"), "{risen:#}");
}
