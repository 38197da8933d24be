//! What a text says beside the names of the products in it.
//!
//! Phrases of an issue name its product over and over ("the tulips are leaning"), so the product's name alone looks like
//! the issue. Here it counts for nothing on its own, and beside other words as far as those say the same. Nothing is learned anew for it.

use super::build::{KnownIssue, Lens};
use super::names::Found;
use super::reading::Reading;
use super::trained::Scores;
use crate::engine::tokens;
use crate::tip::SectionId;

/// A text without its products' names.
pub(super) struct Beside {
    scores: Scores,
    products: Vec<SectionId>,
    /// True where it says something beside the names.
    says: bool,
    /// All words of the text, its products' names among them.
    words: Vec<tokens::Token>,
}

impl Beside {
    /// None where the text names no product, or where the name is part of what an issue is called ("no internet", "a new
    /// card"): such a text means that issue.
    pub fn of(lens: &Lens, reading: &Reading, found: &[Found]) -> Option<Self> {
        let names = |at: usize, word: &String| {
            found.iter().any(|f| (f.from..f.to).contains(&at) && lens.names.only_names(f, &reading.words, word))
        };
        let (out, rest): (Vec<_>, Vec<_>) = reading.words.iter().enumerate().partition(|(at, word)| names(*at, word));
        if out.is_empty() {
            return None;
        }
        let rest = rest.into_iter().map(|(_, word)| word.as_str()).filter(|word| !tokens::is_manners(word));
        let mut rest = rest.collect::<Vec<_>>();
        if rest.iter().all(|word| ["a", "an"].contains(word)) {
            rest.clear();
        }
        let rest = rest.join(" ");
        let says = tokens::words(&rest).iter().any(|word| tokens::says_something(word));
        let beside = Self {
            scores: lens.trained.scores(&Reading::of(&rest, &lens.table, None)),
            products: found.iter().map(|f| lens.names.products[f.product].id.clone()).collect(),
            says,
            words: reading.words.iter().map(|word| tokens::token(word)).collect(),
        };
        let out: Vec<tokens::Token> = out.into_iter().map(|(_, word)| tokens::token(word)).collect();
        let called = lens.issues.iter().filter(|i| beside.is_of_products(i)).flat_map(|i| &i.names);
        let by_name = |name: &String| {
            beside.calls(name) && telling(name).any(|w| out.contains(&w)) && telling(name).nth(1).is_some()
        };
        (!called.into_iter().any(by_name)).then_some(beside)
    }

    /// Takes off `scores` what the names alone bring to the issues of their products.
    pub fn weigh(&self, lens: &Lens, scores: &mut Scores) {
        for issue in (0..lens.issues.len()).filter(|issue| self.counts_for(lens, *issue)) {
            let blend = |with: &mut [f32], without: &[f32]| {
                if let (Some(with), Some(without)) = (with.get_mut(issue), without.get(issue)) {
                    *with = self.blend(*with, *without);
                }
            };
            blend(&mut scores.by_issue, &self.scores.by_issue);
            blend(&mut scores.fitted, &self.scores.fitted);
            blend(&mut scores.near, &self.scores.near);
            blend(&mut scores.later, &self.scores.later);
        }
    }

    /// `with`, the cosine of the whole text with its nearest phrase of `issue`, less what the names alone bring.
    pub fn nearest(&self, lens: &Lens, issue: usize, with: f32) -> f32 {
        if !self.counts_for(lens, issue) {
            return with;
        }
        self.blend(with, lens.trained.nearest(&self.scores, issue))
    }

    /// The geometric mean, so that an issue which only the names point to falls far, and one that the other words point
    /// to as well falls little.
    fn blend(&self, with: f32, without: f32) -> f32 {
        match self.says {
            true if with > 0.0 && without > 0.0 => (with * without).sqrt(),
            true => with.min(without),
            false => without,
        }
    }

    /// An issue of the product itself, of a group above it, or of a part of it, and any issue where nothing else was
    /// said; unless the text calls the issue by its name, as "returns" and "leaning" do.
    fn counts_for(&self, lens: &Lens, issue: usize) -> bool {
        let issue = &lens.issues[issue];
        (!self.says || self.is_of_products(issue)) && !issue.names.iter().any(|name| self.calls(name))
    }

    fn is_of_products(&self, issue: &KnownIssue) -> bool {
        self.products.iter().any(|p| issue.section.contains(p) || p.contains(&issue.section))
    }

    fn calls(&self, name: &str) -> bool {
        telling(name).next().is_some() && telling(name).all(|word| self.words.contains(&word))
    }
}

/// The words of an issue's name that say something.
fn telling(name: &str) -> impl Iterator<Item = tokens::Token> {
    name.split(' ').filter(|word| !tokens::is_little(word)).map(tokens::token)
}
