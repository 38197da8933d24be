//! Keys of the counting tables: what is known of a customer, folded into 64 bits.
//!
//! Keys are made from names, never from the numbers of labels, so that they are the same whatever the order of arrival.
//! Two different pieces of evidence share a key once in about 10^19 pairs, which spoils one count and nothing else.

use std::hash::{BuildHasherDefault, Hasher};

/// Spreads a number over all 64 bits (the finaliser of Steele, Lea and Flood's SplitMix64, 2014).
pub(super) fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// An ordered pair as one number.
pub(super) fn paired(first: u64, second: u64) -> u64 {
    mixed(first.rotate_left(23) ^ mixed(second ^ 0x9e37_79b9_7f4a_7c15))
}

/// A name as a number: FNV-1a, spread. The empty name is not 0, which stands for "none".
pub(super) fn of_text(text: &str) -> u64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    mixed(hash).max(1)
}

/// What a row of counts is about. Each kind has keys of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// Next issues of everybody.
    Next,
    /// Next issues by how many issues the customer had.
    NextAfterSoMany,
    NextAfterProduct,
    NextAfterIssue,
    NextAfterTwo,
    /// By the issues that the customer had, in any order.
    NextAfterSet,
    /// By the same in their order.
    NextAfterOrder,
    NextAfterProducts,
    /// Next issues at any time after this one was had.
    NextOnceHad,
    /// Issues of customers who have all of these at some time, in any order.
    Together,
    /// Who came back with what, of everybody.
    Everyone,
    Product,
    Issue,
    /// Of those whose last two issues were these, in this order.
    Pair,
    Set,
    /// Of those who had no other issue before this one.
    First,
    /// Of those who had just these issues in just this order.
    Sequence,
}

impl Row {
    /// The row's key for what is folded into `what`.
    pub(super) fn key(self, what: u64) -> u64 {
        paired(self as u64 + 1, what)
    }
}

/// A set's key does not depend on its order: the sum of its members, each spread.
pub(super) fn of_set(marks: impl Iterator<Item = u64>) -> u64 {
    marks.fold(0, |sum, mark| sum.wrapping_add(mixed(mark ^ 0x5851_f42d_4c95_7f2d)))
}

/// A sequence's key depends on its order.
pub(super) fn of_order(marks: impl Iterator<Item = u64>) -> u64 {
    marks.fold(1, paired)
}

/// Keys are spread already: hashing them again would cost a quarter of the counting.
#[derive(Clone, Debug, Default)]
pub(super) struct AsItIs(u64);

impl Hasher for AsItIs {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = self.0.rotate_left(8) ^ u64::from(*byte);
        }
    }
    fn write_u64(&mut self, value: u64) {
        self.0 = value;
    }
}

pub(super) type Spread = BuildHasherDefault<AsItIs>;
