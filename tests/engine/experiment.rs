//! The experiment's lot and its statistics, proved by simulation: errors and coverage over ten thousand made experiments.

use stemwire::engine::experiment::{Arm, Arms, Effect, Lot, needed_each, pooled, wilson};
use stemwire::tip::TipId;

/// Experiments in a simulation: the standard error of a coverage of 95 % is then 0.2 points.
const EXPERIMENTS: usize = 10_000;

/// SplitMix64 (Steele, Lea and Flood 2014): the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn below_one(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn group(&mut self, customers: u64, rate: f64) -> Arm {
        let returned = (0..customers).filter(|_| self.below_one() < rate).count() as u64;
        Arm { customers, returned }
    }

    fn arms(&mut self, (told, told_rate): (u64, f64), (held, held_rate): (u64, f64)) -> Arms {
        Arms { told: self.group(told, told_rate), held_out: self.group(held, held_rate) }
    }
}

/// Shares of made experiments in which the interval holds the truth, excludes 0, and lies below 0.
fn simulated(seed: u64, truth: f64, mut make: impl FnMut(&mut Dice) -> Option<Effect>) -> [f64; 3] {
    let mut dice = Dice(seed);
    let mut seen = [0_u32; 3];
    for _ in 0..EXPERIMENTS {
        let found = make(&mut dice).unwrap().difference;
        seen[0] += u32::from(found.low <= truth && truth <= found.high);
        seen[1] += u32::from(found.low > 0.0 || found.high < 0.0);
        seen[2] += u32::from(found.high < 0.0);
    }
    seen.map(|n| f64::from(n) / EXPERIMENTS as f64)
}

fn near(what: &str, found: f64, from: f64, to: f64) {
    assert!((from..=to).contains(&found), "{what}: {found} is not between {from} and {to}");
}

#[test]
fn where_telling_does_nothing_one_experiment_in_twenty_says_it_does() {
    for (seed, rate) in [(1, 0.2), (2, 0.35), (3, 0.5)] {
        let [held, wrong, _] = simulated(seed, 0.0, |dice| dice.arms((2_700, rate), (300, rate)).effect());
        near("wrongly found", wrong, 0.04, 0.06);
        near("coverage", held, 0.94, 0.96);
    }
}

#[test]
fn the_interval_holds_the_truth_and_a_planted_effect_is_found() {
    let [held, found, saves] = simulated(4, -0.1, |dice| dice.arms((2_700, 0.2), (300, 0.3)).effect());
    near("coverage", held, 0.94, 0.96);
    near("found", found, 0.9, 1.0);
    near("found with its sign", saves, 0.9, 1.0);
}

#[test]
fn tips_are_pooled_without_simpsons_paradox() {
    // Three tips that differ in how often what they prevent follows, and in how many were held out of them.
    let tips = [(900, 0.1, 100), (600, 0.4, 300), (1_500, 0.25, 160)];
    let [held, wrong, _] =
        simulated(5, 0.0, |dice| pooled(&tips.map(|(told, rate, held)| dice.arms((told, rate), (held, rate)))));
    near("coverage without effect", held, 0.94, 0.96);
    near("wrongly found", wrong, 0.04, 0.06);
    let [held, found, _] = simulated(6, -0.08, |dice| {
        pooled(&tips.map(|(told, rate, held)| dice.arms((told, rate - 0.08), (held, rate))))
    });
    near("coverage with effect", held, 0.94, 0.96);
    near("found", found, 0.9, 1.0);
}

#[test]
fn few_held_out_do_not_make_an_effect_of_nothing() {
    // Strata, held out of each, nine times as many told, and how many of all come back.
    let few = [(1, 10, 0.1), (1, 20, 0.05), (1, 3, 0.3), (1, 100, 0.05), (10, 1, 0.1), (10, 3, 0.05), (10, 3, 0.3)];
    for (seed, (strata, held, rate)) in (20..).zip(few) {
        let [mut wrong, mut wrong_ratio] = [0, 0];
        let mut dice = Dice(seed);
        for _ in 0..EXPERIMENTS {
            let made: Vec<Arms> = (0..strata).map(|_| dice.arms((9 * held, rate), (held, rate))).collect();
            let found = pooled(&made).unwrap();
            wrong += u32::from(found.difference.low > 0.0 || found.difference.high < 0.0);
            wrong_ratio += u32::from(found.ratio.is_some_and(|ratio| ratio.low > 1.0 || ratio.high < 1.0));
        }
        let what = format!("{strata} strata, {held} held out, {rate}");
        near(&format!("wrongly found, {what}"), f64::from(wrong) / EXPERIMENTS as f64, 0.02, 0.06);
        near(&format!("by the ratio, {what}"), f64::from(wrong_ratio) / EXPERIMENTS as f64, 0.02, 0.06);
    }
}

#[test]
fn few_held_out_of_tips_that_differ_do_not_either() {
    let rates = [0.05, 0.3, 0.1, 0.2, 0.05, 0.3, 0.15, 0.25, 0.05, 0.1];
    for (seed, held) in [(30, 2), (31, 5), (32, 10)] {
        let [all, _, _] = simulated(seed, -rates.iter().sum::<f64>() / 20.0, |dice| {
            pooled(&rates.map(|rate| dice.arms((9 * held, rate / 2.0), (held, rate))))
        });
        near("coverage of half as many", all, 0.94, 0.97);
    }
}

#[test]
fn one_tip_alone_says_of_all_tips_what_it_says_itself() {
    let arms = |told: [u64; 2], held: [u64; 2]| {
        let arm = |[customers, returned]: [u64; 2]| Arm { customers, returned };
        Arms { told: arm(told), held_out: arm(held) }
    };
    for one in [arms([20, 5], [3, 0]), arms([90, 0], [10, 0]), arms([27, 27], [3, 3]), arms([900, 80], [100, 21])] {
        let (alone, together) = (one.effect().unwrap(), pooled(&[one, Arms::default()]).unwrap());
        let ends = |effect: &Effect| {
            let ratio = effect.ratio.map_or([-1.0; 3], |ratio| [ratio.value, ratio.low, ratio.high.min(1e9)]);
            [effect.difference.value, effect.difference.low, effect.difference.high].into_iter().chain(ratio)
        };
        for (alone, together) in ends(&alone).zip(ends(&together)) {
            assert!((alone - together).abs() < 1e-9, "{one:?}: {alone} and {together}");
        }
        assert!(together.difference.high - together.difference.low > 0.1, "{one:?}: {together:?}");
    }
    // Two of them with nobody back are as wide as one with the customers of both.
    let (half, whole) = (arms([45, 0], [5, 0]), arms([90, 0], [10, 0]));
    let (two, one) = (pooled(&[half, half]).unwrap().difference, whole.effect().unwrap().difference);
    assert!((two.low - one.low).abs() + (two.high - one.high).abs() < 1e-9, "{two:?} and {one:?}");
}

#[test]
fn the_ratio_has_its_interval_too() {
    let mut dice = Dice(7);
    let (mut alone, mut together) = (0, 0);
    for _ in 0..EXPERIMENTS {
        let one = dice.arms((2_700, 0.15), (300, 0.3));
        let two = dice.arms((900, 0.1), (400, 0.2));
        let ratio = one.effect().unwrap().ratio.unwrap();
        alone += u32::from(ratio.low <= 0.5 && 0.5 <= ratio.high);
        let ratio = pooled(&[one, two]).unwrap().ratio.unwrap();
        together += u32::from(ratio.low <= 0.5 && 0.5 <= ratio.high);
    }
    near("coverage of one ratio", f64::from(alone) / EXPERIMENTS as f64, 0.94, 0.96);
    near("coverage of the common ratio", f64::from(together) / EXPERIMENTS as f64, 0.94, 0.96);
}

#[test]
fn as_many_customers_as_are_said_to_be_needed_show_the_effect_in_four_of_five() {
    let (told, held) = needed_each(0.3, 0.1).unwrap();
    near("share held out", held as f64 / (told + held) as f64, 0.0999, 0.1002);
    let [_, found, _] = simulated(8, -0.075, |dice| dice.arms((told, 0.225), (held, 0.3)).effect());
    near("power", found, 0.77, 0.83);
    assert_eq!((needed_each(0.0, 0.1), needed_each(1.0, 0.1), needed_each(0.3, 0.0)), (None, None, None));
}

#[test]
fn a_share_never_leaves_nought_to_one() {
    assert_eq!(wilson(0, 0), None);
    assert_eq!(wilson(0, 10).unwrap().0, 0.0);
    assert_eq!(wilson(10, 10).unwrap().1, 1.0);
    // Wilson's limits for 1 of 10, as in Newcombe 1998, table I has them for such cases: 0.018 to 0.404.
    let (low, high) = wilson(1, 10).unwrap();
    near("low", low, 0.0178, 0.0180);
    near("high", high, 0.4041, 0.4043);
    assert_eq!(Arms::default().effect(), None);
    assert_eq!(pooled(&[Arms::default()]), None);
    let none_back = Arms { told: Arm { customers: 5, returned: 1 }, held_out: Arm { customers: 5, returned: 0 } };
    assert_eq!(none_back.effect().unwrap().ratio, None);
}

#[test]
fn the_lot_is_fair_sticky_and_keyed() {
    let (wire, water) = (TipId::new("flowers/gerbera/wire"), TipId::new("flowers/gerbera/water"));
    let lot = Lot::new([7; 32], 0.1);
    let customers: Vec<String> = (0..20_000).map(|n| format!("c{n}")).collect();
    let out =
        |lot: &Lot, tip: &TipId| -> Vec<bool> { customers.iter().map(|c| lot.holds_out(c.as_bytes(), tip)).collect() };
    let share = |out: &[bool]| out.iter().filter(|o| **o).count() as f64 / out.len() as f64;
    let drawn = out(&lot, &wire);
    near("share held out", share(&drawn), 0.09, 0.11);
    assert_eq!(drawn, out(&Lot::new([7; 32], 0.1), &wire), "drawn once and for all");
    // Independent draws hold out both tips for a hundredth of the customers.
    let both = drawn.iter().zip(out(&lot, &water)).map(|(a, b)| *a && b).collect::<Vec<_>>();
    near("held out of both", share(&both), 0.006, 0.014);
    let other_key = drawn.iter().zip(out(&Lot::new([8; 32], 0.1), &wire)).map(|(a, b)| *a && b).collect::<Vec<_>>();
    near("same side under another key", share(&other_key), 0.006, 0.014);
    let more = out(&Lot::new([7; 32], 0.2), &wire);
    assert!(drawn.iter().zip(&more).all(|(less, more)| !less || *more), "nobody is let in by a larger share");
    assert_eq!(share(&out(&Lot::new([7; 32], 0.0), &wire)), 0.0);
    assert_eq!(share(&out(&Lot::new([7; 32], f64::NAN), &wire)), 0.0);
    assert_eq!(share(&out(&Lot::new([7; 32], 1.0), &wire)), 1.0);
}
