//! The same library gives the same answer, however the index came by it; and a killed process leaves a good one.

use super::made::{flowers, found, indexed_in, put, search, tip};
use stemwire::index::{Change, Found, Index, Opening, Searcher, Wanted};
use stemwire::tip::Tip;

/// Everything of an answer that is promised to be the same.
fn answers(searcher: &Searcher) -> Vec<Found> {
    ["gerbera", "stem water", "gerberra droo", "how do i", "\"the stem\"", "rose vase router", "", "s", "rose s"]
        .into_iter()
        .map(|text| searcher.search(&search(text)).unwrap())
        .collect()
}

fn library() -> Vec<Tip> {
    let mut tips = flowers();
    tips.extend((0..40).map(|n| {
        let say = format!("A stem in water. {}", words_with_s(n).join(" "));
        tip(&format!("more/t{n:02}"), &format!("Question {n} about roses"), &say)
    }));
    tips
}

/// More words that begin with one letter than are looked for, some in many tips and some in few.
fn words_with_s(n: usize) -> Vec<String> {
    let letter = |k: usize| char::from(b'a' + (k % 8) as u8);
    (0..64).filter(|k| k * 7 % 40 <= n).map(|k| format!("s{}{}", letter(k / 8), letter(k))).collect()
}

#[test]
fn history_leaves_no_trace() {
    let once = tempfile::tempdir().unwrap();
    let (_, straight) = indexed_in(once.path(), &library());
    let often = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(often.path(), "").unwrap();
    let mut writer = index.writer().unwrap();
    for (n, tip) in library().iter().rev().enumerate() {
        let mut other = tip.clone();
        other.question = "Gerbera gerbera stems, quite different".into();
        other.lang = "de".into();
        writer.put(put(&other)).unwrap();
        writer.put(put(&super::made::tip(&format!("gone/t{n}"), "Gerbera vase", "Gone soon."))).unwrap();
        if n % 9 == 0 {
            writer.commit("part").unwrap();
        }
    }
    writer.commit("all wrong").unwrap();
    for (n, tip) in library().iter().enumerate() {
        writer.put(put(tip)).unwrap();
        writer.put(Change::Remove { file: format!("gone/t{n}.md") }).unwrap();
        if n % 7 == 0 {
            writer.commit("part").unwrap();
        }
    }
    writer.commit("all right").unwrap();
    let winding = index.searcher().unwrap();
    assert_eq!(answers(&straight), answers(&winding));
    let wanted = Wanted { text: "roses in water".into(), limit: 20, ..Wanted::default() };
    assert_eq!(straight.candidates(&wanted).unwrap(), winding.candidates(&wanted).unwrap());
}

#[test]
fn what_was_not_committed_never_was() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = indexed_in(dir.path(), &flowers());
    let mut writer = index.writer().unwrap();
    writer.put(put(&tip("new", "Gerbera", "Not committed."))).unwrap();
    // A killed process runs no destructors and gives its locks back; this one cannot, so the copy has none.
    let copy = tempfile::tempdir().unwrap();
    copy_all(dir.path(), copy.path());
    let (after, opening) = Index::open(copy.path(), "").unwrap();
    assert_eq!(opening, Opening::Warm);
    assert_eq!(after.searcher().unwrap().len(), 5);
    let mut again = after.writer().unwrap();
    again.put(put(&tip("new", "Gerbera", "Committed."))).unwrap();
    again.commit("after").unwrap();
    assert_eq!(found(&after.searcher().unwrap(), "gerbera").total, 3);
}

/// The writer's threads go on meanwhile: what they write beside its place and rename is gone before it is copied.
fn copy_all(from: &std::path::Path, to: &std::path::Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &target)
        } else if let Err(error) = std::fs::copy(entry.path(), target) {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound, "{error}: {}", entry.path().display());
        }
    }
}
