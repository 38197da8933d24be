//! One fixed hash for words and pieces of words, so that a lens made twice from the same library is the same.
//! Not for anything an adversary could gain from: texts are short and tables are bounded.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// A map whose order of iteration is never used, only its look-ups.
pub(super) type Map<K, V> = HashMap<K, V, BuildHasherDefault<Fixed>>;

/// FNV-1a over 64 bits (Fowler, Noll, Vo), with a last mixing step for integer keys.
#[derive(Clone, Copy)]
pub(super) struct Fixed(u64);

const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

impl Default for Fixed {
    fn default() -> Self {
        Self(START)
    }
}

impl Hasher for Fixed {
    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(PRIME);
        }
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0 ^ value).wrapping_mul(PRIME);
    }

    fn finish(&self) -> u64 {
        self.0 ^ (self.0 >> 32)
    }
}

/// Hash of several texts in a row, told apart by a byte that UTF-8 does not have.
pub(super) fn of(parts: &[&str]) -> u64 {
    let mut hasher = Fixed::default();
    for part in parts {
        hasher.write(part.as_bytes());
        hasher.write(&[0xff]);
    }
    hasher.finish()
}
