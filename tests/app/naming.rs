//! Contacts under a name that the library did not know count as soon as it knows it.

use super::forgetting::how;
use super::{Place, eventually};
use chrono::{TimeDelta, Utc};
use std::sync::Arc;
use stemwire::app::{App, Form, Missing, Outlooked, Taken};
use stemwire::ledger::{Arm, Exposure, Ledger, NewBalloon};
use stemwire::tip::{IssueId, SectionId, TipId};
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

const GERBERA: &str = "---\ntitle: Gerbera daisies\naliases: [gerbera]\nissues:\n  drooping:\n    title: Stems droop\n\
    \u{20}   says: [flopping over, heads hang down]\n";
const TIP: &str = "---\nwhen: buying\nprevents: wonky-heads\nafter: 2 days\n---\n# Why do heads grow wonky?\n\n\
    Turn the vase each day.\n";

fn place() -> Place {
    Place::new(&[
        (
            "_index.md",
            "---\nissues:\n  buying: [a bunch of]\n  gift: {title: A gift, says: [as a present]}\n---\nA goal.\n",
        ),
        ("flowers/gerbera/_index.md", &format!("{GERBERA}---\nSoft stems.\n")),
    ])
}

/// Forty customers who bought, and came back two days later.
fn contacts() -> String {
    let day = |back: i64| (Utc::now() - TimeDelta::days(back)).format("%Y-%m-%d").to_string();
    let (bought, back) = (day(20), day(18));
    let rows = (0..40).map(|n| format!("C{n},{bought},gerbera,buying,\nC{n},{back},Gerbera,wonky heads,\n"));
    format!(
        "customer,at,product,issue,text\n{}C0,{back},gerbera,,they look all wonky to me\n",
        rows.collect::<String>()
    )
}

/// A server with a ledger, which learns until it is stopped.
fn learning(place: &Place) -> (Arc<App>, Runtime, CancellationToken) {
    let app = place.serve();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let stop = CancellationToken::new();
    runtime.block_on(app.remember(how(place), stop.clone())).expect("a ledger");
    (app, runtime, stop)
}

fn take(runtime: &Runtime, app: &App, text: &str) -> Taken {
    runtime
        .block_on(app.take_contacts(std::io::Cursor::new(text.to_owned()), Form::Csv, None, Utc::now(), &|_| {}))
        .expect("taken")
}

fn gaps(runtime: &Runtime, app: &App) -> Vec<(String, u64)> {
    let gaps = runtime.block_on(app.gaps(Utc::now(), 10)).expect("gaps");
    let of = |missing: Missing| match missing {
        Missing::Issue { issue, .. } => issue.to_string(),
        Missing::Search { words } => words,
    };
    gaps.into_iter().map(|gap| (of(gap.what), gap.times)).collect()
}

#[test]
fn what_was_unknown_counts_once_it_is_known() {
    let place = place();
    let (app, runtime, stop) = learning(&place);
    let text = contacts();
    let taken = take(&runtime, &app, &text);
    assert_eq!((taken.accepted, taken.repeated), (81, 0));
    assert_eq!(taken.unknown_issues.first, [("wonky heads".to_owned(), 40)]);
    assert_eq!((taken.unknown_issues.contacts, taken.unknown_products.contacts), (40, 0));
    assert_eq!(gaps(&runtime, &app), [("wonky heads".to_owned(), 40)]);

    let issue = "  wonky-heads:\n    title: Heads grow crooked\n    says: [they look all wonky]\n";
    place.put("flowers/gerbera/_index.md", &format!("{GERBERA}{issue}---\nSoft stems.\n"));
    place.put("flowers/gerbera/turn.md", TIP);
    eventually("no gap is left", || gaps(&runtime, &app).is_empty());
    let asked = Outlooked {
        product: Some("gerbera".to_owned()),
        issues: vec!["buying".to_owned()],
        limit: 5,
        ..Outlooked::default()
    };
    let tip = TipId::new("flowers/gerbera/turn");
    eventually("it is foreseen with its tip", || {
        let next = app.foresee(&asked).expect("foresight").next;
        next.first().is_some_and(|(next, of)| next.n == 40 && of.as_ref() == Some(&tip))
    });
    let evidence = runtime.block_on(app.evidence(&tip, Utc::now())).expect("evidence");
    assert_eq!(evidence.following.first().map(|follows| follows.next.n), Some(40));

    // The same rows are the same contacts, whatever is made of them by now.
    let again = take(&runtime, &app, &text);
    assert_eq!((again.accepted, again.repeated), (0, 81));
    assert_eq!((again.unknown_issues.contacts, again.unknown_issues.names), (0, 0));
    stop.cancel();
    runtime.block_on(app.settle());
}

const DAY_MS: i64 = 86_400_000;

/// Twenty customers for whom a tip against drooping came into question as they bought.
fn exposures(ledger: &Ledger) -> Vec<Exposure> {
    let exposure = |n: i64| Exposure {
        customer: ledger.customer(&format!("C{n}")).expect("a customer"),
        tip: TipId::new("flowers/gerbera/wire"),
        // 2024-01-01.
        at_ms: 1_704_067_200_000,
        arm: if n % 2 == 0 { Arm::Told } else { Arm::HeldOut },
        product: Some(SectionId::new("flowers/gerbera")),
        issue: Some(IssueId::new("flowers/gerbera:drooping")),
        lot: 0.5,
    };
    (0..20).map(exposure).collect()
}

/// A folder that is called otherwise now, and goes by its former name too.
#[test]
fn what_was_learned_of_a_section_goes_with_it() {
    let place = place();
    let (app, runtime, stop) = learning(&place);
    let rows: String =
        (0..20).map(|n| format!("C{n},2024-01-01,gerbera,buying\nC{n},2024-01-03,gerbera,drooping\n")).collect();
    assert_eq!(take(&runtime, &app, &format!("customer,at,product,issue\n{rows}")).accepted, 40);
    let follows = |product: &str| {
        let (product, issues) = (Some(product.to_owned()), vec!["buying".to_owned()]);
        let answer = app.foresee(&Outlooked { product, issues, limit: 1, ..Outlooked::default() }).expect("foresight");
        answer.next.first().map(|(next, _)| (next.issue.to_string(), next.n))
    };
    eventually("it is learned", || follows("gerbera") == Some(("flowers/gerbera:drooping".to_owned(), 20)));
    let elsewhere = runtime.block_on(Ledger::open(&how(&place).url, how(&place).options)).expect("opened");
    let came_back = || -> u64 {
        let tip = [TipId::new("flowers/gerbera/wire")];
        let arms = elsewhere.experiment(&tip, 0, Utc::now().timestamp_millis(), 7 * DAY_MS);
        runtime.block_on(arms).expect("counted").iter().map(|arm| arm.came_back).sum()
    };
    runtime.block_on(elsewhere.record_exposures(&exposures(&elsewhere))).expect("recorded");
    assert_eq!(came_back(), 20);
    let missing = |section: &str| NewBalloon {
        said: "Stems droop, and no tip prevents it.".to_owned(),
        product: Some(SectionId::new(section)),
        issue: Some(IssueId::new(format!("{section}:drooping"))),
        ..NewBalloon::default()
    };
    let rises = |section: &str| {
        let from = format!("issue {section} {section}:drooping");
        runtime.block_on(elsewhere.raise_balloon(&from, &missing(section), 1)).expect("taken")
    };
    let balloon = rises("flowers/gerbera").expect("it rises");

    std::fs::rename(place.root().join("flowers/gerbera"), place.root().join("flowers/daisy")).expect("renamed");
    let named = GERBERA.replace("[gerbera]", "[gerbera, flowers/gerbera]");
    place.put("flowers/daisy/_index.md", &format!("{named}---\nSoft stems.\n"));
    eventually("it goes on under its name now", || {
        follows("flowers/daisy") == Some(("flowers/daisy:drooping".to_owned(), 20))
    });
    assert_eq!(came_back(), 20, "the experiment goes with it");
    assert_eq!(rises("flowers/daisy"), None, "it rose before");
    let balloon = runtime.block_on(elsewhere.balloon(&balloon)).expect("it is there");
    assert_eq!(balloon.product, Some(SectionId::new("flowers/daisy")));
    runtime.block_on(elsewhere.close());
    stop.cancel();
    runtime.block_on(app.settle());
}

#[test]
fn how_often_a_month_goes_by_the_days_that_contacts_reach_back() {
    let place = place();
    let (app, runtime, stop) = learning(&place);
    take(&runtime, &app, &contacts());
    let gaps = runtime.block_on(app.gaps(Utc::now(), 10)).expect("gaps");
    // Forty in the twenty days since the first contact, and what has passed of today.
    assert!((57.9..=60.9).contains(&gaps[0].a_month), "{gaps:?}");
    stop.cancel();
    runtime.block_on(app.settle());
}

#[test]
fn an_edit_that_is_undone_undoes_what_it_moved() {
    let place = place();
    let root = std::fs::read_to_string(place.root().join("_index.md")).expect("the root's section");
    let gerbera = |own: &str| format!("{GERBERA}{own}---\nSoft stems.\n");
    place.put("flowers/gerbera/_index.md", &gerbera("  gift: {title: A bunch as a gift}\n"));
    let (app, runtime, stop) = learning(&place);
    let rows: String = (0..5).map(|n| format!("C{n},2024-01-01,,gift\n")).collect();
    assert_eq!(take(&runtime, &app, &format!("customer,at,product,issue\n{rows}")).accepted, 5);
    // What the name means, and how many customers are counted there.
    let means = |issue: &str| {
        let asked = Outlooked { issues: vec!["gift".to_owned()], limit: 1, ..Outlooked::default() };
        let answer = app.foresee(&asked).expect("foresight");
        answer.had.first().is_some_and(|had| had.issue.as_str() == issue) && answer.of == 5
    };
    eventually("learned", || means("gift"));
    place.put("_index.md", &root.replace("  gift: {title: A gift, says: [as a present]}\n", ""));
    eventually("moved to the section that goes on with it", || means("flowers/gerbera:gift"));
    place.put("_index.md", &root);
    eventually("and back", || means("gift"));
    stop.cancel();
    runtime.block_on(app.settle());
}

#[test]
fn a_name_that_means_nothing_any_more_takes_nobody_from_where_they_are() {
    let place = place();
    let (app, runtime, stop) = learning(&place);
    let rows: String = (0..4).map(|n| format!("C{n},2024-01-01,gerbera,Wonky heads\n")).collect();
    assert_eq!(take(&runtime, &app, &format!("customer,at,product,issue\n{rows}")).accepted, 4);
    let counted = || {
        let issues = vec!["flowers/gerbera:crooked".to_owned()];
        let answer = app.foresee(&Outlooked { issues, limit: 1, ..Outlooked::default() }).expect("foresight");
        answer.unknown.is_empty() && answer.had.first().is_some_and(|had| had.product.is_some()) && answer.of == 4
    };
    let section = |title: &str| format!("{GERBERA}  crooked: {{title: {title}}}\n---\nSoft stems.\n");
    place.put("flowers/gerbera/_index.md", &section("Wonky heads"));
    eventually("known by its title", counted);
    place.put("flowers/gerbera/_index.md", &section("Stems grow towards the light"));
    eventually("the new title is served", || {
        app.issues().expect("issues").what.iter().any(|issue| issue.title.contains("the light"))
    });

    // Nor does a command that was pointed at another library.
    let other = Place::new(&[("a.md", "# What else?\n\nNothing.\n")]);
    let elsewhere = other.open();
    runtime.block_on(elsewhere.remember_unlearned(&how(&place))).expect("the same ledger");
    runtime.block_on(elsewhere.leave_ledger());
    place.put("flowers/gerbera/_index.md", &section("Stems grow to the light"));
    let text = "customer,at,product,issue\nC9,2024-01-01,gerbera,crooked\n";
    assert_eq!(take(&runtime, &app, text).accepted, 1);
    eventually("learned with one more", || {
        let issues = vec!["flowers/gerbera:crooked".to_owned()];
        app.foresee(&Outlooked { issues, limit: 1, ..Outlooked::default() }).expect("foresight").of == 5
    });
    stop.cancel();
    runtime.block_on(app.settle());
}

#[test]
fn names_are_understood_as_where_one_asks() {
    let place = place();
    let app = place.open();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(app.remember_unlearned(&how(&place))).expect("a ledger");
    let known = "A,2024-01-01,gerbera,Stems droop\nB,2024-01-01,Gerbera daisies,stems-droop\nC,2024-01-01,,drooping\n\
        D,2024-01-01,flowers/gerbera,A gift\nE,2024-01-01,gerbera,gift\nF,2024-01-01,,A gift\n";
    let taken = take(&runtime, &app, &format!("customer,at,product,issue\n{known}"));
    assert_eq!(
        (taken.accepted, &taken.unknown_issues, &taken.unknown_products),
        (6, &Default::default(), &Default::default())
    );
    // What may be another thing stays what it is, and is told.
    let unknown = "A,2024-02-01,gerbera,Stems drop 2\nB,2024-02-01,tulips,Stems droop\nC,2024-02-01,gerbera,git\n";
    let taken = take(&runtime, &app, &format!("customer,at,product,issue\n{unknown}"));
    let names: Vec<&str> = taken.unknown_issues.first.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["Stems droop", "Stems drop 2", "git"]);
    assert_eq!(taken.unknown_products.first, [("tulips".to_owned(), 1)]);
    runtime.block_on(app.leave_ledger());
}
