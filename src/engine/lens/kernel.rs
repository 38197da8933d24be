//! How alike two texts are: the one measure behind training and recognition.
//!
//! exp(3 × (cosine of table vectors − 1)) + 0.15 × cosine of words and pairs + 0.15 × cosine of pieces of words.
//! Vectors are first turned to the library's own directions, where it has phrases to learn them from.
//! The sum of positive definite kernels is one (Schölkopf and Smola 2002), so ridge regression on it is sound.

use super::algebra::{self, Rows};
use super::directions::Directions;
use super::grams::{Grams, Pieces};
use super::reading::Reading;

/// How fast likeness falls with the angle between vectors. Between 2 and 4 nothing changes by more than half a point
/// on the train halves of BANKING77, CLINC150, HWU64 and sofmattress; below 1 and above 6 it gets worse.
const SHARPNESS: f32 = 3.0;
/// Shares of words and of pieces of words, from the same data, plain, misspelt, and with every letter put for another
/// so that the table knows nothing: 0.1 to 0.25 and 0.1 to 0.3 are within half a point; more pieces help misspelt and
/// unknown words and cost clean ones.
const WORDS_SHARE: f32 = 0.15;
const CHARACTERS_SHARE: f32 = 0.15;

/// The phrases that everything is compared with.
pub(super) struct Kernel {
    /// Transposed: all phrases' first numbers, then their second …
    vectors: Vec<f32>,
    count: usize,
    /// What a text's vector is turned by, as the phrases' have been; none where they stand as the table gives them.
    directions: Option<Directions>,
    without_vector: Vec<u32>,
    words: Grams,
    characters: Grams,
}

/// One text against all phrases.
pub(super) struct Row {
    /// The text's vector, as the phrases' stand.
    pub vector: Vec<f32>,
    pub cosine: Vec<f32>,
    pub likeness: Vec<f32>,
    /// The table knows words of the text, so that the cosines mean something.
    pub has_vector: bool,
}

impl Kernel {
    /// Likeness of two equal texts of words that the table does not know.
    pub const MOST_WITHOUT_VECTOR: f32 = WORDS_SHARE + CHARACTERS_SHARE;

    pub fn new(readings: &[Reading]) -> Self {
        let words: Vec<&[String]> = readings.iter().map(|r| r.words.as_slice()).collect();
        let without = readings.iter().enumerate().filter(|(_, r)| !r.has_vector());
        Self {
            vectors: columns(readings),
            count: readings.len(),
            directions: None,
            without_vector: without.map(|(i, _)| i as u32).collect(),
            words: Grams::new(Pieces::Words, &words),
            characters: Grams::new(Pieces::Characters, &words),
        }
    }

    /// Turns the phrases' vectors, and from now on those of texts.
    pub fn turn(&mut self, directions: Directions, readings: &mut [Reading]) {
        readings.iter_mut().for_each(|r| r.vector = directions.turned(&r.vector));
        self.vectors = columns(readings);
        self.directions = Some(directions);
    }

    /// One text against all phrases.
    pub fn row(&self, reading: &Reading) -> Row {
        let vector = self.directions.as_ref().map_or_else(|| reading.vector.clone(), |d| d.turned(&reading.vector));
        let mut cosine = vec![0.0; self.count];
        let mut likeness = vec![0.0; self.count];
        if reading.has_vector() && !self.vectors.is_empty() {
            algebra::blend(Rows { numbers: &self.vectors, stride: self.count }, &vector, &mut cosine);
        }
        self.become_likeness(reading, 0, &cosine, &mut likeness);
        Row { vector, cosine, likeness, has_vector: reading.has_vector() }
    }

    /// Several phrases, turned as all of them, against the phrases `from` to `to`, phrase by phrase.
    pub fn rows(&self, readings: &[&Reading], from: usize, to: usize) -> Vec<f32> {
        let count = to - from;
        let mut cosines = vec![0.0; readings.len() * count];
        if count > 0 && !self.vectors.is_empty() {
            let texts: Vec<f32> = readings.iter().flat_map(|r| r.vector.iter().copied()).collect();
            let width = self.vectors.len() / self.count;
            let phrases = Rows { numbers: &self.vectors[from..], stride: self.count };
            algebra::blend_many(phrases, Rows { numbers: &texts, stride: width }, width, &mut cosines, count, count);
        }
        let mut likeness = vec![0.0; readings.len() * count];
        let rows = cosines.chunks_exact(count.max(1)).zip(likeness.chunks_exact_mut(count.max(1)));
        rows.zip(readings).for_each(|((cosine, like), reading)| self.become_likeness(reading, from, cosine, like));
        likeness
    }

    /// Fills `likeness`, that with the phrases from number `from` on, as many as it has room for.
    fn become_likeness(&self, reading: &Reading, from: usize, cosine: &[f32], likeness: &mut [f32]) {
        if reading.has_vector() {
            algebra::likeness(cosine, SHARPNESS, likeness);
            let first = self.without_vector.partition_point(|phrase| (*phrase as usize) < from);
            for phrase in &self.without_vector[first..] {
                let Some(like) = likeness.get_mut(*phrase as usize - from) else { break };
                *like = 0.0;
            }
        }
        self.words.add_likeness(&reading.words, WORDS_SHARE, from, likeness);
        self.characters.add_likeness(&reading.words, CHARACTERS_SHARE, from, likeness);
    }
}

/// All vectors' first numbers, then their second …
fn columns(readings: &[Reading]) -> Vec<f32> {
    let width = readings.first().map_or(0, |r| r.vector.len());
    let vectors: Vec<f32> = readings.iter().flat_map(|r| r.vector.iter().copied()).collect();
    algebra::transposed(&vectors, width)
}
