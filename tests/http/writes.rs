//! Putting and deleting tips: preconditions, refusals, keys.

use super::desk::{Desk, Seen};
use insta::assert_snapshot;

const NEW: &str =
    "---\nwhen: buying # keep me\nzebra: 1\n---\n# How long do gerberas last?\n\nTen days, with the ends cut fresh.\n";
const MARKDOWN: (&str, &str) = ("content-type", "text/markdown");
const ABSENT: (&str, &str) = ("if-none-match", "*");

impl Desk {
    async fn put(&self, id: &str, headers: &[(&str, &str)], text: &str) -> Seen {
        let headers: Vec<_> = [MARKDOWN].iter().chain(headers).copied().collect();
        self.ask("PUT", &format!("/v1/tips/{id}"), &headers, text).await
    }

    fn file(&self, id: &str) -> Option<String> {
        std::fs::read_to_string(self.folder.path().join("tips").join(format!("{id}.md"))).ok()
    }
}

/// Whoever checks the library out on another system finds every file there, and none in the place of another.
#[tokio::test]
async fn a_name_that_another_system_cannot_keep_is_refused() {
    let desk = Desk::new();
    for id in ["flowers/_Index", "_INDEX", "CON", "flowers/lpt1", "aux/cable", "nul"] {
        let seen = desk.put(id, &[ABSENT], NEW).await;
        assert_eq!((seen.slug(), desk.file(id)), ("invalid-id".to_owned(), None), "{id}: {}", seen.body);
    }
    let seen = desk.put("con", &[ABSENT], NEW).await;
    assert!(seen.json()["detail"].as_str().unwrap().contains("Windows keeps"), "{}", seen.body);
    assert_eq!(desk.put("flowers/console", &[ABSENT], NEW).await.status, 201);
    // One that is there already can be mended.
    std::fs::write(desk.folder.path().join("tips/aux.md"), NEW).unwrap();
    assert_eq!(desk.put("aux", &[("if-match", "*")], &NEW.replace("Ten", "Nine")).await.status, 200);
}

#[tokio::test]
async fn a_tip_is_made_replaced_and_deleted() {
    let desk = Desk::new();
    let id = "flowers/gerbera/last";
    let made = desk.put(id, &[ABSENT], NEW).await;
    assert_snapshot!("made", made.shown());
    assert_eq!(desk.file(id).as_deref(), Some(NEW));
    let read = desk.get(&format!("/v1/tips/{id}")).await;
    assert_eq!(read.json()["question"], "How long do gerberas last?");
    let text = desk.ask("GET", &format!("/v1/tips/{id}"), &[("accept", "text/markdown")], "").await;
    assert_eq!((text.body.as_str(), text.header("etag")), (NEW, made.header("etag")));

    let changed = NEW.replace("Ten days", "A week");
    // The tag of any face names the version of the file.
    let replaced = desk.put(id, &[("if-match", read.header("etag"))], &changed).await;
    assert_snapshot!("replaced", replaced.shown());
    assert_eq!(desk.file(id), Some(changed.clone()));
    assert_eq!(desk.get(&format!("/v1/tips/{id}")).await.json()["say"], "A week, with the ends cut fresh.");

    let stale = desk.put(id, &[("if-match", made.header("etag"))], NEW).await;
    assert_eq!((stale.slug().as_str(), stale.header("etag")), ("precondition-failed", replaced.header("etag")));
    assert_eq!(desk.put(id, &[ABSENT], NEW).await.slug(), "precondition-failed");
    assert_eq!(desk.file(id), Some(changed));

    let path = format!("/v1/tips/{id}");
    assert_eq!(desk.ask("DELETE", &path, &[("if-match", made.header("etag"))], "").await.slug(), "precondition-failed");
    let deleted = desk.ask("DELETE", &path, &[("if-match", replaced.header("etag"))], "").await;
    assert_eq!((deleted.status, deleted.body.as_str(), desk.file(id)), (204, "", None));
    assert_eq!(desk.get(&path).await.slug(), "tip-not-found");
    assert_eq!(desk.ask("DELETE", &path, &[], "").await.slug(), "tip-not-found");
}

#[tokio::test]
async fn a_write_says_which_version_it_means() {
    let desk = Desk::new();
    assert_eq!(desk.put("a", &[], NEW).await.slug(), "precondition-required");
    assert_eq!(desk.put("a", &[("if-none-match", "\"x\"")], NEW).await.slug(), "invalid-header");
    assert_eq!(desk.put("a", &[ABSENT, ("if-match", "\"x\"")], NEW).await.slug(), "invalid-header");
    assert_eq!(desk.put("a", &[("if-match", "*")], NEW).await.slug(), "precondition-failed");
    assert_eq!(desk.put("flowers/gerbera/water", &[("if-match", "\"x\"")], NEW).await.slug(), "precondition-failed");
    assert_eq!(desk.put("flowers/gerbera/water", &[("if-match", "*")], NEW).await.status, 200);
    assert_eq!(desk.file("a"), None);
}

#[tokio::test]
async fn an_id_never_leaves_the_library() {
    let desk = Desk::new();
    for id in [
        "..%2Fout",
        "a/../../out",
        "%2Fetc%2Fout",
        "a%00b",
        ".hidden",
        "a//b",
        "a/",
        "_index",
        "flowers/_index",
        "a.md",
        "a%5Cb",
        "con:x",
    ] {
        let seen = desk.put(id, &[ABSENT], NEW).await;
        assert_eq!(seen.slug(), "invalid-id", "{id}: {}", seen.body);
    }
    let outside = std::fs::read_dir(desk.folder.path()).unwrap().count();
    assert_eq!(outside, 2, "something was written beside the library");
}

#[tokio::test]
async fn what_check_calls_an_error_is_refused() {
    let desk = Desk::new();
    let refused =
        desk.put("flowers/new", &[ABSENT], "---\nwhen: byuing\nprevents: nothing\n---\n# Why?\n\nBecause.\n").await;
    assert_snapshot!("refused", refused.shown());
    assert_eq!(desk.put("flowers/new", &[ABSENT], "").await.slug(), "tip-has-errors");
    assert_eq!(desk.file("flowers/new"), None);
    let form = [("content-type", "application/json"), ABSENT];
    assert_eq!(desk.ask("PUT", "/v1/tips/flowers/new", &form, "{}").await.slug(), "wrong-content-type");
}

#[tokio::test]
async fn the_same_key_is_answered_with_the_first_answer() {
    let desk = Desk::new();
    let key = ("idempotency-key", "\"one\"");
    let first = desk.put("a", &[ABSENT, key], NEW).await;
    let again = desk.put("a", &[ABSENT, key], NEW).await;
    assert_eq!((first.status, again.status), (201, 201));
    assert_eq!((first.body.as_str(), first.header("etag")), (again.body.as_str(), again.header("etag")));
    assert_eq!(desk.put("a", &[ABSENT, key], "# Other?\n\nYes.\n").await.slug(), "idempotency-key-reused");
    // Another tip is another request, as another balloon is.
    assert_eq!(desk.put("d", &[ABSENT, key], NEW).await.status, 201);
    assert_eq!(desk.put("a", &[ABSENT], NEW).await.slug(), "precondition-failed");
    assert_eq!(desk.put("b", &[ABSENT, ("idempotency-key", "")], NEW).await.slug(), "invalid-header");

    let gone = ("idempotency-key", "two");
    assert_eq!(desk.ask("DELETE", "/v1/tips/a", &[gone], "").await.status, 204);
    assert_eq!(desk.ask("DELETE", "/v1/tips/a", &[gone], "").await.status, 204);
    // A refusal is not kept: what was mended may come with the same key.
    let mended = ("idempotency-key", "three");
    assert_eq!(desk.put("c", &[ABSENT, mended], "").await.slug(), "tip-has-errors");
    assert_eq!(desk.put("c", &[ABSENT, mended], NEW).await.status, 201);
}

#[tokio::test]
async fn a_library_that_is_away_is_named_as_that() {
    let desk = Desk::new();
    let metrics = desk.get("/metrics").await.body;
    assert!(metrics.contains("\nstemwire_library_readable 1\n"), "{metrics}");
    let root = desk.folder.path().join("tips");
    std::fs::rename(&root, desk.folder.path().join("elsewhere")).unwrap();
    let id = "flowers/gerbera/wire";
    for refused in [
        desk.put("flowers/gerbera/last", &[ABSENT], NEW).await,
        desk.put(id, &[("if-match", "*")], NEW).await,
        desk.ask("DELETE", &format!("/v1/tips/{id}"), &[], "").await,
    ] {
        assert_eq!((refused.status, refused.header("retry-after").is_empty()), (503, false), "{}", refused.body);
        assert!(refused.body.contains("library-away") && !refused.body.contains("elsewhere"), "{}", refused.body);
    }
    assert_eq!(desk.get(&format!("/v1/tips/{id}")).await.status, 200, "it stays served");
}
