//! How many customers it takes to see an effect that would be worth seeing.

use super::proportion::Z;

/// How surely an effect that is there shall be seen: four times in five, the usual bargain between patience and
/// blindness (Cohen 1988).
pub const POWER: f64 = 0.8;

/// Standard deviations below which `POWER` of a normal distribution lie.
const Z_POWER: f64 = 0.841_621_233_572_914;

/// The effect worth seeing: a quarter fewer who come back. A smaller one is hardly worth the breath of all who are told.
pub const WORTH_SEEING: f64 = 0.25;

/// Customers needed in the told and in the held-out group to see `WORTH_SEEING` with `POWER` at 5 %, where `base` of the
/// held-out come back and `share` of all are held out (Fleiss, Tytun and Ury 1980, without correction for continuity).
/// None where `base` or `share` leaves nothing to compare.
pub fn needed_each(base: f64, share: f64) -> Option<(u64, u64)> {
    if !(base > 0.0 && base < 1.0 && share > 0.0 && share < 1.0) {
        return None;
    }
    let told = base * (1.0 - WORTH_SEEING);
    let ratio = (1.0 - share) / share;
    let mean = (base + ratio * told) / (1.0 + ratio);
    let alike = Z * ((1.0 + 1.0 / ratio) * mean * (1.0 - mean)).sqrt();
    let apart = Z_POWER * (base * (1.0 - base) + told * (1.0 - told) / ratio).sqrt();
    // `alike` and `apart` are per held-out customer once both variances are taken over their own groups.
    let held_out = ((alike + apart) / (base - told)).powi(2);
    Some(((held_out * ratio).ceil() as u64, held_out.ceil() as u64))
}
