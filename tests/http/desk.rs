//! A library made for the test, its router, and asking it.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, Response};
use http_body_util::BodyExt;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::collections::HashSet;
use std::fs;
use std::sync::Arc;
use stemwire::app::{App, Settings};
use stemwire::http::{Options, router};
use tempfile::TempDir;
use tower::ServiceExt;

const FILES: &[(&str, &str)] = &[
    (
        "_index.md",
        "---\nissues:\n  buying: [a bunch of, I would like to buy]\n---\nNobody has to come back with a question that \
         we could have answered.\n",
    ),
    (
        "flowers/gerbera/_index.md",
        "---\ntitle: Gerbera daisies\naliases: [gerbera, gerberas]\nissues:\n  drooping:\n    title: Stems droop\n    \
         says: [flopping over, heads hang down, gone limp]\n---\nSoft stems, long-lived heads.\n",
    ),
    (
        "flowers/gerbera/wire.md",
        "---\nwhen: buying\nprevents: drooping\nafter: 3 days\nexpected: 0.5\nwire: \"[Care card](https://example.com/care)\"\n\
         colour: orange\n---\n# What do I do when my gerberas droop?\n\nThey hang their heads after a few days. Coil a \
         little wire round the stem.\n\nStems are **soft** and hollow. <script>alert(1)</script>\n",
    ),
    (
        "flowers/gerbera/water.md",
        "# How much water do gerberas want?\n\nTwo fingers of water are plenty for gerberas.\n\nFull vases rot the stems.\n",
    ),
    (
        "craft/angry.md",
        "---\nkind: craft\nmood: angry\naudience: agent\n---\n# How do I calm somebody down?\n\nSay what you will do next.\n",
    ),
    ("broken.md", "---\nwhen: [\n---\n# Is this broken?\n\nIt is.\n"),
];

/// The router of a small library in a folder of its own.
pub struct Desk {
    pub folder: TempDir,
    pub app: Arc<App>,
    pub router: Router,
}

/// An answer, read whole.
pub struct Seen {
    pub status: u16,
    pub headers: axum::http::HeaderMap,
    pub body: String,
}

impl Desk {
    pub fn new() -> Self {
        Self::with(Options::default())
    }

    pub fn with(options: Options) -> Self {
        let folder = tempfile::tempdir().unwrap();
        for (file, text) in FILES {
            let path = folder.path().join("tips").join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        let settings = Settings {
            library: folder.path().join("tips"),
            index: folder.path().join("index"),
            model: None,
            drafts: false,
        };
        let app = Arc::new(App::open(settings, &|_, _| {}).unwrap());
        let router = router(app.clone(), options);
        Self { folder, app, router }
    }

    /// Sends a request as a program on this machine does.
    pub async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Response<Body> {
        let mut request = Request::builder().method(Method::from_bytes(method.as_bytes()).unwrap()).uri(path);
        for (name, value) in [("host", "127.0.0.1:7171"), ("x-request-id", "test")].iter().chain(headers) {
            if !headers.iter().any(|(given, v)| given == name && v != value) {
                request = request.header(*name, *value);
            }
        }
        self.router.clone().oneshot(request.body(Body::from(body.to_owned())).unwrap()).await.unwrap()
    }

    pub async fn ask(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Seen {
        Seen::of(self.send(method, path, headers, body).await).await
    }

    /// Reports an outcome under a key.
    pub async fn report(&self, key: &str, outcome: &Value) -> Seen {
        let headers = [("content-type", "application/json"), ("idempotency-key", key)];
        self.ask("POST", "/v1/outcomes", &headers, &outcome.to_string()).await
    }

    pub async fn get(&self, path: &str) -> Seen {
        self.ask("GET", path, &[], "").await
    }

    pub async fn post(&self, path: &str, body: &str) -> Seen {
        self.ask("POST", path, &[("content-type", "application/json")], body).await
    }
}

impl Seen {
    async fn of(answer: Response<Body>) -> Seen {
        let (parts, body) = answer.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let body = String::from_utf8(bytes.to_vec()).unwrap_or_else(|_| "(not text)".to_owned());
        Seen { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// The body, which has no key twice in one object: whoever reads it would take the first or the last.
    pub fn json(&self) -> Value {
        let read = serde_json::from_str::<NoKeyTwice>(&self.body).and_then(|_| serde_json::from_str(&self.body));
        read.unwrap_or_else(|e| panic!("{e}: {}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|v| v.to_str().unwrap()).unwrap_or_default()
    }

    /// The problem's slug; empty where it is none.
    pub fn slug(&self) -> String {
        assert_eq!(self.header("content-type"), "application/problem+json", "{}", self.body);
        let body = self.json();
        assert_eq!(body["status"], self.status);
        assert_eq!(body["request_id"], self.header("x-request-id"));
        body["type"].as_str().unwrap().rsplit('/').next().unwrap().to_owned()
    }

    /// Status, headers and body, without what differs from run to run and what only tuning decides.
    pub fn shown(&self) -> String {
        let mut out = format!("{}\n", self.status);
        for (name, value) in &self.headers {
            let value = match name.as_str() {
                "etag" => "[tag]",
                "content-length" => "[length]",
                _ => value.to_str().unwrap(),
            };
            out += &format!("{name}: {value}\n");
        }
        let body = match serde_json::from_str::<Value>(&self.body) {
            Ok(mut json) => {
                hide(&mut json);
                serde_json::to_string_pretty(&json).unwrap()
            }
            Err(_) => self.body.clone(),
        };
        out + "\n" + &body
    }
}

/// Replaces what no snapshot can know.
fn hide(value: &mut Value) {
    match value {
        Value::Object(object) => {
            let suggestion_id = object.contains_key("took_us");
            for (name, value) in object {
                let hidden = matches!(
                    name.as_str(),
                    "took_us"
                        | "library"
                        | "fingerprint"
                        | "read_at"
                        | "confidence"
                        | "score"
                        | "value"
                        | "why"
                        | "contributions"
                        | "verified"
                );
                match value {
                    value if hidden || (suggestion_id && name == "id") => *value = Value::String(format!("[{name}]")),
                    value => hide(value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(hide),
        _ => {}
    }
}

/// JSON of which only the keys are looked at.
struct NoKeyTwice;

impl<'de> Deserialize<'de> for NoKeyTwice {
    fn deserialize<D: Deserializer<'de>>(input: D) -> Result<Self, D::Error> {
        input.deserialize_any(NoKeyTwice)
    }
}

impl<'de> Visitor<'de> for NoKeyTwice {
    type Value = NoKeyTwice;

    fn expecting(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("JSON with no key twice")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self, A::Error> {
        let mut keys = HashSet::new();
        while let Some((key, _)) = map.next_entry::<String, NoKeyTwice>()? {
            if let Some(twice) = keys.replace(key) {
                return Err(A::Error::custom(format!("the key {twice} stands twice")));
            }
        }
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut all: A) -> Result<Self, A::Error> {
        while all.next_element::<NoKeyTwice>()?.is_some() {}
        Ok(self)
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }
}
