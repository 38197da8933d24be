//! Products named in the customer's words, and how sure it is that the contact is about each of them.
//!
//! Shares and confidences here are set by judgement and held by the tests: no data set at hand tells them.

use super::build::Lens;
use super::heard::Heard;
use super::passing;
use super::reading::Reading;
use std::collections::BTreeMap;

/// A product named once, plainly and alone.
const SURE: f32 = 0.95;
/// A section that is named beside one below it is only the group that one belongs to.
const ABOVE_SHARE: f32 = 0.5;
/// A product whose issues do not hold the one that was told best.
const OTHER_ISSUE_SHARE: f32 = 0.6;
/// Clauses of one sentence that are scored to see where the issue is told.
const MOST_CLAUSES: usize = 8;
/// A piece of a long text other than the one that tells the issue best.
const OTHER_PIECE_SHARE: f32 = 0.8;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Mentioned {
    pub confidence: f32,
}

/// Products that are named, by number.
pub(super) fn find(lens: &Lens, heard: &[Heard<'_>]) -> BTreeMap<usize, Mentioned> {
    let mut named: Vec<usize> = heard.iter().flat_map(|h| &h.found).map(|f| f.product).collect();
    named.sort_unstable();
    named.dedup();
    let several = named.len() > 1;
    let telling = heard.iter().map(|h| top(&h.scores.by_issue).1 * h.piece.weight).enumerate();
    let telling = telling.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i);
    let mut weights: BTreeMap<usize, f32> = BTreeMap::new();
    for (i, heard) in heard.iter().enumerate() {
        let clauses = passing::clauses(&heard.reading.words, &heard.reading.stops);
        let issue_in = if several { issue_clause(lens, &heard.reading, &clauses) } else { None };
        let piece = match (several, telling == Some(i)) {
            (true, false) => heard.piece.weight * OTHER_PIECE_SHARE,
            (true, true) => heard.piece.weight,
            // What they go on to say is about the only product that they name.
            (false, _) if !heard.piece.by_agent => 1.0,
            (false, _) => heard.piece.weight,
        };
        let shares = passing::weigh(&heard.reading.words, &clauses, &heard.found, issue_in);
        for (mention, share) in heard.found.iter().zip(shares) {
            let entry = weights.entry(mention.product).or_insert(0.0);
            *entry = entry.max(mention.spelt * share * piece);
        }
    }
    if let (true, Some(best)) = (several, telling) {
        by_section(lens, &heard[best], &mut weights);
    }
    confidences(&weights)
}

/// The clause of a sentence in which an issue scores best.
fn issue_clause(lens: &Lens, reading: &Reading, clauses: &[passing::Clause]) -> Option<usize> {
    if !(2..=MOST_CLAUSES).contains(&clauses.len()) {
        return None;
    }
    let scores = clauses.iter().map(|clause| {
        let words = reading.words[clause.from..clause.to].join(" ");
        top(&lens.trained.scores(&Reading::of(&words, &lens.table, None)).by_issue).1
    });
    scores.enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))).map(|(i, _)| i)
}

/// Lowers products to which the best issue does not apply, and groups beside one of their own.
fn by_section(lens: &Lens, telling: &Heard<'_>, weights: &mut BTreeMap<usize, f32>) {
    let id = |product: usize| &lens.names.products[product].id;
    let issue = top(&telling.scores.by_issue).0.and_then(|i| lens.issues.get(i));
    let named: Vec<usize> = weights.keys().copied().collect();
    for (product, weight) in weights.iter_mut() {
        if issue.is_some_and(|issue| !issue.section.contains(id(*product))) {
            *weight *= OTHER_ISSUE_SHARE;
        }
        if named.iter().any(|other| other != product && id(*product).contains(id(*other))) {
            *weight *= ABOVE_SHARE;
        }
    }
}

/// One product takes all; several share it by weight.
fn confidences(weights: &BTreeMap<usize, f32>) -> BTreeMap<usize, Mentioned> {
    let all = weights.values().sum::<f32>().max(1.0);
    weights.iter().map(|(product, weight)| (*product, Mentioned { confidence: SURE * weight / all })).collect()
}

fn top(scores: &[f32]) -> (Option<usize>, f32) {
    let best = scores.iter().copied().enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
    best.map_or((None, 0.0), |(i, score)| (Some(i), score))
}
