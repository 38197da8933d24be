//! Kernel ridge regression from phrases to issues: one closed-form step, and leave-one-out answers for nothing.
//!
//! Exact while the phrases are few; above that on a part of them as landmarks (Nyström; Williams and Seeger 2001,
//! Rifkin 2003 for ridge regression as a classifier). Scores are near 1 at an issue's own phrases and fall to 0 far
//! from all of them, so that even one issue alone can say "not mine".

use super::algebra;
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
/// Added to the diagonal as a share of the trace: phrases that are all but equal make the matrix singular in single
/// precision, whose steps are 1.2e-7.
const ROUNDING: f32 = 2e-7;
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

    fn fit_exactly(&mut self, readings: &[Reading], phrases: &[Phrase], kept: &[usize]) -> LeftOut {
        let n = kept.len();
        let mut matrix = Vec::with_capacity(n * n);
        for (i, k) in kept.iter().enumerate() {
            matrix.extend(self.kernel.row(&readings[*k]).likeness);
            matrix[i * n + i] += RIDGE;
            self.weights[i * self.issues + phrases[*k].issue as usize] = 1.0;
        }
        algebra::cholesky(&mut matrix, n, RIDGE / 2.0);
        algebra::solve(&matrix, n, &mut self.weights, self.issues);
        let mut tally = Tally::default();
        for i in asked(kept.iter().map(|k| &phrases[*k])) {
            let own = phrases[kept[i]].issue as usize;
            let share = 1.0 / algebra::inverse_at(&matrix, n, i);
            let row = &self.weights[i * self.issues..(i + 1) * self.issues];
            tally.add(row.iter().enumerate().map(|(c, w)| f32::from(u8::from(c == own)) - w * share), own);
        }
        tally.close()
    }

    fn fit_on_landmarks(&mut self, readings: &[Reading], phrases: &[Phrase], kept: &[usize]) -> LeftOut {
        let m = kept.len();
        let mut matrix = vec![0.0f32; m * m];
        for (i, k) in kept.iter().enumerate() {
            let row = self.kernel.row(&readings[*k]).likeness;
            algebra::add_scaled(&mut matrix[i * m..(i + 1) * m], RIDGE, &row);
        }
        let together = 4;
        for group in (0..phrases.len()).collect::<Vec<_>>().chunks(together) {
            let rows: Vec<Vec<f32>> = group.iter().map(|p| self.kernel.row(&readings[*p]).likeness).collect();
            algebra::add_outer(&mut matrix, m, &rows);
            for (p, row) in group.iter().zip(&rows) {
                let issue = phrases[*p].issue as usize;
                row.iter().enumerate().for_each(|(i, like)| self.weights[i * self.issues + issue] += like);
            }
        }
        let trace: f32 = (0..m).map(|i| matrix[i * m + i]).sum();
        (0..m).for_each(|i| matrix[i * m + i] += trace * ROUNDING);
        algebra::cholesky(&mut matrix, m, trace * ROUNDING);
        algebra::solve(&matrix, m, &mut self.weights, self.issues);
        let mut tally = Tally::default();
        for p in asked(phrases.iter()) {
            let own = phrases[p].issue as usize;
            let scores = self.scores(&readings[p]);
            let reach = algebra::length_after(&matrix, m, scores.row.likeness).min(0.95);
            let left = scores
                .by_issue
                .iter()
                .enumerate()
                .map(|(c, s)| (s - if c == own { reach } else { 0.0 }) / (1.0 - reach));
            tally.add(left, own);
        }
        tally.close()
    }

    /// Scores of all issues for one text.
    pub fn scores(&self, reading: &Reading) -> Scores {
        let row = self.kernel.row(reading);
        let mut by_issue = vec![0.0; self.issues];
        if self.issues > 0 {
            for (like, weights) in row.likeness.iter().zip(self.weights.chunks_exact(self.issues)) {
                algebra::add_scaled(&mut by_issue, *like, weights);
            }
        }
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
