//! The lens: from a customer's words to the products and issues beneath, with calibrated confidence.
//!
//! `build` learns from a library's words, `recognise` reads a situation. `docs/lens.md` tells how it works.

mod algebra;
mod beside;
mod build;
mod calibration;
mod clauses;
mod confusions;
mod contrast;
mod directions;
mod given;
mod grams;
mod hashing;
mod heard;
mod kernel;
mod left_out;
mod matters;
mod mention;
mod names;
mod passing;
mod phrase;
mod reading;
mod recognise;
mod second;
mod spelling;
mod stems;
mod strange;
mod table;
mod trained;
mod wordpiece;

pub use build::Lens;
pub use calibration::Evidence;
pub(super) use recognise::{BY_ISSUE_SHARE, MOST_SHOWN, NAMES_PRODUCT_FROM};
pub use table::Table;

use crate::tip::{IssueId, SectionId};

/// Words that belong to one tip and help to recognise its situation: its `says`, and where the tip has none of
/// its own issue words, its question.
#[derive(Clone, Debug, PartialEq)]
pub struct TipWords {
    pub products: Vec<SectionId>,
    pub when: Vec<IssueId>,
    pub says: Vec<String>,
}

/// What is asked of the lens.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    pub text: &'a str,
    pub products: &'a [String],
    pub issues: &'a [String],
}
