//! Chance that comes out the same each time: simulated contacts are the same for the same library and day.
//! It simulates and never decides anything about a real customer.

use std::f64::consts::TAU;

/// SplitMix64 (Steele, Lea and Flood 2014): small, and good enough to simulate with.
pub(super) struct Dice(u64);

impl Dice {
    /// Its own row of throws for each name.
    pub fn named(name: &str) -> Self {
        let mut first = [0; 8];
        first.copy_from_slice(&blake3::hash(name.as_bytes()).as_bytes()[..8]);
        Self(u64::from_le_bytes(first))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to below 1: the upper 53 bits, all that a double tells apart.
    pub fn share(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    pub fn falls(&mut self, chance: f64) -> bool {
        self.share() < chance
    }

    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.share()
    }

    /// One of several by their weights. None where there is nothing to choose from.
    pub fn one_of<T>(&mut self, from: &[T], weight: impl Fn(&T) -> f64) -> Option<usize> {
        let all: f64 = from.iter().map(&weight).sum();
        let mut left = self.share() * all;
        let hit = from.iter().position(|one| {
            left -= weight(one);
            left < 0.0
        });
        hit.or_else(|| from.len().checked_sub(1))
    }

    /// About 1, now and then half or double: how much sooner or later things happen than they should (log-normal with
    /// a spread of 0.35).
    pub fn stretch(&mut self) -> f64 {
        let (a, b) = (1.0 - self.share(), self.share());
        let normal = (-2.0 * a.ln()).sqrt() * (TAU * b).cos();
        (0.35 * normal).exp()
    }
}
