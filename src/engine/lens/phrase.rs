//! What training knows of a phrase besides its reading.

/// One phrase and the issue it is said in.
pub(super) struct Phrase {
    pub issue: u32,
    /// A title says what an issue is called, not how customers put it; it is not asked when calibrating.
    pub title: bool,
    /// The same words are said in another issue too: were they left out there, this issue would be as right.
    pub shared: bool,
}

impl Phrase {
    /// Whether it is worth leaving out: customers say what is no title, and it has one right answer.
    pub fn asked(&self) -> bool {
        !self.title && !self.shared
    }
}
