//! What they did ask: how far a tip's question, its other wordings, or the issue it prevents is what the customer
//! is getting in touch about.
//!
//! Asked is not unasked: what passes `ASKED_*` here is an answer and is never volunteered.

use super::fit::{certainty, chance};
use super::tokens::{self, Token};
use super::{Candidate, Recognised, Situation};
use crate::tip::{IssueId, Tip};

/// From this chance on that the contact is about the prevented issue, the tip is an answer: more likely than not.
pub const ASKED_ISSUE: f32 = 0.5;

/// From this likeness of wording on, the tip's question was asked: two thirds of its own words were said. The cases
/// in `tests/cases` hold it.
pub const ASKED_WORDING: f32 = 0.62;

/// From this share on two wordings are one question, nearly word for word: four of five words, the product's among them.
pub const ASKED_VERBATIM: f32 = 0.8;

/// What the issue alone weighs among answers, against a question that was asked in words: whoever asks a tip's question
/// reads its answer first, whatever else they may be in touch about.
const BY_ISSUE: f32 = 0.5;

/// How far a tip was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Asked {
    /// Chance that the contact is about the issue that the tip prevents.
    pub issue: f32,
    /// Likeness of the customer's words and the tip's question or one of its `asks`, 0 to 1.
    pub wording: f32,
    /// The same, word for word: whatever product the contact is about, this is the question. 0 to 1.
    pub verbatim: f32,
    /// True where the tip's own words have to do with what the customer said, or with what the issue is called.
    pub to_the_point: bool,
}

impl Asked {
    /// True where the tip is never volunteered: they asked, or what it prevents has come already.
    pub fn is_asked(self) -> bool {
        self.issue >= ASKED_ISSUE || self.is_worded()
    }

    /// True where the customer asked the tip's question.
    pub fn is_worded(self) -> bool {
        self.wording >= ASKED_WORDING || self.is_verbatim()
    }

    /// True where they asked it nearly word for word.
    pub fn is_verbatim(self) -> bool {
        self.verbatim >= ASKED_VERBATIM
    }

    /// The stronger sign that they have half asked, 0 to 1.
    pub fn degree(self) -> f32 {
        self.issue.max(self.wording)
    }

    /// How well the tip answers, 0 to 1.
    pub fn answering(self) -> f32 {
        self.wording.max(self.verbatim).max(self.issue * BY_ISSUE)
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
    /// The text and its sentences, each as its meaningful words with the product's own.
    whole: Vec<Vec<Token>>,
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
        let mut whole = vec![all.clone()];
        all.retain(|t| product.binary_search(t).is_err());
        let mut sentences: Vec<Vec<Token>> = Vec::new();
        for sentence in tokens::sentences(text).take(SENTENCES) {
            let mut content = tokens::content(sentence);
            if !content.is_empty() && content != whole[0] {
                whole.push(content.clone());
            }
            content.retain(|t| product.binary_search(t).is_err());
            if !content.is_empty() {
                sentences.push(content);
            }
        }
        whole.retain(|content| !content.is_empty());
        Self { sentences, all, product, whole }
    }

    /// Share of the words that one sentence and `wanted` have in common, of the longer of the two. A product that the
    /// sentence names and the wording does not makes it another question: what keeps roses from leaning, of tulips.
    fn verbatim(&self, wanted: &[Token]) -> f32 {
        let named = |said: &[Token]| said.iter().any(|t| self.product.binary_search(t).is_ok() && !wanted.contains(t));
        let same = self.whole.iter().filter(|said| !named(said)).map(|said| {
            let held = wanted.iter().filter(|t| said.binary_search(t).is_ok()).count();
            held as f32 / wanted.len().max(said.len()) as f32
        });
        same.fold(0.0, f32::max)
    }

    /// Likeness of what was said and one wording of a tip's question, 0 to 1: the share of the wording's words that
    /// one sentence holds, times the fourth root of the share of the sentence that they make up. The root is flat, so
    /// that "hello, I was wondering …" around a question hides little of it. A wording of a single word has no
    /// root: that word in a longer sentence is not yet the question. `own` are words that only name the tip's product.
    fn likeness(&self, wanted: &[Token], own: &[Token]) -> f32 {
        let mut wanted = wanted.to_vec();
        wanted.retain(|t| self.product.binary_search(t).is_err() && !own.contains(t));
        if wanted.is_empty() || self.all.is_empty() || share(&wanted, &self.all) < ASKED_WORDING {
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
    let tip = &candidate.tip;
    let own: Vec<Token> = tip.products.iter().flat_map(|p| tokens::content(p.as_str())).collect();
    let mut asked = Asked::default();
    // At 0 the index saw no word in common: nothing to compare.
    if !said.whole.is_empty() && chance(candidate.asked) > 0.0 {
        for wording in std::iter::once(&tip.question).chain(&tip.asks) {
            let wanted = tokens::content(wording);
            asked.wording = asked.wording.max(said.likeness(&wanted, &own));
            asked.verbatim = asked.verbatim.max(said.verbatim(&wanted));
        }
    }
    if let Some(about) = prevented(tip, situation) {
        asked.issue = certainty(about);
        asked.to_the_point = asked.issue >= ASKED_ISSUE && to_the_point(tip, about, said, &own);
    }
    asked
}

fn prevented<'a>(tip: &Tip, situation: &'a Situation) -> Option<&'a Recognised<IssueId>> {
    let wanted = tip.prevents.as_ref()?;
    let about = situation.issues.iter().filter(|i| i.id == *wanted);
    about.max_by(|a, b| certainty(*a).total_cmp(&certainty(*b)))
}

/// True where a word of the tip's question, its `asks` or its say line was said by the customer, or stands in what the
/// issue is called; words that name the product apart. Many tips keep customers from one issue, and most of them say
/// nothing to those who have it already: paying on time keeps the line up, and is no news to whom it is down.
fn to_the_point(tip: &Tip, about: &Recognised<IssueId>, said: &Said, own: &[Token]) -> bool {
    if tip.when.contains(&about.id) {
        return true;
    }
    let mut matter = tokens::content(&about.title);
    matter.extend(tokens::content(about.id.name()));
    matter.extend(&said.all);
    matter.retain(|t| said.product.binary_search(t).is_err() && !own.contains(t) && !tokens::is_bare_negation(*t));
    let mut words = std::iter::once(&tip.question).chain(&tip.asks).chain(std::iter::once(&tip.say));
    words.any(|text| tokens::content(text).iter().any(|t| matter.contains(t)))
}
