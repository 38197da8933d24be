//! The derived search index. This folder alone knows tantivy; it answers in the engine's and tip's words.
//!
//! It must not read tip files: what it knows was handed to it. Deleting its folder loses nothing.

mod best; // the best of a pass
mod candidates; // tips that might be worth saying
mod continuations; // what the last word may be the beginning of
mod cursor; // where a page ended
mod directory; // tantivy's files, without waiting for the disk
mod fault; // how it was found, and what can go wrong
mod find; // search
mod highlight; // what matched, marked
mod keys; // all keys of a segment, in memory
mod language; // stems and stop words
mod leaf; // one segment, opened for questions
mod near; // words side by side
mod opening; // whole, stale, damaged, somebody else's
mod phrase; // quoted words side by side
mod question; // what can be asked, and what is answered
mod rank; // BM25 in one pass
mod row; // a tip as it is stored
mod schema; // fields, places, the fingerprint
mod searcher; // the public view
mod spelling; // what a misspelt word may have meant
mod stored; // a tip and its file, as they are kept
mod understanding; // a question's words and what they stand for
mod view; // all segments of one commit
mod vocabulary; // a segment's words in memory
mod words; // text to words
mod writer; // the handle on disk, and the one writer

pub use fault::{Damage, IndexError, Opening, guarded};
pub use opening::Hold;
pub use question::{Facet, Found, Highlights, Hit, Search, Wanted};
pub use searcher::{Counts, Searcher};
pub use stored::{Stamp, Stored};
pub use writer::{Change, Index, Writer};
