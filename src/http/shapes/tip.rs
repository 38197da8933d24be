//! A tip, as it is sent.

use super::number::{days, rounded};
use super::words::{AudienceWord, KindWord, MoodWord, StageWord, ThemeWord};
use crate::http::rendered::Html;
use crate::http::request::escaped;
use crate::http::shared::Shared;
use crate::tip::{Audience, Review, SectionId, Tip, Wire};
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A tip with all that its file says, references resolved and defaults filled in.
#[derive(Serialize, ToSchema)]
#[schema(as = Tip)]
pub(in crate::http) struct TipWire<'a> {
    /// Path below the library without `.md`.
    #[schema(example = "flowers/gerbera/wire")]
    id: &'a str,
    /// Path below the library.
    #[schema(example = "flowers/gerbera/wire.md")]
    file: &'a str,
    /// Ids it had before.
    aliases: Vec<&'a str>,
    question: &'a str,
    /// The line to say aloud.
    say: &'a str,
    /// The rest, in markdown.
    detail: &'a str,
    /// The rest, as HTML that is safe to show.
    #[schema(value_type = String)]
    html: Html,
    /// The section in which its file lies; empty for the library's root.
    section: &'a str,
    /// The section it is for, the first of `products`; null for a tip that fits any product.
    #[schema(required)]
    product: Option<&'a str>,
    products: Vec<&'a str>,
    /// Full ids of the issues in which it is volunteered; empty means any.
    when: Vec<&'a str>,
    /// Full id of the issue that it saves the customer from coming back with.
    #[schema(required)]
    prevents: Option<&'a str>,
    /// How long until that would happen, as the editor wrote it.
    #[schema(required, example = "3 days")]
    after: Option<&'a str>,
    /// The same in days, shortest and longest.
    #[schema(required, value_type = Option<Vec<f64>>, min_items = 2, max_items = 2, example = json!([3.0, 3.0]))]
    after_days: Option<[f64; 2]>,
    /// The editor's guess at how often the prevented issue follows, or the default.
    #[schema(minimum = 0, maximum = 1)]
    expected: f64,
    /// What to hand over.
    wire: Vec<WireThing<'a>>,
    /// Other wordings of the question.
    asks: &'a [String],
    /// Words in which customers describe the situation.
    says: &'a [String],
    #[schema(value_type = KindWord)]
    kind: &'static str,
    #[schema(required, value_type = Option<ThemeWord>)]
    theme: Option<&'static str>,
    /// Empty means any stage.
    #[schema(value_type = Vec<StageWord>)]
    stage: Vec<&'static str>,
    /// Empty means any mood.
    #[schema(value_type = Vec<MoodWord>)]
    mood: Vec<&'static str>,
    /// Facts about the customer that call for it; empty means any customer.
    occasion: &'a [String],
    #[schema(value_type = AudienceWord)]
    audience: &'static str,
    #[schema(required)]
    owner: Option<&'a str>,
    /// When it is to be looked at again: a day, or an interval such as `6 months`.
    #[schema(required, example = "6 months")]
    review: Option<String>,
    /// The day by which that is.
    #[schema(required, value_type = Option<String>, format = Date)]
    review_by: Option<NaiveDate>,
    /// The day somebody last checked it.
    #[schema(required, value_type = Option<String>, format = Date)]
    verified: Option<NaiveDate>,
    promise: bool,
    /// True where it may be told to the same customer more than once.
    again: bool,
    /// False where no customer is held out of it by lot.
    lot: bool,
    draft: bool,
    /// BCP 47, lower case.
    #[schema(example = "en")]
    lang: &'a str,
    tags: &'a [String],
    /// Keys of the front matter that stemwire does not know.
    #[schema(value_type = Object)]
    extra: &'a serde_json::Map<String, serde_json::Value>,
    /// Where it can be read.
    #[schema(example = "/t/flowers/gerbera/wire")]
    url: String,
}

/// A thing, a link or a document that is handed over.
#[derive(Serialize, ToSchema)]
#[schema(as = Wire)]
pub(in crate::http) struct WireThing<'a> {
    pub label: &'a str,
    /// Null for a thing that cannot be clicked.
    #[schema(required)]
    pub url: Option<&'a str>,
}

impl<'a> TipWire<'a> {
    pub fn new(shared: &Shared, tip: &'a Tip) -> Self {
        Self {
            id: tip.id.as_str(),
            file: &tip.file,
            aliases: tip.aliases.iter().map(AsRef::as_ref).collect(),
            question: &tip.question,
            say: &tip.say,
            detail: &tip.detail,
            html: shared.html(tip),
            section: tip.section.as_str(),
            product: product_of(tip),
            products: tip.products.iter().map(SectionId::as_str).filter(|id| !id.is_empty()).collect(),
            when: tip.when.iter().map(AsRef::as_ref).collect(),
            prevents: tip.prevents.as_ref().map(AsRef::as_ref),
            after: tip.after.as_ref().map(|after| after.text.as_str()),
            after_days: tip.after.as_ref().map(days),
            expected: rounded(tip.expected),
            wire: things(tip),
            asks: &tip.asks,
            says: &tip.says,
            kind: tip.kind.as_str(),
            theme: tip.theme.map(|theme| theme.as_str()),
            stage: tip.stages.iter().map(|stage| stage.as_str()).collect(),
            mood: tip.moods.iter().map(|mood| mood.as_str()).collect(),
            occasion: &tip.occasions,
            audience: tip.audience.as_str(),
            owner: tip.owner.as_deref(),
            review: tip.review.map(review_text),
            review_by: tip.review_by(),
            verified: tip.verified,
            promise: tip.promise,
            again: tip.again,
            lot: tip.lot,
            draft: tip.draft,
            lang: &tip.lang,
            tags: &tip.tags,
            extra: &tip.extra,
            url: shared.address(&tip_url(tip)),
        }
    }
}

pub(in crate::http) fn things(tip: &Tip) -> Vec<WireThing<'_>> {
    tip.wire.iter().map(|Wire { label, url }| WireThing { label, url: url.as_deref() }).collect()
}

/// The first section it is for; none for one that fits all of the library.
pub(in crate::http) fn product_of(tip: &Tip) -> Option<&str> {
    tip.products.first().map(|id| id.as_str()).filter(|id| !id.is_empty())
}

/// The page of a tip that customers may read; one for agents alone has no such page and is read through the API.
pub(in crate::http) fn tip_url(tip: &Tip) -> String {
    let id = escaped(tip.id.as_str(), "/");
    match tip.audience {
        Audience::Customer if !tip.draft => format!("/t/{id}"),
        _ => format!("/v1/tips/{id}"),
    }
}

/// A review as an editor would write it.
fn review_text(review: Review) -> String {
    let many = |n: u32, unit: &str| format!("{n} {unit}{}", if n == 1 { "" } else { "s" });
    match review {
        Review::On(day) => day.to_string(),
        Review::Every { months, days: 0 } if months % 12 == 0 && months > 0 => many(months / 12, "year"),
        Review::Every { months, days: 0 } => many(months, "month"),
        Review::Every { months: 0, days } if days % 7 == 0 => many(days / 7, "week"),
        Review::Every { months: 0, days } => many(days, "day"),
        Review::Every { months, days } => format!("{} {}", many(months, "month"), many(days, "day")),
    }
}
