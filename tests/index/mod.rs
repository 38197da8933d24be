//! Search and candidates.

mod candidates;
mod history;
mod languages;
mod made;
mod opening;
mod search;
mod stored;
