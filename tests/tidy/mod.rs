//! The house rules, read from the sources: each test names every place that breaks its rule.
//!
//! Plain text scanning, so that a rule can be read in a minute.

mod budgets;
mod dependencies;
mod documents;
mod floors;
mod settings;
mod sources;
mod words;

use std::path::Path;

/// The folder of Cargo.toml.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with all findings, a line each.
#[track_caller]
fn none(rule: &str, findings: Vec<String>) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}

/// The text of a file of the project, by its path from the root.
fn text(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}
