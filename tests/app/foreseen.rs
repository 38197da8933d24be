//! Which tip would prevent what comes next, however many others there are.

use super::forgetting::how;
use super::{Place, eventually};
use chrono::{TimeDelta, Utc};
use std::sync::Arc;
use stemwire::app::{App, Form, Outlooked};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

const ROOT: (&str, &str) = ("_index.md", "---\nissues: [buying, drooping]\n---\nA goal.\n");

/// Thirty customers who bought roses, and came back since they droop.
fn learned(place: &Place) -> (Arc<App>, Runtime) {
    let app = place.serve();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(app.remember(how(place), CancellationToken::new())).expect("a ledger");
    let day = |back: i64| (Utc::now() - TimeDelta::days(back)).format("%Y-%m-%d").to_string();
    let (bought, back) = (day(20), day(18));
    let rows = (0..30).map(|n| format!("C{n},{bought},flowers/roses,buying\nC{n},{back},flowers/roses,drooping\n"));
    let text = format!("customer,at,product,issue\n{}", rows.collect::<String>());
    let taken = app.take_contacts(std::io::Cursor::new(text), Form::Csv, None, Utc::now(), &|_| {});
    assert_eq!(runtime.block_on(taken).expect("taken").accepted, 60);
    (app, runtime)
}

/// The tip that would prevent what comes next.
fn preventing(app: &App) -> Option<String> {
    let asked = Outlooked {
        product: Some("flowers/roses".to_owned()),
        issues: vec!["buying".to_owned()],
        limit: 1,
        ..Outlooked::default()
    };
    let next = app.foresee(&asked).expect("foresight").next.into_iter().find(|(next, _)| next.n == 30)?;
    Some(next.1.map(|tip| tip.to_string()).unwrap_or_default())
}

#[test]
fn a_tip_that_prevents_is_found_among_many_that_are_volunteered_then() {
    let place = Place::new(&[ROOT, ("flowers/roses/wire.md", "---\nprevents: drooping\n---\n# Why?\n\nWire them.\n")]);
    for n in 0..60 {
        let text = format!("---\nwhen: drooping\n---\n# What else can I do, number {n}?\n\nSing to them.\n");
        place.put(&format!("flowers/roses/a{n}.md"), &text);
    }
    let (app, runtime) = learned(&place);
    eventually("it is learned", || preventing(&app).is_some());
    assert_eq!(preventing(&app).as_deref(), Some("flowers/roses/wire"));
    assert_eq!(runtime.block_on(app.gaps(Utc::now(), 10)).expect("gaps"), []);
    assert_eq!(runtime.block_on(app.pulse(Utc::now())).expect("the pulse").causes.no_tip, 0);
}

#[test]
fn the_nearest_is_measured_by_the_section_that_holds_the_product() {
    let prevents = |products: &str| format!("---\nprevents: drooping\n{products}---\n# Why?\n\nWire them.\n");
    let far = prevents("products: [flowers, gifts/cards-with-long-names]\n");
    let place = Place::new(&[
        ROOT,
        ("gifts/cards-with-long-names/_index.md", "Cards.\n"),
        ("flowers/far.md", &far),
        ("flowers/roses/near.md", &prevents("")),
    ]);
    let (app, _runtime) = learned(&place);
    eventually("it is learned", || preventing(&app).is_some());
    assert_eq!(preventing(&app).as_deref(), Some("flowers/roses/near"));
}
