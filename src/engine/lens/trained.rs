//! Kernel ridge regression from phrases to issues: closed steps without iteration, and leave-one-out answers for
//! little more (Rifkin 2003). Scores are near 1 at an issue's own phrases and fall to 0 far from all of them, so that even
//! one issue alone can say "not mine".
//!
//! Few phrases are solved at once. More are dealt out to blocks, each with some phrases of every issue, and each block
//! is solved for what the blocks before it leave over: one pass of block Gauss-Seidel, which on the train halves of
//! BANKING77, CLINC150 and HWU64 is as right as solving all at once (0.913 to 0.912) at a tenth of its cost.

use super::algebra::{self, Rows};
use super::confusions::Confusions;
use super::directions::Directions;
use super::kernel::{Kernel, Row};
use super::left_out::{self, Cases, LEAST_ASKED, LeftOut};
use super::phrase::Phrase;
use super::reading::Reading;
use super::second::Second;
use super::table::Table;

/// Weight of the penalty. 0.1 to 0.3 are alike on the train halves of four data sets, 1 is a point worse.
const RIDGE: f32 = 0.2;
/// Most phrases that are solved at once: a tenth of a second and 13 MB while they are.
const MOST_AT_ONCE: usize = 1_800;
/// Largest table of weights, phrases × issues: 64 MB, and a millisecond a text. Where there would be more, an issue
/// scores as its nearest phrase does.
const MOST_WEIGHTS: usize = 16_000_000;
/// Share of the cosine with an issue's mean direction. Regression looks for what tells issues apart; the mean, for what
/// an issue's phrases have in common, brings 0.3 points at the first place and 0.4 in the first three (train halves of
/// four data sets, 0.2 to 0.5 alike).
const MEAN_SHARE: f32 = 0.3;
/// How far vectors are turned to the directions in which issues differ, where there are many issues and few phrases:
/// 0.3 to 0.7 are within 0.4 points on the train halves of BANKING77, CLINC150 and HWU64 with 1, 3 and 10 phrases an
/// issue; of those the share that also keeps the ranking cases.
const MOST_TURNED: f32 = 0.4;
/// Half as far with so many issues, and little with a dozen: few have few directions, and all else would be lost. In
/// libraries of 6, 12 and 24 of their issues 0, 0.15 and 0.3 were best.
const TURNED_HALF_ISSUES: f32 = 40.0;
/// Half as far with so many phrases an issue, which tell by themselves: with 50, between 0.1 and 0.3 were best.
const TURNED_HALF_PHRASES: f32 = 30.0;
/// Added to the standard deviation of cosines, so that a text that is near nothing stands out nowhere. They are 0.1
/// to 0.2 for customers' words.
const LEAST_SPREAD: f32 = 0.02;
/// Texts that are compared with all phrases together.
const TOGETHER: usize = 128;

pub(super) struct Trained {
    kernel: Kernel,
    /// Issue of each phrase.
    issue_of: Vec<u32>,
    /// Phrases × issues; none where issues score as their nearest phrase does.
    weights: Vec<f32>,
    /// Mean direction of each issue's phrases, transposed.
    means: Vec<f32>,
    confusions: Confusions,
    second: Second,
    issues: usize,
}

/// One text's scores.
pub(super) struct Scores {
    /// What ranks: the regression's and a share of the cosine with the mean direction, corrected by each other.
    pub by_issue: Vec<f32>,
    /// The regression's alone, near 1 where an issue's phrases are met.
    pub fitted: Vec<f32>,
    /// Cosine with each issue's mean direction, times its share; none where the library has no vectors.
    pub near: Vec<f32>,
    /// What ranks the issues after the first.
    pub later: Vec<f32>,
    row: Row,
}

impl Trained {
    pub fn fit(readings: Vec<Reading>, phrases: Vec<Phrase>, issues: usize, table: &Table) -> (Trained, LeftOut) {
        let (mut readings, mut phrases, blocks) = dealt(readings, phrases, issues);
        left_out::mark_shared(&readings, &mut phrases);
        let kernel = Kernel::new(&readings);
        let issue_of: Vec<u32> = phrases.iter().map(|p| p.issue).collect();
        let second = Second::new(&readings, &phrases, issues, table);
        let confusions = Confusions::none();
        let mut trained =
            Trained { means: Vec::new(), kernel, issue_of, weights: Vec::new(), confusions, second, issues };
        let most = (Confusions::cases_wanted(issues) / blocks.len()).max(1);
        let mut turned = None;
        let solved = !phrases.is_empty() && phrases.len() * issues <= MOST_WEIGHTS;
        if solved {
            trained.weights = vec![0.0; phrases.len() * issues];
            turned = trained.turn(&mut readings, &phrases, blocks[0], most);
        }
        trained.means = means(&readings, &trained.issue_of, issues);
        if !solved {
            return (trained, LeftOut::default());
        }
        // Directions are learned from the very phrases of the first block: once it is turned, too many of them are right
        // when left out. So it is by their scores before that they tell how hard the library is, and what issues' scores
        // say about each other; how high scores are is asked after.
        let (share, mut cases) = turned.unwrap_or((0.0, Cases::none(issues)));
        let mut flattered = Cases::none(issues);
        let mut from = 0;
        for size in blocks.iter().copied().filter(|size| *size > 0) {
            let (most, cases) =
                if from == 0 && share > 0.0 { (LEAST_ASKED, &mut flattered) } else { (most, &mut cases) };
            trained.fit_block(&readings, &phrases, (from, from + size), most, cases);
            from += size;
        }
        trained.add_later(&readings, &blocks, &mut cases);
        let mut left_out = LeftOut { turned: share, ..cases.summary() };
        if share > 0.0 && blocks.len() == 1 {
            left_out.best = flattered.summary().best;
        }
        let mut titles_only = vec![true; issues];
        phrases.iter().filter(|p| !p.title).for_each(|p| titles_only[p.issue as usize] = false);
        trained.confusions = Confusions::learn(&cases, &trained.ranking(&readings, &cases), &titles_only);
        let pointing = trained.pointing();
        trained.second.learn_rivals(&pointing, issues);
        (trained, left_out)
    }

    /// Learns from the first `block` phrases in which directions issues differ, and turns all vectors to them. Tells
    /// how far, and what at most `most` of those phrases score when left out before.
    fn turn(
        &mut self,
        readings: &mut [Reading],
        phrases: &[Phrase],
        block: usize,
        most: usize,
    ) -> Option<(f32, Cases)> {
        let share = turn_share(phrases.iter().filter(|p| !p.title).count(), self.issues);
        if share <= 0.0 {
            return None;
        }
        let mut cases = Cases::none(self.issues);
        self.fit_block(readings, phrases, (0, block), most, &mut cases);
        let vectors: Vec<&[f32]> = readings[..block].iter().map(|r| r.vector.as_slice()).collect();
        let weights = &self.weights[..block * self.issues];
        let directions = Directions::learn(&vectors, weights, self.issues, share)?;
        self.kernel.turn(directions, readings);
        Some((share, cases))
    }

    /// Phrases `from` to `to`, given those before: (K + λ I) A = Y less what those before say. Adds what at most `most`
    /// of them score when left out, of those that are asked.
    fn fit_block(
        &mut self,
        readings: &[Reading],
        phrases: &[Phrase],
        (from, to): (usize, usize),
        most: usize,
        cases: &mut Cases,
    ) {
        let n = to - from;
        let mut matrix = Vec::with_capacity(n * n);
        let mut right = vec![0.0; n * self.issues];
        for (group, right) in readings[from..to].chunks(TOGETHER).zip(right.chunks_mut(TOGETHER * self.issues)) {
            let rows = self.kernel.rows(&group.iter().collect::<Vec<_>>(), 0, to);
            rows.chunks_exact(to).for_each(|row| matrix.extend_from_slice(&row[from..]));
            self.subtract_before(&rows, from, to, right);
        }
        for (i, phrase) in phrases[from..to].iter().enumerate() {
            matrix[i * n + i] += RIDGE;
            right[i * self.issues + phrase.issue as usize] += 1.0;
        }
        algebra::cholesky(&mut matrix, n, RIDGE / 2.0);
        algebra::solve_down(&matrix, n, 0, &mut right, self.issues);
        algebra::solve_up(&matrix, n, &mut right, self.issues);
        let said = if most == 0 { Vec::new() } else { (0..n).filter(|i| phrases[from + i].asked()).collect() };
        let asked = left_out::spread(said, most);
        let reached = left_out::inverse_diagonal(&matrix, n, &asked);
        for (i, reach) in asked.into_iter().zip(reached) {
            let weights = &right[i * self.issues..(i + 1) * self.issues];
            cases.add(from + i, phrases[from + i].issue as usize, weights, reach);
        }
        self.weights[from * self.issues..to * self.issues].copy_from_slice(&right);
    }

    /// Adds to the scores of phrases that were left out of their block what the blocks after it say.
    fn add_later(&self, readings: &[Reading], blocks: &[usize], cases: &mut Cases) {
        let (all, issues) = (readings.len(), self.issues);
        let (mut at, mut end) = (0, 0);
        for size in blocks {
            end += size;
            let own = cases.phrases[at..].partition_point(|phrase| *phrase < end);
            let phrases = cases.phrases[at..at + own].chunks(TOGETHER);
            let scores = cases.scores[at * issues..(at + own) * issues].chunks_mut(TOGETHER * issues);
            for (phrases, scores) in phrases.zip(scores).filter(|_| end < all) {
                let texts: Vec<&Reading> = phrases.iter().map(|phrase| &readings[*phrase]).collect();
                let after = all - end;
                let rows = self.kernel.rows(&texts, end, all);
                let weights = Rows { numbers: &self.weights[end * issues..], stride: issues };
                let shares = Rows { numbers: &rows, stride: after };
                algebra::blend_many(weights, shares, after, scores, issues, issues);
            }
            at += own;
        }
    }

    /// What phrases that were left out would be ranked by: their scores, and a share of the cosine with mean directions
    /// that they have no part in.
    fn ranking(&self, readings: &[Reading], cases: &Cases) -> Vec<f32> {
        let sums = sums(readings, &self.issue_of, self.issues);
        let width = sums.len() / self.issues.max(1);
        let mut ranking = cases.scores.clone();
        let rows = ranking.chunks_exact_mut(self.issues).zip(&cases.phrases).zip(&cases.own);
        for ((row, phrase), own) in rows {
            let vector = &readings[*phrase].vector;
            let others = sums[own * width..(own + 1) * width].iter().zip(vector).map(|(sum, x)| sum - x);
            let (mut dot, mut square) = (0.0, 0.0);
            for (other, x) in others.zip(vector) {
                dot += other * x;
                square += other * other;
            }
            let score = row[*own] + MEAN_SHARE * dot / square.sqrt().max(1e-9);
            self.add_means(vector, row);
            row[*own] = score;
        }
        ranking
    }

    /// Adds the share of the cosine with each issue's mean direction.
    fn add_means(&self, vector: &[f32], scores: &mut [f32]) {
        // Without a single phrase there is no direction to be near.
        if !self.means.is_empty() {
            let shares: Vec<f32> = vector.iter().map(|x| MEAN_SHARE * x).collect();
            algebra::blend(Rows { numbers: &self.means, stride: self.issues }, &shares, scores);
        }
    }

    /// Of each phrase its issue and the one that it would score highest in otherwise, were it left out: the one that
    /// takes most to hold down.
    fn pointing(&self) -> Vec<(u32, u32)> {
        let rows = self.issue_of.iter().zip(self.weights.chunks_exact(self.issues.max(1)));
        let rivals = rows.filter_map(|(own, row)| {
            let others = row.iter().enumerate().filter(|(issue, _)| *issue != *own as usize);
            others.min_by(|a, b| a.1.total_cmp(b.1)).map(|(rival, _)| (*own, rival as u32))
        });
        rivals.collect()
    }

    /// Takes off what the phrases before `from` say of texts whose likeness to the first `to` phrases is `rows`.
    fn subtract_before(&self, rows: &[f32], from: usize, to: usize, right: &mut [f32]) {
        for first in (0..from).step_by(TOGETHER) {
            let last = (first + TOGETHER).min(from);
            let weights = Rows { numbers: &self.weights[first * self.issues..], stride: self.issues };
            let shares = Rows { numbers: &rows[first..], stride: to };
            algebra::blend_many(weights, shares, last - first, right, self.issues, self.issues);
        }
        right.iter_mut().for_each(|x| *x = -*x);
    }

    /// Scores of all issues for one text.
    pub fn scores(&self, reading: &Reading) -> Scores {
        let row = self.kernel.row(reading);
        let mut fitted = vec![0.0; self.issues];
        if self.weights.is_empty() {
            for (issue, like) in self.issue_of.iter().zip(&row.likeness) {
                let best = &mut fitted[*issue as usize];
                *best = like.max(*best);
            }
        } else {
            algebra::blend(Rows { numbers: &self.weights, stride: self.issues }, &row.likeness, &mut fitted);
        }
        let mut near = vec![0.0; self.issues];
        self.add_means(&row.vector, &mut near);
        let mut by_issue: Vec<f32> = fitted.iter().zip(&near).map(|(fitted, near)| fitted + near).collect();
        self.confusions.correct(&fitted, &mut by_issue);
        let mut later = by_issue.clone();
        self.second.add_words(&reading.words, &mut later);
        Scores { by_issue, fitted, near, later, row }
    }

    /// Issues that customers may mean whose words point at `issue`, and what that adds to their score.
    pub fn rivals(&self, issue: usize) -> &[(u32, f32)] {
        self.second.rivals(issue)
    }

    /// How far an issue's mean direction stands out from all issues', in standard deviations of them.
    pub fn stands_out(&self, scores: &Scores, issue: usize) -> f32 {
        let (near, equal) = match scores.row.has_vector {
            true => (&scores.near, MEAN_SHARE),
            false => (&scores.fitted, Kernel::MOST_WITHOUT_VECTOR),
        };
        let near: Vec<f32> = near.iter().map(|near| near / equal).collect();
        let n = near.len().max(1) as f32;
        let average = near.iter().sum::<f32>() / n;
        let spread = (near.iter().map(|x| (x - average) * (x - average)).sum::<f32>() / n).sqrt();
        ((near.get(issue).copied().unwrap_or(average) - average) / (spread + LEAST_SPREAD)).max(0.0)
    }

    /// Largest cosine of the text with a phrase of `issue`; where the table knows none of the text's words, the largest
    /// likeness as a share of what an equal phrase would have.
    pub fn nearest(&self, scores: &Scores, issue: usize) -> f32 {
        let row = &scores.row;
        let equal = if row.has_vector { 1.0 } else { Kernel::MOST_WITHOUT_VECTOR };
        let near = if row.has_vector { &row.cosine } else { &row.likeness };
        let own = self.issue_of.iter().zip(near).filter(|(i, _)| **i as usize == issue);
        own.map(|(_, near)| near / equal).fold(0.0, f32::max)
    }
}

/// How far vectors are turned in a library of so many phrases, titles apart. Titles alone tell no directions: with them
/// two points are lost.
fn turn_share(said: usize, issues: usize) -> f32 {
    let issues = issues.max(1) as f32;
    let each = said as f32 / issues;
    let crowd = issues * issues / (issues * issues + TURNED_HALF_ISSUES * TURNED_HALF_ISSUES);
    MOST_TURNED * crowd * each.min(1.0) * TURNED_HALF_PHRASES / (TURNED_HALF_PHRASES + each)
}

/// Deals phrases out to blocks of about equal size, every issue's in turn, and tells the sizes.
fn dealt(readings: Vec<Reading>, phrases: Vec<Phrase>, issues: usize) -> (Vec<Reading>, Vec<Phrase>, Vec<usize>) {
    let blocks = phrases.len().div_ceil(MOST_AT_ONCE).max(1);
    let mut sizes = vec![0; blocks];
    let mut turns = vec![0; issues];
    let mut all: Vec<(usize, Reading, Phrase)> = Vec::with_capacity(phrases.len());
    for (reading, phrase) in readings.into_iter().zip(phrases) {
        let turn = &mut turns[phrase.issue as usize];
        let block = (*turn + phrase.issue as usize) % blocks;
        *turn += 1;
        sizes[block] += 1;
        all.push((block, reading, phrase));
    }
    all.sort_by_key(|(block, ..)| *block);
    let (readings, phrases) = all.into_iter().map(|(_, reading, phrase)| (reading, phrase)).unzip();
    (readings, phrases, sizes)
}

/// By issue the sum of its phrases' vectors.
fn sums(readings: &[Reading], issue_of: &[u32], issues: usize) -> Vec<f32> {
    let width = readings.first().map_or(0, |r| r.vector.len());
    let mut sums = vec![0.0f32; issues * width];
    for (reading, issue) in readings.iter().zip(issue_of) {
        let sum = &mut sums[*issue as usize * width..(*issue as usize + 1) * width];
        sum.iter_mut().zip(&reading.vector).for_each(|(sum, x)| *sum += x);
    }
    sums
}

/// Mean direction of each issue's phrases, transposed.
fn means(readings: &[Reading], issue_of: &[u32], issues: usize) -> Vec<f32> {
    let mut sums = sums(readings, issue_of, issues);
    let width = sums.len() / issues.max(1);
    for sum in sums.chunks_exact_mut(width.max(1)) {
        let length = sum.iter().map(|x| x * x).sum::<f32>().sqrt().max(1e-9);
        sum.iter_mut().for_each(|x| *x /= length);
    }
    algebra::transposed(&sums, width)
}
