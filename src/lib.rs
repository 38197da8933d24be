//! stemwire: the tip engine for support agents.
//!
//! Imports go down only: `cli` and `http` → `app` → `library`, `index`, `ledger` → `engine` → `tip`.
//! A test (`tests/tidy`) keeps it so; ARCHITECTURE.md walks through it.

pub mod app; // the use cases: the only place that sees library, index and engine together
pub mod cli; // terminals, arguments and exit codes
pub mod config; // what an operator can set; read once, handed down as plain values
pub mod engine; // what matters: situation, signals, silence; pure
pub mod http; // status codes, routes and the pages
pub mod index; // the derived search index; alone knows tantivy
pub mod ledger; // the database of contacts, outcomes, balloons, promises; alone knows SQL
pub mod library; // the folder of tips; alone reads and writes tip files
pub mod tip; // what a tip and a section are: text to tip or problems; pure
