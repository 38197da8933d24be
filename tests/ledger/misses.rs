//! Searches that found nothing: grouped, counted, nobody named.

use super::places::{Place, on_both};
use stemwire::ledger::Missed;

on_both! { what_found_nothing_is_grouped, what_is_said_once_is_kept_as_a_hash_alone, a_model_gives_way_to_a_newer_one,
a_number_is_one_in_whatever_digits }

const HOUR: i64 = 3_600_000;

pub fn searched(words: &str, at_ms: i64) -> Missed {
    Missed { words: words.to_owned(), at_ms, said: false }
}

async fn what_found_nothing_is_grouped(place: Place) {
    let ledger = place.open().await;
    let searches = [("Vase, broken?", 30), ("vase broken", 10), ("VASE  broken!", 20), ("tulip", 5), ("a@b.org", 6)];
    ledger.record_misses(&searches.map(|(words, at_ms)| searched(words, at_ms))).await.expect("recorded");
    ledger.record_misses(&[searched("vase broken", 25)]).await.expect("recorded");
    let misses = ledger.misses(10).await.expect("listed");
    assert_eq!(misses.iter().map(|miss| miss.words.as_str()).collect::<Vec<_>>(), ["vase broken", "tulip"]);
    assert_eq!((misses[0].times, misses[0].first_ms, misses[0].last_ms), (4, 10, 30));
}

/// What one customer says of themselves is in no row, however often it is asked within a contact.
async fn what_is_said_once_is_kept_as_a_hash_alone(place: Place) {
    let ledger = place.open().await;
    let said = |at_ms| [Missed { said: true, ..searched("Anna Lind says her husband is ill", at_ms) }];
    let words = async || place.number("SELECT COUNT(*) FROM misses WHERE words LIKE '%anna%'").await;
    let all = async || place.number("SELECT CAST(SUM(times) AS BIGINT) FROM misses").await;
    for at_ms in [0, 1000, 2000] {
        ledger.record_misses(&said(at_ms)).await.expect("recorded");
        assert!(ledger.misses(10).await.expect("listed").is_empty());
    }
    assert_eq!((words().await, all().await), (0, 3));
    // What is said again and again is nobody's own.
    ledger.record_misses(&said(HOUR)).await.expect("recorded");
    assert_eq!((words().await, all().await), (1, 4));
    let miss = &ledger.misses(10).await.expect("listed")[0];
    assert_eq!((miss.words.as_str(), miss.first_ms), ("anna lind says her husband is ill", 0));
    // Or at once, where it comes often.
    let often: Vec<Missed> = (0..5).map(|at_ms| Missed { said: true, ..searched("xylophone", at_ms) }).collect();
    ledger.record_misses(&often[..4]).await.expect("recorded");
    assert_eq!(ledger.misses(10).await.expect("listed").len(), 1);
    ledger.record_misses(&often[4..]).await.expect("recorded");
    assert_eq!(ledger.misses(10).await.expect("listed")[0].words, "xylophone");
}

async fn a_model_gives_way_to_a_newer_one(place: Place) {
    let ledger = place.open().await;
    assert!(ledger.model("foresight").await.expect("read").is_none());
    assert!(ledger.put_model("foresight", 2, vec![0, 255, 7], 10).await.expect("kept"));
    assert!(!ledger.put_model("foresight", 2, vec![1], 20).await.expect("kept back"));
    assert!(!ledger.put_model("foresight", 1, vec![1], 20).await.expect("kept back"));
    let model = ledger.model("foresight").await.expect("read").expect("it is there");
    assert_eq!((model.version, model.at_ms, model.bytes), (2, 10, vec![0, 255, 7]));
    assert!(ledger.put_model("foresight", 3, vec![], 30).await.expect("kept"));
    assert!(ledger.model("foresight").await.expect("read").expect("it is there").bytes.is_empty());
}

async fn a_number_is_one_in_whatever_digits(place: Place) {
    let ledger = place.open().await;
    let searches = ["vase １２３４５６７", "lily ٠١٧١٢٣٤٥", "call +49 171 234 567", "12 roses of 30 cm"];
    ledger.record_misses(&searches.map(|words| searched(words, 1))).await.expect("recorded");
    let misses = ledger.misses(10).await.expect("listed");
    let words: Vec<&str> = misses.iter().map(|miss| miss.words.as_str()).collect();
    assert_eq!(words, ["12 roses of 30 cm", "call", "lily", "vase"]);
}
