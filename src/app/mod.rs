//! The use cases, one file each: the only place that sees library, index and engine together.

mod again;
mod check;
mod checked;
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
mod outcome;
mod plant;
mod read;
mod recall;
mod reload;
mod search;
mod settings;
mod snapshot;
mod suggest;
mod write;

pub use check::check_folder;
pub use checked::Checked;
pub use evaluate::{Case, Expect};
pub use live::{Event, EventKind};
pub use measures::{Judged, Measures, measure};
pub use mend::mend;
pub use plant::{PlantError, plant, planted, sections};
pub use read::{IssueFacts, LibraryFacts, ProductFacts};
pub use reload::App;
pub use search::{Asked, SearchAnswer};
pub use settings::{OpenError, Settings};
pub use suggest::Suggested;
pub use write::{Precondition, WriteError, Written};
