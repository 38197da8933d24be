//! One segment of the index, opened for questions: postings, lengths, places, keys and rows.

use super::keys::Keys;
use super::language::Language;
use super::schema::{Fields, Place, SECTION};
use super::vocabulary::Vocabulary;
use super::{IndexError, Stamp, Stored, row};
use crate::tip::Tip;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tantivy::columnar::{Column, StrColumn};
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::{BlockSegmentPostings, SegmentPostings};
use tantivy::schema::{IndexRecordOption, Value};
use tantivy::store::StoreReader;
use tantivy::{InvertedIndexReader, SegmentReader, TantivyDocument};

/// A document that no question may see: deleted, a section file, or a draft where drafts are not served.
pub(super) const HIDDEN: u32 = u32::MAX;
/// Decompressed blocks of documents that are kept for a segment.
const KEPT_BLOCKS: usize = 64;
/// Tips that are kept read, over all segments: some 2 kB each. Reading one from disk costs as much as finding it, and
/// what is asked for lately is asked for again.
const KEPT_TIPS: usize = 16_384;

/// What was read of each segment.
type Known = HashMap<SegmentId, (Arc<Lazy>, Arc<Vec<Place>>)>;

/// What is read of a segment when it is first needed.
#[derive(Default)]
struct Lazy {
    vocabulary: OnceLock<Vocabulary>,
    keys: OnceLock<Keys>,
}

/// Documents that can be found, by place, and within one by key.
struct Placed {
    /// Where each place's documents begin, and the end of the last.
    starts: Vec<usize>,
    docs: Vec<u32>,
}

/// What is worth keeping from one view of the index to the next, because segments never change.
pub(super) struct Leaves {
    pub fields: Fields,
    known: Mutex<Known>,
    pub tips: quick_cache::sync::Cache<(SegmentId, u32), Arc<Tip>>,
}

impl Leaves {
    pub fn new(fields: Fields) -> Self {
        Self { fields, known: Mutex::default(), tips: quick_cache::sync::Cache::new(KEPT_TIPS) }
    }

    /// Opens the segments of one view and forgets those that are gone.
    pub fn open(&self, readers: &[SegmentReader], drafts: bool) -> Result<Vec<Leaf>, IndexError> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let now: BTreeSet<SegmentId> = readers.iter().map(SegmentReader::segment_id).collect();
        known.retain(|id, _| now.contains(id));
        readers.iter().map(|reader| Leaf::open(self.fields, reader, drafts, &mut known)).collect()
    }
}

pub(super) struct Leaf {
    pub id: SegmentId,
    pub docs: u32,
    /// Index into `places` for each document, or `HIDDEN`.
    pub place: Vec<u32>,
    pub places: Arc<Vec<Place>>,
    /// Each document's length in words, in tantivy's code of one byte.
    pub lengths: Vec<u8>,
    pub words: Arc<InvertedIndexReader>,
    pub names: Arc<InvertedIndexReader>,
    pub keys: Arc<InvertedIndexReader>,
    /// Tips that can be found, and the sum of their lengths in words.
    pub tips: u32,
    pub length: u64,
    /// Languages of the tips that can be found.
    pub languages: BTreeSet<Language>,
    lazy: Arc<Lazy>,
    key: StrColumn,
    reader: SegmentReader,
    store: StoreReader,
    fields: Fields,
    /// Documents by key, made when first needed.
    sorted: OnceLock<Vec<u32>>,
    placed: OnceLock<Placed>,
    /// Documents that can be found and hold a word, counted where hidden ones make the dictionary's count wrong.
    counted: Mutex<HashMap<u32, u32>>,
    hides: bool,
}

impl Leaf {
    fn open(fields: Fields, reader: &SegmentReader, drafts: bool, known: &mut Known) -> Result<Self, IndexError> {
        let wrong = |what: &str| IndexError::Read(format!("a segment has no column of {what}"));
        let id = reader.segment_id();
        let column = reader.fast_fields().str("place")?.ok_or_else(|| wrong("places"))?;
        let key = reader.fast_fields().str("key")?.ok_or_else(|| wrong("keys"))?;
        let docs = reader.max_doc();
        if key.num_rows() != docs || column.num_rows() != docs {
            return Err(IndexError::Read("a segment does not have the size it should have".into()));
        }
        let (lazy, places) = match known.get(&id) {
            Some(have) => have.clone(),
            None => known.entry(id).or_insert((Arc::default(), Arc::new(read_places(&column)?))).clone(),
        };
        let shown: Vec<bool> = places.iter().map(|p| p.kind.is_some() && (drafts || !p.draft)).collect();
        let norms = reader.get_fieldnorms_reader(fields.words)?;
        let ords = column.ords();
        let (mut place, mut tips, mut length, mut hides) = (Vec::with_capacity(docs as usize), 0, 0, false);
        let lengths: Vec<u8> = (0..docs).map(|doc| norms.fieldnorm_id(doc)).collect();
        let mut used = vec![false; places.len()];
        for doc in 0..docs {
            let ord = ords.first(doc).unwrap_or(u64::from(HIDDEN)) as u32;
            if reader.is_deleted(doc) || !shown.get(ord as usize).copied().unwrap_or(false) {
                hides |= places.get(ord as usize).is_some_and(|p| p.kind.is_some());
                place.push(HIDDEN);
            } else {
                place.push(ord);
                used[ord as usize] = true;
                tips += 1;
                length += u64::from(FieldNormReader::id_to_fieldnorm(lengths[doc as usize]));
            }
        }
        let spoken = places.iter().zip(used).filter(|(_, used)| *used);
        let languages = spoken.map(|(place, _)| Language::of(&place.lang)).collect();
        Ok(Leaf {
            id,
            docs,
            place,
            places,
            lengths,
            words: reader.inverted_index(fields.words)?,
            names: reader.inverted_index(fields.names)?,
            keys: reader.inverted_index(fields.key)?,
            key,
            tips,
            length,
            languages,
            lazy,
            reader: reader.clone(),
            store: reader.get_store_reader(KEPT_BLOCKS)?,
            fields,
            sorted: OnceLock::new(),
            placed: OnceLock::new(),
            counted: Mutex::default(),
            hides,
        })
    }

    pub fn vocabulary(&self) -> &Vocabulary {
        self.lazy.vocabulary.get_or_init(|| {
            Vocabulary::read(&self.words).unwrap_or_else(|error| {
                tracing::error!(%error, "the words of the index cannot be read");
                Vocabulary::empty()
            })
        })
    }

    pub fn is_warm(&self) -> bool {
        self.lazy.vocabulary.get().is_some()
    }

    pub fn deleted(&self, doc: u32) -> bool {
        self.reader.is_deleted(doc)
    }

    /// Documents that can be found and hold the word: the same however often tips were put anew.
    pub fn count(&self, ord: u32) -> u32 {
        let rough = self.vocabulary().count(ord);
        if !self.hides {
            return rough;
        }
        let mut counted = self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(n) = counted.get(&ord) {
            return *n;
        }
        let mut n = 0;
        if let Ok(mut postings) = self.postings(ord, IndexRecordOption::Basic) {
            while postings.block_len() > 0 {
                n += postings.docs().iter().filter(|doc| self.place[**doc as usize] != HIDDEN).count() as u32;
                postings.advance();
            }
        }
        counted.insert(ord, n);
        n
    }

    pub fn postings(&self, ord: u32, option: IndexRecordOption) -> Result<BlockSegmentPostings, IndexError> {
        Ok(self.words.read_block_postings_from_terminfo(self.vocabulary().info(ord), option)?)
    }

    pub fn positions(&self, ord: u32) -> Result<SegmentPostings, IndexError> {
        let option = IndexRecordOption::WithFreqsAndPositions;
        Ok(self.words.read_postings_from_terminfo(self.vocabulary().info(ord), option)?)
    }

    /// Documents, deleted ones too, that have `name` among their names.
    pub fn named(&self, name: &str) -> Result<Vec<u32>, IndexError> {
        docs_of(&self.names, name.as_bytes())
    }

    /// The document with this key, where it was not deleted.
    pub fn keyed(&self, key: &str) -> Result<Option<u32>, IndexError> {
        Ok(docs_of(&self.keys, key.as_bytes())?.into_iter().find(|doc| !self.deleted(*doc)))
    }

    fn keys(&self) -> &Keys {
        self.lazy.keys.get_or_init(|| {
            Keys::read(&self.key, self.docs).unwrap_or_else(|error| {
                tracing::error!(%error, "the keys of the index cannot be read");
                Keys::empty(self.docs)
            })
        })
    }

    /// The place of a document's key in the order of the segment's keys.
    pub fn key_ord(&self, doc: u32) -> u32 {
        self.keys().ord(doc)
    }

    pub fn key(&self, doc: u32) -> &str {
        self.keys().of(doc)
    }

    /// Documents that can be found, by key.
    pub fn sorted(&self) -> &[u32] {
        self.sorted.get_or_init(|| {
            // Of the documents with one key, all but one are deleted.
            let mut by_ord = vec![HIDDEN; self.keys().len()];
            let mut rest = Vec::new();
            for doc in (0..self.docs).filter(|doc| self.place[*doc as usize] != HIDDEN) {
                match by_ord.get_mut(self.key_ord(doc) as usize) {
                    Some(slot) => *slot = doc,
                    None => rest.push(doc),
                }
            }
            by_ord.retain(|doc| *doc != HIDDEN);
            by_ord.extend(rest);
            by_ord
        })
    }

    /// Documents that are hidden only because they are drafts.
    pub fn drafts(&self) -> Result<Vec<u32>, IndexError> {
        if !self.hides {
            return Ok(Vec::new());
        }
        let Some(column) = self.reader.fast_fields().str("place")? else { return Ok(Vec::new()) };
        let ords = column.ords();
        let hidden = |doc: &u32| self.place[*doc as usize] == HIDDEN && !self.reader.is_deleted(*doc);
        let place = |doc: u32| ords.first(doc).and_then(|ord| self.places.get(ord as usize));
        let draft = |doc: &u32| place(*doc).is_some_and(|place| place.kind.is_some() && place.draft);
        Ok((0..self.docs).filter(hidden).filter(draft).collect())
    }

    /// Documents of a place that can be found, by key.
    pub fn placed(&self, place: usize) -> &[u32] {
        let placed = self.placed.get_or_init(|| {
            let mut starts = vec![0; self.places.len() + 1];
            for doc in self.sorted() {
                starts[self.place[*doc as usize] as usize + 1] += 1;
            }
            for n in 1..starts.len() {
                starts[n] += starts[n - 1];
            }
            let mut next = starts.clone();
            let mut docs = vec![0; self.sorted().len()];
            for doc in self.sorted() {
                let slot = &mut next[self.place[*doc as usize] as usize];
                docs[*slot] = *doc;
                *slot += 1;
            }
            Placed { starts, docs }
        });
        &placed.docs[placed.starts[place]..placed.starts[place + 1]]
    }

    /// Reads now what the first question would wait for.
    pub fn warm(&self, languages: &[Language]) {
        for language in languages {
            self.vocabulary().warm(*language);
        }
        self.sorted();
        if !self.places.is_empty() {
            self.placed(0);
        }
    }

    /// The row's bytes.
    pub fn row(&self, doc: u32) -> Result<Vec<u8>, IndexError> {
        let document: TantivyDocument = self.store.get(doc)?;
        let bytes = document.get_first(self.fields.row).and_then(|v| v.as_bytes().map(<[u8]>::to_vec));
        bytes.ok_or_else(|| IndexError::Read("a document has no row".into()))
    }

    pub fn stored(&self, doc: u32) -> Result<Option<Stored>, IndexError> {
        let bytes = self.row(doc)?;
        let (tip, source) = row::read(&bytes)?;
        let Some(tip) = tip else { return Ok(None) };
        Ok(Some(Stored { tip: Arc::new(tip), source: source.into(), stamp: self.stamps()?.of(doc) }))
    }

    pub fn stamps(&self) -> Result<Stamps, IndexError> {
        let fast = self.reader.fast_fields();
        Ok(Stamps {
            modified: fast.i64("modified")?,
            size: fast.u64("size")?,
            high: fast.u64("hash_high")?,
            low: fast.u64("hash_low")?,
        })
    }
}

fn docs_of(names: &InvertedIndexReader, name: &[u8]) -> Result<Vec<u32>, IndexError> {
    let mut docs = Vec::new();
    if let Some(info) = names.terms().get(name)? {
        let mut postings = names.read_block_postings_from_terminfo(&info, IndexRecordOption::Basic)?;
        while postings.block_len() > 0 {
            docs.extend_from_slice(postings.docs());
            postings.advance();
        }
    }
    Ok(docs)
}

fn read_places(column: &StrColumn) -> Result<Vec<Place>, IndexError> {
    let mut places = Vec::with_capacity(column.num_terms());
    let mut text = String::new();
    for ord in 0..column.num_terms() as u64 {
        column.ord_to_str(ord, &mut text)?;
        let mut place = Place::parse(&text);
        if text == SECTION {
            place.kind = None;
        }
        places.push(place);
    }
    Ok(places)
}

/// The columns that say what each file looked like.
pub(super) struct Stamps {
    modified: Column<i64>,
    size: Column<u64>,
    high: Column<u64>,
    low: Column<u64>,
}

impl Stamps {
    pub fn of(&self, doc: u32) -> Stamp {
        let hash = u128::from(self.high.first(doc).unwrap_or(0)) << 64 | u128::from(self.low.first(doc).unwrap_or(0));
        Stamp { modified_ns: self.modified.first(doc).unwrap_or(0), size: self.size.first(doc).unwrap_or(0), hash }
    }
}
