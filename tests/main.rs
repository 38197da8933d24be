//! The one test binary, laid out by border: put a test where its border is.
//! One binary links once and starts fast; `cargo test NAME` picks by module.

mod app; // library, index and engine together, on folders made for the test
mod cli; // the binary: output, exit codes
mod engine; // cases and properties of situation, signals, silence
mod http; // the API through its router, by snapshots
mod index; // search and candidates
mod ledger; // one contract on SQLite and on PostgreSQL: durability, privacy, counts
mod library; // folders: scanning, watching, writing
mod tidy; // the house rules, read from the sources
mod tip; // text to tips and problems
