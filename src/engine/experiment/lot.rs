//! The lot that holds some customers out of a tip: keyed, so that nobody can foresee or steer it, and sticky, so that a
//! customer stays on their side of it for good.

use crate::tip::TipId;

/// Draws customers for each tip anew.
#[derive(Clone, PartialEq)]
pub struct Lot {
    key: [u8; 32],
    /// Share of customers held out, 0 to 1.
    share: f64,
}

impl std::fmt::Debug for Lot {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lot").field("share", &self.share).finish_non_exhaustive()
    }
}

impl Lot {
    /// `share` is cut to 0 to 1; nobody is drawn at 0, or where it is no number.
    pub fn new(key: [u8; 32], share: f64) -> Self {
        Self { key, share: if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) } }
    }

    pub fn share(&self) -> f64 {
        self.share
    }

    /// True where `customer`, by the bytes they are known by, is not to be told `tip`. The same for the same key, customer and tip on every server and
    /// for ever; raising the share only adds customers, so nobody who was held out is told because it grew.
    pub fn holds_out(&self, customer: &[u8], tip: &TipId) -> bool {
        let mut hasher = blake3::Hasher::new_keyed(&self.key);
        hasher.update(b"lot").update(&(customer.len() as u64).to_le_bytes());
        hasher.update(customer).update(tip.as_str().as_bytes());
        let mut first = [0; 8];
        first.copy_from_slice(&hasher.finalize().as_bytes()[..8]);
        // The upper 53 bits as a number below 1: all that a double tells apart.
        let drawn = (u64::from_le_bytes(first) >> 11) as f64 / (1_u64 << 53) as f64;
        drawn < self.share
    }
}
