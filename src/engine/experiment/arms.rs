//! One tip's two groups, and the difference telling made between them.

use super::proportion::wilson;

/// Customers of one group, and those of them who came back about what the tip prevents. Who was drawn counts in the
/// group they were drawn into, whatever was said to them (intention to treat): anything else compares the willing with
/// the unwilling.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Arm {
    pub customers: u64,
    pub returned: u64,
}

impl Arm {
    /// Share that came back; 0 where nobody is in it.
    pub fn rate(self) -> f64 {
        if self.customers == 0 { 0.0 } else { self.returned.min(self.customers) as f64 / self.customers as f64 }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Arms {
    /// May be told.
    pub told: Arm,
    /// Drawn not to be told.
    pub held_out: Arm,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    pub value: f64,
    pub low: f64,
    pub high: f64,
}

/// What telling does to the share that comes back.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Effect {
    /// Told minus held out: below 0, the tip saves contacts.
    pub difference: Interval,
    /// Told over held out: 0.5 is half as many. None where nobody who was held out came back.
    pub ratio: Option<Interval>,
}

impl Arms {
    /// The two groups, each with its score interval, as `Effect::between` compares them. None where a group is empty.
    pub fn effect(self) -> Option<Effect> {
        let known = |arm: Arm| {
            let (low, high) = wilson(arm.returned, arm.customers)?;
            Some(Interval { value: arm.rate(), low, high })
        };
        Some(Effect::between(known(self.told)?, known(self.held_out)?))
    }

    /// Both groups of both.
    pub fn and(self, other: Arms) -> Arms {
        let both = |a: Arm, b: Arm| Arm { customers: a.customers + b.customers, returned: a.returned + b.returned };
        Arms { told: both(self.told, other.told), held_out: both(self.held_out, other.held_out) }
    }
}

impl Effect {
    /// The difference by Newcombe's hybrid of two score intervals (1998, method 10) and the ratio by the same limits
    /// (Donner and Zou 2012, MOVER-R), both at 95 %, of two shares that are known independently of each other.
    pub(super) fn between(told: Interval, held: Interval) -> Self {
        let value = told.value - held.value;
        let low = value - (told.value - told.low).hypot(held.high - held.value);
        let high = value + (told.high - told.value).hypot(held.value - held.low);
        let difference = Interval { value, low: low.max(-1.0), high: high.min(1.0) };
        let ratio = (held.value > 0.0).then(|| {
            let ends = |share: Interval| (share.value, share.low, share.high);
            let (low, high) = ratio(ends(told), ends(held));
            Interval { value: told.value / held.value, low, high }
        });
        Self { difference, ratio }
    }
}

/// Limits of p / q out of the limits of each.
fn ratio((p, p_low, p_high): (f64, f64, f64), (q, q_low, q_high): (f64, f64, f64)) -> (f64, f64) {
    let product = p * q;
    let bound = |p_end: f64, q_end: f64, sign: f64| {
        let below = q_end * (2.0 * q - q_end);
        let under = (product * product - p_end * (2.0 * p - p_end) * below).max(0.0).sqrt();
        (product + sign * under) / below
    };
    let low = bound(p_low, q_high, -1.0).max(0.0);
    let high = if q_low > 0.0 { bound(p_high, q_low, 1.0) } else { f64::INFINITY };
    (low, high)
}
