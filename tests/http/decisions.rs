//! What is decided about a balloon, said twice: with a key or without, one after the other or at once.

use super::desk::{Desk, Seen};
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
