//! Search and candidates.

mod candidates;
mod made;
mod opening;
mod search;
mod stored;
