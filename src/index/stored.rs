//! A tip and its file, as the index keeps them.

use crate::tip::Tip;
use std::sync::Arc;

/// A tip as the index keeps it: its last good version.
#[derive(Clone, Debug, PartialEq)]
pub struct Stored {
    pub tip: Arc<Tip>,
    /// The file's text.
    pub source: Arc<str>,
    pub stamp: Stamp,
}

/// What a file looked like when it was read: a changed one differs in at least one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Stamp {
    pub modified_ns: i64,
    pub size: u64,
    /// First 16 bytes of the BLAKE3 hash of path and text.
    pub hash: u128,
}
