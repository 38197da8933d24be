//! Why customers came back: each avoidable contact has one cause, whatever else was asked or shown meanwhile.

use super::Place;
use crate::ledger::places;
use chrono::{DateTime, TimeDelta, Utc};
use stemwire::app::{App, Causes, Remembering, Report, Retention};
use stemwire::engine::Question;
use stemwire::ledger::{NewContact, OutcomeKind};
use stemwire::tip::{IssueId, SectionId, TipId};
use tokio_util::sync::CancellationToken;

places::on_both! { each_has_the_cause_that_came_nearest_to_telling, the_lot_keeps_back_what_is_not_asked_for }

const FILES: &[(&str, &str)] = &[
    ("_index.md", "---\nissues: [buying, planting, opening-hours]\n---\nFlowers.\n"),
    (
        "gerbera/_index.md",
        "---\ntitle: Gerbera daisies\nissues: [drooping, wilting, yellowing, lost]\n---\nSoft stems.\n",
    ),
    (
        "gerbera/wire.md",
        "---\nwhen: buying\nprevents: drooping\nexpected: 0.9\n---\n# What do I do when they droop?\n\nCoil wire round the stem.\n",
    ),
    (
        "gerbera/shade.md",
        "---\nwhen: buying\nprevents: wilting\nexpected: 0.5\n---\n# Where do they stand?\n\nIn the shade.\n",
    ),
    (
        "gerbera/food.md",
        "---\nwhen: planting\nprevents: yellowing\nexpected: 0.01\n---\n# What do they eat?\n\nA spoon of sugar.\n",
    ),
];

/// One customer: what was asked while they bought, what was told, and what they came back about the day after.
struct Story {
    name: &'static str,
    asked: &'static [&'static str],
    told: Option<&'static str>,
    back: &'static str,
}

const HOURS: &str = "opening-hours";

/// A question word for word: it is answered, and no tip is volunteered.
const WORDED: &str = "What do I do when they droop?";

const fn story(
    name: &'static str,
    asked: &'static [&'static str],
    told: Option<&'static str>,
    back: &'static str,
) -> Story {
    Story { name, asked, told, back }
}

const STORIES: [Story; 12] = [
    // Told, and asked about once only; or about something else afterwards; or told one of the others.
    story("once", &["buying"], Some("gerbera/wire"), "gerbera:drooping"),
    story("twice", &["buying", HOURS], Some("gerbera/wire"), "gerbera:drooping"),
    story("others", &["buying"], Some("gerbera/shade"), "gerbera:wilting"),
    // The same without telling.
    story("shown", &["buying", HOURS], None, "gerbera:drooping"),
    story("listed", &["buying"], None, "gerbera:wilting"),
    story("worded", &[WORDED], None, "gerbera:drooping"),
    story("asked", &[HOURS], None, "gerbera:drooping"),
    story("gated", &["planting", HOURS], None, "gerbera:yellowing"),
    story("silent", &[], None, "gerbera:drooping"),
    story("written", &["buying"], Some("gerbera/wire"), "gerbera:lost"),
    story("elsewhere", &["buying"], Some("gerbera/wire"), "gerbera:wilting"),
    // Not avoidable: the same again.
    story("again", &["buying"], None, "buying"),
];

fn question(story: &Story, asked: &str) -> Question {
    let mut question = Question {
        products: vec!["gerbera".to_owned()],
        customer: Some(story.name.to_owned()),
        limit: 5,
        ..Question::default()
    };
    match asked == WORDED {
        true => question.text = asked.to_owned(),
        false => question.issues = vec![asked.to_owned()],
    }
    question
}

async fn causes(place: places::Place, held_out: f64) -> Causes {
    let folder = Place::new(FILES);
    let app = folder.serve();
    let how = Remembering {
        url: place.url.clone(),
        options: place.options(),
        held_out,
        retention: Retention::default(),
        balloon_hours: 48,
    };
    let stop = CancellationToken::new();
    app.remember(how, stop.clone()).await.expect("a ledger");
    let now = Utc::now();
    for story in &STORIES {
        live(&app, story, now - TimeDelta::days(3)).await;
    }
    stop.cancel();
    app.settle().await;
    let ledger = place.open().await;
    let mut contacts = Vec::new();
    for story in &STORIES {
        let customer = ledger.customer(story.name).expect("a customer");
        for (days, issue) in [(3, "buying"), (2, story.back)] {
            contacts.push(NewContact {
                id: None,
                customer: customer.clone(),
                at_ms: Some((now - TimeDelta::days(days)).timestamp_millis()),
                position: None,
                product: Some(SectionId::new("gerbera")),
                issue: Some(IssueId::new(issue)),
                reported: None,
            });
        }
    }
    ledger.record_contacts(&contacts, None, now.timestamp_millis()).await.expect("recorded");
    app.pulse(now).await.expect("counted").causes
}

/// What is asked and told on the first contact.
async fn live(app: &App, story: &Story, at: DateTime<Utc>) {
    for (nth, asked) in (0..).zip(story.asked) {
        app.answer(question(story, asked), at + TimeDelta::seconds(nth)).await.expect("an answer");
    }
    if let Some(tip) = story.told {
        let told = Report {
            tip: TipId::new(tip),
            outcome: OutcomeKind::Told,
            reason: None,
            suggestion: None,
            customer: Some(story.name.to_owned()),
            agent: None,
            channel: None,
            at: Some(at + TimeDelta::seconds(9)),
            follow_up: false,
        };
        app.record_outcome(told, None, at).await.expect("recorded");
    }
}

async fn each_has_the_cause_that_came_nearest_to_telling(place: places::Place) {
    let causes = causes(place, 0.0).await;
    let expected = Causes { no_tip: 1, failed: 3, held_out: 0, not_told: 4, gated: 1, not_understood: 1, not_asked: 1 };
    assert_eq!(causes, expected);
    assert_eq!(causes.whole(), 11);
}

async fn the_lot_keeps_back_what_is_not_asked_for(place: places::Place) {
    let causes = causes(place, 1.0).await;
    // Of the others, one was answered word for word; and who came back about wilting was kept from the wire alone.
    let expected = Causes { no_tip: 1, failed: 3, held_out: 1, not_told: 1, gated: 1, not_understood: 3, not_asked: 1 };
    assert_eq!(causes, expected);
}
