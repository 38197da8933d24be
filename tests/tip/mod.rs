//! Text to tips and problems.

mod bad_files; // what is wrong with a bad one
mod html; // markdown to safe HTML
mod parsing; // what a good file becomes
mod problems; // codes, pages, mends; any bytes
mod substance; // what was told, and what makes it news
mod together; // sections as a tree, files side by side

/// How often properties are tried; `PROPTEST_CASES` makes a long run of it.
fn rounds() -> proptest::prelude::ProptestConfig {
    let given = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    proptest::prelude::ProptestConfig { cases: given.unwrap_or(3000), failure_persistence: None, ..Default::default() }
}
