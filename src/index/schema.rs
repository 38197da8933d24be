//! The fields of the index, and the fingerprint by which another version's index is known.

use super::words::WordTokenizer;
use crate::tip::{IssueId, Kind, SectionId, Tip};
use std::collections::BTreeSet;
use tantivy::schema::{BytesOptions, FAST, Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::TokenizerManager;

/// Raised by whoever changes what is put into the index or how: schema, row, words. Stems, stop words and ranking
/// are applied to the question only and need no new index.
const VERSION: u32 = 3;

/// Name of the tokenizer in the schema.
const WORDS: &str = "stemwire_words";

/// Handles of the fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    /// A tip's id, or a section file's path: unique, ordered, what is deleted by.
    pub key: Field,
    /// Other names (`a:` and an alias) and what tips are looked up by: `t:` and a tag, `s:` for own `says`,
    /// `i:` for a section file.
    pub names: Field,
    /// Every word of a tip, the question's and the asks' repeated so that they weigh more.
    pub words: Field,
    /// `Place` as text: what filters and facets need, in few distinct values.
    pub place: Field,
    pub modified: Field,
    pub size: Field,
    pub hash_high: Field,
    pub hash_low: Field,
    /// The row: see `row`.
    pub row: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let basic = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let words = TextFieldIndexing::default()
        .set_tokenizer(WORDS)
        .set_fieldnorms(true)
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let raw = TextOptions::default().set_indexing_options(basic);
    let fields = Fields {
        key: builder.add_text_field("key", raw.clone() | FAST),
        names: builder.add_text_field("names", raw),
        words: builder.add_text_field("words", TextOptions::default().set_indexing_options(words)),
        place: builder.add_text_field("place", FAST),
        modified: builder.add_i64_field("modified", FAST),
        size: builder.add_u64_field("size", FAST),
        hash_high: builder.add_u64_field("hash_high", FAST),
        hash_low: builder.add_u64_field("hash_low", FAST),
        row: builder.add_bytes_field("row", BytesOptions::default().set_stored()),
    };
    (builder.build(), fields)
}

pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(WORDS, tantivy::tokenizer::TextAnalyzer::builder(WordTokenizer::default()).build());
    manager
}

/// Stands beside the index; one that differs makes it stale.
pub(super) fn fingerprint() -> String {
    let (schema, _) = schema();
    let schema = serde_json::to_string(&schema).unwrap_or_default();
    format!("stemwire index {VERSION} {} {:?}", blake3::hash(schema.as_bytes()).to_hex(), tantivy::version())
}

/// The part of a tip that filters and facets look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// None: the document is a section file.
    pub kind: Option<Kind>,
    pub draft: bool,
    pub lang: String,
    pub products: Vec<SectionId>,
    pub when: Vec<IssueId>,
    pub prevents: Option<IssueId>,
    /// `products` and all that they lie in, each once.
    pub upwards: BTreeSet<SectionId>,
}

/// Between the parts of a place, and between the items of a list: characters that no id can hold.
const PART: char = '\u{1}';
const ITEM: char = '\u{2}';
/// How a section file's place reads.
pub(super) const SECTION: &str = "section";

impl Place {
    pub fn text_of(tip: &Tip) -> String {
        let list = |ids: &mut dyn Iterator<Item = &str>| {
            let mut all: Vec<&str> = ids.collect();
            all.sort_unstable();
            all.dedup();
            all.join(&ITEM.to_string())
        };
        let products =
            list(&mut tip.products.iter().map(SectionId::as_str).map(|p| if p.is_empty() { "." } else { p }));
        let when = list(&mut tip.when.iter().map(IssueId::as_str));
        let prevents = tip.prevents.as_ref().map_or("", IssueId::as_str);
        let draft = if tip.draft { "draft" } else { "" };
        [tip.kind.as_str(), draft, &tip.lang, &products, &when, prevents].join(&PART.to_string())
    }

    /// The issues in which it is volunteered and which it prevents, each once.
    pub fn issues(&self) -> impl Iterator<Item = &IssueId> {
        self.when.iter().chain(self.prevents.as_ref().filter(|p| !self.when.contains(p)))
    }

    pub fn parse(text: &str) -> Self {
        let mut parts = text.split(PART);
        let mut next = || parts.next().unwrap_or_default();
        let kind = Kind::from_text(next());
        let draft = !next().is_empty();
        let lang = next().to_owned();
        let items =
            |text: &str| -> Vec<String> { text.split(ITEM).filter(|i| !i.is_empty()).map(str::to_owned).collect() };
        let products: Vec<SectionId> =
            items(next()).iter().map(|p| SectionId::new(if p == "." { "" } else { p })).collect();
        let upwards = upwards(&products);
        let when = items(next()).iter().map(IssueId::new).collect();
        let prevents = Some(next()).filter(|i| !i.is_empty()).map(IssueId::new);
        Place { kind, draft, lang, products, when, prevents, upwards }
    }
}

/// The sections and all that they lie in, each once.
fn upwards(products: &[SectionId]) -> BTreeSet<SectionId> {
    let mut all = BTreeSet::new();
    for product in products {
        let mut at = Some(product.clone());
        while let Some(id) = at {
            at = id.parent();
            all.insert(id);
        }
    }
    all
}

/// The key of a file: a tip's id, or the path itself for what is no tip (it holds a dot, which no id does).
pub(super) fn key_of(file: &str) -> &str {
    let name = file.rsplit('/').next().unwrap_or_default();
    match file.strip_suffix(".md") {
        Some(id) if name != "_index.md" && !id.contains('.') => id,
        _ => file,
    }
}

/// The file of a key.
pub(super) fn file_of(key: &str) -> String {
    if key.contains('.') { key.to_owned() } else { format!("{key}.md") }
}
