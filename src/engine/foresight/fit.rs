//! Fits the ranking's weights to cases in which the next issue is known, by Newton's method with shrinkage.
//!
//! It sees numbers only; where the cases come from is `training`'s.

use super::evidence::{Evidence, PIECES, Support};
use super::ranking::{BLOCKS, Ranking, Weights, blocks, chances, of};
use super::solve::solve;

/// One case: the candidates' evidence, and which of them came.
pub(super) struct Case {
    /// Customers fall into two halves.
    pub half: bool,
    pub support: Support,
    pub evidence: Vec<Evidence>,
    pub came: usize,
    /// What the opinion that backs off says of the candidates.
    pub backed_off: Vec<f64>,
}

/// How hard weights are pulled towards popularity: as if so many cases spoke for it along each weight. On thirds of the
/// train files, 2 ranked histories of a known kind as well, and those of an unknown kind a little worse.
const PULL: f64 = 20.0;

/// Newton's steps at most; it takes a handful where the step by step gain counts.
const STEPS: usize = 20;

/// Halvings of a step that makes things worse.
const HALVINGS: usize = 8;

/// A step that gains less log-likelihood than this in all is the last.
const GAIN: f64 = 0.02;

/// The share of each of two opinions in their mean.
const HALF: f64 = 0.5;

const SIZE: usize = BLOCKS * PIECES;

/// The weights under which the cases are likeliest, shrunk, and the share of the second opinion. Without cases,
/// popularity.
pub(super) fn fit(cases: &[Case]) -> Ranking {
    let cases: Vec<&Case> = cases.iter().collect();
    Ranking { weights: weights(&cases), backed_off: share(&cases) }
}

fn weights(cases: &[&Case]) -> Weights {
    let start = Ranking::default().weights;
    let mut best = start;
    let mut likely = likelihood(&best, &start, cases);
    for _ in 0..STEPS {
        let Some(step) = newton(&best, &start, cases) else { break };
        let mut length = 1.0;
        let better = (0..HALVINGS).find_map(|_| {
            let mut next = best;
            next.iter_mut().zip(&step).for_each(|(weight, step)| *weight += length * step);
            let reached = likelihood(&next, &start, cases);
            length /= 2.0;
            (reached > likely).then_some((next, reached))
        });
        let Some((next, reached)) = better else { break };
        let gain = reached - likely;
        (best, likely) = (next, reached);
        if gain < GAIN {
            break;
        }
    }
    best
}

/// The share of the opinion that backs off: a half where past moments were ranked better with it, by more than the
/// standard error of that; else nothing. A plain mean is seldom beaten by fitted shares (Clemen 1989); on sixths of the
/// train files they ranked within 0.002 of it. Weights look better than they are where they were fitted, so each half of the customers is
/// ranked by weights from the other.
fn share(cases: &[&Case]) -> f64 {
    let (one, other): (Vec<&Case>, Vec<&Case>) = cases.iter().partition(|case| case.half);
    let gains: Vec<f64> = [(&one, &other), (&other, &one)]
        .into_iter()
        .flat_map(|(fitted, asked)| {
            let weights = weights(fitted);
            let ranked = move |backed_off: f64, case: &Case| reciprocal_rank(&Ranking { weights, backed_off }, case);
            asked.iter().map(move |case| ranked(HALF, case) - ranked(0.0, case))
        })
        .collect();
    let (sum, squares) = gains.iter().fold((0.0, 0.0), |(sum, squares), gain| (sum + gain, squares + gain * gain));
    if sum > f64::sqrt(squares) { HALF } else { 0.0 }
}

/// 1 / rank of the one that came.
fn reciprocal_rank(ranking: &Ranking, case: &Case) -> f64 {
    let chances = ranking.chances(case.support, &case.evidence, &case.backed_off);
    1.0 / (1 + chances.iter().filter(|chance| **chance > chances[case.came]).count()) as f64
}

/// The chance that the weights gave to the one that came.
fn chance(weights: &Weights, case: &Case) -> f64 {
    chances(&of(weights, case.support), &case.evidence)[case.came]
}

fn likelihood(weights: &Weights, start: &Weights, cases: &[&Case]) -> f64 {
    let pulled: f64 = weights.iter().zip(start).map(|(w, s)| (w - s) * (w - s)).sum();
    cases.iter().map(|case| chance(weights, case).max(1e-300).ln()).sum::<f64>() - PULL / 2.0 * pulled
}

/// Newton's step at `weights`.
fn newton(weights: &Weights, start: &Weights, cases: &[&Case]) -> Option<Vec<f64>> {
    let mut slope: Vec<f64> = weights.iter().zip(start).map(|(w, s)| PULL * (s - w)).collect();
    let mut bend = vec![0.0; SIZE * SIZE];
    (0..SIZE).for_each(|i| bend[i * SIZE + i] = PULL);
    for case in cases {
        let chances = chances(&of(weights, case.support), &case.evidence);
        let mut mean = [0.0; PIECES];
        let mut square = [[0.0; PIECES]; PIECES];
        for (evidence, chance) in case.evidence.iter().zip(&chances) {
            for i in 0..PIECES {
                let part = chance * f64::from(evidence[i]);
                mean[i] += part;
                for j in 0..=i {
                    square[i][j] += part * f64::from(evidence[j]);
                }
            }
        }
        let came = &case.evidence[case.came];
        for block in blocks(case.support) {
            for i in 0..PIECES {
                slope[block * PIECES + i] += f64::from(came[i]) - mean[i];
            }
            for other in blocks(case.support) {
                for i in 0..PIECES {
                    for j in 0..PIECES {
                        let square = if j <= i { square[i][j] } else { square[j][i] };
                        bend[(block * PIECES + i) * SIZE + other * PIECES + j] += square - mean[i] * mean[j];
                    }
                }
            }
        }
    }
    solve(bend, slope)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Past moments with four candidates, of which the logit knows nothing; the other opinion is sure of `sure`.
    fn cases(sure: impl Fn(usize) -> usize) -> Vec<Case> {
        let case = |nth: usize| {
            let mut backed_off = vec![0.1; 4];
            backed_off[sure(nth)] = 0.7;
            let support = Support { set: 2, unseen: false, known: 1.0 };
            Case { half: nth.is_multiple_of(2), support, evidence: vec![[0.0; PIECES]; 4], came: nth % 3, backed_off }
        };
        (0..60).map(case).collect()
    }

    #[test]
    fn the_second_opinion_is_heard_where_it_ranked_better_and_nowhere_else() {
        // Where the logit finds all alike, what came is first: being sure of something else can only lower it.
        assert_eq!(fit(&cases(|_| 3)).backed_off, 0.0);
        assert_eq!(fit(&[]).backed_off, 0.0);
        let mut right = cases(|nth| nth % 3);
        for case in &mut right {
            case.evidence[3][0] = 1.0;
        }
        assert_eq!(fit(&right).backed_off, HALF);
    }
}
