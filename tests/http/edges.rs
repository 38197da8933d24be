//! Drafts, broken files, look-alike ids, odd addresses and odd bodies: each has a way on.

use super::desk::{Desk, Seen};
use serde_json::json;

const GOOD: &str = "# How long do gerberas last?\n\nTen days, with the ends cut fresh.\n";
const DRAFT: &str = "---\ndraft: true\n---\n# How long do gerberas last?\n\nTen days, with the ends cut fresh.\n";
const ABSENT: (&str, &str) = ("if-none-match", "*");
const ANY: (&str, &str) = ("if-match", "*");
const AS_FILE: (&str, &str) = ("accept", "text/markdown");

async fn save(desk: &Desk, id: &str, when: (&str, &str), text: &str) -> Seen {
    desk.ask("PUT", &format!("/v1/tips/{id}"), &[("content-type", "text/markdown"), when], text).await
}

async fn delete(desk: &Desk, id: &str, headers: &[(&str, &str)]) -> u16 {
    desk.ask("DELETE", &format!("/v1/tips/{id}"), headers, "").await.status
}

fn there(desk: &Desk, id: &str) -> bool {
    desk.folder.path().join("tips").join(format!("{id}.md")).exists()
}

/// Where somebody may be in danger, nothing of the library is of use, and a page can tell that from any other silence.
#[tokio::test]
async fn danger_is_told_apart_and_nothing_stands_beside_it() {
    let desk = Desk::new();
    let ask = async |text: &str| desk.get(&format!("/v1/suggest?product=gerbera&text={text}")).await.json();
    let answer = ask("my+husband+swallowed+a+gerbera+and+cannot+breathe").await;
    assert_eq!(answer["silence"]["danger"], true, "{answer:#}");
    assert_eq!((&answer["tip"], &answer["others"], &answer["answers"]), (&json!(null), &json!([]), &json!([])));
    assert_eq!(ask("she+is+crying+and+cannot+breathe").await["craft"], json!(null));
    assert!(ask("my+gerberas+are+dying+to+be+seen").await["silence"].get("danger").is_none());
}

#[tokio::test]
async fn a_draft_can_be_read_replaced_and_deleted_and_is_volunteered_nowhere() {
    let desk = Desk::new();
    assert_eq!(save(&desk, "draft", ABSENT, DRAFT).await.status, 201);
    let read = desk.ask("GET", "/v1/tips/draft", &[AS_FILE], "").await;
    assert_eq!((read.status, read.body.as_str()), (200, DRAFT));
    assert_eq!(desk.get("/v1/tips/draft").await.json()["draft"], true);
    assert_eq!(desk.get("/t/draft").await.status, 404);
    assert!(!desk.get("/v1/tips").await.body.contains("\"draft\",\"file\""), "no list holds it");
    let tag = read.header("etag").to_owned();
    assert_eq!(save(&desk, "draft", ("if-match", &tag), &DRAFT.replace("Ten", "Nine")).await.status, 200);
    assert_eq!(save(&desk, "draft", ANY, DRAFT).await.status, 200);
    assert_eq!(delete(&desk, "draft", &[]).await, 204);
    assert!(!there(&desk, "draft"));
}

#[tokio::test]
async fn a_file_that_never_was_whole_can_be_read_replaced_and_deleted() {
    let desk = Desk::new();
    let missing = desk.get("/v1/tips/broken").await;
    assert_eq!((missing.status, missing.slug().as_str()), (404, "tip-not-found"));
    assert!(missing.body.contains("has errors"), "{}", missing.body);
    let file = desk.ask("GET", "/v1/tips/broken", &[AS_FILE], "").await;
    assert!(file.status == 200 && file.body.contains("when: ["), "{}", file.body);
    assert_eq!(delete(&desk, "broken", &[("if-match", "\"other\"")]).await, 412);
    assert_eq!(save(&desk, "broken", ("if-match", file.header("etag")), GOOD).await.status, 200);
    assert_eq!(delete(&desk, "broken", &[ANY]).await, 204);
    let again = Desk::new();
    assert_eq!(delete(&again, "broken", &[]).await, 204);
    assert!(!there(&again, "broken"));
}

#[tokio::test]
async fn a_file_that_broke_gives_its_own_text_and_tag() {
    let desk = Desk::new();
    let served = desk.get("/v1/tips/flowers/gerbera/water").await;
    std::fs::write(desk.folder.path().join("tips/flowers/gerbera/water.md"), "no question").unwrap();
    // A library that is opened once looks at a file when something is written through it.
    assert_eq!(save(&desk, "flowers/gerbera/water", ("if-match", "\"stale\""), GOOD).await.status, 412);
    let tag = served.header("etag").to_owned();
    assert_eq!(delete(&desk, "flowers/gerbera/water", &[("if-match", &tag)]).await, 412, "somebody's edit");
    let several = format!("\"other\", {}", save(&desk, "flowers/gerbera/water", ABSENT, GOOD).await.header("etag"));
    assert_eq!(delete(&desk, "flowers/gerbera/water", &[("if-match", &several)]).await, 204);
}

#[tokio::test]
async fn an_id_that_another_tip_has_in_other_letters_is_refused() {
    let desk = Desk::new();
    for id in ["flowers/gerbera/WIRE", "Flowers/gerbera/wire"] {
        let refused = save(&desk, id, ABSENT, GOOD).await;
        assert_eq!(refused.slug(), "tip-has-errors", "{id}");
        assert_eq!(refused.json()["errors"][0]["code"], "SW008");
        assert!(!there(&desk, id));
    }
    assert_eq!(save(&desk, "caf%C3%A9", ABSENT, GOOD).await.status, 201);
    let decomposed = "cafe%CC%81";
    assert_eq!(save(&desk, decomposed, ABSENT, GOOD).await.slug(), "precondition-failed", "it is the same id");
    assert_eq!(desk.get(&format!("/v1/tips/{decomposed}")).await.status, 200);
    assert_eq!(save(&desk, decomposed, ANY, &GOOD.replace("Ten", "Nine")).await.status, 200);
    let names = std::fs::read_dir(desk.folder.path().join("tips")).unwrap();
    let alike = names.filter(|name| name.as_ref().unwrap().file_name().to_string_lossy().starts_with("caf"));
    assert_eq!(alike.count(), 1);
}

#[tokio::test]
async fn a_name_that_no_disk_takes_is_no_id() {
    let desk = Desk::new();
    for id in ["a".repeat(300), format!("{}/x", "é".repeat(140).replace('é', "%C3%A9")), "b".repeat(253)] {
        assert_eq!(save(&desk, &id, ABSENT, GOOD).await.slug(), "invalid-id");
    }
    assert_eq!(save(&desk, &"b".repeat(252), ABSENT, GOOD).await.status, 201);
}

#[tokio::test]
async fn an_address_that_is_no_text_is_a_problem_like_any_other() {
    let desk = Desk::new();
    assert_eq!(desk.get("/v1/tips/%ff").await.slug(), "invalid-id");
    assert_eq!(desk.get("/t/%ff").await.slug(), "invalid-id");
    for path in ["/problems/%ff", "/files/%ff", "/assets/%ff"] {
        assert_eq!(desk.get(path).await.slug(), "not-found", "{path}");
    }
}

#[tokio::test]
async fn a_customer_with_an_old_link_meets_words_and_no_json() {
    let desk = Desk::new();
    let browser = ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    let page = desk.ask("GET", "/t/nope", &[browser], "").await;
    assert_eq!((page.status, page.header("content-type")), (404, "text/html; charset=utf-8"));
    assert!(page.body.contains("no longer here"), "{}", page.body);
    assert_eq!(desk.ask("GET", "/t/craft/angry", &[browser], "").await.status, 404);
    assert_eq!(desk.get("/t/nope").await.slug(), "tip-not-found");
}

#[tokio::test]
async fn a_body_that_is_not_plain_utf8_json_is_refused() {
    let desk = Desk::new();
    let json = |name, value| [("content-type", "application/json"), (name, value)];
    let body = r#"{"text":"gerberas"}"#;
    let ask = async |headers: &[(&str, &str)], body: &str| desk.ask("POST", "/v1/suggest", headers, body).await;
    assert_eq!(ask(&json("content-encoding", "gzip"), body).await.slug(), "wrong-content-type");
    assert_eq!(ask(&json("content-encoding", "identity"), body).await.status, 200);
    let charset = |value| [("content-type", value)];
    assert_eq!(ask(&charset("application/json; charset=utf-16"), body).await.slug(), "wrong-content-type");
    assert_eq!(ask(&charset("application/json; charset=\"UTF-8\""), body).await.status, 200);
    for twice in [r#"{"text":"a","text":"b"}"#, r#"{"text":"a","occasions":{"new":true,"new":false}}"#] {
        let refused = desk.post("/v1/suggest", twice).await;
        assert_eq!(refused.slug(), "invalid-body");
        assert!(refused.body.contains("twice"), "{}", refused.body);
    }
}

#[tokio::test]
async fn a_cursor_of_something_else_is_refused() {
    let desk = Desk::new();
    for list in ["tips", "products", "issues"] {
        for cursor in ["%00", "bogus", "balloons.flowers", list] {
            assert_eq!(
                desk.get(&format!("/v1/{list}?cursor={cursor}")).await.slug(),
                "invalid-query",
                "{list} {cursor}"
            );
        }
    }
    let products = desk.get("/v1/products?limit=1").await.json()["next"].as_str().expect("a second page").to_owned();
    assert_eq!(desk.get(&format!("/v1/tips?cursor={products}")).await.slug(), "invalid-query");
    let first = desk.get("/v1/search?q=gerberas&limit=1").await.json();
    let cursor = first["next"].as_str().expect("a second page");
    assert_eq!(desk.get(&format!("/v1/search?q=gerberas&limit=1&cursor={cursor}")).await.status, 200);
    assert_eq!(desk.get(&format!("/v1/search?q=vase&limit=1&cursor={cursor}")).await.slug(), "invalid-query");
}
