//! Tips and libraries made for the tests of the index.

use std::path::Path;
use std::sync::Arc;
use stemwire::index::{Change, Found, Index, Search, Searcher, Stamp};
use stemwire::tip::{Audience, IssueId, Kind, SectionId, Tip, TipId};

/// A tip with this id, question and say line, for the section it lies in.
pub fn tip(id: &str, question: &str, say: &str) -> Tip {
    let id = TipId::new(id);
    Tip {
        file: format!("{id}.md"),
        aliases: vec![],
        question: question.into(),
        say: say.into(),
        detail: String::new(),
        section: id.section(),
        products: vec![id.section()],
        when: vec![],
        prevents: None,
        after: None,
        expected: 0.3,
        expected_given: false,
        wire: vec![],
        asks: vec![],
        says: vec![],
        kind: Kind::Tip,
        theme: None,
        stages: vec![],
        moods: vec![],
        occasions: vec![],
        audience: Audience::Customer,
        owner: None,
        review: None,
        verified: None,
        promise: false,
        again: false,
        lot: true,
        draft: false,
        lang: "en".into(),
        tags: vec![],
        extra: serde_json::Map::new(),
        id,
    }
}

pub fn issue(id: &str) -> IssueId {
    IssueId::new(id)
}

pub fn section(id: &str) -> SectionId {
    SectionId::new(id)
}

/// The file that such a tip would be cut from.
pub fn source(tip: &Tip) -> String {
    format!("# {}\n\n{}\n\n{}\n", tip.question, tip.say, tip.detail)
}

pub fn put(tip: &Tip) -> Change {
    let source = source(tip);
    let stamp = Stamp { modified_ns: 17, size: source.len() as u64, hash: u128::MAX - source.len() as u128 };
    Change::Tip { tip: Box::new(tip.clone()), source, stamp }
}

/// An index of these tips in `dir`, and a view of it.
pub fn indexed_in(dir: &Path, tips: &[Tip]) -> (Index, Arc<Searcher>) {
    let (index, _) = Index::open(dir, "").unwrap();
    let mut writer = index.writer().unwrap();
    for tip in tips {
        writer.put(put(tip)).unwrap();
    }
    writer.commit("made").unwrap();
    drop(writer);
    let searcher = index.searcher().unwrap();
    (index, searcher)
}

/// A view of an index of these tips. Its files may go: they stay mapped.
pub fn indexed(tips: &[Tip]) -> Arc<Searcher> {
    let dir = tempfile::tempdir().unwrap();
    indexed_in(dir.path(), tips).1
}

pub fn search(text: &str) -> Search {
    Search { text: text.into(), limit: 10, ..Search::default() }
}

pub fn found(searcher: &Searcher, text: &str) -> Found {
    searcher.search(&search(text)).unwrap()
}

/// Ids of what is found, best first.
pub fn ids(found: &Found) -> Vec<String> {
    found.hits.iter().map(|hit| hit.tip.id.to_string()).collect()
}

/// Five tips about flowers and a router.
pub fn flowers() -> Vec<Tip> {
    let mut wire =
        tip("flowers/gerbera/wire", "What do I do when my gerberas droop?", "Coil a little wire round the stem.");
    wire.detail = "Gerbera stems are soft and hollow, so they **bend** under the flower. See <b>the guide</b>.".into();
    wire.prevents = Some(issue("flowers/gerbera:drooping"));
    wire.when = vec![issue("buying")];
    wire.asks = vec!["Why do my flowers hang their heads?".into()];
    wire.tags = vec!["stem".into()];
    wire.aliases = vec![TipId::new("old/wire")];
    let mut water =
        tip("flowers/gerbera/water", "How much water do gerberas want?", "Two fingers deep, changed daily.");
    water.when = vec![issue("buying")];
    let rose = tip("flowers/rose/cut", "How do I cut roses?", "Cut the stem at an angle before it goes into water.");
    let vase = tip("flowers/vase", "Which vase is right?", "One that holds half the length of the stem.");
    let router = tip("internet/router/reset", "How do I reset my router?", "Hold the button for ten seconds.");
    vec![wire, water, rose, vase, router]
}
