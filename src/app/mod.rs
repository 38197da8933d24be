//! The use cases, one file each: the only place that sees library, index and engine together.

mod check;
mod evaluate;
mod measures;
mod read;
mod reload;
mod search;
mod suggest;
mod write;

pub use check::{Checked, check_folder};
pub use evaluate::{Case, Expect};
pub use measures::{Judged, Measures, measure};
pub use read::{IssueFacts, LibraryFacts, ProductFacts};
pub use reload::{App, Event, EventKind, OpenError, Settings};
pub use search::{Asked, SearchAnswer};
pub use suggest::Suggested;
pub use write::{Precondition, WriteError, Written};
