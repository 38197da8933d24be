//! Names change: what is counted by them moves together, and back.

use super::contacts::contact;
use super::places::{Place, on_both};
use stemwire::ledger::{Arm, Exposure, KeptNames, Ledger, Names, NamesOf, NewBalloon};
use stemwire::tip::{IssueId, SectionId, TipId};

on_both! { the_book_of_the_experiment_moves_and_moves_back, balloons_move_with_what_they_rose_from }

const WEEK: i64 = 604_800_000;

fn names(product: Option<&str>, issue: &str) -> Names {
    (product.map(SectionId::new), Some(IssueId::new(issue)))
}

/// What stands under these names, with what it was reported as.
async fn kept(ledger: &Ledger, of: NamesOf, names: &Names) -> KeptNames {
    let all = ledger.kept_names(of, 10).await.expect("read");
    all.into_iter().find(|kept| kept.names == *names).expect("it stands there")
}

async fn the_book_of_the_experiment_moves_and_moves_back(place: Place) {
    let ledger = place.open().await;
    let (mut contacts, mut exposures) = (Vec::new(), Vec::new());
    for n in 0..6 {
        let customer = ledger.customer(&format!("c{n}")).expect("a customer");
        contacts.push(contact(&customer, Some(10 * WEEK + 1000), "flowers:drooping"));
        // Of a tip for one product, and of one for any.
        let product = (n % 2 == 0).then(|| SectionId::new("flowers"));
        let (tip, issue) = (TipId::new("wire"), Some(IssueId::new("flowers:drooping")));
        exposures.push(Exposure { customer, tip, at_ms: 10 * WEEK, arm: Arm::Told, product, issue, lot: 0.1 });
    }
    ledger.record_contacts(&contacts, None, 10 * WEEK).await.expect("recorded");
    ledger.record_exposures(&exposures).await.expect("recorded");
    let came_back = async || -> u64 {
        let arms = ledger.experiment(&[TipId::new("wire")], 0, 20 * WEEK, WEEK).await.expect("counted");
        arms.iter().map(|arm| arm.came_back).sum()
    };
    assert_eq!(came_back().await, 6);

    let before = [names(Some("flowers"), "flowers:drooping"), names(None, "flowers:drooping")];
    let after = [names(Some("plants"), "plants:drooping"), names(None, "plants:drooping")];
    for (from, to) in [(&before, &after), (&after, &before)] {
        for of in [NamesOf::Exposures, NamesOf::Contacts] {
            for (from, to) in from.iter().zip(to).filter(|(from, _)| of == NamesOf::Exposures || from.0.is_some()) {
                let kept = kept(&ledger, of, from).await;
                ledger.rename(of, &[(kept, to.clone())]).await.expect("renamed");
            }
        }
        assert_eq!(came_back().await, 6);
    }
    let all = ledger.kept_names(NamesOf::Exposures, 10).await.expect("read");
    assert!(all.iter().all(|kept| kept.reported.is_none()), "{all:?}");
}

async fn balloons_move_with_what_they_rose_from(place: Place) {
    let ledger = place.open().await;
    let about = |said: &str, section: &str| NewBalloon {
        said: said.to_owned(),
        product: Some(SectionId::new(section)),
        issue: Some(IssueId::new(format!("{section}:drooping"))),
        ..NewBalloon::default()
    };
    let rises = async |section: &str| {
        let from = format!("issue {section} {section}:drooping");
        ledger.raise_balloon(&from, &about("They droop.", section), 20).await.expect("taken")
    };
    let earlier = ledger.give_balloon(&about("Sell wire.", "flowers"), None, 10).await.expect("given").id;
    let risen = rises("flowers").await.expect("it rises");
    let later = ledger.give_balloon(&about("Sell food.", "flowers"), None, 30).await.expect("given").id;
    // Somebody said the same of the new name already: those two stay apart.
    let twin = ledger.give_balloon(&about("Sell food.", "plants"), None, 40).await.expect("given").id;

    let (before, after) = (names(Some("flowers"), "flowers:drooping"), names(Some("plants"), "plants:drooping"));
    let (from, to) = ("issue flowers flowers:drooping", "issue plants plants:drooping");
    let kept_before = kept(&ledger, NamesOf::Balloons, &before).await;
    assert_eq!(ledger.rename_balloons(&kept_before, &after, (from, to)).await.expect("renamed"), 2);
    let product = async |id: &str| ledger.balloon(id).await.expect("it is there").product.map(|id| id.to_string());
    for id in [&earlier, &risen, &twin] {
        assert_eq!(product(id).await.as_deref(), Some("plants"));
    }
    assert_eq!(product(&later).await.as_deref(), Some("flowers"));
    assert_eq!(rises("plants").await, None, "it rose before");

    // Undone, it stands where it stood, and has risen there.
    let kept_after = KeptNames { names: after.clone(), reported: Some(before.clone()) };
    assert_eq!(ledger.rename_balloons(&kept_after, &before, (to, from)).await.expect("renamed"), 2);
    assert_eq!(product(&risen).await.as_deref(), Some("flowers"));
    assert_eq!(rises("flowers").await, None, "it rose before");
}
