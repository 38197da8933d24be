//! What contacts teach: scripts are found, chance is not taken for one, and every number can be counted again by hand.

use proptest::prelude::*;
use std::collections::BTreeSet;
use stemwire::engine::foresight::{Asked, Basis, Contact, Foresight, HORIZON_DAYS, Had, Learner, Outlook};
use stemwire::tip::{IssueId, SectionId};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Customer `customer` got in touch on `day` about `issue` of `product`; no product where that is empty.
pub fn contact(customer: u64, day: f64, product: &str, issue: &str) -> Contact {
    Contact {
        customer,
        at: Some((day * DAY as f64) as i64),
        position: None,
        product: (!product.is_empty()).then(|| SectionId::new(product)),
        issue: (!issue.is_empty()).then(|| IssueId::new(issue)),
    }
}

pub fn learned(contacts: impl IntoIterator<Item = Contact>) -> Foresight {
    let mut learner = Learner::default();
    for contact in contacts {
        learner.add(contact);
    }
    learner.refit()
}

fn had(issues: &[&str]) -> Vec<Had> {
    issues.iter().map(|issue| Had { product: None, issue: IssueId::new(issue) }).collect()
}

fn ask(foresight: &Foresight, issues: &[&str]) -> Outlook {
    foresight.next(&Asked { product: None, had: &had(issues), limit: 50, ..Asked::default() })
}

fn names(outlook: &Outlook) -> Vec<&str> {
    outlook.next.iter().map(|next| next.issue.as_str()).collect()
}

/// Numbers that look like chance and are the same in every run.
struct Made(u64);

impl Made {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, most: usize) -> usize {
        (self.next() * most as f64) as usize
    }
}

/// Six of ten who buy come back about drooping on the third day; one of twenty about a bill, whatever they had.
fn a_script(customers: u64) -> Vec<Contact> {
    let mut made = Made(7);
    let mut contacts = Vec::new();
    for customer in 0..customers {
        let first = ["buying", "delivery", "invoice"][made.below(3)];
        contacts.push(contact(customer, 0.0, "flowers", first));
        if first == "buying" && made.next() < 0.6 {
            contacts.push(contact(customer, 3.0, "flowers", "drooping"));
        }
        if made.next() < 0.05 {
            contacts.push(contact(customer, 5.0, "flowers", "bill"));
        }
    }
    contacts
}

#[test]
fn a_script_is_found_with_its_rate_and_its_time() {
    let foresight = learned(a_script(900));
    let outlook = ask(&foresight, &["buying"]);
    let best = &outlook.next[0];
    assert_eq!(best.issue.as_str(), "drooping");
    assert!(best.low < 0.6 && 0.6 < best.high && best.high - best.low < 0.15, "{best:?}");
    assert!((best.p - best.n as f64 / best.of as f64).abs() < 0.02, "{best:?}");
    assert!(best.lift > 2.0 && best.median_days == Some(3.0), "{best:?}");
    // Nobody comes back about a delivery: its lift is not endless for that.
    assert!(outlook.next.iter().all(|next| next.lift <= next.p * 901.0 + 1e-9), "{outlook:?}");
    assert_eq!((outlook.basis, outlook.of), (Basis::First, best.of));
    // Whoever comes about delivery has no reason to see drooping.
    let delivery = ask(&foresight, &["delivery"]);
    assert!(delivery.next.iter().find(|n| n.issue.as_str() == "drooping").expect("it is known").high < 0.1);
}

#[test]
fn a_few_contacts_are_enough_to_say_something_and_too_few_to_say_it_loudly() {
    let contacts: Vec<Contact> = a_script(12);
    let outlook = ask(&learned(contacts), &["buying"]);
    let drooping = outlook.next.iter().find(|n| n.issue.as_str() == "drooping").expect("it is known");
    assert!(drooping.n <= drooping.of && drooping.of < 12 && drooping.high - drooping.low > 0.2, "{drooping:?}");
    // Nothing was learned: nothing is said, and nothing breaks.
    let empty = learned([]);
    assert!(ask(&empty, &["buying"]).next.is_empty() && ask(&empty, &[]).of == 0);
    let asked = Asked { had: &had(&["buying"]), ..Asked::default() };
    assert_eq!(empty.chance(&asked, &IssueId::new("drooping")), None);
}

/// Where customers come about anything as it pleases them, links are chance: the ranking is that of popularity, unless
/// chance itself looks like links in both halves of the customers.
#[test]
fn unlinked_contacts_are_ranked_as_by_popularity() {
    let ranked: Vec<(f64, f64)> = [99, 98, 97, 96, 95, 94].map(|seed| unlinked(Made(seed))).into();
    assert!(ranked.iter().all(|(ours, theirs)| ours > &(theirs - 0.01)), "{ranked:?}");
    assert!(ranked.iter().filter(|(ours, theirs)| (ours - theirs).abs() < 1e-9).count() >= 5, "{ranked:?}");
}

/// The mean reciprocal ranks of foresight and of popularity, where 400 customers are learned and 1,500 others come.
fn unlinked(mut made: Made) -> (f64, f64) {
    let mut customer = |all: &mut Vec<Vec<usize>>| {
        let mut issues: Vec<usize> = Vec::new();
        for _ in 0..2 + made.below(3) {
            let issue = loop {
                // Issue i with a weight of 1 / (i + 1), about.
                let issue = ((made.next() * 3.2).exp() - 1.0) as usize % 24;
                if !issues.contains(&issue) {
                    break issue;
                }
            };
            issues.push(issue);
        }
        all.push(issues);
    };
    let (mut train, mut test) = (Vec::new(), Vec::new());
    (0..400).for_each(|_| customer(&mut train));
    (0..1500).for_each(|_| customer(&mut test));
    let name = |issue: usize| format!("issue-{issue:02}");
    let contacts = train.iter().enumerate().flat_map(|(customer, issues)| {
        issues.iter().enumerate().map(move |(day, i)| contact(customer as u64, day as f64, "", &name(*i)))
    });
    let foresight = learned(contacts);

    let mut counts = [0; 24];
    train.iter().flat_map(|issues| &issues[1..]).for_each(|issue| counts[*issue] += 1);
    let mut popular: Vec<usize> = (0..24).collect();
    popular.sort_by_key(|issue| std::cmp::Reverse(counts[*issue]));
    let (mut ours, mut theirs, mut asked) = (0.0, 0.0, 0.0);
    for issues in &test {
        for at in 1..issues.len() {
            let before: Vec<String> = issues[..at].iter().map(|i| name(*i)).collect();
            let outlook = ask(&foresight, &before.iter().map(String::as_str).collect::<Vec<_>>());
            let rank = outlook.next.iter().position(|n| n.issue.as_str() == name(issues[at]));
            ours += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            let left = popular.iter().filter(|i| !issues[..at].contains(i));
            theirs += 1.0 / (1 + left.take_while(|i| **i != issues[at]).count()) as f64;
            asked += 1.0;
        }
    }
    (ours / asked, theirs / asked)
}

#[test]
fn the_same_issue_again_is_kept_apart() {
    let mut contacts = Vec::new();
    for customer in 0..30 {
        contacts.push(contact(customer, 0.0, "router", "slow"));
        if customer < 12 {
            contacts.push(contact(customer, 1.0, "router", "slow"));
        }
    }
    let outlook = ask(&learned(contacts), &["slow"]);
    let again = outlook.again.as_ref().expect("it came again");
    assert_eq!((again.n, again.of, again.median_days), (12, 30, Some(1.0)));
    assert!(!names(&outlook).contains(&"slow"), "{outlook:?}");
}

#[test]
fn who_comes_back_too_late_is_not_counted() {
    let late = f64::from(HORIZON_DAYS) + 0.1;
    let days = |day: f64| [contact(1, 0.0, "router", "slow"), contact(1, day, "router", "broken")];
    let n = |day: f64| ask(&learned(days(day)), &["slow"]).next[0].n;
    assert_eq!((n(f64::from(HORIZON_DAYS)), n(late)), (1, 0));
    // Where only the order is known, any later contact counts.
    let place = |position, issue| Contact { at: None, position: Some(position), ..contact(1, 0.0, "router", issue) };
    let foresight = learned([place(40, "broken"), place(2, "slow")]);
    assert!(ask(&foresight, &["slow"]).next[0].n == 1 && !foresight.timed());
}

#[test]
fn what_comes_at_the_same_instant_follows_nothing_of_it() {
    // A file of contacts that knows only the day, in whatever order its rows stand.
    let day =
        |issues: [&'static str; 2]| (0..3).flat_map(move |c| issues.map(|issue| contact(c, 5.0, "jackets", issue)));
    for issues in [["zip-a", "zip-b"], ["zip-b", "zip-a"]] {
        let foresight =
            learned(day(issues).chain([contact(0, 6.0, "jackets", "seam"), contact(1, 7.0, "jackets", "zip-a")]));
        for (after, next) in [("zip-a", "zip-b"), ("zip-b", "zip-a")] {
            let outlook = ask(&foresight, &[after]);
            // Nobody had one of them first; and only who came again on another day came later.
            assert_eq!((outlook.basis, outlook.of), (Basis::Issue, 3));
            let n = |issue: &str| outlook.next.iter().find(|n| n.issue.as_str() == issue).expect("it is known").n;
            assert_eq!((n(next), n("seam")), (u64::from(next == "zip-a"), 1), "after {after}");
            assert_eq!(outlook.again.as_ref().expect("counted").n, u64::from(after == "zip-a"));
            // Both together are a set that came at once; in no order.
            let both = ask(&foresight, &[after, next]);
            assert_eq!((both.basis, both.of, both.next[0].n), (Basis::Set, 3, 1));
        }
        // What their first moment was about is not what came after it.
        let outlook = ask(&foresight, &[]);
        assert_eq!((outlook.basis, outlook.of), (Basis::Popularity, 3));
        let n: Vec<_> = outlook.next.iter().map(|n| (n.issue.as_str(), n.n)).collect();
        assert_eq!(n.iter().filter(|(_, n)| *n > 0).collect::<Vec<_>>(), [&("seam", 1)]);
    }
}

#[test]
fn an_issue_is_found_by_its_product_by_the_product_at_hand_or_alone() {
    let mut contacts = Vec::new();
    for customer in 0..20 {
        let (product, next) = if customer < 15 { ("roses", "thorns") } else { ("lilies", "pollen") };
        contacts.push(contact(customer, 0.0, product, "buying"));
        contacts.push(contact(customer, 1.0, product, next));
    }
    let foresight = learned(contacts);
    let lilies = SectionId::new("lilies");
    let asked = Asked { product: Some(&lilies), had: &had(&["buying"]), limit: 5, ..Asked::default() };
    assert_eq!((names(&foresight.next(&asked))[0], foresight.next(&asked).of), ("pollen", 5));
    let own = [Had { product: Some(lilies), issue: IssueId::new("buying") }];
    assert_eq!(foresight.next(&Asked { product: None, had: &own, limit: 5, ..Asked::default() }).of, 5);
    // Without a product it is the one of which most was counted.
    assert_eq!((names(&ask(&foresight, &["buying"]))[0], ask(&foresight, &["buying"]).of), ("thorns", 15));
    // Nobody knows this issue; the product still says something.
    let asked =
        Asked { product: Some(&SectionId::new("lilies")), had: &had(&["wilting"]), limit: 5, ..Asked::default() };
    assert_eq!(foresight.next(&asked).basis, Basis::Product);
}

/// Where no issue is named, what is likeliest comes first, as the numbers say.
#[test]
fn what_follows_none_is_ranked_by_its_chance() {
    let foresight = {
        let mut learner = Learner::default();
        a_script(400).into_iter().for_each(|contact| assert!(learner.add(contact)));
        learner.refit()
    };
    let chances: Vec<f64> = ask(&foresight, &[]).next.iter().map(|next| next.p).collect();
    assert!(chances.len() > 1 && chances.is_sorted_by(|one, other| one >= other), "{chances:?}");
}

#[test]
fn another_server_answers_alike_with_the_weights_of_the_one_that_fitted_them() {
    let filled = || {
        let mut learner = Learner::default();
        a_script(400).into_iter().for_each(|contact| assert!(learner.add(contact)));
        learner
    };
    let (mut fits, mut takes) = (filled(), filled());
    let fitted = fits.refit();
    let weights = fits.weights();
    assert_ne!(names(&ask(&takes.counted(), &["invoice"])), names(&ask(&fitted, &["invoice"])), "nothing was fitted");
    assert!(takes.take_weights(&weights, fits.fitted_at().unwrap()));
    assert_eq!(ask(&takes.foresight(), &["invoice"]), ask(&fitted, &["invoice"]));
    assert!(!takes.is_stale(), "they would be fitted once more");
    // No weight is lost, whatever was fitted.
    let weights: Vec<f64> = weights.iter().map(|weight| weight + 0.125).collect();
    assert!(takes.take_weights(&weights, 100));
    assert_eq!((takes.weights(), takes.fitted_at()), (weights.clone(), Some(100)));
    assert!(takes.is_stale(), "they were fitted to far fewer contacts");

    let mut longer = weights.clone();
    longer.push(1.0);
    let mut odd = weights.clone();
    odd[0] = f64::NAN;
    for other in [&weights[1..], &longer, &odd, &[]] {
        assert!(!takes.take_weights(other, 100), "weights of another version were taken");
    }
    assert_eq!(takes.weights(), weights);
}

const PRODUCTS: [&str; 3] = ["", "a", "b"];
const ISSUES: [&str; 6] = ["", "one", "two", "three", "four", "five"];

pub fn contacts() -> impl Strategy<Value = Vec<Contact>> {
    let some =
        (0..12_u64, 0..60_u32, any::<bool>(), 0..3_usize, 0..6_usize).prop_map(|(customer, day, timed, p, i)| {
            // Half of the customers get in touch at a few moments, about several things at once.
            let day = if customer % 2 == 0 { day / 15 * 15 } else { day };
            let timed_contact = contact(customer, f64::from(day) / 3.0, PRODUCTS[p], ISSUES[i]);
            if timed { timed_contact } else { Contact { at: None, position: Some(i64::from(day)), ..timed_contact } }
        });
    prop::collection::vec(some, 0..80)
}

fn same(a: &Foresight, b: &Foresight) -> Result<(), TestCaseError> {
    for issues in [&[][..], &["one"], &["two", "one"], &["three", "four", "one"], &["unheard"]] {
        for product in PRODUCTS.map(|p| (!p.is_empty()).then(|| SectionId::new(p))) {
            let had = had(issues);
            let since_days = issues.len() as u32;
            let asked = Asked { product: product.as_ref(), had: &had, since_days, limit: 50, ..Asked::default() };
            let (a, b) = (a.next(&asked), b.next(&asked));
            prop_assert_eq!((a.of, a.basis, a.next.len()), (b.of, b.basis, b.next.len()));
            for (a, b) in a.next.iter().zip(&b.next) {
                prop_assert_eq!((&a.issue, &a.product, a.n, a.median_days), (&b.issue, &b.product, b.n, b.median_days));
                prop_assert!((a.p - b.p).abs() + (a.low - b.low).abs() + (a.high - b.high).abs() < 1e-9);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_of_arrival_does_not_matter_nor_when_it_was_asked(all in contacts(), turn in 0..80_usize, cut in 0..80_usize) {
        let at_once = learned(all.clone());
        let mut turned = all.clone();
        if !turned.is_empty() {
            let by = turn % turned.len();
            turned.rotate_left(by);
        }
        let mut learner = Learner::default();
        for (nth, contact) in turned.into_iter().enumerate() {
            if nth == cut {
                learner.foresight();
            }
            learner.add(contact);
        }
        same(&at_once, &learner.refit())?;
        // Who is forgotten was never there.
        learner.forget(3);
        same(&learned(all.into_iter().filter(|c| c.customer != 3)), &learner.refit())?;
    }

    #[test]
    fn every_number_is_one_and_can_be_counted_again(all in contacts()) {
        let foresight = learned(all.clone());
        let place = |c: &Contact| (c.at.is_some(), c.at.or(c.position));
        for first in ["one", "two"] {
            for product in ["a", "b"] {
                let (product, issue) = (SectionId::new(product), IssueId::new(first));
                let is_first = |c: &&Contact| c.product.as_ref() == Some(&product) && c.issue.as_ref() == Some(&issue);
                let customers: BTreeSet<u64> = all.iter().filter(is_first).map(|c| c.customer).collect();
                let had = [Had { product: Some(product.clone()), issue: issue.clone() }];
                let outlook = foresight.next(&Asked { product: None, had: &had, limit: 50, ..Asked::default() });
                if outlook.basis < Basis::Issue {
                    prop_assert!(customers.is_empty());
                    continue;
                }
                let is_their_first = |customer: &u64| {
                    let theirs = || all.iter().filter(|c| c.customer == *customer && c.issue.is_some());
                    let first = theirs().map(place).min();
                    theirs().filter(|c| Some(place(c)) == first).all(|c| is_first(&c))
                };
                let customers: BTreeSet<u64> =
                    customers.into_iter().filter(|c| outlook.basis == Basis::Issue || is_their_first(c)).collect();
                prop_assert_eq!(outlook.of, customers.len() as u64, "{:?}", outlook);
                for next in &outlook.next {
                    prop_assert!(0.0 <= next.low && next.low <= next.p && next.p <= next.high && next.high <= 1.0);
                    prop_assert!(next.lift.is_finite() && next.lift >= 0.0 && next.n <= next.of, "{:?}", next);
                    prop_assert!(next.issue != issue || next.product.as_ref() != Some(&product));
                    // The counting rule: customers, from their first such contact, within the horizon.
                    let came = |customer: &&u64| {
                        let theirs = || all.iter().filter(|c| c.customer == **customer);
                        let start = theirs().filter(is_first).min_by_key(|c| place(c)).expect("they had it");
                        theirs().any(|c| {
                            let is = c.issue.as_ref() == Some(&next.issue) && c.product == next.product;
                            let timed = start.at.zip(c.at);
                            let soon = timed.is_none_or(|(a, b)| b - a <= i64::from(HORIZON_DAYS) * DAY);
                            is && soon && place(c) > place(start)
                        })
                    };
                    let sure = customers.iter().filter(came).count() as u64;
                    prop_assert_eq!(next.n, sure, "{:?}", next);
                }
            }
        }
    }
}

#[test]
fn what_nobody_came_back_with_is_not_said_to_be_impossible() {
    // 600 customers buy, a third of them come back; and five came with something else first.
    let mut contacts: Vec<Contact> = (0..600).map(|customer| contact(customer, 0.0, "", "buying")).collect();
    contacts.extend((0..200).map(|customer| contact(customer, 1.0, "", "drooping")));
    contacts.extend((600..605).map(|customer| contact(customer, 0.0, "", "moving")));
    let foresight = learned(contacts);
    let high = |had: &[&str], next: &str| {
        let outlook = ask(&foresight, had);
        let found = outlook.next.iter().find(|one| one.issue.as_str() == next).expect("it is a candidate").clone();
        assert_eq!(found.n, 0, "{found:?}");
        assert!(found.low <= found.p && found.p <= found.high, "{found:?}");
        found.high
    };
    // Half a customer of 605: 2.5 of them at the most, in 19 of 20 cases.
    let of_everyone = high(&[], "moving");
    assert!((0.0038..0.0045).contains(&of_everyone), "{of_everyone}");
    let of_buyers = high(&["buying"], "moving");
    assert!((0.0025..0.006).contains(&of_buyers), "{of_buyers}");
    // Five customers say nothing that 600 do not know better.
    let of_movers = high(&["moving"], "buying");
    assert!((0.0025..0.006).contains(&of_movers), "{of_movers}");
}

#[test]
fn an_issue_without_a_product_is_counted_as_most_customers_had_it() {
    let mut contacts = Vec::new();
    for customer in 0..40 {
        let product = if customer < 30 { "roses" } else { "tulips" };
        contacts.push(contact(customer, 0.0, product, "buying"));
        contacts.push(contact(customer, 2.0, product, "drooping"));
    }
    // Two who said nothing of a product do not stand for all.
    contacts.extend([contact(50, 0.0, "", "buying"), contact(51, 0.0, "", "buying")]);
    let foresight = learned(contacts);
    let counted = |product: Option<&str>| {
        let product = product.map(SectionId::new);
        let had = had(&["buying"]);
        let outlook = foresight.next(&Asked { product: product.as_ref(), had: &had, limit: 5, ..Asked::default() });
        (outlook.had[0].product.clone().map(|id| id.to_string()), outlook.of)
    };
    assert_eq!(counted(None), (Some("roses".to_owned()), 30));
    assert_eq!(counted(Some("tulips")), (Some("tulips".to_owned()), 10));
    assert_eq!(counted(Some("vases")), (None, 2), "nobody had it with a vase");
}

#[test]
fn issues_without_a_product_are_taken_together() {
    let mut contacts = Vec::new();
    for customer in 0..20 {
        contacts.extend([contact(customer, 0.0, "roses", "buying"), contact(customer, 1.0, "roses", "vase")]);
        contacts.push(contact(customer, 2.0, "roses", "drooping"));
    }
    // More customers bought tulips, and none of those came about a vase.
    contacts.extend((100..150).map(|customer| contact(customer, 0.0, "tulips", "buying")));
    let outlook = ask(&learned(contacts), &["buying", "vase"]);
    let products: Vec<Option<&str>> =
        outlook.had.iter().map(|had| had.product.as_ref().map(SectionId::as_str)).collect();
    assert_eq!((products, outlook.of), (vec![Some("roses"), Some("roses")], 20), "{outlook:?}");
    assert_eq!(outlook.basis, Basis::Sequence);
}

#[test]
fn what_nearly_everybody_comes_back_with_is_not_said_to_be_certain() {
    let mut contacts = Vec::new();
    for customer in 0..400 {
        contacts.extend([contact(customer, 0.0, "flowers", "buying"), contact(customer, 1.0, "flowers", "drooping")]);
    }
    let outlook = ask(&learned(contacts), &["buying"]);
    let drooping = &outlook.next[0];
    assert_eq!((drooping.n, drooping.of), (400, 400));
    // Half a customer of 400 who stays away.
    assert!((0.99..0.995).contains(&drooping.low) && drooping.high > 0.999, "{drooping:?}");
}
