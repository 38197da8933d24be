//! From scores to the chance of being right.
//!
//! A logistic regression (Platt 1999) on what the best score looks like against what the library's own phrases score
//! when they are left out. Its weights were fitted on the train halves of four data sets with 0, 1, 3, 10 and 30
//! phrases an issue, a fifth of the issues and words of other trades as what belongs to none; each set was checked
//! with weights fitted on the other three.

use super::trained::LeftOut;

/// What is known of a text's best issue.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Best score.
    pub best: f32,
    /// Best score less the second.
    pub margin: f32,
    /// Largest cosine with a phrase of the best issue.
    pub nearest: f32,
    /// Share of the text's weight that lies in words of the library.
    pub coverage: f32,
    /// Share of the library's phrases that find their issue when left out, shrunk towards what is usual.
    pub usual_right: f32,
    /// Mean best score of the library's phrases when left out, shrunk likewise.
    pub usual_best: f32,
}

/// How a library answers its own phrases when they are left out.
#[derive(Clone, Copy)]
pub(super) struct Calibration {
    right: f32,
    best: f32,
}

/// What a library without enough phrases is taken for: the median of the four data sets with three phrases an issue.
const USUAL_RIGHT: f32 = 0.68;
const USUAL_BEST: f32 = 0.33;
/// The usual counts as so many phrases asked: with 20, chance alone moves a share by 0.1.
const USUAL_COUNTS: f32 = 20.0;
/// How fast confidence falls from the best issue to the next, per point of score: the softmax that fits best.
const FALL: f32 = 8.0;
/// Nothing read from words is surer than this: the best bin of any data set holds some labels that are wrong.
const SUREST: f32 = 0.98;

const WEIGHTS: [f32; 7] = [2.28, 0.64, 4.33, -2.13, 0.33, 0.25, 1.89];

impl Calibration {
    pub fn new(left_out: LeftOut) -> Self {
        let asked = left_out.asked as f32;
        let shrink = |own: f32, usual: f32| (own * asked + usual * USUAL_COUNTS) / (asked + USUAL_COUNTS);
        Self { right: shrink(left_out.right, USUAL_RIGHT), best: shrink(left_out.best, USUAL_BEST) }
    }

    /// Fills in what the library contributes.
    pub fn complete(self, evidence: Evidence) -> Evidence {
        Evidence { usual_right: self.right, usual_best: self.best, ..evidence }
    }
}

impl Evidence {
    /// The chance that the best issue is right, 0 to 1.
    pub fn chance(&self) -> f32 {
        if self.best <= 0.0 {
            return 0.0;
        }
        let right = self.usual_right.clamp(0.05, 0.98);
        let features = [
            1.0,
            self.best.clamp(0.02, 2.0).ln(),
            self.margin,
            self.nearest,
            self.coverage,
            (right / (1.0 - right)).ln(),
            (self.best / self.usual_best.max(0.05)).clamp(0.05, 3.0).ln(),
        ];
        let sum: f32 = features.iter().zip(WEIGHTS).map(|(f, w)| f * w).sum();
        (1.0 / (1.0 + (-sum).exp())).min(SUREST)
    }
}

/// Chance of an issue that scores `behind` less than the best, whose chance is `chance`: falls strictly, and two are
/// together right no more often than always.
pub(super) fn chance_behind(chance: f32, behind: f32) -> f32 {
    let room = ((1.0 - chance) / chance.max(1e-6)).min(1.0);
    chance * room * (-FALL * behind.max(0.0)).exp()
}
