//! Search and candidates.
