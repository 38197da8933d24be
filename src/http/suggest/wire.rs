//! The answer to a question, as it is sent.

use crate::app::Suggested;
use crate::engine::{Recognised, Silence, Situation, Suggestion};
use crate::http::answer::weak_tag;
use crate::http::rendered::Html;
use crate::http::shapes::words::{LedgerWord, OriginWord, ReviewWord, SilenceWord};
use crate::http::shapes::{UnknownWire, WireThing, days, product_of, rounded, things, tip_url};
use crate::http::shared::Shared;
use crate::tip::Tip;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// Exactly one of `tip` and `silence` is null.
#[derive(Serialize, ToSchema)]
pub(in crate::http) struct SuggestAnswer<'a> {
    /// Of this answer; made anew each time.
    #[schema(example = "01936b1e-5a3c-7c1e-8f5e-0d6f2b1c9a70")]
    id: &'a str,
    situation: SituationWire<'a>,
    /// The one tip worth volunteering now.
    #[schema(required)]
    tip: Option<SuggestionWire<'a>>,
    /// Why nothing is volunteered.
    #[schema(required)]
    silence: Option<SilenceWire<'a>>,
    /// Further suggestions, best first, at most `limit`; also where `tip` is silent.
    others: Vec<SuggestionWire<'a>>,
    /// What they did ask, answered from the library; at most three.
    #[schema(max_items = 3)]
    answers: Vec<SuggestionWire<'a>>,
    /// One tip for the agent's own manner.
    #[schema(required)]
    craft: Option<SuggestionWire<'a>>,
    /// Fingerprint of the library that answered.
    library: &'a str,
    /// `away` where the ledger could not be asked: whether the customer was told before, nobody knows.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<LedgerWord>)]
    ledger: Option<&'static str>,
    /// Microseconds that the answer took, without the network.
    took_us: u64,
}

/// What was understood, best first.
#[derive(Serialize, ToSchema)]
#[schema(as = Situation)]
pub(in crate::http) struct SituationWire<'a> {
    #[schema(max_items = 5)]
    products: Vec<RecognisedWire<'a>>,
    #[schema(max_items = 5)]
    issues: Vec<RecognisedWire<'a>>,
    /// What was given as a product or issue and is none.
    unknown: Vec<UnknownWire<'a>>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Recognised)]
pub(in crate::http) struct RecognisedWire<'a> {
    #[schema(example = "flowers/gerbera")]
    id: &'a str,
    #[schema(example = "Gerbera daisies")]
    title: &'a str,
    /// Calibrated: of those given 0.8, eight in ten are right.
    #[schema(minimum = 0, maximum = 1)]
    confidence: f64,
    /// Whether somebody gave it, or it was read from the text.
    #[schema(value_type = OriginWord)]
    from: &'static str,
}

/// A reason a machine can read, and a sentence for people.
#[derive(Serialize, ToSchema)]
#[schema(as = Silence)]
pub(in crate::http) struct SilenceWire<'a> {
    #[schema(value_type = SilenceWord)]
    code: &'static str,
    detail: &'a str,
    /// True where somebody may be in danger: then nothing else is to be said. Left out where not.
    #[serde(skip_serializing_if = "Option::is_none")]
    danger: Option<bool>,
}

/// A tip worth saying, with the reasons.
#[derive(Serialize, ToSchema)]
#[schema(as = Suggestion)]
pub(in crate::http) struct SuggestionWire<'a> {
    #[schema(example = "flowers/gerbera/wire")]
    id: &'a str,
    /// What the customer did not ask.
    question: &'a str,
    /// The line to say aloud.
    say: &'a str,
    /// What to hand over.
    wire: Vec<WireThing<'a>>,
    /// The detail, as HTML that is safe to show.
    #[schema(value_type = String)]
    html: Html,
    /// The section it is for; null for a tip that fits any product.
    #[schema(required)]
    product: Option<&'a str>,
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
    /// Where it can be read.
    #[schema(example = "/t/flowers/gerbera/wire")]
    url: String,
    /// The sum of the contributions' values.
    score: f64,
    contributions: Vec<ContributionWire<'a>>,
    /// Reasons for people, in sentences.
    why: &'a [String],
    review: ReviewWire<'a>,
}

/// Points for one reason.
#[derive(Serialize, ToSchema)]
#[schema(as = Contribution)]
pub(in crate::http) struct ContributionWire<'a> {
    #[schema(example = "unasked")]
    signal: &'static str,
    value: f64,
    detail: &'a str,
}

/// Whether somebody has looked at it lately.
#[derive(Serialize, ToSchema)]
#[schema(as = ReviewState)]
pub(in crate::http) struct ReviewWire<'a> {
    #[schema(value_type = ReviewWord)]
    state: &'static str,
    /// The day by which it is to be looked at again.
    #[schema(required, value_type = Option<String>, format = Date)]
    by: Option<NaiveDate>,
    /// The day somebody last checked it.
    #[schema(required, value_type = Option<String>, format = Date)]
    verified: Option<NaiveDate>,
    /// Who answers for it.
    #[schema(required)]
    owner: Option<&'a str>,
}

impl<'a> SuggestAnswer<'a> {
    /// `explain` also lists contributions without points.
    pub fn new(shared: &Shared, suggested: &'a Suggested, explain: bool) -> Self {
        let one = |s: &'a Suggestion| SuggestionWire::new(shared, s, explain);
        let answer = &suggested.answer;
        Self {
            id: &suggested.id,
            situation: SituationWire::new(&suggested.situation),
            tip: answer.tip.as_ref().ok().map(one),
            silence: answer.tip.as_ref().err().map(SilenceWire::new),
            others: answer.others.iter().map(one).collect(),
            answers: answer.answers.iter().map(one).collect(),
            craft: answer.craft.as_ref().map(one),
            library: &suggested.library,
            ledger: suggested.ledger_away.then_some("away"),
            took_us: suggested.took_us,
        }
    }

    /// A weak tag of all but what is another each time: what the customer was told, and what contacts teach, count as the
    /// library does.
    pub fn tag(&mut self) -> String {
        let own = (std::mem::take(&mut self.id), std::mem::take(&mut self.took_us));
        let tag = weak_tag("suggest", &serde_json::to_vec(self).unwrap_or_default());
        (self.id, self.took_us) = own;
        tag
    }
}

impl<'a> SituationWire<'a> {
    fn new(situation: &'a Situation) -> Self {
        Self {
            products: situation.products.iter().map(RecognisedWire::new).collect(),
            issues: situation.issues.iter().map(RecognisedWire::new).collect(),
            unknown: situation.unknown.iter().map(UnknownWire::new).collect(),
        }
    }
}

impl<'a> RecognisedWire<'a> {
    fn new<Id: AsRef<str>>(found: &'a Recognised<Id>) -> Self {
        let from = found.from.as_str();
        Self { id: found.id.as_ref(), title: &found.title, confidence: rounded(found.confidence), from }
    }
}

impl<'a> SilenceWire<'a> {
    fn new(silence: &'a Silence) -> Self {
        let code = silence.code.as_str();
        Self { code, detail: &silence.detail, danger: silence.danger.then_some(true) }
    }
}

impl<'a> SuggestionWire<'a> {
    fn new(shared: &Shared, suggestion: &'a Suggestion, explain: bool) -> Self {
        let tip: &Tip = &suggestion.tip;
        let contributions: Vec<ContributionWire> = suggestion
            .contributions
            .iter()
            .map(|c| ContributionWire { signal: c.signal, value: rounded(c.value), detail: &c.detail })
            .filter(|c| explain || c.value != 0.0)
            .collect();
        // Summed after rounding, so that what is shown adds up.
        let score: f64 = contributions.iter().map(|c| c.value).sum();
        Self {
            id: tip.id.as_str(),
            question: &tip.question,
            say: &tip.say,
            wire: things(tip),
            html: shared.html(tip),
            product: product_of(tip),
            when: tip.when.iter().map(AsRef::as_ref).collect(),
            prevents: tip.prevents.as_ref().map(AsRef::as_ref),
            after: tip.after.as_ref().map(|after| after.text.as_str()),
            after_days: tip.after.as_ref().map(days),
            url: shared.address(&tip_url(tip)),
            score: (score * 1e4).round() / 1e4,
            contributions,
            why: &suggestion.why,
            review: ReviewWire {
                state: suggestion.review.as_str(),
                by: suggestion.review_by,
                verified: tip.verified,
                owner: tip.owner.as_deref(),
            },
        }
    }
}
