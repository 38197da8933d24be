//! Which directions of the vectors tell this library's issues apart, learned from its own phrases.
//!
//! A table of word vectors is made for every trade. Where a library speaks of cards throughout, what is card-like in a
//! text says nothing; what turns one of its issues into another does. That is told by the slope of the scores: with
//! phrases X less their mean, and the weights A that ridge regression gives them, B = Xᵀ A holds for each issue the
//! direction in which its score rises. Angles are then measured by (1 − s) I + s B Bᵀ, scaled to the same size on average.
//! Source: the gradient outer product (Radhakrishnan, Beaglehole, Pandit and Belkin 2024), taken at the one point in the
//! middle, where it costs next to nothing: at every phrase it brings the same.

use super::algebra::{self, Rows};

/// Added to the metric's diagonal, so that rounding never makes it singular. Any value far below 1 does.
const FLOOR: f32 = 1e-3;

/// Wider vectors are left as the table gives them: turning takes width² steps a text, with 512 some 50 microseconds.
const WIDEST: usize = 512;

/// A linear map that makes the cosine of two vectors the one under the metric.
pub(super) struct Directions {
    /// Width × width: the metric's lower triangle L with L Lᵀ = metric.
    factor: Vec<f32>,
    width: usize,
}

impl Directions {
    /// From the vectors of phrases and their weights, phrases × issues. `share` is that of the slopes in the metric;
    /// nothing where there is none, no slope, or too wide a table.
    pub fn learn(vectors: &[&[f32]], weights: &[f32], issues: usize, share: f32) -> Option<Self> {
        let width = vectors.first()?.len();
        if share <= 0.0 || width > WIDEST {
            return None;
        }
        let n = vectors.len();
        let middle: Vec<f32> = (0..width).map(|j| vectors.iter().map(|v| v[j]).sum::<f32>() / n as f32).collect();
        let centred = vectors.iter().flat_map(|v| v.iter().zip(&middle).map(|(x, middle)| x - middle));
        let columns = algebra::transposed(&centred.collect::<Vec<f32>>(), width);
        let mut slopes = vec![0.0; width * issues];
        let weights = Rows { numbers: weights, stride: issues };
        algebra::blend_many(weights, Rows { numbers: &columns, stride: n }, n, &mut slopes, issues, issues);
        let size = slopes.iter().map(|x| x * x).sum::<f32>() / width as f32;
        if !size.is_finite() || size < 1e-9 {
            return None;
        }
        let shares: Vec<f32> = slopes.iter().map(|x| x * share / size).collect();
        let across = Rows { numbers: &algebra::transposed(&slopes, issues), stride: width };
        let mut factor = vec![0.0; width * width];
        algebra::blend_many(across, Rows { numbers: &shares, stride: issues }, issues, &mut factor, width, width);
        (0..width).for_each(|i| factor[i * width + i] += 1.0 - share + FLOOR);
        algebra::cholesky(&mut factor, width, FLOOR);
        (0..width).for_each(|i| factor[i * width + i + 1..(i + 1) * width].fill(0.0));
        Some(Self { factor, width })
    }

    /// The vector under the metric, at length 1; zeros stay zeros.
    pub fn turned(&self, vector: &[f32]) -> Vec<f32> {
        let mut turned = vec![0.0; self.width];
        algebra::blend(Rows { numbers: &self.factor, stride: self.width }, vector, &mut turned);
        let length = turned.iter().map(|x| x * x).sum::<f32>().sqrt();
        if length > 1e-9 {
            turned.iter_mut().for_each(|x| *x /= length);
        }
        turned
    }
}
