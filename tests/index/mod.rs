//! Search and candidates.

mod candidates;
mod exhaustive;
mod history;
mod languages;
mod made;
mod opening;
mod search;
mod stored;
