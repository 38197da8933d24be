//! A name for each request, the same in the answer and in the log.

use axum::http::{HeaderMap, HeaderName};
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Numbers requests: a part that differs by process, and a count.
pub(super) struct RequestIds {
    process: u32,
    next: AtomicU64,
}

impl RequestIds {
    pub fn new(process: u32) -> Self {
        Self { process, next: AtomicU64::new(1) }
    }

    /// The caller's id where it is sane, so that one id runs through all logs; else a new one.
    pub fn of(&self, headers: &HeaderMap) -> String {
        let given = headers.get(REQUEST_ID).and_then(|value| value.to_str().ok());
        match given {
            Some(id) if !id.is_empty() && id.len() <= 128 && id.bytes().all(plain) => id.to_owned(),
            _ => format!("{:08x}-{:08x}", self.process, self.next.fetch_add(1, Ordering::Relaxed)),
        }
    }
}

/// Letters, digits, `-`, `_`, `.`: nothing that a log or a header could misread.
fn plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.')
}
