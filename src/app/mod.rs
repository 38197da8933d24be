//! The use cases, one file each: the only place that sees library, index and engine together.

mod again;
mod check;
mod cores;
mod evaluate;
mod keeper;
mod keeping;
mod known;
mod lenses;
mod live;
mod look;
mod measures;
mod mend;
mod plant;
mod read;
mod reload;
mod search;
mod snapshot;
mod suggest;
mod write;

pub use check::{Checked, check_folder};
pub use evaluate::{Case, Expect};
pub use live::{Event, EventKind};
pub use measures::{Judged, Measures, measure};
pub use mend::mend;
pub use plant::{PlantError, plant, planted};
pub use read::{IssueFacts, LibraryFacts, ProductFacts};
pub use reload::{App, OpenError, Settings};
pub use search::{Asked, SearchAnswer};
pub use suggest::Suggested;
pub use write::{Precondition, WriteError, Written};
