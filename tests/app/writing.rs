//! Writing and deleting through the library: checked before, guarded, and served at the return.

use super::{Place, eventually, say, says, tip};
use stemwire::app::{App, Precondition, Settings, WriteError};
use stemwire::tip::{Code, TipId};

fn tag(app: &App, id: &str) -> Precondition {
    let id = TipId::new(id);
    let stored = app.tip(&id).expect("readable").expect("served");
    Precondition::Tag(App::tag(&id, &stored.source))
}

#[test]
fn what_is_written_is_served_at_the_return() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    for watched in [true, false] {
        let kept;
        let once;
        let app: &App = if watched {
            kept = place.serve();
            &kept
        } else {
            once = place.open();
            &once
        };
        let id = format!("new/{watched}/two");
        let written = app.put_tip(&id, &tip("second"), &Precondition::Absent).expect("written");
        assert!(written.created && says(app, &id, "second"));
        assert_eq!(Precondition::Tag(written.tag), tag(app, &id));
        let written = app.put_tip(&id, &tip("third"), &tag(app, &id)).expect("written");
        assert!(!written.created && says(app, &id, "third"));
        assert_eq!(std::fs::read_to_string(place.root().join(format!("{id}.md"))).expect("a file"), tip("third"));
        app.delete_tip(&id, &Precondition::Tag(written.tag)).expect("deleted");
        assert_eq!(say(app, &id), None);
        assert!(!place.root().join("new").exists());
    }
}

#[test]
fn somebody_elses_edit_is_not_overwritten() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    let old = tag(&app, "a/one");
    place.put("a/one.md", &tip("theirs"));
    let refused = app.put_tip("a/one", &tip("mine"), &old);
    let Err(WriteError::Conflict { tag: Some(current) }) = refused else { panic!("{refused:?}") };
    assert!(matches!(app.delete_tip("a/one", &old), Err(WriteError::Conflict { .. })));
    assert!(matches!(
        app.put_tip("a/one", &tip("mine"), &Precondition::Absent),
        Err(WriteError::Conflict { tag: Some(_) })
    ));
    assert!(matches!(app.put_tip("a/none", &tip("x"), &old), Err(WriteError::Conflict { tag: None })));
    assert!(matches!(app.delete_tip("a/none", &old), Err(WriteError::Missing(_))));
    eventually("theirs", || says(&app, "a/one", "theirs"));
    app.put_tip("a/one", &tip("mine"), &Precondition::Tag(current)).expect("written");
    assert!(says(&app, "a/one", "mine"));
}

#[test]
fn what_check_calls_an_error_is_refused_and_nothing_is_written() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    let codes = |text: &str| match app.put_tip("a/two", text, &Precondition::Absent) {
        Err(WriteError::Problems(problems)) => problems.iter().map(|p| p.code).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(codes("no question"), [Code::NoQuestion]);
    assert_eq!(codes(&format!("---\nproduct: nothing\n---\n{}", tip("x"))), [Code::UnknownProduct]);
    assert_eq!(codes(&"x".repeat(2 << 20)), [Code::TooLarge]);
    assert_eq!(codes(&format!("---\naliases: [a/one]\n---\n{}", tip("x"))), [Code::SameId]);
    assert_eq!(codes("# Two?\n\nSee [the other](nowhere.md).\n"), [Code::DeadLink]);
    assert!(!place.root().join("a/two.md").exists());
    app.put_tip("a/two", "# Two?\n\nSee [the other](one.md).\n", &Precondition::Absent).expect("written");
}

#[test]
fn an_id_that_leads_to_another_tip_is_not_taken_over() {
    let place = Place::new(&[("a/one.md", "---\naliases: [a/old]\n---\n# One?\n\nYes.\n")]);
    let app = place.serve();
    match app.put_tip("a/old", &tip("x"), &Precondition::Absent) {
        Err(WriteError::Problems(problems)) => {
            assert_eq!(problems.iter().map(|p| p.code).collect::<Vec<_>>(), [Code::SameId]);
            assert!(problems[0].message.contains("a/one.md"), "{}", problems[0].message);
        }
        other => panic!("{other:?}"),
    }
    assert!(!place.root().join("a/old.md").exists());
    assert_eq!(app.check_text("a/old", &tip("x")).len(), 1, "the desk says it before it is saved");
    app.put_tip("a/one", "# One?\n\nYes.\n", &tag(&app, "a/one")).expect("the alias is given up");
    app.put_tip("a/old", &tip("x"), &Precondition::Absent).expect("it is free");
}

#[test]
fn ids_that_would_leave_the_library_are_refused() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    for id in [
        "../x",
        "a/../../x",
        "/etc/x",
        "",
        "a//x",
        "a/_index",
        "_index",
        "a/.git/x",
        "node_modules/x",
        "a\\x",
        "a/x.md",
    ] {
        let refused = app.put_tip(id, &tip("x"), &Precondition::Absent);
        assert!(matches!(refused, Err(WriteError::Id(_) | WriteError::Refused(_))), "{id}: {refused:?}");
    }
    #[cfg(unix)]
    {
        let outside = place.dir.path().join("outside");
        std::fs::create_dir(&outside).expect("a folder");
        std::os::unix::fs::symlink(&outside, place.root().join("out")).expect("a link");
        let refused = app.put_tip("out/x", &tip("x"), &Precondition::Absent).expect_err("it is refused");
        assert!(matches!(&refused, WriteError::Refused(why) if why.contains("leads out")), "{refused:?}");
        assert_eq!(std::fs::read_dir(&outside).expect("a folder").count(), 0);
    }
}

#[test]
fn many_writers_at_once_lose_nothing() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let app = place.serve();
    std::thread::scope(|scope| {
        for writer in 0..4 {
            let app = &app;
            scope.spawn(move || {
                for turn in 0..5 {
                    let id = format!("w{writer}/t{turn}");
                    app.put_tip(&id, &tip(&id), &Precondition::Absent).expect("written");
                    assert!(says(app, &id, &id), "served at the return");
                }
            });
        }
        let once = (0..4).map(|_| scope.spawn(|| app.put_tip("same", &tip("same"), &Precondition::Absent).is_ok()));
        let won: Vec<_> = once.collect::<Vec<_>>().into_iter().map(|t| t.join().expect("no panic")).collect();
        assert_eq!(won.iter().filter(|won| **won).count(), 1, "one of them made it");
    });
    assert_eq!(app.facts().tips, 22);
}

#[test]
fn of_two_servers_on_one_library_one_is_told_of_the_others_edit() {
    let place = Place::new(&[("a/one.md", &tip("first"))]);
    let other = Settings { index: place.root().with_file_name("second"), ..place.settings() };
    let apps = [place.serve(), App::serve(other, &|_, _| {}).expect("served")];
    for turn in 0..20 {
        let known = tag(&apps[0], "a/one");
        let won = std::thread::scope(|scope| {
            let put = |app: usize| {
                let (apps, known) = (&apps, &known);
                move || apps[app].put_tip("a/one", &tip(&format!("{turn} by {app}")), known).is_ok()
            };
            let both = [scope.spawn(put(0)), scope.spawn(put(1))];
            both.map(|thread| thread.join().expect("no panic")).into_iter().filter(|won| *won).count()
        });
        assert_eq!(won, 1, "turn {turn}");
        let text = std::fs::read_to_string(place.root().join("a/one.md")).expect("a file");
        let served = |app: &App| app.tip(&TipId::new("a/one")).ok().flatten().is_some_and(|tip| *tip.source == *text);
        eventually("both serve it", || apps.iter().all(|app| served(app)));
    }
}
