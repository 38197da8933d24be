//! Kernel ridge regression from phrases to issues: one closed-form step, and leave-one-out answers for nothing.
//!
//! Exact while the phrases are few; above that on a part of them as landmarks (Nyström; Williams and Seeger 2001,
//! Rifkin 2003 for ridge regression as a classifier). Scores are near 1 at an issue's own phrases and fall to 0 far
//! from all of them, so that even one issue alone can say "not mine".

use super::algebra::{self, Rows};
use super::kernel::{Kernel, Row};
use super::reading::Reading;

/// Weight of the penalty. 0.1 to 0.3 are alike on the train halves of four data sets, 1 is a point worse.
const RIDGE: f32 = 0.2;
/// Most phrases that are solved exactly: 1,800 take a third of a second and 13 MB while they are.
const MOST_EXACT: usize = 1_800;
/// Phrases × landmarks² that one build may cost: some two seconds of one core.
const MOST_WORK: usize = 20_000_000_000;
const FEWEST_LANDMARKS: usize = 400;
/// Largest table of weights, landmarks × issues: 32 MB. Fewer landmarks are taken where there are more issues.
const MOST_WEIGHTS: usize = 8_000_000;
/// Added to the diagonal for phrases that are all but equal, which would make the landmarks' matrix singular.
const ROUNDING: f32 = 0.005;
/// Phrases that are taken through the landmarks at once: their rows stay in the cache.
const TOGETHER: usize = 256;
/// Phrases asked in turn as if the library did not have them. 300 give the share of right answers within 3 points.
const LEFT_OUT: usize = 300;

/// One phrase and the issue it is said in.
pub(super) struct Phrase {
    pub issue: u32,
    /// A title says what an issue is called, not how customers put it; it is not asked when calibrating.
    pub title: bool,
}

pub(super) struct Trained {
    kernel: Kernel,
    /// Issue of each landmark.
    issue_of: Vec<u32>,
    /// Landmarks × issues.
    weights: Vec<f32>,
    issues: usize,
}

/// What phrases score when they are left out of the library, as customers' words will be.
#[derive(Clone, Copy, Default)]
pub(super) struct LeftOut {
    pub asked: usize,
    /// Share, 0 to 1, that found their issue first.
    pub right: f32,
    /// Mean of the best score.
    pub best: f32,
}

/// One text's scores.
pub(super) struct Scores {
    pub by_issue: Vec<f32>,
    row: Row,
}

impl Trained {
    pub fn fit(readings: &[Reading], phrases: &[Phrase], issues: usize) -> (Trained, LeftOut) {
        let kept = landmarks(phrases, issues);
        let kernel = Kernel::new(readings, &kept);
        let issue_of = kept.iter().map(|k| phrases[*k].issue).collect();
        let mut trained = Trained { kernel, issue_of, weights: vec![0.0; kept.len() * issues], issues };
        let left_out = if kept.is_empty() {
            LeftOut::default()
        } else if kept.len() == phrases.len() {
            trained.fit_exactly(readings, phrases, &kept)
        } else {
            trained.fit_on_landmarks(readings, phrases, &kept)
        };
        (trained, left_out)
    }

    /// Ridge regression on all phrases: (K + λ I) A = Y.
    fn fit_exactly(&mut self, readings: &[Reading], phrases: &[Phrase], kept: &[usize]) -> LeftOut {
        let n = kept.len();
        let mut matrix = Vec::with_capacity(n * n);
        for (i, k) in kept.iter().enumerate() {
            matrix.extend(self.kernel.row(&readings[*k]).likeness);
            matrix[i * n + i] += RIDGE;
            self.weights[i * self.issues + phrases[*k].issue as usize] = 1.0;
        }
        algebra::cholesky(&mut matrix, n, RIDGE / 2.0);
        algebra::solve_down(&matrix, n, &mut self.weights, self.issues);
        algebra::solve_up(&matrix, n, &mut self.weights, self.issues);
        let asked = asked(kept.iter().map(|k| &phrases[*k]));
        let reached = inverse_diagonal(&matrix, n, &asked);
        let mut tally = Tally::default();
        for (i, reach) in asked.into_iter().zip(reached) {
            let own = phrases[kept[i]].issue as usize;
            let row = &self.weights[i * self.issues..(i + 1) * self.issues];
            tally.add(row.iter().enumerate().map(|(c, w)| f32::from(u8::from(c == own)) - w / reach), own);
        }
        tally.close()
    }

    /// The same on landmarks: with L Lᵀ = K of the landmarks, each phrase becomes φ = L⁻¹ k, of which the regression
    /// is linear: (Φᵀ Φ + λ I) W = Φᵀ Y, A = L⁻ᵀ W. Going through L keeps single precision good enough.
    fn fit_on_landmarks(&mut self, readings: &[Reading], phrases: &[Phrase], kept: &[usize]) -> LeftOut {
        let m = kept.len();
        let mut whitener = Vec::with_capacity(m * m);
        for (i, k) in kept.iter().enumerate() {
            whitener.extend(self.kernel.row(&readings[*k]).likeness);
            whitener[i * m + i] += ROUNDING;
        }
        algebra::cholesky(&mut whitener, m, ROUNDING);
        let mut matrix = vec![0.0f32; m * m];
        (0..m).for_each(|i| matrix[i * m + i] = RIDGE);
        let all: Vec<usize> = (0..phrases.len()).collect();
        let whitened = |group: &[usize], kernel: &Kernel| {
            let rows: Vec<f32> = group.iter().flat_map(|p| kernel.row(&readings[*p]).likeness).collect();
            let mut columns = algebra::transposed(&rows, m);
            algebra::solve_down(&whitener, m, &mut columns, group.len());
            columns
        };
        for group in all.chunks(TOGETHER) {
            let columns = whitened(group, &self.kernel);
            let rows = algebra::transposed(&columns, group.len());
            algebra::add_products(&rows, &columns, m, &mut matrix);
            for (p, row) in group.iter().zip(rows.chunks_exact(m)) {
                let issue = phrases[*p].issue as usize;
                row.iter().enumerate().for_each(|(i, x)| self.weights[i * self.issues + issue] += x);
            }
        }
        algebra::cholesky(&mut matrix, m, RIDGE / 2.0);
        algebra::solve_down(&matrix, m, &mut self.weights, self.issues);
        algebra::solve_up(&matrix, m, &mut self.weights, self.issues);
        algebra::solve_up(&whitener, m, &mut self.weights, self.issues);
        let asked = asked(phrases.iter());
        let mut columns = whitened(&asked, &self.kernel);
        algebra::solve_down(&matrix, m, &mut columns, asked.len());
        let mut tally = Tally::default();
        for (p, reach) in asked.iter().zip(squares(&columns, asked.len())) {
            let own = phrases[*p].issue as usize;
            let reach = reach.min(0.95);
            let scores = self.scores(&readings[*p]).by_issue;
            let left = scores.iter().enumerate();
            tally.add(left.map(|(c, s)| (s - if c == own { reach } else { 0.0 }) / (1.0 - reach)), own);
        }
        tally.close()
    }

    /// Scores of all issues for one text.
    pub fn scores(&self, reading: &Reading) -> Scores {
        let row = self.kernel.row(reading);
        let mut by_issue = vec![0.0; self.issues];
        let weights = Rows { numbers: &self.weights, stride: self.issues };
        algebra::blend(weights, &row.likeness, &mut by_issue);
        Scores { by_issue, row }
    }

    /// Largest cosine of the text with a phrase of `issue`.
    pub fn nearest(&self, scores: &Scores, issue: usize) -> f32 {
        let own = self.issue_of.iter().zip(&scores.row.cosine).filter(|(i, _)| **i as usize == issue);
        own.map(|(_, cosine)| *cosine).fold(0.0, f32::max)
    }

    pub fn coverage(&self, reading: &Reading) -> f32 {
        self.kernel.coverage(reading)
    }
}

/// Which phrases are compared with: all, or as many as the limits allow, taken in turn from every issue.
fn landmarks(phrases: &[Phrase], issues: usize) -> Vec<usize> {
    let by_weights = MOST_WEIGHTS / issues.max(1);
    let most = if phrases.len() <= MOST_EXACT {
        MOST_EXACT
    } else {
        (MOST_WORK / phrases.len()).isqrt().clamp(FEWEST_LANDMARKS, MOST_EXACT)
    };
    let most = most.min(by_weights.max(1));
    if phrases.len() <= most {
        return (0..phrases.len()).collect();
    }
    let mut seen = vec![0u32; issues];
    let mut turn: Vec<(u32, usize)> = Vec::with_capacity(phrases.len());
    for (i, phrase) in phrases.iter().enumerate() {
        let count = &mut seen[phrase.issue as usize];
        turn.push((*count, i));
        *count += 1;
    }
    turn.sort_unstable();
    let mut kept: Vec<usize> = turn.into_iter().take(most).map(|(_, i)| i).collect();
    kept.sort_unstable();
    kept
}

/// Positions of the phrases to leave out: evenly spread over those that are not titles and not alone.
fn asked<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Vec<usize> {
    let said: Vec<usize> = phrases.enumerate().filter(|(_, p)| !p.title).map(|(i, _)| i).collect();
    let step = said.len().div_ceil(LEFT_OUT).max(1);
    said.into_iter().step_by(step).collect()
}

/// Entries (i, i) of the inverse of L Lᵀ for each i of `wanted`.
fn inverse_diagonal(lower: &[f32], n: usize, wanted: &[usize]) -> Vec<f32> {
    let mut columns = vec![0.0; n * wanted.len()];
    wanted.iter().enumerate().for_each(|(column, i)| columns[i * wanted.len() + column] = 1.0);
    algebra::solve_down(lower, n, &mut columns, wanted.len());
    squares(&columns, wanted.len())
}

/// Squared length of each column.
fn squares(columns: &[f32], width: usize) -> Vec<f32> {
    let mut sums = vec![0.0; width];
    for row in columns.chunks_exact(width.max(1)) {
        sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += x * x);
    }
    sums
}

#[derive(Default)]
struct Tally {
    asked: usize,
    right: usize,
    best: f32,
}

impl Tally {
    fn add(&mut self, scores: impl Iterator<Item = f32>, own: usize) {
        let mut best = (f32::NEG_INFINITY, 0);
        for (issue, score) in scores.enumerate() {
            if score > best.0 {
                best = (score, issue);
            }
        }
        self.asked += 1;
        self.right += usize::from(best.1 == own);
        self.best += best.0;
    }

    fn close(self) -> LeftOut {
        let n = self.asked.max(1) as f32;
        LeftOut { asked: self.asked, right: self.right as f32 / n, best: self.best / n }
    }
}
