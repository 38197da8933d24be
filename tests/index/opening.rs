//! The index on disk: warm, stale, damaged, somebody else's.

use super::made::{flowers, found, indexed_in};
use std::fs;
use std::path::{Path, PathBuf};
use stemwire::index::{Index, IndexError, Opening};

fn files(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in fs::read_dir(dir).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

fn copied(from: &Path, to: &Path) {
    for file in files(from) {
        let target = to.join(file.strip_prefix(from).unwrap());
        fs::create_dir_all(target.parent().unwrap()).unwrap();
        fs::copy(&file, target).unwrap();
    }
}

#[test]
fn a_second_opening_is_warm() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("README.md"), "a guest").unwrap();
    let (index, opening) = Index::open(dir.path(), "").unwrap();
    assert!(matches!(opening, Opening::Empty { .. }));
    drop(index);
    let (_, opening) = Index::open(dir.path(), "").unwrap();
    assert!(matches!(opening, Opening::Empty { .. }), "what was never committed is not warm");
    indexed_in(dir.path(), &flowers());
    let (index, opening) = Index::open(dir.path(), "").unwrap();
    assert_eq!(opening, Opening::Warm, "{opening:?}");
    assert_eq!(index.searcher().unwrap().payload(), Some("made"));
    assert_eq!(found(&index.searcher().unwrap(), "gerbera").total, 2);
    assert!(dir.path().join("README.md").exists());
}

#[test]
fn the_index_of_another_library_is_built_anew() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = Index::open(dir.path(), "/one").unwrap();
    let mut writer = index.writer().unwrap();
    writer.commit("made").unwrap();
    drop((writer, index));
    assert_eq!(Index::open(dir.path(), "/one").unwrap().1, Opening::Warm);
    let (_, opening) = Index::open(dir.path(), "/two\nlines").unwrap();
    assert!(matches!(&opening, Opening::Empty { reason } if reason.contains("another library, /one")), "{opening:?}");
    let (_, again) = Index::open(dir.path(), "/two\nlines").unwrap();
    assert!(matches!(&again, Opening::Empty { reason } if !reason.contains("another library")), "{again:?}");
}

#[test]
fn every_file_may_be_damaged_in_every_way() {
    let whole = tempfile::tempdir().unwrap();
    indexed_in(whole.path(), &flowers());
    for file in files(whole.path()) {
        let name = file.strip_prefix(whole.path()).unwrap();
        for (how, damage) in [
            ("emptied", (|_: &[u8]| Some(Vec::new())) as fn(&[u8]) -> Option<Vec<u8>>),
            ("halved", |b| Some(b[..b.len() / 2].to_vec())),
            ("garbage", |b| Some(vec![0xA5; b.len()])),
            ("one bit", |b| {
                let mut b = b.to_vec();
                let at = b.len() / 3;
                if let Some(byte) = b.get_mut(at) {
                    *byte ^= 0x10;
                }
                Some(b)
            }),
            ("deleted", |_| None),
        ] {
            let dir = tempfile::tempdir().unwrap();
            copied(whole.path(), dir.path());
            let bytes = fs::read(&file).unwrap();
            match damage(&bytes) {
                Some(bytes) => fs::write(dir.path().join(name), bytes).unwrap(),
                None => fs::remove_file(dir.path().join(name)).unwrap(),
            }
            let (index, opening) =
                Index::open(dir.path(), "").unwrap_or_else(|e| panic!("{} {how}: {e}", name.display()));
            match opening {
                Opening::Warm => {
                    let searcher = index.searcher().unwrap();
                    assert_eq!(found(&searcher, "gerbera").total, 2, "{} {how}", name.display());
                    assert_eq!(searcher.len(), 5, "{} {how}", name.display());
                }
                Opening::Empty { reason } => {
                    assert!(!reason.is_empty());
                    assert!(index.searcher().unwrap().is_empty());
                    drop(index);
                    let (_, searcher) = indexed_in(dir.path(), &flowers());
                    assert_eq!(searcher.len(), 5, "{} {how}", name.display());
                }
            }
        }
    }
}

#[test]
fn a_folder_of_somebody_elses_is_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("thesis.tex"), "years of work").unwrap();
    let refused = Index::open(dir.path(), "");
    assert!(matches!(refused, Err(IndexError::Unusable { .. })));
    assert_eq!(files(dir.path()).len(), 1);
    let file = dir.path().join("thesis.tex");
    assert!(matches!(Index::open(&file, ""), Err(IndexError::Unusable { .. })));
}

#[test]
fn there_is_one_writer_and_many_readers() {
    let dir = tempfile::tempdir().unwrap();
    let (index, _) = indexed_in(dir.path(), &flowers());
    let mut writer = index.writer().unwrap();
    assert!(matches!(index.writer(), Err(IndexError::Busy(_))));
    let (other, opening) = Index::open(dir.path(), "").unwrap();
    assert_eq!(opening, Opening::Warm);
    assert!(matches!(other.writer(), Err(IndexError::Busy(_))));
    writer.put(stemwire::index::Change::Remove { file: "flowers/vase.md".into() }).unwrap();
    writer.commit("less").unwrap();
    assert_eq!(other.searcher().unwrap().len(), 4);
    // What must be wiped is not wiped under a writer's feet.
    fs::write(dir.path().join("stemwire.index"), "of another version").unwrap();
    assert!(matches!(Index::open(dir.path(), ""), Err(IndexError::Busy(_))));
    drop(writer);
    let (_, opening) = Index::open(dir.path(), "").unwrap();
    assert!(matches!(opening, Opening::Empty { reason } if reason.contains("version")));
}
