//! A page of search results, as it is sent.

use crate::app::SearchAnswer;
use crate::http::shapes::{UnknownWire, product_of, rounded, tip_url};
use crate::http::shared::Shared;
use crate::index::{Facet, Hit};
use serde::{Serialize, Serializer};
use utoipa::ToSchema;

#[derive(Serialize, ToSchema)]
pub(super) struct SearchPage<'a> {
    items: Vec<Found<'a>>,
    /// The cursor of the next page; null on the last.
    #[schema(required)]
    next: Option<&'a str>,
    /// How many tips match.
    total: usize,
    facets: Facets<'a>,
    /// The words as they were understood where misspellings were forgiven.
    #[schema(required)]
    corrected: Option<&'a str>,
    /// Products and issues that were asked for and do not exist.
    unknown: Vec<UnknownWire<'a>>,
    /// Fingerprint of the library that answered.
    library: &'a str,
    /// Microseconds that the answer took, without the network.
    took_us: u64,
}

#[derive(Serialize, ToSchema)]
struct Found<'a> {
    #[schema(example = "flowers/gerbera/wire")]
    id: &'a str,
    question: &'a str,
    say: &'a str,
    /// The section it is for; null for a tip that fits any product.
    #[schema(required)]
    product: Option<&'a str>,
    highlights: HighlightsWire<'a>,
    /// Comparable within one answer only.
    score: f64,
    /// Where it can be read.
    url: String,
}

/// Escaped HTML with `<mark>` round what matched; empty where nothing did.
#[derive(Serialize, ToSchema)]
#[schema(as = Highlights)]
struct HighlightsWire<'a> {
    question: &'a str,
    say: &'a str,
    /// A piece of the detail.
    detail: &'a str,
}

/// How many of the matching tips have each value, most frequent first.
#[derive(Serialize, ToSchema)]
struct Facets<'a> {
    #[schema(value_type = std::collections::BTreeMap<String, u64>, example = json!({"flowers/gerbera": 3}))]
    product: Counts<'a>,
    #[schema(value_type = std::collections::BTreeMap<String, u64>, example = json!({"flowers/gerbera:drooping": 2}))]
    issue: Counts<'a>,
}

/// Values with their counts, as an object in their order.
struct Counts<'a>(&'a [Facet]);

impl Serialize for Counts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|facet| (&facet.value, facet.count)))
    }
}

impl<'a> SearchPage<'a> {
    pub fn new(shared: &Shared, answer: &'a SearchAnswer) -> Self {
        let found = &answer.found;
        let counts = |name| Counts(found.facets.get(name).map(Vec::as_slice).unwrap_or_default());
        Self {
            items: found.hits.iter().map(|hit| Found::new(shared, hit)).collect(),
            next: found.next.as_deref(),
            total: found.total,
            facets: Facets { product: counts("product"), issue: counts("issue") },
            corrected: found.corrected.as_deref(),
            unknown: answer.unknown.iter().map(UnknownWire::new).collect(),
            library: &answer.library,
            took_us: answer.took_us,
        }
    }
}

impl<'a> Found<'a> {
    fn new(shared: &Shared, hit: &'a Hit) -> Self {
        let marked = &hit.highlights;
        Self {
            id: hit.tip.id.as_str(),
            question: &hit.tip.question,
            say: &hit.tip.say,
            product: product_of(&hit.tip),
            highlights: HighlightsWire { question: &marked.question, say: &marked.say, detail: &marked.detail },
            score: rounded(hit.score),
            url: shared.address(&tip_url(&hit.tip)),
        }
    }
}
