//! The codes of `check`: one per kind of problem, each with a page under `docs/problems`.
//!
//! A code is never reused for another meaning; `SW0xx` are errors, `SW1xx` warnings.

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    Error,
    Warning,
}

impl Severity {
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
        }
    }
}

/// Declares the codes in the order of their numbers.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $number:literal, $title:literal;)+) => {
        /// A stable code; never reused for another meaning. `SW0xx` are errors, `SW1xx` warnings.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code { $($(#[$doc])* $variant),+ }

        impl Code {
            /// Every code, by number.
            pub const ALL: &'static [Code] = &[$(Code::$variant),+];

            pub fn as_str(self) -> &'static str {
                match self { $(Code::$variant => $number),+ }
            }

            /// What the code is about, in a few words.
            pub fn title(self) -> &'static str {
                match self { $(Code::$variant => $title),+ }
            }

            /// The page that explains the code, in markdown.
            pub fn explain(self) -> &'static str {
                match self {
                    $(Code::$variant => include_str!(concat!("../../docs/problems/", $number, ".md"))),+
                }
            }
        }
    };
}

codes! {
    /// Front matter that cannot be read as YAML or TOML.
    FrontMatter = "SW001", "front matter that cannot be read";
    /// A value of the wrong type, out of its range, or a word that is not in the list.
    WrongValue = "SW002", "a value that does not fit its key";
    /// The same key twice in one file.
    RepeatedKey = "SW003", "a key that is there twice";
    /// A product that no section is called.
    UnknownProduct = "SW004", "an unknown product";
    /// An issue that the product and the sections above it do not define.
    UnknownIssue = "SW005", "an unknown issue";
    /// A tip without a level-1 heading or `title`.
    NoQuestion = "SW006", "a tip without a question";
    /// A tip with nothing below its question.
    NoAnswer = "SW007", "a tip without an answer";
    /// Two tips that claim the same id or alias.
    SameId = "SW008", "two tips with one id or alias";
    /// A link or an image that leads to nothing in the library.
    DeadLink = "SW009", "a link or an image to nothing";
    /// A promise that nobody owns, or that nobody looks at again.
    LoosePromise = "SW010", "a promise without owner or review";
    /// A file whose bytes are not UTF-8 text.
    NotText = "SW011", "a file that is not UTF-8 text";
    /// A file over the size limit.
    TooLarge = "SW012", "a file that is too large";
    /// A file or folder that the system does not let us read.
    Unreadable = "SW013", "a file that cannot be read";
    /// A link, or a symlink, that leads out of the library.
    LeavesLibrary = "SW014", "a link that leaves the library";
    /// A file or folder name that cannot be an id.
    FileName = "SW015", "a file name that cannot be an id";
    /// A product's name that fits several sections.
    AmbiguousProduct = "SW016", "a product name that fits several sections";
    /// A say line of more than 30 words.
    LongSay = "SW101", "a say line that is too long";
    /// A tip whose situation never arises.
    Unreachable = "SW102", "a tip that nobody can reach";
    /// Two tips that answer the same question.
    SameQuestion = "SW103", "two tips that answer one question";
    /// A tip past its review.
    ReviewOverdue = "SW104", "a review that is overdue";
    /// A key that the format does not know.
    UnknownKey = "SW105", "an unknown key";
    /// A text that is hard to read.
    HardReading = "SW106", "hard reading";
    /// Words of commitment in a tip that does not say whether it promises something.
    InferredPromise = "SW107", "a promise in disguise";
    /// Markup that is left out when the tip is shown.
    DroppedMarkup = "SW108", "markup that is not shown";
    /// An answer that is a table or code, which nobody can say.
    Unspoken = "SW109", "an answer that nobody can say";
}

impl Code {
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with("SW0") { Severity::Error } else { Severity::Warning }
    }

    /// The code written as `text`, in any case.
    pub fn from_text(text: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.as_str().eq_ignore_ascii_case(text.trim()))
    }
}
