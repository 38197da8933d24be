//! The contract: the OpenAPI document frozen, and what holds for all of it.

use super::desk::Desk;
use insta::assert_snapshot;
use serde_json::Value;

fn document() -> Value {
    serde_json::from_str(stemwire::http::openapi_document()).unwrap()
}

#[test]
fn the_document_is_as_promised() {
    // A line that goes is a promise broken; a line that comes is one given.
    assert_snapshot!("openapi", stemwire::http::openapi_document());
}

#[tokio::test]
async fn the_document_is_what_is_served() {
    assert_eq!(Desk::new().get("/openapi.json").await.json(), document());
}

fn operations(document: &Value) -> Vec<(String, String, &Value)> {
    let paths = document["paths"].as_object().unwrap().iter();
    let each = |(path, item): (&String, &'_ Value)| -> Vec<(String, String)> {
        item.as_object().unwrap().keys().map(|method| (path.clone(), method.clone())).collect()
    };
    let names: Vec<(String, String)> = paths.flat_map(each).collect();
    names.into_iter().map(|(path, method)| (path.clone(), method.clone(), &document["paths"][path][method])).collect()
}

#[test]
fn every_operation_is_described() {
    let document = document();
    assert_eq!(document["openapi"], "3.1.0");
    for (path, method, operation) in operations(&document) {
        for part in ["operationId", "summary", "tags"] {
            assert!(!operation[part].is_null(), "{method} {path} has no {part}");
        }
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        for parameter in parameters {
            assert!(parameter["description"].is_string(), "{method} {path}: {parameter}");
        }
        for status in ["403", "500", "503"] {
            assert_eq!(
                operation["responses"][status]["$ref"], "#/components/responses/Problem",
                "{method} {path} {status}"
            );
        }
    }
    for (name, schema) in document["components"]["schemas"].as_object().unwrap() {
        assert!(name.chars().all(char::is_alphanumeric), "{name}");
        assert!(!schema.is_null());
    }
}

#[tokio::test]
async fn what_is_declared_is_taken_and_nothing_else() {
    let desk = Desk::new();
    let document = document();
    for (path, method, operation) in operations(&document) {
        if method != "get" || path.contains('{') || path == "/v1/live" {
            continue;
        }
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let names = parameters.iter().filter(|p| p["in"] == "query").map(|p| p["name"].as_str().unwrap());
        let query: String = names.map(|name| format!("{name}=&")).collect();
        let seen = desk.get(&format!("{path}?{query}")).await;
        assert!(!seen.body.contains("unknown query parameter"), "{path}: {}", seen.body);
        if path.starts_with("/v1/") {
            assert_eq!(desk.get(&format!("{path}?none_such=1")).await.slug(), "invalid-query", "{path}");
        }
    }
    let fields = document["components"]["schemas"]["SuggestRequest"]["properties"].as_object().unwrap();
    for name in fields.keys() {
        let seen = desk.post("/v1/suggest", &format!("{{\"text\":\"a\",\"{name}\":null}}")).await;
        assert!(!seen.body.contains("unknown field"), "{name}: {}", seen.body);
    }
}

#[tokio::test]
async fn what_is_promised_is_there() {
    // The fields that API.md promises of an answer, each in its place.
    let desk = Desk::new();
    let answer = desk.get("/v1/suggest?text=a+bunch+of+gerberas").await.json();
    for name in ["id", "situation", "tip", "silence", "others", "answers", "craft", "library", "took_us"] {
        assert!(answer.get(name).is_some(), "{name}: {answer}");
    }
    assert!(answer["tip"].is_null() != answer["silence"].is_null());
    let one = answer["tip"]
        .as_object()
        .or_else(|| answer["answers"][0].as_object())
        .or_else(|| answer["others"][0].as_object());
    let one = one.unwrap_or_else(|| panic!("no suggestion in {answer}"));
    for name in [
        "id",
        "question",
        "say",
        "wire",
        "html",
        "product",
        "when",
        "prevents",
        "after",
        "url",
        "score",
        "contributions",
        "why",
        "review",
    ] {
        assert!(one.contains_key(name), "{name}: {one:?}");
    }
    let found = desk.get("/v1/search?q=gerberas").await.json();
    for name in ["items", "next", "total", "facets", "corrected", "took_us"] {
        assert!(found.get(name).is_some(), "{name}: {found}");
    }
    for name in ["id", "question", "say", "product", "highlights", "score"] {
        assert!(found["items"][0].get(name).is_some(), "{name}: {found}");
    }
}

#[test]
fn every_reference_leads_somewhere() {
    fn references<'a>(value: &'a Value, found: &mut Vec<&'a str>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("$ref").and_then(Value::as_str));
                fields.values().for_each(|field| references(field, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document();
    let mut found = Vec::new();
    references(&document, &mut found);
    assert!(!found.is_empty());
    for reference in found {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference} leads nowhere");
    }
}
