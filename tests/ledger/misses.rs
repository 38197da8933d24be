//! Searches that found nothing: grouped, counted, nobody named.

use super::places::{Place, on_both};
use stemwire::ledger::Retention;

on_both! { what_found_nothing_is_grouped, rare_words_are_kept_as_a_hash_alone, a_model_gives_way_to_a_newer_one }

const HOUR: i64 = 3_600_000;

async fn what_found_nothing_is_grouped(place: Place) {
    let ledger = place.open().await;
    let searches = [("Vase, broken?", 3 * HOUR), ("vase broken", 10), ("VASE  broken!", 20), ("a@b.org", 6)];
    let batch: Vec<_> = searches.iter().map(|(text, at_ms)| ((*text).to_owned(), *at_ms)).collect();
    ledger.record_misses(&batch).await.expect("recorded");
    ledger.record_misses(&[("vase broken".to_owned(), 25)]).await.expect("recorded");
    let misses = ledger.misses(10).await.expect("listed");
    assert_eq!(misses.len(), 1);
    let miss = &misses[0];
    assert_eq!((miss.words.as_str(), miss.times, miss.first_ms, miss.last_ms), ("vase broken", 4, 10, 3 * HOUR));
}

/// What one customer says of themselves is in no row, however often it is asked within a contact.
async fn rare_words_are_kept_as_a_hash_alone(place: Place) {
    let ledger = place.open().await;
    let said = |at_ms| [("Anna Lind says her husband is ill".to_owned(), at_ms)];
    let words = async || place.number("SELECT COUNT(*) FROM misses WHERE words LIKE '%anna%'").await;
    let all = async || place.number("SELECT CAST(SUM(times) AS BIGINT) FROM misses").await;
    for at_ms in [0, 1000, 2000, 3000] {
        ledger.record_misses(&said(at_ms)).await.expect("recorded");
        assert!(ledger.misses(10).await.expect("listed").is_empty());
    }
    assert_eq!((words().await, all().await), (0, 4));
    // What is said again and again is nobody's own.
    ledger.record_misses(&said(HOUR)).await.expect("recorded");
    assert_eq!((words().await, all().await), (1, 5));
    let miss = &ledger.misses(10).await.expect("listed")[0];
    assert_eq!((miss.words.as_str(), miss.first_ms), ("anna lind says her husband is ill", 0));

    place
        .raw("INSERT INTO misses (words, times, first_ms, last_ms) VALUES ('kept by a former version', 2, 0, 9999999)")
        .await;
    assert_eq!(ledger.misses(10).await.expect("listed").len(), 1);
    assert_eq!(ledger.retain(HOUR, &Retention::default()).await.expect("removed").misses, 1);
    assert_eq!(all().await, 5);
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
