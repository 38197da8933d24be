//! A rate is that of customers whom nobody told: a tip that works must not talk itself out of being told.

use super::foresight::contact;
use proptest::prelude::*;
use stemwire::engine::foresight::{Asked, Contact, Foresight, Had, Learner};
use stemwire::tip::{IssueId, SectionId};

const DAY: i64 = 24 * 60 * 60 * 1000;
const MINUTE: i64 = 60_000;

/// (who came back, of how many, told) after buying gerberas, so many days later.
fn drooping(foresight: &Foresight, since_days: u32) -> (u64, u64, u64) {
    let (gerbera, issue) = (SectionId::new("gerbera"), IssueId::new("drooping"));
    let had = [Had { product: None, issue: IssueId::new("buying") }];
    let asked = Asked { product: Some(&gerbera), had: &had, since_days, limit: 9, ..Asked::default() };
    let came = foresight.came_back(&asked, &issue).expect("it is known");
    let (next, basis) = foresight.chance(&asked, &issue).expect("it is known");
    assert_eq!((came.n, came.of, came.told, came.basis), (next.n, next.of, next.told, basis));
    (came.n, came.of, came.told)
}

fn told(at: i64) -> Vec<(IssueId, i64)> {
    vec![(IssueId::new("drooping"), at)]
}

fn bought(customer: u64) -> Contact {
    contact(customer, 0.0, "gerbera", "buying")
}

fn buyers(learner: &mut Learner, customers: u64) {
    for customer in 0..customers {
        learner.add(bought(customer));
    }
}

fn came(customer: u64, day: f64) -> Contact {
    contact(customer, day, "gerbera", "drooping")
}

#[test]
fn a_tip_that_works_does_not_make_what_it_prevents_unlikely() {
    let mut learner = Learner::default();
    for customer in 0..200 {
        learner.add(bought(customer));
        // Eight of twenty whom nobody told, and nine of those who were.
        if customer < 8 || (20..29).contains(&customer) {
            learner.add(came(customer, 3.0));
        }
        if customer >= 20 {
            learner.tell(customer, &told(5 * MINUTE));
        }
    }
    let foresight = learner.refit();
    assert_eq!(drooping(&foresight, 0), (8, 20, 180));
    assert_eq!(drooping(&foresight, 2), (8, 20, 180));
    assert_eq!(drooping(&foresight, 4), (0, 12, 180));
    let asked = Asked { had: &[Had { product: None, issue: IssueId::new("buying") }], limit: 1, ..Asked::default() };
    let next = foresight.next(&asked).next.remove(0);
    assert!((0.2..0.6).contains(&next.p), "{next:?}");
}

#[test]
fn who_was_told_only_once_they_were_back_counts() {
    let at = |told_ms: i64| {
        let mut learner = Learner::default();
        buyers(&mut learner, 9);
        learner.add(came(0, 3.0));
        learner.tell(0, &told(told_ms));
        drooping(&learner.refit(), 0)
    };
    let hour = 60 * MINUTE;
    assert_eq!(at(-2 * DAY), (0, 8, 1), "before they bought");
    assert_eq!(at(3 * DAY - hour - 1), (0, 8, 1));
    // The contact in which they were told bears the time of its end.
    assert_eq!(at(3 * DAY - hour), (1, 9, 0));
    assert_eq!(at(3 * DAY + MINUTE), (1, 9, 0));
}

#[test]
fn who_was_told_too_late_to_matter_counts() {
    let mut learner = Learner::default();
    buyers(&mut learner, 9);
    learner.add(came(8, 1.0));
    learner.tell(0, &told(7 * DAY));
    learner.tell(1, &told(7 * DAY + 1));
    let foresight = learner.refit();
    assert_eq!(drooping(&foresight, 0), (1, 8, 1));
    // Of those eight who had not come back after a day, both were told within the seven days from then on.
    assert_eq!(drooping(&foresight, 1), (0, 6, 2));
}

/// What is answered in a contact about the issue itself, or where only the order of contacts is known, leaves nobody out.
#[test]
fn an_answer_is_no_foresight_and_an_order_has_no_time() {
    let mut learner = Learner::default();
    for customer in 0..4 {
        learner.add(Contact { at: None, position: Some(1), ..bought(customer) });
        learner.add(Contact { at: None, position: Some(2), ..came(customer, 0.0) });
        learner.tell(customer, &told(0));
    }
    for customer in 4..8 {
        learner.add(bought(customer));
        learner.add(came(customer, 2.0));
        learner.add(came(customer, 4.0));
        learner.tell(customer, &told(2 * DAY));
    }
    let foresight = learner.refit();
    assert_eq!(drooping(&foresight, 0), (8, 8, 0));
    let had = [Had { product: None, issue: IssueId::new("drooping") }];
    let again = foresight.next(&Asked { had: &had, limit: 1, ..Asked::default() }).again.expect("it is known");
    assert_eq!((again.n, again.of, again.told), (4, 8, 0));
}

#[test]
fn the_same_issue_of_several_products_counts_a_customer_once() {
    let mut learner = Learner::default();
    for customer in 0..10 {
        learner.add(bought(customer));
        if customer < 6 {
            learner.add(contact(customer, 1.5, "gerbera", "drooping"));
            learner.add(contact(customer, 2.5, "roses", "drooping"));
            learner.add(contact(customer, 9.5, "", "drooping"));
        }
    }
    let foresight = learner.refit();
    assert_eq!(drooping(&foresight, 0), (6, 10, 0));
    assert_eq!(drooping(&foresight, 1), (6, 10, 0));
    // Who had come back with one of them had come back.
    assert_eq!(drooping(&foresight, 2), (0, 4, 0));
    assert_eq!(drooping(&foresight, 3), (0, 4, 0));
}

/// Customers of whom only the order is known take nothing from those whose times are.
#[test]
fn an_order_takes_nothing_from_times() {
    let mut learner = Learner::default();
    for (position, product, issue) in [(1, "gerbera", "buying"), (2, "gerbera", "drooping"), (3, "roses", "drooping")] {
        learner.add(Contact { at: None, position: Some(position), ..contact(0, 0.0, product, issue) });
    }
    for customer in 1..4 {
        learner.add(bought(customer));
    }
    learner.add(came(1, 2.0));
    let foresight = learner.refit();
    assert_eq!(drooping(&foresight, 0), (2, 4, 0));
    assert_eq!(drooping(&foresight, 3), (0, 2, 0), "one had come back by then");
}

#[test]
fn what_most_come_after_goes_by_customers() {
    let mut learner = Learner::default();
    for customer in 0..10 {
        learner.add(contact(customer, 0.0, "gerbera", "planting"));
        let product = if customer < 6 { "roses" } else { continue };
        learner.add(came(customer, 1.0));
        learner.add(contact(customer, 2.0, product, "drooping"));
    }
    for customer in 10..20 {
        learner.add(bought(customer));
        learner.add(came(customer, 1.0));
    }
    let gerbera = SectionId::new("gerbera");
    let earlier = learner.refit().before(Some(&gerbera), &IssueId::new("drooping"), 2);
    assert_eq!(earlier.iter().map(|had| had.issue.as_str()).collect::<Vec<_>>(), ["buying", "planting"]);
}

#[test]
fn a_customer_who_goes_on_under_another_number_stays_counted() {
    let mut learner = Learner::default();
    buyers(&mut learner, 3);
    learner.add(came(0, 1.0));
    learner.tell(7, &told(0));
    learner.refit();
    learner.rename(5, 0);
    learner.rename(7, 1);
    assert_eq!(drooping(&learner.refit(), 0), (1, 2, 1));
}

proptest! {
    /// Whatever was told and taken back, in whatever order: what is counted is what is so in the end.
    #[test]
    fn taking_back_is_as_if_it_had_never_been_told(
        tellings in prop::collection::vec((0_u64..6, -3_i64..12, any::<bool>()), 0..12),
        back in prop::collection::vec((0_u64..6, 1_i64..12), 0..8),
    ) {
        let (mut kept, mut fresh) = (Learner::default(), Learner::default());
        let mut last = std::collections::HashMap::new();
        for (customer, day, stays) in &tellings {
            kept.tell(*customer, &told(day * DAY));
            kept.counted();
            if !stays {
                kept.tell(*customer, &[]);
            }
            last.insert(*customer, stays.then_some(*day));
        }
        for learner in [&mut kept, &mut fresh] {
            buyers(learner, 6);
            for (customer, day) in &back {
                learner.add(came(*customer, *day as f64));
            }
            learner.add(came(99, 0.0));
        }
        for (customer, day) in last {
            if let Some(day) = day {
                fresh.tell(customer, &told(day * DAY));
            }
        }
        let (kept, fresh) = (kept.refit(), fresh.refit());
        for since in [0, 1, 3, 8] {
            prop_assert_eq!(drooping(&kept, since), drooping(&fresh, since));
        }
    }
}
