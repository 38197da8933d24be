//! A second opinion on which issues come after the first: how well an issue's words cover the text's, and which
//! issues customers mean whose words point at the first one.
//!
//! It never touches the first issue: there regression alone is best, and its score is what confidence is fitted on.

use super::hashing::Map;
use super::phrase::Phrase;
use super::reading::Reading;
use super::table::Table;
use super::{algebra, algebra::Rows};

/// Share of the words' cover, which is 0 to 2, in an issue's score where there are many phrases. 0.3 to 0.5 are alike on
/// the train halves of BANKING77, CLINC150, HWU64 and sofmattress with 10, 30 and all phrases.
const SHARE: f32 = 0.5;
/// The share is half of that at so many phrases an issue: with one phrase an issue's words are too few to go by, and
/// the opinion costs half a point; with three it is neutral (the same data).
const HALF_AT: f32 = 5.0;
/// A text of up to so many words is told as well by its vector; single words say more where a sum of many blurs. The
/// opinion counts fully from twice as many on. 5 to 8 are alike.
const WORDS_FROM: f32 = 7.0;
/// Words of a library that are compared with each other, the commonest first: 1,500 do as well as all, in a thirtieth
/// of a second.
const MOST_ALIKE: usize = 1_500;
/// Words less alike than this are not the same thing said in other words. 0, 0.3 and 0.5 do as well as each other.
const ALIKE_FROM: f32 = 0.5;
/// Saturation and length of Okapi BM25 (Robertson and Zaragoza 2009), as they are usually set.
const SATURATION: f32 = 1.2;
const LENGTH: f32 = 0.75;
/// What a rival gains when very many phrases point at the first issue and all are its own. On the train halves of
/// BANKING77, CLINC150 and HWU64, 0.4 to 0.6 are alike.
const RIVAL_SHARE: f32 = 0.6;
/// Phrases that a share of rivals is shrunk by: as many as make the gain with ten phrases an issue a quarter of the largest
/// one. Less doubt takes 0.1 points of ten phrases, where the strongest other issue is often chance.
const RIVAL_DOUBT: f32 = 40.0;

pub(super) struct Second {
    /// Number of each word.
    words: Map<Box<str>, u32>,
    /// By word: issues it speaks for, and how much.
    speaks_for: Vec<Vec<(u32, f32)>>,
    /// By word: how telling it is.
    idf: Vec<f32>,
    unknown_idf: f32,
    share: f32,
    /// By issue: whose phrases point at it most after their own, and their share.
    rivals: Vec<Vec<(u32, f32)>>,
}

impl Second {
    pub fn new(readings: &[Reading], phrases: &[Phrase], issues: usize, table: &Table) -> Self {
        let mut words: Map<Box<str>, u32> = Map::default();
        let mut said: Vec<u32> = Vec::new();
        let mut by_issue: Vec<Map<u32, f32>> = vec![Map::default(); issues];
        for (reading, phrase) in readings.iter().zip(phrases) {
            for word in &reading.words {
                let next = words.len() as u32;
                let id = *words.entry(word.as_str().into()).or_insert(next);
                if id == next {
                    said.push(0);
                }
                said[id as usize] += 1;
                *by_issue[phrase.issue as usize].entry(id).or_default() += 1.0;
            }
        }
        let holders = holders(&by_issue, said.len());
        let n = issues as f32;
        let idf: Vec<f32> = holders.iter().map(|h| inverse_frequency(n, h.len() as f32)).collect();
        let alike = alike(&words, &said, table);
        let speaks = holders.iter().zip(&idf).enumerate();
        let speaks_for = speaks.map(|(word, (own, idf))| speaks_for(own, alike.get(&(word as u32)), &holders, *idf));
        let phrases_said = phrases.iter().filter(|p| !p.title).count() as f32;
        Self {
            speaks_for: speaks_for.collect(),
            words,
            idf,
            unknown_idf: inverse_frequency(n, 0.0),
            share: SHARE * phrases_said / (phrases_said + HALF_AT * n).max(1.0),
            rivals: Vec::new(),
        }
    }

    /// Learns which issues' phrases point at which other issue: of each phrase its issue and the strongest other one.
    pub fn learn_rivals(&mut self, pointing: &[(u32, u32)], issues: usize) {
        let mut counts: Vec<Map<u32, f32>> = vec![Map::default(); issues];
        for (own, other) in pointing {
            *counts[*other as usize].entry(*own).or_default() += 1.0;
        }
        let shares = counts.into_iter().map(|counts| {
            let all = counts.values().sum::<f32>() + RIVAL_DOUBT;
            let mut shares: Vec<(u32, f32)> = counts.into_iter().map(|(own, n)| (own, RIVAL_SHARE * n / all)).collect();
            shares.sort_by_key(|(own, _)| *own);
            shares
        });
        self.rivals = shares.collect();
    }

    /// Adds to each issue's score how well its words cover those of a text.
    pub fn add_words(&self, words: &[String], scores: &mut [f32]) {
        let gate = ((words.len() as f32 - WORDS_FROM) / WORDS_FROM).clamp(0.0, 1.0);
        if gate * self.share <= 0.0 {
            return;
        }
        let known: Vec<Option<u32>> = words.iter().map(|word| self.words.get(word.as_str()).copied()).collect();
        let most: f32 = known.iter().map(|id| id.map_or(self.unknown_idf, |id| self.idf[id as usize])).sum();
        let share = gate * self.share / most.max(1e-6);
        for id in known.into_iter().flatten() {
            for (issue, weight) in &self.speaks_for[id as usize] {
                scores[*issue as usize] += share * weight;
            }
        }
    }

    /// Whose phrases point at `issue` most after their own, and what that adds to their score.
    pub fn rivals(&self, issue: usize) -> &[(u32, f32)] {
        self.rivals.get(issue).map_or(&[], Vec::as_slice)
    }
}

/// Of so many issues a word is in `holders`: the inverse document frequency of BM25, above 0.
fn inverse_frequency(issues: f32, holders: f32) -> f32 {
    (1.0 + (issues - holders + 0.5) / (holders + 0.5)).ln()
}

/// By word: the issues that say it, in their order, each with its saturated count, 0 to 1.
fn holders(by_issue: &[Map<u32, f32>], words: usize) -> Vec<Vec<(u32, f32)>> {
    let lengths: Vec<f32> = by_issue.iter().map(|counts| counts.values().sum()).collect();
    let average = (lengths.iter().sum::<f32>() / by_issue.len().max(1) as f32).max(1.0);
    let mut holders: Vec<Vec<(u32, f32)>> = vec![Vec::new(); words];
    for (issue, (counts, length)) in by_issue.iter().zip(lengths).enumerate() {
        let damping = SATURATION * (1.0 - LENGTH + LENGTH * length / average);
        for (word, count) in counts {
            holders[*word as usize].push((issue as u32, count / (count + damping)));
        }
    }
    holders
}

/// By word: other words that mean much the same, and the square of their cosine.
fn alike(words: &Map<Box<str>, u32>, said: &[u32], table: &Table) -> Map<u32, Vec<(u32, f32)>> {
    let mut common: Vec<(&str, u32)> = words.iter().map(|(word, id)| (word.as_ref(), *id)).collect();
    common.sort_by(|a, b| said[b.1 as usize].cmp(&said[a.1 as usize]).then(a.0.cmp(b.0)));
    common.truncate(MOST_ALIKE);
    let vectors: Vec<Vec<f32>> = common.iter().map(|(word, _)| table.vector(word)).collect();
    let columns = algebra::transposed(&vectors.concat(), table.width());
    let mut alike: Map<u32, Vec<(u32, f32)>> = Map::default();
    let mut cosines = Vec::new();
    for (i, vector) in vectors.iter().enumerate().skip(1) {
        cosines.clear();
        cosines.resize(i, 0.0);
        algebra::blend(Rows { numbers: &columns, stride: vectors.len() }, vector, &mut cosines);
        for (j, cosine) in cosines.iter().enumerate().filter(|(_, cosine)| **cosine >= ALIKE_FROM) {
            alike.entry(common[i].1).or_default().push((common[j].1, cosine * cosine));
            alike.entry(common[j].1).or_default().push((common[i].1, cosine * cosine));
        }
    }
    alike
}

/// Issues that a word speaks for: those that say it, by how often, and those that say something alike.
fn speaks_for(
    own: &[(u32, f32)],
    alike: Option<&Vec<(u32, f32)>>,
    holders: &[Vec<(u32, f32)>],
    idf: f32,
) -> Vec<(u32, f32)> {
    let mut issues: Map<u32, f32> = Map::default();
    for (word, square) in alike.into_iter().flatten() {
        for (issue, _) in &holders[*word as usize] {
            let best = issues.entry(*issue).or_default();
            *best = square.max(*best);
        }
    }
    for (issue, count) in own {
        issues.insert(*issue, 1.0 + count);
    }
    let mut issues: Vec<(u32, f32)> = issues.into_iter().map(|(issue, weight)| (issue, weight * idf)).collect();
    issues.sort_by_key(|(issue, _)| *issue);
    issues
}
