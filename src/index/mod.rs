//! The derived search index. This folder alone knows tantivy; it answers in the engine's and tip's words.
//!
//! It must not read tip files: what it knows was handed to it. Deleting its folder loses nothing.

mod question;
mod searcher;
mod writer;

pub use question::{Facet, Found, Highlights, Hit, Search, Wanted};
pub use searcher::{Searcher, Stored};
pub use writer::{Change, Index, IndexError, Opening, Stamp, Writer};
