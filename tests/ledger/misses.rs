//! Searches that found nothing: grouped, counted, nobody named.

use super::places::{Place, on_both};

on_both! { what_found_nothing_is_grouped, a_model_gives_way_to_a_newer_one }

async fn what_found_nothing_is_grouped(place: Place) {
    let ledger = place.open().await;
    let searches = [("Vase, broken?", 30), ("vase broken", 10), ("VASE  broken!", 20), ("tulip", 5), ("a@b.org", 6)];
    let batch: Vec<_> = searches.iter().map(|(text, at_ms)| ((*text).to_owned(), *at_ms)).collect();
    ledger.record_misses(&batch).await.expect("recorded");
    ledger.record_misses(&[("vase broken".to_owned(), 25)]).await.expect("recorded");
    let misses = ledger.misses(2, 10).await.expect("listed");
    assert_eq!(misses.len(), 1);
    let miss = &misses[0];
    assert_eq!((miss.words.as_str(), miss.times, miss.first_ms, miss.last_ms), ("vase broken", 4, 10, 30));
    let all = ledger.misses(1, 10).await.expect("listed");
    assert_eq!(all.iter().map(|miss| miss.words.as_str()).collect::<Vec<_>>(), ["vase broken", "tulip"]);
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
