//! Who may call, and how much.

use super::desk::Desk;
use stemwire::http::{Limits, Options};

#[tokio::test]
async fn only_known_hosts_are_answered() {
    let desk = Desk::with(Options { hosts: vec!["tips.example.com".into()], ..Options::default() });
    for host in
        ["127.0.0.1", "localhost:7171", "LOCALHOST", "[::1]:7171", "[::1]", "tips.example.com", "tips.example.com:443"]
    {
        assert_eq!(desk.ask("GET", "/healthz", &[("host", host)], "").await.status, 200, "{host}");
    }
    for host in [
        "evil.example",
        "evil.example:7171",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "::1",
        "",
        "127.0.0.1:x",
    ] {
        assert_eq!(desk.ask("GET", "/healthz", &[("host", host)], "").await.slug(), "host-not-allowed", "{host}");
    }
}

#[tokio::test]
async fn a_page_is_addressed_by_the_host_that_was_looked_at() {
    let desk = Desk::new();
    let page = desk.ask("GET", "http://localhost/t/flowers/gerbera/wire", &[("host", "evil.example")], "").await;
    assert_eq!(page.status, 200);
    assert!(page.body.contains("http://localhost/t/flowers/gerbera/wire") && !page.body.contains("evil"));
    // Beside the one that every request here has.
    let second = [("host", "127.0.0.1:7171")];
    let seen = desk.ask("GET", "/t/flowers/gerbera/wire", &second, "").await;
    assert_eq!((seen.status, seen.slug()), (400, "invalid-header".to_owned()));
}

#[tokio::test]
async fn other_web_pages_are_refused() {
    let desk = Desk::new();
    for origin in ["http://evil.example", "http://127.0.0.1:3000", "http://localhost:7171", "null", "file://", ""] {
        for (method, path) in [("GET", "/v1/library"), ("POST", "/v1/suggest"), ("PUT", "/v1/tips/a"), ("GET", "/")] {
            assert_eq!(
                desk.ask(method, path, &[("origin", origin)], "").await.slug(),
                "origin-not-allowed",
                "{origin} {path}"
            );
        }
    }
    let own = [("origin", "http://127.0.0.1:7171"), ("sec-fetch-site", "same-origin")];
    assert_eq!(desk.ask("GET", "/v1/library", &own, "").await.status, 200);
    for site in ["cross-site", "same-site", "nonsense"] {
        let image = [("sec-fetch-site", site), ("sec-fetch-mode", "no-cors"), ("sec-fetch-dest", "image")];
        let frame = [("sec-fetch-site", site), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "iframe")];
        let visit = [("sec-fetch-site", site), ("sec-fetch-mode", "navigate"), ("sec-fetch-dest", "document")];
        assert_eq!(desk.ask("GET", "/v1/library", &image, "").await.slug(), "origin-not-allowed");
        assert_eq!(desk.ask("GET", "/", &frame, "").await.slug(), "origin-not-allowed");
        assert_eq!(desk.ask("GET", "/v1/library", &visit, "").await.slug(), "origin-not-allowed");
        assert_eq!(desk.ask("POST", "/", &visit, "").await.slug(), "origin-not-allowed");
        for page in ["/", "/docs", "/problems/not-found", "/t/flowers/gerbera/wire"] {
            assert_eq!(desk.ask("GET", page, &visit, "").await.status, 200, "{page}");
        }
    }
}

#[tokio::test]
async fn every_answer_has_its_headers() {
    let desk = Desk::new();
    for path in ["/", "/v1/library", "/nothing", "/healthz", "/assets/page.css"] {
        let seen = desk.get(path).await;
        assert_eq!(seen.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(seen.header("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(seen.header("x-request-id"), "test", "{path}");
        let policy = seen.header("content-security-policy");
        assert!(policy.contains("default-src") && policy.contains("frame-ancestors 'none'"), "{path}: {policy}");
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
    }
}

#[tokio::test]
async fn a_request_id_is_kept_where_it_is_sane() {
    let desk = Desk::new();
    let long = "a".repeat(129);
    for bad in [long.as_str(), "a b", "a\"b", "ü"] {
        let seen = desk.ask("GET", "/healthz", &[("x-request-id", bad)], "").await;
        assert_ne!(seen.headers["x-request-id"], bad);
    }
    let one = desk.ask("GET", "/healthz", &[("x-request-id", "?")], "").await;
    let two = desk.ask("GET", "/healthz", &[("x-request-id", "?")], "").await;
    assert_ne!(one.header("x-request-id"), two.header("x-request-id"));
}

#[tokio::test]
async fn a_wrong_method_is_told_the_right_ones() {
    let desk = Desk::new();
    for (method, path, allowed) in [
        ("POST", "/v1/search", "GET,HEAD"),
        ("DELETE", "/v1/suggest", "GET,HEAD,POST"),
        ("POST", "/v1/tips/a/b", "GET,HEAD,PUT,DELETE"),
        ("PUT", "/", "GET,HEAD"),
        ("TRACE", "/v1/library", "GET,HEAD"),
        ("OPTIONS", "/v1/library", "GET,HEAD"),
    ] {
        let seen = desk.ask(method, path, &[], "").await;
        assert_eq!(seen.slug(), "method-not-allowed", "{method} {path}");
        let mut told: Vec<&str> = seen.header("allow").split(',').map(str::trim).collect();
        let mut right: Vec<&str> = allowed.split(',').collect();
        told.sort_unstable();
        right.sort_unstable();
        assert_eq!(told, right, "{method} {path}");
    }
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let desk = Desk::new();
    for path in ["/v1/library", "/v1/tips/flowers/gerbera/wire", "/", "/nothing"] {
        let (get, head) = (desk.get(path).await, desk.ask("HEAD", path, &[], "").await);
        assert_eq!((head.status, head.body.as_str()), (get.status, ""), "{path}");
        assert_eq!(head.header("content-length"), get.header("content-length"), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
    }
}

#[test]
fn a_limit_can_be_set_within_its_bounds() {
    let mut limits = Limits::default();
    for (name, default, most) in Limits::ALL {
        assert!(default <= most && *default > 0, "{name}");
        assert!(limits.set(name, *most).is_ok());
        assert!(limits.set(name, most + 1).is_err() && limits.set(name, 0).is_err(), "{name}");
    }
    assert!(limits.set("none such", 1).is_err());
}

#[tokio::test]
async fn limits_are_kept() {
    let limits = Limits { text_chars: 10, json_bytes: 100, query_bytes: 60, ..Limits::default() };
    let desk = Desk::with(Options { limits, ..Options::default() });
    assert_eq!(desk.get("/v1/suggest?text=abcdefghijk").await.slug(), "invalid-query");
    assert_eq!(desk.get("/v1/suggest?text=%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4%C3%A4").await.status, 200);
    assert_eq!(desk.get(&format!("/v1/suggest?text={}", "a".repeat(60))).await.slug(), "query-too-long");
    assert_eq!(desk.post("/v1/suggest", &" ".repeat(101)).await.slug(), "body-too-large");
}
