//! The ledger: contacts, outcomes, balloons, promises, and what follows from them. This folder alone knows SQL.
//!
//! It keeps customers as keyed hashes only, and of a contact's text nothing but what a keyed hash of it adds to its id.
//! What it acknowledges is durable. It counts and does not judge: what counts mean is the engine's.

mod address;
mod balloons;
mod changes;
mod contacts;
mod customers;
mod db;
mod deciding;
mod error;
mod exposures;
mod floating;
mod followed;
mod giving;
mod handle;
mod identity;
mod keys;
mod lead;
mod listen;
mod misses;
mod models;
mod naming;
mod once;
mod one_tip;
mod open;
mod outcomes;
mod page;
mod privacy;
mod promises;
mod rekey;
mod repeats;
mod retention;
mod right;
mod suggestions;
mod tally;
mod told;
mod value;
mod wording;

pub use balloons::{Balloon, BalloonState, Giver};
pub use changes::{ChangeKind, Changed};
pub use contacts::{Accepted, CustomerFacts, KeptContact};
pub use customers::{Customer, CustomerId};
pub use error::LedgerError;
pub use exposures::{Arm, ArmCount, Exposure};
pub use floating::BalloonStats;
pub use followed::{Followed, Since};
pub use giving::{Given, NewBalloon};
pub use handle::{Ledger, new_id};
pub use identity::{AsReported, NewContact};
pub use lead::Lead;
pub use misses::Miss;
pub use models::Model;
pub use naming::Names;
pub use once::Once;
pub use open::Options;
pub use outcomes::{FOLLOW_UP, NewOutcome, OutcomeCount, OutcomeKind, Reason};
pub use page::Page;
pub use privacy::KeptRecord;
pub use promises::{NewPromise, Promise, PromiseCounts, PromiseFilter, PromiseState};
pub use repeats::Repeats;
pub use retention::{Removed, Retention};
pub use right::RightFirstTime;
pub use suggestions::{SuggestionCount, SuggestionNote};
pub use tally::Tally;
pub use told::{Flagged, Told};
