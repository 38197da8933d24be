//! The one writer of the index, and the handle on what lies on disk.

use super::leaf::Leaves;
use super::opening::{Folder, Hold};
use super::schema::{self, Fields, Place, key_of};
use super::{Damage, IndexError, Opening, Searcher, Stamp, guarded, row};
use crate::tip::{self, Tip};
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;
use tantivy::merge_policy::LogMergePolicy;
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument, Term};

/// One change of the library, by file. Putting a file replaces what was known of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Tip { tip: Box<Tip>, source: String, stamp: Stamp },
    Section { file: String, source: String, stamp: Stamp },
    Remove { file: String },
}

/// A library's index on disk.
pub struct Index {
    folder: Folder,
    inner: tantivy::Index,
    reader: IndexReader,
    leaves: Arc<Leaves>,
    drafts: bool,
}

/// The one writer. Dropping it waits for merges under way; what was not committed is lost.
pub struct Writer {
    folder: Folder,
    inner: Option<tantivy::IndexWriter>,
    reader: IndexReader,
    fields: Fields,
    /// Keys put since the last commit: the reader does not show them yet.
    put: HashSet<String>,
    _hold: Hold,
}

/// Threads that turn texts into postings: more than this wait for the one who feeds them.
const THREADS: usize = 4;
/// Bytes of postings a thread gathers before it writes them down.
const GATHERED: usize = 48 << 20;
/// Segments of one size that are merged into one.
const MERGED_AT_ONCE: usize = 4;
/// Share of a segment's documents that are deleted before it is written anew.
const DELETED_SHARE: f32 = 0.3;
/// How often the question's words count. At 3 no more is found, and the index grows by two hundredths.
const QUESTION_WEIGHT: usize = 2;
/// How often the words of `asks` count.
const ASKS_WEIGHT: usize = 2;

impl Index {
    /// Opens or makes the index in `dir`. What is missing, damaged, or made by another version, with another schema or
    /// analyzer, or from another library is wiped and comes back `Empty`. `origin` names the library in one line: two
    /// folders may hold files of the same names, sizes and times.
    ///
    /// # Errors
    /// `Unusable` where `dir` holds somebody else's files or cannot be written; `Busy` where the index must be
    /// wiped and another process writes to it.
    pub fn open(dir: &Path, origin: &str) -> Result<(Index, Opening), IndexError> {
        let (folder, inner, opening) = Folder::open(dir, origin)?;
        let of = |inner| guarded(|| Index::of(folder.clone(), inner));
        match of(inner) {
            Ok(index) => Ok((index, opening)),
            Err(error) => Ok((of(folder.wipe()?)?, Opening::Empty { reason: error.to_string() })),
        }
    }

    fn of(folder: Folder, inner: tantivy::Index) -> Result<Index, IndexError> {
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let leaves = Arc::new(Leaves::new(schema::schema().1));
        Ok(Index { folder, inner, reader, leaves, drafts: false })
    }

    /// An empty index in this one's place. Views of this one keep what they opened.
    ///
    /// # Errors
    /// `Busy` where a writer is still there; `Unusable` where the folder cannot be written.
    pub fn anew(&self) -> Result<Index, IndexError> {
        self.anew_held(&self.hold()?)
    }

    /// The same for whoever holds it.
    ///
    /// # Errors
    /// `Unusable` where the folder cannot be written.
    pub fn anew_held(&self, hold: &Hold) -> Result<Index, IndexError> {
        let index = Index::of(self.folder.clone(), self.folder.wipe_held(hold)?)?;
        Ok(Index { drafts: self.drafts, ..index })
    }

    /// The right to write to the index, without a writer yet: a process that serves keeps it for its life, whatever
    /// becomes of its writers.
    ///
    /// # Errors
    /// `Busy` where this or another process has it; `Unusable` where the folder cannot be written.
    pub fn hold(&self) -> Result<Hold, IndexError> {
        self.folder.hold()
    }

    /// An error of writing, told by its cause where the disk is full or cannot be written.
    pub fn explain(&self, error: IndexError) -> IndexError {
        match error {
            IndexError::Read(_) | IndexError::Stumbled(_) => self.folder.writable().err().unwrap_or(error),
            other => other,
        }
    }

    /// Looks at the files on the disk: those that do not look as they did when they were written are read through,
    /// and all of them where it is to be `thorough`.
    ///
    /// # Errors
    /// What is damaged.
    pub fn examine(&self, thorough: bool) -> Result<(), Damage> {
        self.folder.examine(thorough)
    }

    /// Whether tips that are drafts are found, listed and counted by searchers made from now on. They are not
    /// unless asked for; `Searcher::tip` gives them either way.
    pub fn serve_drafts(&mut self, yes: bool) {
        self.drafts = yes;
    }

    /// The one writer.
    ///
    /// # Errors
    /// `Busy` where this or another process has it.
    pub fn writer(&self) -> Result<Writer, IndexError> {
        self.writer_held(&self.hold()?)
    }

    /// The writer of whoever holds the index: one at a time.
    ///
    /// # Errors
    /// `Read` where there is one already, or the folder cannot be written.
    pub fn writer_held(&self, hold: &Hold) -> Result<Writer, IndexError> {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(THREADS);
        let inner: tantivy::IndexWriter = self.inner.writer_with_num_threads(threads, threads * GATHERED)?;
        let mut policy = LogMergePolicy::default();
        policy.set_min_num_segments(MERGED_AT_ONCE);
        policy.set_del_docs_ratio_before_merge(DELETED_SHARE);
        inner.set_merge_policy(Box::new(policy));
        let reader = self.inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let fields = schema::schema().1;
        let (folder, hold) = (self.folder.clone(), hold.clone());
        Ok(Writer { folder, inner: Some(inner), reader, fields, put: HashSet::new(), _hold: hold })
    }

    /// A view of the last commit.
    pub fn searcher(&self) -> Result<Arc<Searcher>, IndexError> {
        self.reader.reload()?;
        let metas = self.inner.load_metas()?;
        let searcher = Searcher::new(&self.leaves, &self.reader.searcher(), self.drafts, metas.payload)?;
        let searcher = Arc::new(searcher);
        searcher.warm();
        Ok(searcher)
    }
}

impl Writer {
    fn inner(&mut self) -> &mut tantivy::IndexWriter {
        self.inner.as_mut().expect("taken only by drop")
    }

    /// Takes a change; it shows after the next commit.
    pub fn put(&mut self, change: Change) -> Result<(), IndexError> {
        let fields = self.fields;
        let (key, document) = match &change {
            Change::Tip { tip, source, stamp } => (key_of(&tip.file), Some(tip_document(fields, tip, source, *stamp))),
            Change::Section { file, source, stamp } => {
                (key_of(file), Some(section_document(fields, file, source, *stamp)))
            }
            Change::Remove { file } => (key_of(file), None),
        };
        let term = Term::from_field_text(fields.key, key);
        if self.put.contains(key) || self.reader.searcher().doc_freq(&term)? > 0 {
            self.inner().delete_term(term);
        }
        if let Some(document) = document {
            self.put.insert(key.to_owned());
            self.inner().add_document(document)?;
        }
        Ok(())
    }

    /// Makes every change so far visible at once. `payload` is kept with it (the library's fingerprint). A process
    /// that is killed after it loses nothing; after a power cut the index is checked and, if need be, built anew.
    pub fn commit(&mut self, payload: &str) -> Result<(), IndexError> {
        let mut prepared = self.inner().prepare_commit()?;
        prepared.set_payload(payload);
        prepared.commit()?;
        self.put.clear();
        self.reader.reload()?;
        let index = self.inner().index().clone();
        self.folder.record(&index);
        Ok(())
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(writer) = self.inner.take() {
            let index = writer.index().clone();
            if let Err(error) = writer.wait_merging_threads() {
                tracing::warn!(%error, "a merge of the index did not end well; it will be made again");
            }
            self.folder.record(&index);
        }
    }
}

fn stamped(fields: Fields, key: &str, place: &str, row: &[u8], stamp: Stamp) -> TantivyDocument {
    let mut document = TantivyDocument::new();
    document.add_text(fields.key, key);
    document.add_text(fields.place, place);
    document.add_i64(fields.modified, stamp.modified_ns);
    document.add_u64(fields.size, stamp.size);
    document.add_u64(fields.hash_high, (stamp.hash >> 64) as u64);
    document.add_u64(fields.hash_low, stamp.hash as u64);
    document.add_bytes(fields.row, row);
    document
}

fn section_document(fields: Fields, file: &str, source: &str, stamp: Stamp) -> TantivyDocument {
    let mut document = stamped(fields, key_of(file), schema::SECTION, &row::of_section(source), stamp);
    document.add_text(fields.names, "i:");
    document
}

fn tip_document(fields: Fields, tip: &Tip, source: &str, stamp: Stamp) -> TantivyDocument {
    let key = key_of(&tip.file);
    let mut document = stamped(fields, key, &Place::text_of(tip), &row::of_tip(tip, source), stamp);
    for alias in &tip.aliases {
        document.add_text(fields.names, format!("a:{alias}"));
    }
    if tip.id.as_str() != key {
        document.add_text(fields.names, format!("a:{}", tip.id));
    }
    for tag in &tip.tags {
        document.add_text(fields.names, format!("t:{tag}"));
    }
    if !tip.says.is_empty() {
        document.add_text(fields.names, "s:");
    }
    for _ in 0..QUESTION_WEIGHT {
        document.add_text(fields.words, &tip.question);
    }
    for ask in &tip.asks {
        for _ in 0..ASKS_WEIGHT {
            document.add_text(fields.words, ask);
        }
    }
    document.add_text(fields.words, &tip.say);
    for wire in &tip.wire {
        document.add_text(fields.words, &wire.label);
    }
    for says in &tip.says {
        document.add_text(fields.words, says);
    }
    document.add_text(fields.words, tip::plain_text(&tip.detail));
    document
}
