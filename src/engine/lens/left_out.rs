//! Phrases asked as if the library did not have them: how customers' words, which it does not have either, will score.
//!
//! Ridge regression tells it without solving again (Rifkin 2003): y − a / (K + λ I)⁻¹ᵢᵢ. Where phrases are dealt to blocks
//! this holds for what the block and those before it say; those after it were solved with the phrase in the library.

use super::algebra;
use super::hashing::Map;
use super::phrase::Phrase;
use super::reading::Reading;

/// Phrases asked where nothing is learned from them but how hard the library is. 300 give the share of right answers
/// within 3 points.
pub(super) const LEAST_ASKED: usize = 300;
/// Columns of an inverse that are solved together: 64 rows of so many fill the nearest cache.
const NEIGHBOURS: usize = 128;

/// What phrases score when they are left out.
#[derive(Clone, Copy, Default)]
pub(super) struct LeftOut {
    pub asked: usize,
    /// Share, 0 to 1, that found their issue first.
    pub right: f32,
    /// Mean of the best score.
    pub best: f32,
    /// How far vectors are turned to the library's own directions, 0 to 1.
    pub turned: f32,
}

/// Phrases that were left out, with their scores.
pub(super) struct Cases {
    pub issues: usize,
    /// Number of each phrase.
    pub phrases: Vec<usize>,
    /// Issue of each phrase.
    pub own: Vec<usize>,
    /// Phrases × issues.
    pub scores: Vec<f32>,
}

impl Cases {
    pub fn none(issues: usize) -> Self {
        Self { issues, phrases: Vec::new(), own: Vec::new(), scores: Vec::new() }
    }

    /// Adds a phrase by its weights and its entry in the diagonal of the inverse.
    pub fn add(&mut self, phrase: usize, own: usize, weights: &[f32], reach: f32) {
        self.phrases.push(phrase);
        self.own.push(own);
        self.scores.extend(weights.iter().map(|weight| -weight / reach));
        let at = self.scores.len() - self.issues + own;
        self.scores[at] += 1.0;
    }

    pub fn summary(&self) -> LeftOut {
        let (mut right, mut sum) = (0, 0.0);
        for (row, own) in self.scores.chunks_exact(self.issues.max(1)).zip(&self.own) {
            let first =
                |best: (usize, f32), (i, score): (usize, &f32)| if *score > best.1 { (i, *score) } else { best };
            let (issue, best) = row.iter().enumerate().fold((0, f32::NEG_INFINITY), first);
            right += usize::from(issue == *own);
            sum += best;
        }
        let asked = self.phrases.len();
        let n = asked.max(1) as f32;
        LeftOut { asked, right: right as f32 / n, best: sum / n, turned: 0.0 }
    }
}

/// Marks phrases that other issues have word by word: a tip's words are those of each issue that it is for.
pub(super) fn mark_shared(readings: &[Reading], phrases: &mut [Phrase]) {
    let mut said_in: Map<&[String], (u32, bool)> = Map::default();
    for (reading, phrase) in readings.iter().zip(phrases.iter()) {
        let (first, several) = said_in.entry(&reading.words).or_insert((phrase.issue, false));
        *several |= *first != phrase.issue;
    }
    for (reading, phrase) in readings.iter().zip(phrases) {
        phrase.shared = said_in.get(reading.words.as_slice()).is_some_and(|(_, several)| *several);
    }
}

/// At most `most` of all, evenly spread.
pub(super) fn spread(all: Vec<usize>, most: usize) -> Vec<usize> {
    let step = all.len().div_ceil(most.max(1)).max(1);
    all.into_iter().step_by(step).collect()
}

/// Entries (i, i) of the inverse of L Lᵀ for each i of `wanted`, which ascend: of each column of L⁻¹ the squared length. A
/// column is 0 above its own row, so a few neighbours at a time begin at the first one's.
pub(super) fn inverse_diagonal(lower: &[f32], n: usize, wanted: &[usize]) -> Vec<f32> {
    let mut diagonal = Vec::with_capacity(wanted.len());
    for group in wanted.chunks(NEIGHBOURS) {
        let (from, width) = (group[0], group.len());
        let mut columns = vec![0.0; (n - from) * width];
        group.iter().enumerate().for_each(|(column, i)| columns[(i - from) * width + column] = 1.0);
        algebra::solve_down(lower, n, from, &mut columns, width);
        let mut squares = vec![0.0; width];
        for row in columns.chunks_exact(width) {
            squares.iter_mut().zip(row).for_each(|(sum, x)| *sum += x * x);
        }
        diagonal.extend(squares);
    }
    diagonal
}
