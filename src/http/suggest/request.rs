//! A question as it is typed, in a query string or as JSON, and what it means.

use crate::engine::Question;
use crate::http::limits::Limits;
use crate::http::problem::Problem;
use crate::http::request::Fields;
use crate::http::shapes::words::{MoodWord, OneOrMany, StageWord};
use crate::tip::{Mood, Stage, TipId};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema};

/// What is known of a contact. At least one of `text`, `product` and `issue` must be given.
#[derive(Debug, Default, ToSchema, IntoParams)]
#[into_params(parameter_in = Query)]
#[schema(example = json!({
    "text": "a bunch of gerberas for our anniversary please",
    "occasions": {"anniversary": "today"},
    "told": ["flowers/gerbera/water"]
}))]
pub(in crate::http) struct SuggestRequest {
    /// The customer's own words, call notes or a pasted chat; at most 20,000 characters.
    #[param(example = "a bunch of gerberas for our anniversary please", max_length = 20000)]
    #[schema(max_length = 20000)]
    pub text: Option<String>,
    /// What the customer has: ids, titles or aliases of products; misspellings are forgiven. May be given up to 20 times.
    #[param(value_type = Vec<String>, required = false, max_items = 20)]
    #[schema(value_type = OneOrMany, inline, required = false)]
    pub product: Vec<String>,
    /// What it is about: full ids (`flowers/gerbera:drooping`), short names or titles of issues. May be given up to 20 times.
    #[param(value_type = Vec<String>, required = false, max_items = 20)]
    #[schema(value_type = OneOrMany, inline, required = false)]
    pub issue: Vec<String>,
    /// How far the contact has come.
    #[param(value_type = Option<StageWord>, inline)]
    #[schema(value_type = Option<StageWord>)]
    pub stage: Option<Stage>,
    /// How the customer seems to feel.
    #[param(value_type = Option<MoodWord>, inline)]
    #[schema(value_type = Option<MoodWord>)]
    pub mood: Option<Mood>,
    /// Your own id for the customer. Only a keyed hash of it is kept; what they were told is never suggested again.
    #[param(max_length = 512)]
    #[schema(max_length = 512)]
    pub customer: Option<String>,
    /// How many `others` at most.
    #[param(minimum = 0, maximum = 20, default = 4, required = false)]
    #[schema(value_type = Option<u64>, minimum = 0, maximum = 20, default = 4)]
    pub limit: usize,
    /// The language to answer in (BCP 47; `de` is `de-at` too): tips in others stand behind. Any, where it is not given.
    #[param(max_length = 100, example = "en")]
    #[schema(max_length = 100, example = "en")]
    pub lang: Option<String>,
    /// Facts about the customer, each with what is known of it: `{"anniversary": "today", "new": true}`.
    #[param(ignore)]
    #[schema(value_type = Option<Object>)]
    pub occasions: BTreeMap<String, String>,
    /// Ids of tips that this customer was told already, on whichever channel: never volunteered again.
    #[param(ignore)]
    #[schema(value_type = Option<Vec<String>>, max_items = 1000)]
    pub told: Vec<String>,
    /// Also list the contributions that are worth 0 points: what was looked at and did not count.
    #[param(ignore)]
    #[schema(value_type = Option<bool>, default = false)]
    pub explain: bool,
}

impl SuggestRequest {
    /// Takes the fields that may stand in a query string.
    fn shared(fields: &mut Fields, limits: &Limits) -> Self {
        let asked = Self {
            text: fields.text("text", limits.text_chars),
            product: fields.list("product", limits.list_items, limits.value_chars),
            issue: fields.list("issue", limits.list_items, limits.value_chars),
            stage: fields.word("stage", Stage::ALL, Stage::as_str),
            mood: fields.word("mood", Mood::ALL, Mood::as_str),
            customer: fields.numbering("customer", limits.value_chars),
            limit: fields.number("limit", limits.suggest_default, 0..=limits.suggest_most),
            // A BCP 47 tag with all its parts has fewer than 100 characters.
            lang: fields.text("lang", 100),
            ..Self::default()
        };
        if asked.text.is_none() && asked.product.is_empty() && asked.issue.is_empty() {
            fields.none_of(&["text", "product", "issue"]);
        }
        asked
    }

    pub fn from_query(mut fields: Fields, limits: &Limits) -> Result<Self, Problem> {
        let asked = Self::shared(&mut fields, limits);
        fields.finish()?;
        Ok(asked)
    }

    pub fn from_json(mut fields: Fields, limits: &Limits) -> Result<Self, Problem> {
        let mut asked = Self::shared(&mut fields, limits);
        asked.occasions = fields.facts("occasions", limits.occasion_items, limits.value_chars);
        asked.told = fields.array("told", limits.told_items, limits.value_chars);
        asked.explain = fields.flag("explain");
        fields.finish()?;
        Ok(asked)
    }

    /// The question as meant.
    pub fn question(self) -> Question {
        Question {
            text: self.text.unwrap_or_default(),
            products: self.product,
            issues: self.issue,
            stage: self.stage,
            mood: self.mood,
            customer: self.customer,
            remembered: Default::default(),
            occasions: self.occasions,
            told: self.told.into_iter().map(TipId::new).collect(),
            limit: self.limit,
            lang: self.lang.map(|lang| lang.to_lowercase()),
        }
    }
}
