//! A clock that jumped erases nothing until it is believed.

use super::contacts::contact;
use super::outcomes::outcome;
use super::places::{Place, on_both};
use stemwire::ledger::{BELIEVED_AFTER_HOURS, Ledger, NewOutcome, OutcomeKind, Retention, Tidied};

on_both! {
    a_clock_that_jumped_erases_nothing,
    a_clock_that_stays_so_is_believed,
    a_ledger_that_was_never_tidied_goes_by_its_records,
    no_kind_of_record_can_go_whole,
}

const DAY: i64 = 86_400_000;
/// Some day in 2026.
const NOW: i64 = 20_600 * DAY;
const YEARS: i64 = 20 * 365 * DAY;

fn two_years() -> Retention {
    Retention { contacts_ms: Some(730 * DAY), outcomes_ms: Some(730 * DAY), ..Retention::default() }
}

/// Records of today and of three years ago.
async fn fill(ledger: &Ledger) {
    let anna = ledger.customer("anna").expect("a customer");
    for at_ms in [NOW, NOW - 1095 * DAY] {
        let told = NewOutcome { at_ms, ..outcome("wire", OutcomeKind::Told, Some(&anna)) };
        ledger.record_outcome(&told, None, at_ms).await.expect("recorded");
        ledger.record_contacts(&[contact(&anna, Some(at_ms), "buying")], None, at_ms).await.expect("recorded");
    }
}

async fn kept(place: &Place) -> i64 {
    place.number("SELECT (SELECT COUNT(*) FROM contacts) + (SELECT COUNT(*) FROM outcomes)").await
}

async fn tidy(ledger: &Ledger, now_ms: i64, hour_later: bool) -> Tidied {
    ledger.tidy(now_ms, &two_years(), hour_later).await.expect("tidied")
}

fn removed(tidied: Tidied) -> u64 {
    match tidied {
        Tidied::Removed(removed) => removed.contacts + removed.outcomes,
        Tidied::Doubted { .. } => panic!("{tidied:?}"),
    }
}

async fn a_clock_that_jumped_erases_nothing(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    assert_eq!(removed(tidy(&ledger, NOW, false).await), 2, "those of three years ago");
    for wrong in [NOW + YEARS, NOW - YEARS, NOW + 31 * DAY] {
        assert_eq!(tidy(&ledger, wrong, false).await, Tidied::Doubted { last_ms: NOW, hours: 0 });
    }
    assert_eq!(kept(&place).await, 2);
    // What is recorded under such a clock does not vouch for it.
    let anna = ledger.customer("anna").expect("a customer");
    let told = NewOutcome { at_ms: NOW + YEARS, ..outcome("vase", OutcomeKind::Told, Some(&anna)) };
    ledger.record_outcome(&told, None, NOW + YEARS).await.expect("recorded");
    assert_eq!(tidy(&ledger, NOW + YEARS, true).await, Tidied::Doubted { last_ms: NOW, hours: 1 });
    // Set right, it goes on, and what was counted against the clock is forgotten.
    assert_eq!(removed(tidy(&ledger, NOW + 29 * DAY, true).await), 0);
    let doubted = Tidied::Doubted { last_ms: NOW + 29 * DAY, hours: 0 };
    assert_eq!(tidy(&ledger, NOW + YEARS, false).await, doubted);
    assert_eq!(kept(&place).await, 3);
}

async fn a_clock_that_stays_so_is_believed(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    tidy(&ledger, NOW, false).await;
    for hour in 1..BELIEVED_AFTER_HOURS {
        // A restart neither counts nor takes away what was counted.
        assert_eq!(tidy(&ledger, NOW + YEARS, false).await, Tidied::Doubted { last_ms: NOW, hours: hour - 1 });
        assert_eq!(tidy(&ledger, NOW + YEARS, true).await, Tidied::Doubted { last_ms: NOW, hours: hour });
    }
    assert_eq!(removed(tidy(&ledger, NOW + YEARS, true).await), 2);
    assert_eq!(kept(&place).await, 0);
}

async fn a_ledger_that_was_never_tidied_goes_by_its_records(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    assert_eq!(tidy(&ledger, NOW + YEARS, false).await, Tidied::Doubted { last_ms: NOW, hours: 0 });
    assert_eq!(removed(tidy(&ledger, NOW + DAY, false).await), 2);
}

/// Where something is kept for few days, a jump by so many would erase all of that kind.
async fn no_kind_of_record_can_go_whole(place: Place) {
    let ledger = place.open().await;
    fill(&ledger).await;
    let week = Retention { contacts_ms: Some(7 * DAY), ..two_years() };
    ledger.tidy(NOW, &week, false).await.expect("tidied");
    let doubted = Tidied::Doubted { last_ms: NOW, hours: 0 };
    assert_eq!(ledger.tidy(NOW + 8 * DAY, &week, false).await.expect("tidied"), doubted);
    assert_eq!(kept(&place).await, 2);
}
