//! A tip: a question the customer did not ask, and its answer.

use super::{Audience, IssueId, Kind, Mood, SectionId, Stage, Theme, TipId};
use chrono::NaiveDate;

/// A tip with its references resolved against the sections: what the engine, the index and the API see.
#[derive(Clone, Debug, PartialEq)]
pub struct Tip {
    pub id: TipId,
    /// Path below the library, with `/`.
    pub file: String,
    pub aliases: Vec<TipId>,
    /// Plain text of the first level-1 heading, or `title:`.
    pub question: String,
    /// Plain text of the first paragraph: the line to say aloud.
    pub say: String,
    /// Markdown after the say line.
    pub detail: String,
    /// The folder in which the file lies.
    pub section: SectionId,
    /// Sections it is for; the section it lies in unless the file says otherwise. Empty for craft: any product.
    pub products: Vec<SectionId>,
    /// Issues in which to volunteer it; empty means any issue of its products.
    pub when: Vec<IssueId>,
    pub prevents: Option<IssueId>,
    pub after: Option<After>,
    /// The editor's guess at how often the prevented issue follows, 0 to 1.
    pub expected: f32,
    /// True where `expected` stands in the file and is not the default.
    pub expected_given: bool,
    pub wire: Vec<Wire>,
    /// Other wordings of the question.
    pub asks: Vec<String>,
    /// Words in which customers describe the situation.
    pub says: Vec<String>,
    pub kind: Kind,
    pub theme: Option<Theme>,
    /// Empty means any stage.
    pub stages: Vec<Stage>,
    /// Empty means any mood.
    pub moods: Vec<Mood>,
    /// Facts about the customer that call for it; empty means any customer.
    pub occasions: Vec<String>,
    pub audience: Audience,
    pub owner: Option<String>,
    pub review: Option<Review>,
    /// The day somebody last checked it: as written, else the file's last commit where git knows one.
    pub verified: Option<NaiveDate>,
    pub promise: bool,
    /// True where it may be told to the same customer more than once.
    pub again: bool,
    /// False where no customer may be held out of it: a warning of danger is no matter for an experiment.
    pub lot: bool,
    pub draft: bool,
    /// BCP 47, lower case: `en`, `de`, `pt-br`.
    pub lang: String,
    pub tags: Vec<String>,
    /// Keys of the front matter that the format does not know, kept and passed on.
    pub extra: serde_json::Map<String, serde_json::Value>,
}

impl Tip {
    /// The id it has, and those it had before.
    pub fn ids(&self) -> impl Iterator<Item = &TipId> {
        std::iter::once(&self.id).chain(&self.aliases)
    }

    /// True where this is its id, or was.
    pub fn goes_by(&self, id: &TipId) -> bool {
        self.ids().any(|own| own == id)
    }

    /// True where the experiment draws customers for it: only what prevents an issue can be shown to help, and only
    /// what may be left unsaid is tried.
    pub fn takes_part(&self) -> bool {
        self.lot && self.prevents.is_some()
    }

    /// The day its review falls due: the written date, or `verified` plus the interval. None without either.
    pub fn review_by(&self) -> Option<NaiveDate> {
        match self.review? {
            Review::On(day) => Some(day),
            Review::Every { months, days } => self
                .verified?
                .checked_add_months(chrono::Months::new(months))?
                .checked_add_days(chrono::Days::new(u64::from(days))),
        }
    }
}

/// What is handed over with a tip.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wire {
    pub label: String,
    pub url: Option<String>,
}

/// How long until the prevented issue would come, in days. `text` is as the editor wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct After {
    pub min_days: f32,
    pub max_days: f32,
    pub text: String,
}

/// When somebody has to look at the tip again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Review {
    On(NaiveDate),
    /// Calendar months and days since `verified`.
    Every {
        months: u32,
        days: u32,
    },
}

/// As an editor would write it.
impl std::fmt::Display for Review {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let many = |n: u32, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
        let text = match *self {
            Review::On(day) => day.to_string(),
            Review::Every { months, days: 0 } if months % 12 == 0 && months > 0 => many(months / 12, "year"),
            Review::Every { months, days: 0 } => many(months, "month"),
            Review::Every { months: 0, days } if days % 7 == 0 => many(days / 7, "week"),
            Review::Every { months: 0, days } => many(days, "day"),
            Review::Every { months, days } => format!("{} {}", many(months, "month"), many(days, "day")),
        };
        f.write_str(&text)
    }
}
