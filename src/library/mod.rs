//! The folder of tips. This folder alone reads and writes tip files; it does not know the index.
//!
//! Nothing here ever leaves the root by a link, and nothing a file can hold or a disk can do makes it panic.

mod commits;
mod folder;
mod place;
mod read;
mod scan;
mod watch;
mod write;

pub use commits::History;
pub use folder::{Library, LibraryError};
pub use place::{Identity, ignored};
pub use scan::{Scan, Seen};
pub use watch::{Hint, Watch};

/// Name of the file that says what its folder is about.
pub const SECTION_FILE: &str = "_index.md";

/// True for the file that says what its folder is about, not for a tip.
pub fn is_section_file(file: &str) -> bool {
    file.rsplit('/').next() == Some(SECTION_FILE)
}
