//! What is put comes back whole.

use super::made::{flowers, indexed, indexed_in, put, section, source, tip};
use chrono::NaiveDate;
use stemwire::index::{Change, Index, Stamp};
use stemwire::tip::{After, Audience, Kind, Mood, Review, Stage, Theme, Tip, TipId, Wire};

fn every_field() -> Tip {
    let mut tip = tip("craft/angry", "What if they shout?", "Let them finish, then say their name.");
    tip.detail = "Some *detail*.".into();
    tip.aliases = vec![TipId::new("old/angry")];
    tip.after = Some(After { min_days: 2.0, max_days: 5.0, text: "2-5 days".into() });
    tip.expected = 0.7;
    tip.expected_given = true;
    tip.wire = vec![Wire { label: "Guide".into(), url: Some("https://example.org".into()) }];
    tip.says = vec!["shouting".into()];
    tip.kind = Kind::Craft;
    tip.theme = Some(Theme::NotPersonal);
    tip.stages = vec![Stage::FollowUp];
    tip.moods = vec![Mood::Angry, Mood::InAHurry];
    tip.occasions = vec!["new".into()];
    tip.audience = Audience::Agent;
    tip.owner = Some("Ada".into());
    tip.review = Some(Review::Every { months: 6, days: 1 });
    tip.verified = NaiveDate::from_ymd_opt(2026, 2, 28);
    tip.promise = true;
    tip.lang = "pt-br".into();
    tip.products = vec![];
    tip.extra.insert("weird".into(), serde_json::json!({"a": [1, 2]}));
    tip
}

#[test]
fn a_tip_comes_back_as_it_was_put() {
    let tip = every_field();
    let searcher = indexed(std::slice::from_ref(&tip));
    let stored = searcher.tip(&tip.id).unwrap().unwrap();
    assert_eq!(*stored.tip, tip);
    assert_eq!(&*stored.source, source(&tip));
    assert_eq!(stored.stamp.hash, u128::MAX - source(&tip).len() as u128);
    assert_eq!(searcher.tip(&TipId::new("old/angry")).unwrap().unwrap().tip.id, tip.id);
    assert!(searcher.tip(&TipId::new("nothing")).unwrap().is_none());
    assert_eq!(searcher.words().unwrap()[0].says, tip.says);
}

#[test]
fn tips_are_listed_by_id_and_counted() {
    let mut tips = flowers();
    tips.push(tip("flowers-2", "Id order", "Not path order."));
    let searcher = indexed(&tips);
    let mut all: Vec<String> = tips.iter().map(|t| t.id.to_string()).collect();
    all.sort();
    let mut listed: Vec<String> = Vec::new();
    loop {
        let after = listed.last().map(TipId::new);
        let page = searcher.list(after.as_ref(), 2).unwrap();
        if page.is_empty() {
            break;
        }
        listed.extend(page.iter().map(|t| t.id.to_string()));
    }
    assert_eq!(listed, all);
    let (products, issues) = searcher.counts().unwrap();
    assert!(products.contains(&(section("flowers"), 4)) && products.contains(&(section("flowers/gerbera"), 2)));
    assert!(issues.iter().any(|(i, n)| i.as_str() == "buying" && *n == 2), "{issues:?}");
}

#[test]
fn drafts_are_kept_and_not_served() {
    let dir = tempfile::tempdir().unwrap();
    let mut draft = tip("a/draft", "A draft about gerberas", "Not yet.");
    draft.draft = true;
    let (mut index, searcher) = indexed_in(dir.path(), &[draft.clone(), tip("a/done", "Gerberas", "Done.")]);
    assert_eq!(searcher.len(), 1);
    assert_eq!(super::made::found(&searcher, "gerberas").total, 1);
    assert_eq!(searcher.list(None, 9).unwrap().len(), 1);
    assert!(searcher.tip(&draft.id).unwrap().is_some());
    assert_eq!(searcher.stamps().unwrap().len(), 2);
    index.serve_drafts(true);
    assert_eq!(index.searcher().unwrap().len(), 2);
}

#[test]
fn putting_again_replaces_and_removing_removes() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(dir.path(), "").unwrap();
    let mut writer = index.writer().unwrap();
    let mut one = tip("a/one", "First", "First words.");
    writer.put(put(&one)).unwrap();
    one.question = "Second".into();
    writer.put(put(&one)).unwrap();
    let stamp = Stamp { modified_ns: -5, size: 9, hash: 7 };
    writer.put(Change::Section { file: "a/_index.md".into(), source: "text".into(), stamp }).unwrap();
    writer.commit("1").unwrap();
    let searcher = index.searcher().unwrap();
    assert_eq!((searcher.len(), searcher.payload()), (1, Some("1")));
    assert_eq!(searcher.tip(&one.id).unwrap().unwrap().tip.question, "Second");
    assert_eq!(searcher.sections().unwrap(), [("a/_index.md".to_owned(), "text".to_owned(), stamp)]);
    let mut stamps = searcher.stamps().unwrap();
    stamps.sort_by(|a, b| a.0.cmp(&b.0));
    assert_eq!(stamps.iter().map(|s| s.0.as_str()).collect::<Vec<_>>(), ["a/_index.md", "a/one.md"]);
    assert_eq!(stamps[0].1, stamp);
    writer.put(Change::Remove { file: "a/one.md".into() }).unwrap();
    writer.put(Change::Remove { file: "a/_index.md".into() }).unwrap();
    writer.put(Change::Remove { file: "never/was.md".into() }).unwrap();
    writer.commit("2").unwrap();
    assert_eq!(searcher.len(), 1, "a view stays as it was");
    let searcher = index.searcher().unwrap();
    assert!(searcher.is_empty() && searcher.stamps().unwrap().is_empty() && searcher.sections().unwrap().is_empty());
}
