//! What a text says beside the names of the products in it.
//!
//! Phrases of an issue name its product over and over ("the tulips are leaning"), so the product's name alone looks like
//! the issue. Here it counts for nothing on its own, and for half beside other words. Nothing is learned anew for it.

use super::build::Lens;
use super::names::Found;
use super::reading::Reading;
use super::trained::Scores;
use crate::engine::tokens;
use crate::tip::SectionId;

/// What a product's name may add to the score of one of its issues, where the text says something else as well: half of
/// what the issue would gain by it. Set by judgement and held by the cases.
const BESIDE_WORDS: f32 = 0.5;

/// A text without its products' names.
pub(super) struct Beside {
    scores: Scores,
    products: Vec<SectionId>,
    /// What the names may add, 0 to 1.
    share: f32,
    /// All words of the text, its products' names among them.
    words: Vec<tokens::Token>,
}

impl Beside {
    /// None where the text names no product.
    pub fn of(lens: &Lens, reading: &Reading, found: &[Found]) -> Option<Self> {
        let names = |at: usize, word: &String| {
            found.iter().any(|f| (f.from..f.to).contains(&at) && lens.names.only_names(f, word))
        };
        let (out, rest): (Vec<_>, Vec<_>) = reading.words.iter().enumerate().partition(|(at, word)| names(*at, word));
        if out.is_empty() {
            return None;
        }
        let rest = rest.into_iter().map(|(_, word)| word.as_str()).collect::<Vec<_>>().join(" ");
        let says = tokens::words(&rest).iter().any(|word| tokens::says_something(word));
        Some(Self {
            scores: lens.trained.scores(&Reading::of(&rest, &lens.table, None)),
            products: found.iter().map(|f| lens.names.products[f.product].id.clone()).collect(),
            share: if says { BESIDE_WORDS } else { 0.0 },
            words: reading.words.iter().map(|word| tokens::token(word)).collect(),
        })
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

    fn blend(&self, with: f32, without: f32) -> f32 {
        without + self.share * (with - without)
    }

    /// An issue of the product itself, of a group above it, or of a part of it, and any issue where nothing else was
    /// said; unless the text calls the issue by its name, as "no internet" and "a new card" do.
    fn counts_for(&self, lens: &Lens, issue: usize) -> bool {
        let issue = &lens.issues[issue];
        let of =
            self.share == 0.0 || self.products.iter().any(|p| issue.section.contains(p) || p.contains(&issue.section));
        of && !issue.names.iter().any(|name| self.calls(name))
    }

    fn calls(&self, name: &str) -> bool {
        let mut telling = name.split(' ').filter(|word| !tokens::is_little(word)).peekable();
        telling.peek().is_some() && telling.all(|word| self.words.contains(&tokens::token(word)))
    }
}
