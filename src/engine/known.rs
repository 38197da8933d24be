//! What is known beside the question: what contacts taught, and what this customer got in touch about before.
//!
//! Both may be missing: then everything is decided by the editors' own expectations.

use super::foresight::{Foresight, Had};

/// An issue of a customer's earlier contact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Earlier {
    pub had: Had,
    /// Whole days since; none where only the order of their contacts is known.
    pub days_ago: Option<u32>,
}

/// What the engine is told about the past. The default knows nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Known<'a> {
    pub foresight: Option<&'a Foresight>,
    /// Issues of this customer's earlier contacts, oldest first.
    pub had: &'a [Earlier],
}
