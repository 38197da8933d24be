//! What they did ask: how far a tip's question, its other wordings, or the issue it prevents is what the customer
//! is getting in touch about.
//!
//! Asked is not unasked: what passes `ASKED_*` here is an answer and is never volunteered.

use super::fit::{certainty, chance};
use super::tokens::{self, Token};
use super::{Candidate, Situation};
use crate::tip::Tip;

/// From this chance on that the contact is about the prevented issue, the tip is an answer: more likely than not.
pub const ASKED_ISSUE: f32 = 0.5;

/// From this likeness of wording on, the tip's question was asked: two thirds of its own words were said. The cases
/// in `tests/cases` hold it.
pub const ASKED_WORDING: f32 = 0.62;

/// How far a tip was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Asked {
    /// Chance that the contact is about the issue that the tip prevents.
    pub issue: f32,
    /// Likeness of the customer's words and the tip's question or one of its `asks`, 0 to 1.
    pub wording: f32,
}

impl Asked {
    /// True where the tip is an answer and no tip to volunteer.
    pub fn is_asked(self) -> bool {
        self.issue >= ASKED_ISSUE || self.wording >= ASKED_WORDING
    }

    /// The stronger of the two signs, 0 to 1.
    pub fn degree(self) -> f32 {
        self.issue.max(self.wording)
    }
}

/// The customer's words, made ready for comparison once.
#[derive(Clone, Debug, Default)]
pub(super) struct Said {
    /// The text's sentences, each as its meaningful words without the product's own.
    sentences: Vec<Vec<Token>>,
    /// All of them together.
    all: Vec<Token>,
    /// Words of the products at hand: everybody who has one says them.
    product: Vec<Token>,
    /// Meaningful words of the whole text, the product's own among them.
    pub words: usize,
}

/// Sentences that are compared at most: a pasted chat of 2,000 words has about 200, and the question is in it once.
const SENTENCES: usize = 400;

impl Said {
    pub(super) fn new(text: &str, situation: &Situation) -> Self {
        let mut product: Vec<Token> = Vec::new();
        for known in situation.products.iter().filter(|p| certainty(*p) >= ASKED_ISSUE) {
            product.extend(tokens::content(&known.title));
            product.extend(tokens::content(known.id.as_str()));
        }
        product.sort_unstable();
        product.dedup();
        let mut all = tokens::content(text);
        let words = all.len();
        all.retain(|t| product.binary_search(t).is_err());
        let mut sentences: Vec<Vec<Token>> = Vec::new();
        if !all.is_empty() {
            for sentence in tokens::sentences(text).take(SENTENCES) {
                let mut content = tokens::content(sentence);
                content.retain(|t| product.binary_search(t).is_err());
                if !content.is_empty() {
                    sentences.push(content);
                }
            }
        }
        Self { sentences, all, product, words }
    }

    /// Likeness of what was said and one wording of a tip's question, 0 to 1: the share of the wording's words that
    /// one sentence holds, times the fourth root of the share of the sentence that they make up. The root is flat, so
    /// that "hello, I was wondering …" around a question hides little of it. A wording of a single word has no
    /// root: that word in a longer sentence is not yet the question. `own` are words that only name the tip's product.
    fn likeness(&self, wording: &str, own: &[Token]) -> f32 {
        let mut wanted = tokens::content(wording);
        wanted.retain(|t| self.product.binary_search(t).is_err() && !own.contains(t));
        if wanted.is_empty() || share(&wanted, &self.all) < ASKED_WORDING {
            return 0.0;
        }
        let root = if wanted.len() == 1 { 1.0 } else { 0.25 };
        let mut best: f32 = 0.0;
        for sentence in &self.sentences {
            let held = share(&wanted, sentence);
            let made_up = held * wanted.len() as f32 / sentence.len() as f32;
            best = best.max(held * made_up.powf(root));
        }
        best
    }
}

/// Share of `wanted` that `said` (sorted) holds.
fn share(wanted: &[Token], said: &[Token]) -> f32 {
    let held = wanted.iter().filter(|t| said.binary_search(t).is_ok()).count();
    held as f32 / wanted.len() as f32
}

/// How far `candidate` was asked for.
pub(super) fn asked(candidate: &Candidate, situation: &Situation, said: &Said) -> Asked {
    Asked { issue: issue(&candidate.tip, situation), wording: wording(candidate, said) }
}

fn issue(tip: &Tip, situation: &Situation) -> f32 {
    let Some(prevented) = &tip.prevents else { return 0.0 };
    situation.issues.iter().filter(|i| i.id == *prevented).map(certainty).fold(0.0, f32::max)
}

fn wording(candidate: &Candidate, said: &Said) -> f32 {
    // The index saw no word in common: nothing to compare.
    if said.all.is_empty() || chance(candidate.asked) == 0.0 {
        return 0.0;
    }
    let tip = &candidate.tip;
    let own: Vec<Token> = tip.products.iter().flat_map(|p| tokens::content(p.as_str())).collect();
    std::iter::once(&tip.question).chain(&tip.asks).map(|w| said.likeness(w, &own)).fold(0.0, f32::max)
}
