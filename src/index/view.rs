//! All segments of one commit, with the numbers that weigh a word over all of them.
//!
//! Every number counts only tips that can be found, so that two servers with the same library agree however they
//! came by it: tantivy's own statistics count what was deleted until it is merged away.

use super::language::Language;
use super::leaf::{Leaf, Leaves};
use super::{IndexError, row};
use crate::tip::Tip;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Documents from which reading a segment's words takes longer than starting a thread for it.
const LARGE: u32 = 2_000;

pub(super) struct View {
    pub leaves: Vec<Leaf>,
    pub tips: u32,
    /// Words of a tip on average.
    pub average: f32,
    pub languages: Vec<Language>,
    pub keep: Arc<Leaves>,
}

impl View {
    pub fn open(keep: &Arc<Leaves>, searcher: &tantivy::Searcher, drafts: bool) -> Result<View, IndexError> {
        let leaves = keep.open(searcher.segment_readers(), drafts)?;
        let tips = leaves.iter().map(|l| l.tips).sum();
        let length: u64 = leaves.iter().map(|l| l.length).sum();
        let languages: BTreeSet<Language> = leaves.iter().flat_map(|l| l.languages.iter().copied()).collect();
        let average = (length as f32 / f32::max(tips as f32, 1.0)).max(1.0);
        Ok(View { leaves, tips, average, languages: languages.into_iter().collect(), keep: Arc::clone(keep) })
    }

    /// True where the first question would wait for the words of a large segment to be read.
    pub fn is_cold(&self) -> bool {
        self.leaves.iter().any(|leaf| leaf.docs >= LARGE && !leaf.is_warm())
    }

    /// Reads what the first question would wait for.
    pub fn warm(&self) {
        for leaf in &self.leaves {
            leaf.warm(&self.languages);
        }
    }

    /// The tip of a document, kept for the next who asks.
    pub fn tip(&self, leaf: u32, doc: u32) -> Result<Arc<Tip>, IndexError> {
        let leaf = &self.leaves[leaf as usize];
        if let Some(tip) = self.keep.tips.get(&(leaf.id, doc)) {
            return Ok(tip);
        }
        let bytes = leaf.row(doc)?;
        let (Some(tip), _) = row::read(&bytes)? else {
            return Err(IndexError::Read("a section file stands where a tip should".into()));
        };
        let tip = Arc::new(tip);
        self.keep.tips.insert((leaf.id, doc), Arc::clone(&tip));
        Ok(tip)
    }

    /// How much it says that a tip holds a word that `count` tips hold: the inverse document frequency of BM25
    /// (Robertson and Zaragoza 2009) in Lucene's form, which is never negative.
    pub fn weight(&self, count: u32) -> f32 {
        let (tips, count) = (self.tips as f32, count.min(self.tips) as f32);
        (1.0 + (tips - count + 0.5) / (count + 0.5)).ln()
    }
}
