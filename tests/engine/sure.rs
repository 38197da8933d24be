//! How sure foresight is where few were counted: its intervals hold the truth in small trades, too.

use super::foresight::{contact, learned};
use stemwire::engine::foresight::{Asked, Had, Next};
use stemwire::tip::{IssueId, SectionId};

/// Trades of each size: with three products and four issues, a share of 95 % is then known to 1.6 points.
const TRADES: u64 = 60;
const PRODUCTS: usize = 3;
const ISSUES: [(&str, f64); 4] = [("puncture", 0.5), ("brakes", 0.25), ("chain", 0.1), ("bell", 0.03)];

/// Xorshift (Marsaglia 2003): the same numbers on every run.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

fn after_buying(contacts: impl IntoIterator<Item = stemwire::engine::foresight::Contact>) -> Vec<Vec<Next>> {
    let foresight = learned(contacts);
    let of = |product: usize| {
        let product = SectionId::new(format!("bike-{product}"));
        let had = [Had { product: Some(product.clone()), issue: IssueId::new("buying") }];
        let outlook = foresight.next(&Asked { had: &had, limit: 50, ..Asked::default() });
        outlook.next.into_iter().filter(|next| next.product.as_ref() == Some(&product)).collect()
    };
    (0..PRODUCTS).map(of).collect()
}

/// Share of planted rates inside their intervals, over trades in which everybody begins with buying: each level of
/// situations is the same customers there, who all agree with themselves.
fn inside(customers: u64) -> f64 {
    let (mut inside, mut all) = (0.0, 0.0);
    for trade in 1..=TRADES {
        let mut dice = Dice(trade.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let truth: Vec<Vec<f64>> =
            (0..PRODUCTS).map(|_| ISSUES.iter().map(|(_, rate)| rate * (0.2 + 1.6 * dice.next())).collect()).collect();
        let mut contacts = Vec::new();
        for customer in 0..customers {
            let product = (dice.next() * PRODUCTS as f64) as usize;
            let name = format!("bike-{product}");
            contacts.push(contact(customer, 0.0, &name, "buying"));
            for ((issue, _), rate) in ISSUES.iter().zip(&truth[product]) {
                if dice.next() < *rate {
                    contacts.push(contact(customer, 0.5 + 6.0 * dice.next(), &name, issue));
                }
            }
        }
        for (nexts, truth) in after_buying(contacts).iter().zip(&truth) {
            for next in nexts {
                let at = ISSUES.iter().position(|(issue, _)| *issue == next.issue.as_str()).expect("a planted issue");
                all += 1.0;
                inside += f64::from(u8::from((next.low..=next.high).contains(&truth[at])));
            }
        }
    }
    inside / all
}

#[test]
fn intervals_hold_planted_rates_where_everybody_is_on_one_path() {
    for customers in [30, 100, 300] {
        let inside = inside(customers);
        assert!((0.92..=0.98).contains(&inside), "{customers} customers: {inside}");
    }
}

#[test]
fn two_contacts_of_one_customer_say_next_to_nothing() {
    let next = after_buying([contact(1, 0.0, "bike-0", "buying"), contact(1, 2.0, "bike-0", "puncture")]);
    let puncture = &next[0][0];
    assert_eq!((puncture.n, puncture.of), (1, 1));
    assert!(puncture.low < 0.2 && puncture.high > 0.95, "{puncture:?}");
}
