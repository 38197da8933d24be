//! Fits the ranking's weights to cases in which the next issue is known, by Newton's method with shrinkage.
//!
//! It sees numbers only; where the cases come from is `training`'s.

use super::evidence::{Evidence, PIECES, Support};
use super::ranking::{BLOCKS, Ranking, blocks, chances};
use super::solve::solve;

/// One case: the candidates' evidence, and which of them came.
pub(super) struct Case {
    pub support: Support,
    pub evidence: Vec<Evidence>,
    pub came: usize,
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

const SIZE: usize = BLOCKS * PIECES;

/// The weights under which the cases are likeliest, shrunk. Without cases, popularity.
pub(super) fn fit(cases: &[Case]) -> Ranking {
    let start = Ranking::default();
    let mut best = start.clone();
    let mut likely = likelihood(&best, &start, cases);
    for _ in 0..STEPS {
        let Some(step) = newton(&best, &start, cases) else { break };
        let mut length = 1.0;
        let better = (0..HALVINGS).find_map(|_| {
            let mut next = best.clone();
            next.0.iter_mut().zip(&step).for_each(|(weight, step)| *weight += length * step);
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

fn likelihood(ranking: &Ranking, start: &Ranking, cases: &[Case]) -> f64 {
    let of_case = |case: &Case| chances(&ranking.of(case.support), &case.evidence)[case.came].max(1e-300).ln();
    let pulled: f64 = ranking.0.iter().zip(&start.0).map(|(w, s)| (w - s) * (w - s)).sum();
    cases.iter().map(of_case).sum::<f64>() - PULL / 2.0 * pulled
}

/// Newton's step at `ranking`.
fn newton(ranking: &Ranking, start: &Ranking, cases: &[Case]) -> Option<Vec<f64>> {
    let mut slope: Vec<f64> = ranking.0.iter().zip(&start.0).map(|(w, s)| PULL * (s - w)).collect();
    let mut bend = vec![0.0; SIZE * SIZE];
    (0..SIZE).for_each(|i| bend[i * SIZE + i] = PULL);
    for case in cases {
        let chances = chances(&ranking.of(case.support), &case.evidence);
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
