//! What `--json` prints is what the HTTP API answers: two writers, one shape, and nobody has to learn it twice.

use super::Place;
use axum::body::Body;
use axum::http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use stemwire::app::{App, LedgerOptions, Remembering, Retention, Settings};
use stemwire::http::Options;
use tower::ServiceExt;

/// What differs between two same questions by its nature.
fn settled(mut value: Value) -> Value {
    if let Some(object) = value.as_object_mut() {
        for key in ["took_us", "id"] {
            if object.get(key).is_some_and(|it| key != "id" || it.as_str().is_some_and(|id| id.len() == 36)) {
                object.insert(key.to_owned(), Value::Null);
            }
        }
    }
    value
}

/// The ledger of the place, as the command line finds it there by itself.
fn remembering(place: &Place) -> Remembering {
    let file = |name: &str| place.path().join(name);
    Remembering {
        url: format!("sqlite:{}", file("stemwire.db").display()),
        options: LedgerOptions { key_file: file("stemwire.key"), ..LedgerOptions::default() },
        // The default of `balloon_hours`.
        balloon_hours: 48,
        held_out: 0.1,
        retention: Retention::default(),
    }
}

fn over_http(place: &Place, path: &str) -> Value {
    ask(place, Request::get(path).body(Body::empty()).expect("a request"))
}

fn ask(place: &Place, mut request: Request<Body>) -> Value {
    let settings =
        Settings { library: place.path().join("tips"), index: place.path().join("served"), model: None, drafts: false };
    let app = App::serve(settings, &|_, _| {}).expect("the library can be served");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    if place.path().join("stemwire.db").exists() {
        runtime.block_on(app.remember_once(&remembering(place))).expect("the ledger can be opened");
    }
    let router = stemwire::http::router(app, Options::default());
    runtime.block_on(async {
        request.headers_mut().insert("host", "localhost".parse().expect("a header"));
        let response = router.oneshot(request).await.expect("an answer");
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        serde_json::from_slice(&bytes).unwrap_or_else(|e| panic!("{e}: {bytes:?}"))
    })
}

fn tell(place: &Place, outcome: Value) {
    let request = Request::post("/v1/outcomes").header("content-type", "application/json");
    let answer = ask(place, request.body(Body::from(outcome.to_string())).expect("a request"));
    assert!(answer["id"].is_string(), "{answer}");
}

#[track_caller]
fn same(place: &Place, arguments: &[&str], path: &str) {
    let printed = place.run(&[arguments, &["--json"]].concat()).json();
    assert_eq!(settled(printed), settled(over_http(place, path)), "{arguments:?} and {path}");
}

#[test]
fn suggest_prints_what_the_api_answers() {
    let place = Place::with_library();
    same(&place, &["suggest", "gerberas for our anniversary"], "/v1/suggest?text=gerberas+for+our+anniversary");
    same(&place, &["suggest", "--product", "gerbora"], "/v1/suggest?product=gerbora");
    same(&place, &["suggest", "qqq"], "/v1/suggest?text=qqq");
}

#[test]
fn search_prints_what_the_api_answers() {
    let place = Place::with_library();
    same(&place, &["search", "gerbra", "heads"], "/v1/search?q=gerbra+heads");
    same(&place, &["search", "keep", "--product", "tulips"], "/v1/search?q=keep&product=tulips");
}

#[test]
fn show_prints_what_the_api_answers() {
    let place = Place::with_library();
    same(&place, &["show", "flowers/gerbera/wire"], "/v1/tips/flowers/gerbera/wire");
    same(&place, &["show", "flowers/roses/drying"], "/v1/tips/flowers/roses/drying");
}

#[test]
fn check_prints_what_the_api_answers() {
    let place = Place::with_library();
    place.write(
        "tips/flowers/lily.md",
        "---\nwhen: buyng\nownr: Dana\n---\n# Do lilies stain?\n\nCut the anthers off.\n",
    );
    let printed = place.run(&["check", "--json"]).ends(1).json();
    let answered = over_http(&place, "/v1/library/problems");
    assert_eq!(printed["problems"], answered["items"]);
    assert_eq!(printed["errors"], answered["errors"]);
}

#[test]
fn the_ledger_prints_what_the_api_answers() {
    let place = Place::with_library();
    let day = |back: i64| (chrono::Utc::now() - chrono::TimeDelta::days(back)).to_rfc3339();
    let mut contacts = "customer,at,product,issue\n".to_owned();
    for customer in 0..40 {
        contacts += &format!("C{customer},{},gerbera,buying\n", day(30));
        let next = ["drooping", "too big for the vase"][customer % 2];
        contacts += &format!("C{customer},{},gerbera,{next}\n", day(27));
    }
    place.run_with_input(&["learn", "-", "--form", "csv"], &contacts).ends(0);
    tell(&place, json!({"tip": "flowers/gerbera/wire", "outcome": "told", "customer": "C0"}));
    place.run(&["balloon", "Sell vases too", "--product", "gerbera", "--role", "agent"]).ends(0);
    same(
        &place,
        &["foresight", "--product", "gerbera", "--issue", "buying"],
        "/v1/foresight?product=gerbera&issue=buying",
    );
    same(&place, &["gaps"], "/v1/gaps");
    same(&place, &["balloon", "--list"], "/v1/balloons");
    place.run(&["promise", "Call back", "--due", "3 days", "--owner", "Dana"]).ends(0);
    place.run(&["promise", "Send the vase", "--due", "2020-01-31"]).ends(0);
    same(&place, &["promise", "--list"], "/v1/promises");
    same(&place, &["promise", "--list", "--state", "overdue"], "/v1/promises?state=overdue");
    let timeless = |mut pulse: Value| {
        let fields = pulse.as_object_mut().expect("an object");
        assert!(fields.remove("from").is_some() && fields.remove("until").is_some());
        pulse
    };
    let printed = place.run(&["pulse", "--json"]).json();
    assert_eq!(printed["tips"]["by"][0]["tip"], "flowers/gerbera/wire");
    assert_eq!(timeless(printed), timeless(over_http(&place, "/v1/pulse")));
}
