//! Every code has a page, every fault a pointer, and no input is a failure of ours.

use super::desk::Desk;
use insta::assert_snapshot;
use std::collections::BTreeSet;
use std::path::Path;
use stemwire::http::ProblemKind;

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/http-problems");
    let pages: BTreeSet<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap().trim_end_matches(".md").to_owned())
        .collect();
    let codes: BTreeSet<String> = ProblemKind::ALL.iter().map(|kind| kind.slug().to_owned()).collect();
    assert_eq!(pages, codes);
}

#[tokio::test]
async fn a_page_says_what_the_table_says() {
    let desk = Desk::new();
    for kind in ProblemKind::ALL {
        let page = desk.ask("GET", &format!("/problems/{}", kind.slug()), &[("accept", "text/markdown")], "").await;
        let start = format!("# {}\n\nStatus {}, `{}`.", kind.title(), kind.status().as_u16(), kind.slug());
        assert!(page.body.starts_with(&start), "{}", page.body);
    }
    assert_eq!(desk.get("/problems/SW001").await.status, 200);
    assert_eq!(desk.get("/problems/none-such").await.status, 404);
}

#[tokio::test]
async fn the_list_names_each_code_once() {
    let page = Desk::new().get("/problems").await.body;
    assert!(page.contains("\">SW001</a>: Front matter that cannot be read</li>"), "{page}");
}

#[tokio::test]
async fn all_faults_of_a_request_are_told_at_once() {
    let desk = Desk::new();
    let query = desk.get("/v1/suggest?txt=a&limit=99&mood=cross&stage=clossing&customer=a&customer=b").await;
    assert_snapshot!("query_faults", query.shown());
    let body =
        r#"{"text":7,"product":["a",1],"limit":"4","told":{},"occasions":{"new":[]},"explain":"yes","produkt":"x"}"#;
    assert_snapshot!("body_faults", desk.post("/v1/suggest", body).await.shown());
}

#[tokio::test]
async fn bad_input_has_its_code() {
    let desk = Desk::new();
    let long = format!("/v1/suggest?text={}", "a".repeat(20_000));
    for (path, slug) in [
        ("/v1/suggest", "invalid-query"),
        ("/v1/suggest?text=", "invalid-query"),
        ("/v1/suggest?text=%20%20", "invalid-query"),
        ("/v1/suggest?text=%zz", "invalid-query"),
        ("/v1/suggest?text=%ff", "invalid-query"),
        ("/v1/suggest?text=a&limit=-1", "invalid-query"),
        ("/v1/suggest?text=a&told=b", "invalid-query"),
        ("/v1/search?limit=0", "invalid-query"),
        ("/v1/search?q=a&q=b", "invalid-query"),
        ("/v1/search?cursor=none-of-ours", "invalid-query"),
        ("/v1/library/problems?cursor=x", "invalid-query"),
        ("/v1/library?x=1", "invalid-query"),
        (long.as_str(), "query-too-long"),
        ("/v1/tips/..%2F..%2Fetc%2Fpasswd", "tip-not-found"),
        ("/v1/tips/", "not-found"),
        ("/files/../Cargo.toml", "not-found"),
        ("/files/%2e%2e/%2e%2e/etc/passwd", "not-found"),
        ("/files/flowers/gerbera/wire.md", "not-found"),
        ("/assets/index.html", "not-found"),
        ("/nothing", "not-found"),
    ] {
        assert_eq!(desk.get(path).await.slug(), slug, "{path}");
    }
}

#[tokio::test]
async fn bad_bodies_have_their_code() {
    let desk = Desk::new();
    for (body, slug) in [
        ("", "invalid-body"),
        ("{", "invalid-body"),
        ("[]", "invalid-body"),
        ("{}", "invalid-fields"),
        (r#"{"text":null}"#, "invalid-fields"),
        (r#"{"text":"a","limit":4.5}"#, "invalid-fields"),
        (r#"{"text":"a","limit":21}"#, "invalid-fields"),
    ] {
        assert_eq!(desk.post("/v1/suggest", body).await.slug(), slug, "{body}");
    }
    let text = format!(r#"{{"text":"{}"}}"#, "a".repeat(20_001));
    assert_eq!(desk.post("/v1/suggest", &text).await.slug(), "invalid-fields");
    let huge = format!(r#"{{"text":"{}"}}"#, "a".repeat(300_000));
    assert_eq!(desk.post("/v1/suggest", &huge).await.slug(), "body-too-large");
    let no_type = desk.ask("POST", "/v1/suggest", &[], "{}").await;
    assert_eq!(no_type.slug(), "wrong-content-type");
    let form = [("content-type", "application/x-www-form-urlencoded")];
    assert_eq!(desk.ask("POST", "/v1/suggest", &form, "text=a").await.slug(), "wrong-content-type");
    assert_eq!(desk.ask("POST", "/v1/check", &form, "text=a").await.slug(), "wrong-content-type");
    let nested = format!("{{\"text\":{}1{}}}", "[".repeat(5_000), "]".repeat(5_000));
    assert_eq!(desk.post("/v1/suggest", &nested).await.slug(), "invalid-body");
}
