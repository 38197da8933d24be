//! Customers as the ledger knows them: a keyed hash and nothing else.
//! What a customer is called goes in here and no further: never into SQL, never into a log.

use super::keys::{Keys, hex};
use std::fmt;
use unicode_normalization::UnicodeNormalization;

/// A customer's keyed hash, as it stands in the ledger.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CustomerId([u8; 16]);

impl CustomerId {
    /// A short form for keeping many of them in memory: a million share one with a chance below one in 10^7.
    pub fn short(self) -> u64 {
        let mut first = [0; 8];
        first.copy_from_slice(&self.0[..8]);
        u64::from_be_bytes(first)
    }

    /// All 16 bytes, for whoever needs them as the seed of a lot.
    pub fn bytes(&self) -> &[u8; 16] {
        &self.0
    }

    /// As `to_string` writes it. None where it is not 32 hexadecimal digits.
    pub fn parse(text: &str) -> Option<CustomerId> {
        let digits = (text.len() == 32).then(|| u128::from_str_radix(text, 16).ok())??;
        Some(CustomerId(digits.to_be_bytes()))
    }
}

impl fmt::Display for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

impl fmt::Debug for CustomerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CustomerId({self})")
    }
}

/// A customer under each key that is in use: written under the newest, looked for under all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    id: CustomerId,
    older: Vec<CustomerId>,
    oldest: CustomerId,
}

impl Customer {
    /// The hash by the newest key.
    pub fn id(&self) -> CustomerId {
        self.id
    }

    /// None for a blank text. Surrounding space does not count, nor how letters are composed; case does.
    pub(super) fn of(keys: &Keys, text: &str) -> Option<Customer> {
        let text: String = text.trim().nfc().collect();
        if text.is_empty() {
            return None;
        }
        let mut ids = keys.hashes("customer", &text).map(CustomerId);
        let id = ids.next()?;
        let oldest = CustomerId(keys.oldest_hash("customer", &text));
        Some(Customer { id, older: ids.collect(), oldest })
    }

    /// One of whom the ledger knows this hash and nothing else.
    pub(super) fn kept(id: CustomerId) -> Customer {
        Customer { id, older: Vec::new(), oldest: id }
    }

    /// True where both are the same one, whichever keys they are known under.
    pub fn is(&self, other: &Customer) -> bool {
        self.all().any(|id| other.all().any(|one| one == id))
    }

    /// Newest first.
    pub(super) fn all(&self) -> impl Iterator<Item = CustomerId> {
        std::iter::once(self.id).chain(self.older.iter().copied())
    }

    pub(super) fn older(&self) -> &[CustomerId] {
        &self.older
    }

    /// By the oldest key: stays while keys are added.
    pub fn oldest(&self) -> CustomerId {
        self.oldest
    }
}
