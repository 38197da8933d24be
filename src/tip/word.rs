//! The closed word lists of the format: kind, theme, stage, mood, audience.
//!
//! Each word has one spelling, the one editors write and the API answers with.

/// Declares a closed word list with its one spelling per word.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($variant),+ }
        impl $name {
            /// Every word, in the order of the format's page.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            pub fn as_str(self) -> &'static str {
                match self { $($name::$variant => $text),+ }
            }
            /// The word for `text`, spelled exactly.
            pub fn from_text(text: &str) -> Option<Self> {
                match text { $($text => Some($name::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// A `tip` is about a product; `craft` is for the agent's manner, any product.
    Kind { Tip = "tip", Craft = "craft" }
}
words! {
    /// Craft: which practice it serves.
    Theme {
        Attitude = "attitude", Care = "care", NotPersonal = "not-personal", CustomersTalk = "customers-talk",
        TakeControl = "take-control", NoEmptyPromises = "no-empty-promises", Special = "special", Lens = "lens",
    }
}
words! {
    /// How far the contact has come.
    Stage { Opening = "opening", Middle = "middle", Closing = "closing", FollowUp = "follow-up" }
}
words! {
    /// How the customer seems to feel.
    Mood { Angry = "angry", Anxious = "anxious", Confused = "confused", Happy = "happy", InAHurry = "in-a-hurry" }
}
words! {
    /// Who may read it: an `agent` tip is never on a public page.
    Audience { Agent = "agent", Customer = "customer" }
}
