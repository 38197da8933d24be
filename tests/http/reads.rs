//! Every address that is read: status, headers and body as a whole.

use super::desk::Desk;
use insta::assert_snapshot;

macro_rules! snapshots {
    ($($name:ident: $method:literal $path:literal $headers:expr, $body:literal;)+) => {$(
        #[tokio::test]
        async fn $name() {
            let seen = Desk::new().ask($method, $path, &$headers, $body).await;
            assert_snapshot!(stringify!($name), seen.shown());
        }
    )+};
}

const JSON: (&str, &str) = ("content-type", "application/json");

snapshots! {
    suggest: "GET" "/v1/suggest?text=a+bunch+of+gerberas" [], "";
    suggest_given: "GET" "/v1/suggest?product=gerbora&issue=buying&limit=0" [], "";
    suggest_silence: "POST" "/v1/suggest" [JSON],
        r#"{"product":"gerbera","told":["flowers/gerbera/wire","flowers/gerbera/water"]}"#;
    suggest_json: "POST" "/v1/suggest" [JSON], r#"{"text":"a bunch of gerberas","told":["flowers/gerbera/wire"],"mood":"angry"}"#;
    search: "GET" "/v1/search?q=gerbras+droo&limit=1" [], "";
    search_nothing: "GET" "/v1/search?q=&kind=craft" [], "";
    tips: "GET" "/v1/tips?limit=1" [], "";
    tip: "GET" "/v1/tips/flowers/gerbera/wire" [], "";
    tip_escaped: "GET" "/v1/tips/flowers%2Fgerbera%2Fwater" [], "";
    tip_markdown: "GET" "/v1/tips/flowers/gerbera/wire" [("accept", "text/markdown")], "";
    tip_html: "GET" "/v1/tips/flowers/gerbera/wire" [("accept", "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8")], "";
    tip_missing: "GET" "/v1/tips/flowers/rose" [], "";
    tip_unacceptable: "GET" "/v1/tips/flowers/gerbera/wire" [("accept", "image/png")], "";
    products: "GET" "/v1/products" [], "";
    issues: "GET" "/v1/issues" [], "";
    library: "GET" "/v1/library" [], "";
    library_problems: "GET" "/v1/library/problems?limit=2" [], "";
    check: "POST" "/v1/check" [JSON], r##"{"id":"flowers/new","text":"---\nwhen: byuing\n---\n# Why?\n\nBecause.\n"}"##;
    check_markdown: "POST" "/v1/check?id=flowers/new" [("content-type", "text/markdown")], "# Why?\n\nBecause.\n";
    library_problems_of_a_code: "GET" "/v1/library/problems?code=SW103" [], "";
    library_work: "GET" "/v1/library/work" [], "";
    health: "GET" "/healthz" [], "";
    ready: "GET" "/readyz" [], "";
    problem_page: "GET" "/problems/invalid-query" [], "";
    problem_markdown: "GET" "/problems/invalid-query" [("accept", "text/markdown")], "";
    customer_page: "GET" "/t/flowers/gerbera/wire" [], "";
    agents_alone: "GET" "/t/craft/angry" [], "";
    nothing: "GET" "/v1/nothing" [], "";
    wrong_method: "PATCH" "/v1/tips" [], "";
}

#[tokio::test]
async fn every_read_has_a_tag_and_honours_it() {
    let desk = Desk::new();
    for path in [
        "/v1/suggest?text=gerberas",
        "/v1/search?q=gerberas",
        "/v1/tips",
        "/v1/tips/flowers/gerbera/wire",
        "/v1/products",
        "/v1/issues",
        "/v1/library",
        "/v1/library/problems",
        "/v1/library/work",
        "/openapi.json",
        "/",
        "/docs",
        "/assets/shell/base.css",
        "/problems",
        "/problems/SW001",
        "/t/flowers/gerbera/wire",
    ] {
        let first = desk.get(path).await;
        assert_eq!(first.status, 200, "{path}: {}", first.body);
        let tag = first.header("etag").to_owned();
        assert!(!tag.is_empty(), "{path} has no ETag");
        assert_eq!(first.header("cache-control"), "no-cache", "{path}");
        let other = format!("\"other\", {tag}");
        for known in [tag.as_str(), "*", &other] {
            let again = desk.ask("GET", path, &[("if-none-match", known)], "").await;
            assert_eq!((again.status, again.body.as_str()), (304, ""), "{path} with {known}");
            assert_eq!(again.header("etag"), tag);
        }
        assert_eq!(desk.ask("GET", path, &[("if-none-match", "\"other\"")], "").await.status, 200, "{path}");
    }
}

#[tokio::test]
async fn the_same_question_has_the_same_answer() {
    let desk = Desk::new();
    let mut answers = Vec::new();
    for _ in 0..3 {
        let mut json = desk.get("/v1/suggest?text=a+bunch+of+gerberas+please").await.json();
        json.as_object_mut().unwrap().retain(|name, _| name != "id" && name != "took_us");
        answers.push(json.to_string());
    }
    assert_eq!(answers[0], answers[1]);
    assert_eq!(answers[0], answers[2]);
}

#[tokio::test]
async fn what_is_shown_adds_up() {
    let json = Desk::new().post("/v1/suggest", r#"{"text":"a bunch of gerberas","explain":true}"#).await.json();
    let others = json["others"].as_array().unwrap().iter();
    let answers = json["answers"].as_array().unwrap().iter();
    let all: Vec<_> =
        [&json["tip"], &json["craft"]].into_iter().chain(others).chain(answers).filter(|s| s.is_object()).collect();
    assert!(!all.is_empty());
    for suggestion in all {
        let sum: f64 =
            suggestion["contributions"].as_array().unwrap().iter().map(|c| c["value"].as_f64().unwrap()).sum();
        assert!((sum - suggestion["score"].as_f64().unwrap()).abs() < 1e-9, "{suggestion}");
    }
}

#[tokio::test]
async fn lists_go_page_by_page() {
    let desk = Desk::new();
    for list in ["tips", "products", "issues", "library/problems"] {
        let whole = desk.get(&format!("/v1/{list}")).await.json();
        let all = whole["items"].as_array().unwrap().clone();
        assert!(all.len() > 1, "{list}: {whole}");
        assert!(whole["next"].is_null());
        let (mut seen, mut next) = (Vec::new(), format!("/v1/{list}?limit=1"));
        while seen.len() <= all.len() {
            let page = desk.get(&next).await;
            let json = page.json();
            seen.extend(json["items"].as_array().unwrap().clone());
            let Some(cursor) = json["next"].as_str() else { break };
            let link = page.header("link").to_owned();
            next = link.trim_start_matches('<').split('>').next().unwrap().to_owned();
            assert!(!cursor.is_empty() && next.contains("limit=1"), "{link}");
        }
        assert_eq!(seen, all, "{list}");
    }
}

#[tokio::test]
async fn large_answers_are_compressed_where_the_caller_can_read_that() {
    let desk = Desk::new();
    let large = desk.ask("GET", "/openapi.json", &[("accept-encoding", "gzip")], "").await;
    assert_eq!(large.header("content-encoding"), "gzip");
    assert!(large.header("vary").contains("accept-encoding"));
    let small = desk.ask("GET", "/healthz", &[("accept-encoding", "gzip")], "").await;
    assert_eq!(small.header("content-encoding"), "");
}

#[tokio::test]
async fn metrics_name_routes_as_they_are_declared() {
    let desk = Desk::new();
    desk.get("/v1/tips/flowers/gerbera/wire").await;
    desk.get("/v1/tips/flowers/gerbera/none").await;
    desk.get("/made/up").await;
    let text = desk.get("/metrics").await.body;
    assert!(text.contains("stemwire_library_tips 3"), "{text}");
    for (route, status) in [("/v1/tips/{*id}", 200), ("/v1/tips/{*id}", 404), ("unmatched", 404)] {
        let line = format!("stemwire_http_requests_total{{route=\"{route}\",method=\"GET\",status=\"{status}\"}} 1\n");
        assert!(text.contains(&line), "{line}{text}");
    }
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let (name, value) = line.rsplit_once(' ').unwrap();
        assert!(name.starts_with("stemwire_"), "{line}");
        assert!(value.parse::<f64>().is_ok(), "{line}");
    }
}
