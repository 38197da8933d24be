//! What is known of the folder's files: how each looked when it was last read, which version of it is served, and what
//! keeps it from being served.

use crate::index::Stamp;
use crate::library::{Scan, Seen};
use crate::tip::{Problem, SectionId};
use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU128;
use std::ops::Bound;

/// One file. Not the text: a hundred thousand of these have to fit into a few megabytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct File {
    /// As the folder last showed it.
    modified_ns: i64,
    size: u64,
    /// Hash of the version that is served (a draft among them: the index knows to hide it); none for a file that was
    /// never whole.
    served: Option<NonZeroU128>,
}

#[derive(Debug, Default)]
pub(super) struct Known {
    files: BTreeMap<Box<str>, File>,
    broken: BTreeMap<String, Vec<Problem>>,
    /// Sum of the hashes of all that is served.
    fingerprint: u128,
}

/// Hash of a file's path and text: the first 16 bytes of BLAKE3, never 0.
pub(super) fn hash_of(file: &str, text: &str) -> u128 {
    let mut hasher = blake3::Hasher::new();
    hasher.update(file.as_bytes());
    hasher.update(&[0]);
    hasher.update(text.as_bytes());
    let mut first = [0; 16];
    first.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    u128::from_be_bytes(first).max(1)
}

/// The folder in which a file lies, as a section.
pub(super) fn folder_of(file: &str) -> SectionId {
    SectionId::new(file.rsplit_once('/').map_or("", |(folder, _)| folder))
}

impl Known {
    /// From what an index says that it serves.
    pub(super) fn from_stamps(stamps: Vec<(String, Stamp)>) -> Known {
        let mut known = Known::default();
        for (file, stamp) in stamps {
            known.serve(&file, stamp);
        }
        known
    }

    /// The order of files makes no difference to it, so it can be kept in step with one addition for each change.
    pub(super) fn fingerprint(&self) -> String {
        format!("{:032x}", self.fingerprint)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.files.len()
    }

    /// True where the file does not look as it did when it was last read.
    pub(super) fn differs(&self, seen: &Seen) -> bool {
        self.files.get(&*seen.file).is_none_or(|f| (f.modified_ns, f.size) != (seen.modified_ns, seen.size))
    }

    /// True where the version with this hash is served and nothing newer is broken. One that was judged broken though its
    /// file is the same is kept without a time, and has to be judged again.
    pub(super) fn serves(&self, file: &str, hash: u128) -> bool {
        self.files.get(file).is_some_and(|f| f.served.map(NonZeroU128::get) == Some(hash) && f.modified_ns != 0)
            && !self.broken.contains_key(file)
    }

    pub(super) fn contains(&self, file: &str) -> bool {
        self.files.contains_key(file)
    }

    /// Known files below `folder` (all for the root) that a scan of it did not see, although it could look there.
    pub(super) fn gone(&self, folder: &str, scan: &Scan) -> Vec<String> {
        let hidden = |file: &str| scan.unseen.iter().any(|dir| below(file, dir));
        let seen = |file: &str| scan.files.binary_search_by(|s| s.file.as_str().cmp(file)).is_ok();
        self.below(folder).filter(|file| !seen(file) && !hidden(file)).map(str::to_owned).collect()
    }

    /// Known files below a folder; all for the root.
    pub(super) fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a str> {
        let from = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let range: (Bound<&str>, Bound<&str>) = (Bound::Included(from.as_str()), Bound::Unbounded);
        let files = self.files.range::<str, _>(range);
        files.map(|(file, _)| &**file).take_while(move |file| below(file, folder))
    }

    /// Folders of all known files.
    pub(super) fn folders(&self) -> BTreeSet<SectionId> {
        let mut folders = BTreeSet::new();
        let mut last = None;
        for file in self.files.keys() {
            let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
            if last != Some(folder) {
                folders.insert(SectionId::new(folder));
                last = Some(folder);
            }
        }
        folders
    }

    /// The file now looks like this; what is served of it stays.
    pub(super) fn note(&mut self, seen: &Seen) {
        let (modified_ns, size) = (seen.modified_ns, seen.size);
        let file = self.files.entry(seen.file.as_str().into()).or_insert(File { modified_ns, size, served: None });
        (file.modified_ns, file.size) = (modified_ns, size);
    }

    /// This version is served now.
    pub(super) fn serve(&mut self, file: &str, stamp: Stamp) {
        self.withdraw(file);
        self.broken.remove(file);
        let served = NonZeroU128::new(stamp.hash);
        self.fingerprint = self.fingerprint.wrapping_add(stamp.hash);
        self.files.insert(file.into(), File { modified_ns: stamp.modified_ns, size: stamp.size, served });
    }

    /// Nothing of the file is served any more. True where something was.
    pub(super) fn withdraw(&mut self, file: &str) -> bool {
        let Some(hash) = self.files.get_mut(file).and_then(|f| f.served.take()) else { return false };
        self.fingerprint = self.fingerprint.wrapping_sub(hash.get());
        true
    }

    /// The file is no more. True where something of it was served.
    pub(super) fn forget(&mut self, file: &str) -> bool {
        let served = self.withdraw(file);
        self.files.remove(file);
        self.broken.remove(file);
        served
    }

    /// These problems keep the file's present version from being served; none where it is whole. True where that
    /// is news.
    pub(super) fn judge(&mut self, file: &str, problems: Vec<Problem>) -> bool {
        if problems.is_empty() {
            return self.broken.remove(file).is_some();
        }
        self.broken.get(file) != Some(&problems) && {
            self.broken.insert(file.to_owned(), problems);
            true
        }
    }

    pub(super) fn broken(&self) -> &BTreeMap<String, Vec<Problem>> {
        &self.broken
    }
}

/// True where `file` lies below `folder`, at any depth, or is it.
pub(super) fn below(file: &str, folder: &str) -> bool {
    folder.is_empty() || file.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}
