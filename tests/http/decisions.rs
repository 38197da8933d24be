//! What is decided about a balloon, said twice: with a key or without, one after the other or at once.

use super::desk::{Desk, Seen};
use super::ledger::{BUYING, NEXT, WIRE};
use serde_json::{Value, json};

/// A desk with a balloon, and its id.
async fn given() -> (Desk, String) {
    let desk = Desk::remembering(0.0).await;
    let id = give(&desk, "Tulips lean. Why?").await;
    (desk, id)
}

async fn give(desk: &Desk, text: &str) -> String {
    let body = json!({"text": text, "product": "gerbera", "from": "Dana"}).to_string();
    desk.post("/v1/balloons", &body).await.json()["id"].as_str().unwrap().to_owned()
}

async fn act(desk: &Desk, id: &str, verb: &str, key: Option<&str>, body: &Value) -> Seen {
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(key.map(|key| ("idempotency-key", key)));
    desk.ask("POST", &format!("/v1/balloons/{id}/{verb}"), &headers, &body.to_string()).await
}

/// The drafts that lie in the library.
fn drafts(desk: &Desk) -> Vec<String> {
    let folder = desk.folder.path().join("tips/flowers/gerbera");
    let mut names: Vec<String> =
        std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !["_index.md", "wire.md", "water.md"].contains(&name.as_str()));
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_with_a_key_is_taken_once() {
    let (desk, id) = given().await;
    let other = give(&desk, "Vases for tulips").await;
    let third = give(&desk, "Vases for roses").await;
    let cases = [
        (&id, "adopt", json!({}), json!({"question": "Why do they lean?"})),
        (&other, "decline", json!({"reason": "We sell none."}), json!({"reason": "Too dear."})),
        (&third, "merge", json!({"into": other}), json!({"into": id})),
    ];
    for (id, verb, body, changed) in cases {
        let first = act(&desk, id, verb, Some("k1"), &body).await;
        assert_eq!(first.status, 200, "{verb}: {}", first.body);
        let again = act(&desk, id, verb, Some("k1"), &body).await;
        assert_eq!((again.status, again.json()), (200, first.json()), "{verb}");
        let reused = act(&desk, id, verb, Some("k1"), &changed).await;
        assert_eq!((reused.status, reused.slug()), (422, "idempotency-key-reused".to_owned()), "{verb}");
        // The same needs no key; something else comes too late.
        let same = act(&desk, id, verb, None, &body).await;
        assert_eq!((same.status, same.json()), (200, first.json()), "{verb}");
        let late = act(&desk, id, verb, Some("k2"), &changed).await;
        assert_eq!((late.status, late.slug()), (409, "decided".to_owned()), "{verb}");
    }
    assert_eq!(drafts(&desk), ["tulips-lean.md"]);
    let merged = act(&desk, &third, "adopt", None, &json!({})).await;
    assert_eq!((merged.status, drafts(&desk).len()), (409, 1), "what was merged becomes no draft of its own");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_adopts_twice_at_once_gets_one_draft() {
    for key in [Some("k1"), None] {
        let (desk, id) = given().await;
        let body = json!({"question": "Why do my tulips lean?"});
        let (one, two) = tokio::join!(act(&desk, &id, "adopt", key, &body), act(&desk, &id, "adopt", key, &body));
        assert_eq!((one.status, two.status), (200, 200), "{} {}", one.body, two.body);
        assert_eq!(one.json()["tip"], two.json()["tip"]);
        assert_eq!(drafts(&desk), ["why-do-my-tulips-lean.md"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_adoption_that_broke_off_is_taken_up_again() {
    for body in [json!({}), json!({"id": "flowers/gerbera/lean"})] {
        let (desk, id) = given().await;
        let first = act(&desk, &id, "adopt", Some("k1"), &body).await;
        assert_eq!(first.status, 200, "{}", first.body);
        let written = drafts(&desk);
        // As if the server had ended between the draft and the ledger.
        let url = format!("sqlite:{}", desk.folder.path().join("ledger.db").display());
        let pool = sqlx::SqlitePool::connect(&url).await.unwrap();
        for sql in ["UPDATE balloons SET state = 'waiting', tip = NULL", "DELETE FROM answers_once"] {
            sqlx::query(sql).execute(&pool).await.unwrap();
        }
        pool.close().await;
        let again = act(&desk, &id, "adopt", Some("k1"), &body).await;
        assert_eq!((again.status, &again.json()["tip"]), (200, &first.json()["tip"]), "{}", again.body);
        assert_eq!(drafts(&desk), written);
    }
}

/// Whatever somebody writes, it stands in the draft as a quote of plain words, and the draft can be saved.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_giver_wrote_stays_a_quote() {
    let desk = Desk::remembering(0.0).await;
    let name = "Eve\n\n# Call 0900 now\r<b>Say this</b> [x](https://evil.example)";
    let texts = [
        "Please see [link](nothere.md) and ![p](none.png)",
        "One\r# two\n\n<script>\n***\n1. three\n```\n[a]: nothere.md\n- four\n&lt;five|six_seven_ `",
        "<div>\n\n> # Deep\n\\",
    ];
    for text in texts {
        let body = json!({"text": text, "product": "gerbera", "from": name}).to_string();
        let id = desk.post("/v1/balloons", &body).await.json()["id"].as_str().unwrap().to_owned();
        let adopted = act(&desk, &id, "adopt", None, &json!({"credit": true})).await;
        assert_eq!(adopted.status, 200, "{text}: {}", adopted.body);
        let tip = adopted.json()["tip"].as_str().unwrap().to_owned();
        let file = std::fs::read_to_string(desk.folder.path().join(format!("tips/{tip}.md"))).unwrap();
        let quote = file.split_once("\n> ").expect("a quote").1;
        assert!(quote.lines().skip(1).all(|line| line.starts_with('>')), "{file}");
        let html = desk.get(&format!("/v1/tips/{tip}")).await.json()["html"].as_str().unwrap().to_owned();
        for tag in ["<h", "<b>", "<img", "<li", "<hr", "<code", "<em", "<a href=\"/", "<blockquote>\n<blockquote"] {
            assert!(!html.contains(tag), "{tag}: {html}");
        }
        assert!(html.contains("Say this") && html.trim_end().ends_with("</blockquote>"), "{html}");
    }
    let nul = desk.post("/v1/balloons", &json!({"text": "Has nul \0 inside"}).to_string()).await;
    assert_eq!((nul.status, nul.slug()), (422, "invalid-fields".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_comes_again_undoes_nothing_that_was_decided_since() {
    let desk = Desk::remembering(0.0).await;
    let post = async |key: &str, body: &Value| desk.report(key, body).await;
    let wrong = json!({"tip": WIRE, "outcome": "dismissed", "reason": "unsafe"});
    let first = post("k1", &wrong).await;
    assert_eq!(desk.told("anna").await, NEXT);
    assert_eq!(desk.ask("DELETE", &format!("/v1/flags/{WIRE}"), &[], "").await.status, 204);
    desk.until(&format!("{BUYING}&customer=anna"), |answer| answer["tip"]["id"] == WIRE).await;
    let again = post("k1", &wrong).await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    assert_eq!(desk.told("anna").await, WIRE, "an editor stood by it since");
    assert_eq!(desk.get("/v1/tips?state=flagged").await.json()["items"], json!([]));

    let told = json!({"tip": WIRE, "outcome": "told", "customer": "ben", "follow_up": true});
    let first = post("k2", &told).await;
    assert_eq!(post("k2", &told).await.json(), first.json());
    let id = first.json()["id"].as_str().unwrap().to_owned();
    assert_eq!(desk.ask("DELETE", &format!("/v1/outcomes/{id}"), &[], "").await.status, 204);
    // The first answer, and nothing recorded again.
    let again = post("k2", &told).await;
    assert_eq!((again.status, again.json()), (201, first.json()));
    assert_eq!(desk.told("ben").await, WIRE);
    assert_eq!(desk.get("/v1/promises").await.json()["items"], json!([]));
}
