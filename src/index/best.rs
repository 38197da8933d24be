//! The best documents of a pass so far, ties broken by key only where it comes to it.

use super::leaf::Leaf;
use std::cmp::Reverse;

/// A found document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ranked {
    pub points: u32,
    pub leaf: u32,
    pub doc: u32,
    /// One bit for each word of the question that it holds, by the order of the groups.
    pub words: u32,
}

pub(super) struct Best {
    keep: usize,
    /// Points below which nothing is kept any more.
    least: u32,
    all: Vec<Ranked>,
}

/// Documents beyond those to be kept that are gathered before the worst are dropped.
const SPARE: usize = 128;

impl Best {
    pub fn new(keep: usize) -> Self {
        Best { keep: keep.max(1), least: 0, all: Vec::new() }
    }

    /// What fewer points than these is lost.
    pub fn least(&self) -> u32 {
        self.least
    }

    #[inline]
    pub fn offer(&mut self, leaf: &Leaf, ranked: Ranked) {
        if ranked.points >= self.least {
            self.all.push(ranked);
            if self.all.len() >= self.keep + SPARE.max(self.keep / 2) {
                self.shrink(leaf);
            }
        }
    }

    /// Keeps the best `keep`; among equal ones those whose keys sort first.
    fn shrink(&mut self, leaf: &Leaf) {
        if self.all.len() <= self.keep {
            return;
        }
        self.all.select_nth_unstable_by_key(self.keep - 1, |r| Reverse(r.points));
        self.least = self.all[self.keep - 1].points;
        let least = self.least;
        let (mut tied, better): (Vec<Ranked>, Vec<Ranked>) =
            self.all.iter().filter(|r| r.points >= least).partition(|r| r.points == least);
        let room = self.keep - better.len();
        if tied.len() > room {
            tied.sort_by_cached_key(|r| leaf.key_ord(r.doc));
            tied.truncate(room);
        }
        self.all = better;
        self.all.extend(tied);
    }

    pub fn done(mut self, leaf: &Leaf) -> Vec<Ranked> {
        self.shrink(leaf);
        self.all
    }
}
