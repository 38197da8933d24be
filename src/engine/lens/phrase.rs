//! What training knows of a phrase besides its reading.

/// One phrase and the issue it is said in.
pub(super) struct Phrase {
    pub issue: u32,
    /// A title says what an issue is called, not how customers put it; it is not asked when calibrating.
    pub title: bool,
}
