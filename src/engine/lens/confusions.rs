//! What one issue's score says about another: "card declined" scores high, and so it does for half of those who mean
//! "balance too low".
//!
//! Stacked generalisation (Wolpert 1992): a second model is learned from the scores of phrases that were left out, as the
//! first one's mistakes look with words that it has not seen. It is a softmax regression from all issues' scores to the
//! right issue that begins at the scores as they rank and is pulled back to them, so that a library with few phrases
//! keeps its order.

use super::algebra::{self, Rows};
use super::left_out::{Cases, LEAST_ASKED};

/// Scores times this are the log odds that corrections are added to. All values here are from the train files of
/// BANKING77, CLINC150 and HWU64, three of five parts left out in turn, with 1 to all phrases an issue. 4 to 20 are within
/// half a point of each other; of those the one that also keeps the cases in `tests/cases`.
const SHARPNESS: f32 = 6.0;
/// How strongly corrections are pulled to none. 0.1 does as well with ten phrases an issue and takes half a point with
/// one; 1 brings half as much.
const PULL: f32 = 0.3;
/// Steps towards the best corrections. Ten bring two thirds, from twenty on it changes by 0.1 points.
const STEPS: usize = 30;
/// Share of its own score that an issue without phrases gains where others have many. With titles alone beside twenty
/// phrases each, 29 in 100 texts that mean such an issue are found, without it 20, and nothing of the others is lost.
const TITLE_GAIN: f32 = 1.5;
/// Half of that with so many phrases an issue on average, so that the first phrases of a library do not set back their own
/// issues. With titles alone beside one phrase each, titles gain six points and the others lose two.
const TITLE_HALF_AT: f32 = 1.0;
/// Issues that a phrase may be taken for, the highest first: all of them do as well.
const MOST_CONTENDERS: usize = 16;

/// Libraries with more issues are left as they rank: each step takes issues³ operations, and 34 for each issue and phrase.
const MOST_ISSUES: usize = 500;

pub(super) struct Confusions {
    /// Issues × issues: what a whole point of the first one's score adds to the second one's.
    gains: Vec<f32>,
    issues: usize,
}

impl Confusions {
    /// Corrects nothing.
    pub fn none() -> Self {
        Self { gains: Vec::new(), issues: 0 }
    }

    /// How many phrases of a library of so many issues are worth leaving out: each one that there is where corrections
    /// are learned.
    pub fn cases_wanted(issues: usize) -> usize {
        if issues > MOST_ISSUES { LEAST_ASKED } else { usize::MAX }
    }

    /// From what phrases score when left out, from what they would be ranked by then (phrases × issues), and from which
    /// issues have but a title.
    ///
    /// The second derivative of softmax regression is at most half that of least squares (Böhning 1992), so that one
    /// factor serves all steps; they look ahead as Nesterov's do (1983).
    pub fn learn(cases: &Cases, ranking: &[f32], titles_only: &[bool]) -> Self {
        let (n, many) = (cases.issues, cases.phrases.len());
        if many == 0 || !(2..=MOST_ISSUES).contains(&n) {
            return Self::none();
        }
        let (told, weights) = evened(&cases.own, n);
        let contenders: Vec<Vec<u32>> =
            ranking.chunks_exact(n).zip(&cases.own).map(|(row, own)| contenders(row, *own, &told)).collect();
        let bound = bound(cases, &weights);
        // Both transposed while they are learned: row c is what adds to the score of issue c.
        let (mut gains, mut ahead, mut pace) = (vec![0.0f32; n * n], vec![0.0f32; n * n], 1.0f32);
        for _ in 0..STEPS {
            let mut slope: Vec<f32> = ahead.iter().map(|gain| PULL * gain).collect();
            for (i, contenders) in contenders.iter().enumerate() {
                let span = i * n..(i + 1) * n;
                add_slope(&cases.scores[span.clone()], &ranking[span], contenders, weights[i], &ahead, &mut slope);
            }
            let mut slope = algebra::transposed(&slope, n);
            algebra::solve_down(&bound, n, 0, &mut slope, n);
            algebra::solve_up(&bound, n, &mut slope, n);
            let slope = algebra::transposed(&slope, n);
            let next: Vec<f32> = ahead.iter().zip(&slope).map(|(gain, slope)| gain - slope).collect();
            let faster = f32::midpoint(1.0, (1.0 + 4.0 * pace * pace).sqrt());
            let carry = (pace - 1.0) / faster;
            ahead = next.iter().zip(&gains).map(|(next, gain)| next + carry * (next - gain)).collect();
            (gains, pace) = (next, faster);
        }
        let each = many as f32 / n as f32;
        for i in (0..n).filter(|issue| titles_only[*issue]) {
            gains[i * n + i] = SHARPNESS * TITLE_GAIN * each / (each + TITLE_HALF_AT);
        }
        let mut gains = algebra::transposed(&gains, n);
        gains.iter_mut().for_each(|gain| *gain /= SHARPNESS);
        Self { gains, issues: n }
    }

    /// Adds to what issues are ranked by what all their scores say.
    pub fn correct(&self, scores: &[f32], ranking: &mut [f32]) {
        if !self.gains.is_empty() {
            algebra::blend(Rows { numbers: &self.gains, stride: self.issues }, scores, ranking);
        }
    }
}

/// Half the weighted least squares' second derivative, issues × issues, with the pull, as its factor.
fn bound(cases: &Cases, weights: &[f32]) -> Vec<f32> {
    let (n, many) = (cases.issues, weights.len());
    let mut columns = algebra::transposed(&cases.scores, n);
    columns.chunks_exact_mut(many).for_each(|column| column.iter_mut().zip(weights).for_each(|(x, w)| *x *= 0.5 * w));
    let mut bound = vec![0.0; n * n];
    let (rows, columns) = (Rows { numbers: &cases.scores, stride: n }, Rows { numbers: &columns, stride: many });
    algebra::blend_many(rows, columns, many, &mut bound, n, n);
    (0..n).for_each(|i| bound[i * n + i] += PULL);
    algebra::cholesky(&mut bound, n, PULL / 2.0);
    bound
}

/// Issues of which phrases tell, and the weight of each phrase, one on average: all issues count the same. How many
/// phrases an editor wrote tells little about how many customers mean an issue.
fn evened(own: &[usize], issues: usize) -> (Vec<bool>, Vec<f32>) {
    let mut counts = vec![0.0f32; issues];
    own.iter().for_each(|own| counts[*own] += 1.0);
    let told: Vec<bool> = counts.iter().map(|count| *count > 0.0).collect();
    let each = own.len() as f32 / told.iter().filter(|told| **told).count().max(1) as f32;
    (told, own.iter().map(|own| each / counts[*own]).collect())
}

/// The right issue, and those that are ranked highest beside it. An issue without phrases is none of them: nothing tells
/// when it would be right.
fn contenders(ranking: &[f32], own: usize, told: &[bool]) -> Vec<u32> {
    let others = (0..ranking.len()).filter(|issue| *issue != own && told[*issue]);
    let mut issues: Vec<u32> = others.map(|issue| issue as u32).collect();
    let most = MOST_CONTENDERS.min(issues.len());
    if most < issues.len() {
        let score = |issue: &u32| ranking[*issue as usize];
        issues.select_nth_unstable_by(most, |a, b| score(b).total_cmp(&score(a)).then(a.cmp(b)));
        issues.truncate(most);
    }
    issues.sort_unstable();
    let mut all = Vec::with_capacity(issues.len() + 1);
    all.push(own as u32);
    all.extend(issues);
    all
}

/// Adds one phrase's part of the slope: its scores by how much too likely each of its `contenders` is taken for, of which
/// the first is the right one.
fn add_slope(scores: &[f32], ranking: &[f32], contenders: &[u32], weight: f32, gains: &[f32], slope: &mut [f32]) {
    let n = scores.len();
    let row = |issue: u32| issue as usize * n..(issue as usize + 1) * n;
    let odds = |issue: &u32| SHARPNESS * ranking[*issue as usize] + algebra::dot(scores, &gains[row(*issue)]);
    let mut wrong: Vec<f32> = contenders.iter().map(odds).collect();
    algebra::become_chances(&mut wrong);
    wrong[0] -= 1.0;
    for (issue, wrong) in contenders.iter().zip(wrong) {
        algebra::blend(Rows { numbers: scores, stride: n }, &[weight * wrong], &mut slope[row(*issue)]);
    }
}
