//! What is served stays in step with the folder.

use super::{DEADLINE, Place, eventually, say, says, tip};
use std::time::Instant;
use stemwire::app::{App, Event, EventKind};
use stemwire::tip::{IssueId, TipId};
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

/// Waits for the next event.
fn next(events: &mut Receiver<Event>) -> Event {
    let end = Instant::now() + DEADLINE;
    loop {
        match events.try_recv() {
            Ok(event) => return event,
            Err(TryRecvError::Empty) => assert!(Instant::now() < end, "no event came"),
            Err(error) => panic!("{error}"),
        }
        std::thread::park_timeout(std::time::Duration::from_millis(2));
    }
}

fn product(app: &App, id: &str) -> Vec<String> {
    let stored = app.tip(&TipId::new(id)).expect("readable");
    stored.map(|s| s.tip.products.iter().map(ToString::to_string).collect()).unwrap_or_default()
}

#[test]
fn an_edit_an_addition_and_a_deletion_are_served_and_told() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    let (past, mut events) = app.live(None);
    assert_eq!(past, Some(Vec::new()));
    place.put("a/one.md", &tip("changed"));
    eventually("the edit", || says(&app, "a/one", "changed"));
    let event = next(&mut events);
    let EventKind::Library { fingerprint, changed, removed } = event.kind.clone() else { panic!("{event:?}") };
    assert_eq!((changed, removed), (vec!["a/one".to_owned()], Vec::new()));
    assert_eq!(fingerprint, app.facts().fingerprint);
    place.put("new/folder/two.md", &tip("second"));
    eventually("the new one", || says(&app, "new/folder/two", "second"));
    place.remove("a/one.md");
    eventually("the deletion", || say(&app, "a/one").is_none());
    let mut last = event.id;
    loop {
        let event = next(&mut events);
        assert_eq!(event.id, last + 1, "no gaps");
        last = event.id;
        let EventKind::Library { removed, .. } = event.kind else { panic!("another event") };
        if removed == ["a/one"] {
            break;
        }
    }
    let (past, _) = app.live(Some(1));
    assert_eq!(past.expect("still known").iter().map(|e| e.id).collect::<Vec<_>>(), (2..=last).collect::<Vec<_>>());
    assert_eq!(app.live(Some(last)).0, Some(Vec::new()));
    assert_eq!(app.live(Some(last + 1)).0, None, "an id of another server's");
}

#[test]
fn a_file_that_breaks_keeps_its_last_good_version_until_it_is_mended_or_gone() {
    let place = Place::new(&[("a/one.md", &tip("first")), ("a/two.md", &tip("second"))]);
    let app = place.serve();
    place.put("a/one.md", "---\nwhen: [\n---\n");
    place.put("a/two.md", "");
    eventually("both named", || app.facts().broken == 2);
    assert!(says(&app, "a/one", "first") && says(&app, "a/two", "second"));
    place.put("a/one.md", &tip("mended"));
    eventually("mended", || says(&app, "a/one", "mended") && app.facts().broken == 1);
    place.remove("a/two.md");
    eventually("gone", || say(&app, "a/two").is_none() && app.facts().broken == 0);
}

#[test]
fn bytes_that_are_no_text_break_a_file_and_nothing_else() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    std::fs::write(place.root().join("a/one.md"), b"# Caf\xe9?\n\nNo.\n").expect("written");
    std::fs::write(place.root().join("a/huge.md"), vec![b'x'; 5 << 20]).expect("written");
    eventually("both named", || app.facts().broken == 2);
    assert!(says(&app, "a/one", "first"));
    place.put("a/huge.md", &tip("small"));
    place.put("a/one.md", &tip("first"));
    eventually("mended", || app.facts().broken == 0 && says(&app, "a/huge", "small"));
}

#[test]
fn a_section_that_changes_changes_the_tips_below_it() {
    let front = "---\nprevents: drooping\n---\n";
    let place = Place::new(&[
        ("flowers/_index.md", "---\nissues:\n  buying: [a bunch of]\n---\n"),
        ("flowers/gerbera/wire.md", &format!("{front}{}", tip("coil"))),
        ("flowers/vase.md", &tip("water")),
    ]);
    let app = place.serve();
    assert_eq!((app.facts().broken, say(&app, "flowers/gerbera/wire")), (1, None), "drooping is no issue yet");
    place.put("flowers/_index.md", "---\nissues:\n  drooping: [flopping over]\n---\n");
    eventually("served", || says(&app, "flowers/gerbera/wire", "coil") && app.facts().broken == 0);
    // Issues belong to the topmost section that defines them.
    place.put("_index.md", "---\nissues:\n  drooping: [gone limp]\nlang: de\n---\n");
    let tip_of = |id: &str| app.tip(&TipId::new(id)).expect("readable").expect("served").tip;
    eventually("resolved anew", || tip_of("flowers/gerbera/wire").prevents == Some(IssueId::new("drooping")));
    eventually("inherited", || tip_of("flowers/vase").lang == "de");
    place.remove("_index.md");
    eventually("resolved anew", || {
        tip_of("flowers/gerbera/wire").prevents == Some(IssueId::new("flowers:drooping"))
            && tip_of("flowers/vase").lang == "en"
    });
    place.put("flowers/_index.md", "---\nissues: [\n---\n");
    eventually("a broken section is named", || app.facts().broken == 1);
    assert!(says(&app, "flowers/gerbera/wire", "coil"), "the section's last good version stands");
}

#[test]
fn what_a_section_breaks_stays_named_over_a_restart() {
    let place = Place::new(&[
        ("flowers/_index.md", "---\nissues:\n  drooping: [flopping over]\n---\n"),
        ("flowers/wire.md", &format!("---\nprevents: drooping\n---\n{}", tip("coil"))),
    ]);
    let app = place.serve();
    assert_eq!(app.facts().broken, 0);
    place.put("flowers/_index.md", "---\nissues:\n  wilting: [gone limp]\n---\n");
    eventually("named", || app.facts().broken == 1 && says(&app, "flowers/wire", "coil"));
    drop(app);
    let app = place.open();
    assert_eq!(app.facts().broken, 1, "its file is the same, and still broken");
    assert!(says(&app, "flowers/wire", "coil"));
    drop(app);
    place.put("flowers/_index.md", "---\nissues:\n  drooping: [flopping over]\n---\n");
    let app = place.open();
    assert_eq!((app.facts().broken, says(&app, "flowers/wire", "coil")), (0, true));
}

#[test]
fn a_name_that_moves_to_another_section_takes_its_tips_along() {
    let place = Place::new(&[
        ("a/_index.md", "---\naliases: [daisy]\n---\n"),
        ("b/_index.md", "---\ntitle: B\n---\n"),
        ("elsewhere/wire.md", &format!("---\nproduct: daisy\n---\n{}", tip("coil"))),
    ]);
    let app = place.serve();
    assert_eq!(product(&app, "elsewhere/wire"), ["a"]);
    place.put("a/_index.md", "---\ntitle: A\n---\n");
    place.put("b/_index.md", "---\naliases: [daisy]\n---\n");
    eventually("moved", || product(&app, "elsewhere/wire") == ["b"]);
}

#[test]
fn words_of_a_new_phrase_are_understood_without_a_restart() {
    let place = Place::new(&[
        ("_index.md", "---\nissues:\n  drooping: [flopping over]\n---\n"),
        ("wire.md", &format!("---\nwhen: drooping\n---\n{}", tip("coil"))),
    ]);
    let app = place.serve();
    place.put("_index.md", "---\nissues:\n  drooping: [flopping over]\n  smelling: [the vase water stinks]\n---\n");
    let question = stemwire::engine::Question { text: "the vase water stinks".into(), limit: 4, ..Default::default() };
    let best = || {
        let suggested = app.suggest(&question, chrono::Utc::now()).expect("readable");
        suggested.situation.issues.first().map(|i| i.id.to_string())
    };
    eventually("the new lens", || best().as_deref() == Some("smelling"));
}

#[test]
fn a_commit_counts_as_a_look_at_the_tip() {
    use crate::library::commits::git;
    let place = Place::new(&[
        ("wire.md", &tip("coil")),
        ("said.md", &format!("---\nverified: 2020-02-02\n---\n{}", tip("written"))),
    ]);
    if !git(&place.root(), "2024-01-01", &["init", "-q"]) {
        return; // No git here.
    }
    let app = place.serve();
    let verified = |id: &str| {
        let stored = app.tip(&TipId::new(id)).expect("readable").expect("served");
        stored.tip.verified.map(|day| day.to_string())
    };
    assert_eq!(verified("wire"), None);
    for day in ["2024-02-03", "2025-03-04"] {
        assert!(git(&place.root(), day, &["add", "."]));
        assert!(git(&place.root(), day, &["commit", "-q", "--allow-empty", "-m", "look"]));
        if day == "2025-03-04" {
            place.put("wire.md", &tip("coil it"));
            assert!(git(&place.root(), day, &["commit", "-qam", "look again"]));
        }
        eventually("the day of the commit", || verified("wire").as_deref() == Some(day));
    }
    assert_eq!(verified("said").as_deref(), Some("2020-02-02"), "what is written stands");
}

#[tokio::test]
async fn a_commit_is_seen_in_the_editors_lists_and_in_tags() {
    use crate::library::commits::git;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;
    let place = Place::new(&[("wire.md", &format!("---\nreview: 6 months\n---\n{}", tip("coil")))]);
    let commit = |day: &str| git(&place.root(), day, &["commit", "-q", "--allow-empty", "-am", "look"]);
    if !git(&place.root(), "2024-01-01", &["init", "-q"]) {
        return; // No git here.
    }
    assert!(git(&place.root(), "2024-01-01", &["add", "."]) && commit("2024-01-01"));
    let app = place.serve();
    let router = stemwire::http::router(app.clone(), stemwire::http::Options::default());
    let tags = async || {
        let mut tags = Vec::new();
        for path in ["/v1/tips/wire", "/v1/tips"] {
            let request = Request::get(path).header("host", "127.0.0.1").body(Body::empty()).expect("a request");
            let answer = router.clone().oneshot(request).await.expect("an answer");
            tags.push(answer.headers()["etag"].clone());
        }
        tags
    };
    let before = tags().await;
    assert_eq!(app.work().await.expect("readable").overdue, 1);
    place.put("wire.md", &format!("---\nreview: 6 months\n---\n{}", tip("coil it")));
    eventually("the edit", || says(&app, "wire", "coil it"));
    let edited = tags().await;
    assert_eq!(app.work().await.expect("readable").overdue, 1);
    let today = chrono::Utc::now().date_naive();
    assert!(commit(&today.to_string()));
    let verified = || app.tip(&TipId::new("wire")).expect("readable").expect("served").tip.verified;
    eventually("the day of the commit", || verified() == Some(today));
    assert_eq!(app.work().await.expect("readable").overdue, 0);
    let committed = tags().await;
    assert!(before.iter().zip(&edited).all(|(a, b)| a != b) && edited.iter().zip(&committed).all(|(a, b)| a != b));
}
