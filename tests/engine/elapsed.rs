//! Time since the customer's contact changes what is likely: who has not come back by now is counted among those alone
//! who had not come back by then either, and the window goes on with the clock.

use super::counted::answer;
use super::foresight::{contact, contacts, learned};
use super::made::{buying, candidate, chosen, gerbera, question, today};
use proptest::prelude::*;
use stemwire::engine::foresight::{Asked, Basis, Contact, Foresight, HORIZON_DAYS, Had, Next};
use stemwire::engine::{Answer, Earlier, Known, Situation, suggest_knowing};
use stemwire::tip::{IssueId, SectionId};

const DAY: i64 = 24 * 60 * 60 * 1000;

/// Forty bought: ten came back about drooping after two days, four after five, six after nine, and twenty never.
fn forty() -> Vec<Contact> {
    let mut all = Vec::new();
    for customer in 0..40 {
        all.push(contact(customer, 100.0, "flowers/gerbera", "buying"));
        let day = [2.0, 5.0, 9.0][usize::from(customer >= 10) + usize::from(customer >= 14)];
        if customer < 20 {
            all.push(contact(customer, 100.0 + day, "flowers/gerbera", "flowers/gerbera:drooping"));
        }
    }
    all
}

fn bought(days_ago: Option<u32>) -> Earlier {
    let had = Had { product: Some(SectionId::new("flowers/gerbera")), issue: IssueId::new("buying") };
    Earlier { had, days_ago }
}

fn at(foresight: &Foresight, since_days: u32) -> Next {
    let had = [bought(None).had];
    let outlook = foresight.next(&Asked { had: &had, since_days, limit: 1, ..Asked::default() });
    assert_eq!((outlook.of, outlook.basis, outlook.since_days), (40, Basis::First, since_days.min(28)));
    outlook.next.into_iter().next().expect("one other issue is known")
}

#[test]
fn who_had_come_back_by_then_is_left_out_and_the_window_goes_on() {
    let foresight = learned(forty());
    let counted = |since: u32| (at(&foresight, since).n, at(&foresight, since).of);
    // On the day: within seven days, fourteen of all. The second day ends after two days, to the millisecond.
    assert_eq!((counted(0), counted(1), counted(2)), ((14, 40), (14, 40), (10, 30)));
    assert_eq!((counted(4), counted(5), counted(8), counted(9)), ((10, 30), (6, 26), (6, 26), (0, 20)));
    assert_eq!((counted(28), counted(1000)), ((0, 20), (0, 20)));
    for since in [0, 2, 5, 9] {
        let next = at(&foresight, since);
        assert!(next.low <= next.p && next.p <= next.high, "{next:?}");
        assert!((next.p - next.n as f64 / next.of as f64).abs() < 0.1, "{next:?}");
    }
    assert!(at(&foresight, 9).p < 0.1 && at(&foresight, 0).p > 0.3);
}

#[test]
fn what_nobody_came_back_about_on_the_day_does_not_leap_ahead_later() {
    let vase = (20..23).map(|customer| contact(customer, 109.0, "flowers/gerbera", "flowers:vase"));
    let foresight = learned(forty().into_iter().chain(vase));
    for (since_days, counted) in [(0, (14, 40)), (3, (10, 30)), (6, (6, 26))] {
        let had = [bought(None).had];
        let next = foresight.next(&Asked { had: &had, since_days, limit: 5, ..Asked::default() }).next;
        assert_eq!((next[0].issue.as_str(), (next[0].n, next[0].of)), ("flowers/gerbera:drooping", counted));
        let (n, of) = (if since_days == 0 { 0 } else { 3 }, 40);
        assert!(next.iter().any(|one| one.issue.as_str() == "flowers:vase" && (one.n, one.of) == (n, of)), "{next:?}");
    }
}

#[test]
fn where_times_are_not_known_none_passes() {
    let places = forty().into_iter().map(|c| Contact { at: None, position: c.at, ..c });
    let foresight = learned(places);
    let ask = |since_days| {
        let had = [bought(None).had];
        foresight.next(&Asked { had: &had, since_days, limit: 5, ..Asked::default() })
    };
    assert_eq!(ask(0), ask(5));
    assert_eq!((ask(5).next[0].n, ask(5).since_days), (20, 0));
}

/// What is suggested to a customer who got in touch about `earlier`, the last time first known from the ledger.
fn after(earlier: &[Earlier]) -> Answer {
    answer(&learned(forty()), earlier, &with_gerberas(), [gerbera("wire", 0.9)])
}

/// All that is heard is the product.
fn with_gerberas() -> Situation {
    Situation { issues: Vec::new(), bare: true, ..buying() }
}

#[test]
fn a_tip_is_worth_less_once_they_have_not_come_back_for_days() {
    let told = |earlier: &[Earlier]| {
        let answer = after(earlier);
        let tip = answer.tip.unwrap_or_else(|silence| panic!("{}", silence.detail));
        tip.why.join(" ")
    };
    let on_the_day = "14 of 40 customers in this situation came back about “drooping” within 7 days.";
    for first in [&[][..], &[bought(Some(0))], &[bought(None)], &[bought(Some(7))]] {
        assert!(told(first).contains(on_the_day), "{}", told(first));
    }
    let later = "Their last contact about “buying” was 5 days ago. Of 26 customers who got in touch about it \
                 (flowers/gerbera) and who had not come back about “drooping” for as long, 6 did within the next 7 days.";
    assert!(told(&[bought(Some(5))]).contains(later), "{}", told(&[bought(Some(5))]));
    // The latest such contact counts; one about drooping since says that they did come back.
    assert!(told(&[bought(Some(6)), bought(Some(0))]).contains(on_the_day));
    let drooped =
        Earlier { had: Had { issue: IssueId::new("flowers/gerbera:drooping"), ..bought(None).had }, days_ago: Some(1) };
    assert!(told(&[bought(Some(5)), drooped]).contains(on_the_day));
    // Who buys again today begins anew.
    let again = answer(&learned(forty()), &[bought(Some(5))], &buying(), [gerbera("wire", 0.3)]);
    assert!(again.tip.expect("a tip").why.join(" ").contains("14 of 40 customers who got in touch about “buying”"));
}

#[test]
fn the_gate_closes_with_the_days() {
    let foresight = learned(forty().into_iter().filter(|c| c.at < Some(105 * DAY)));
    let ask = |days| {
        let known = Known { foresight: Some(&foresight), had: &[bought(Some(days))], ..Known::default() };
        suggest_knowing(&question(""), &with_gerberas(), &[candidate(gerbera("hopeful", 0.9))], today(), known)
    };
    // Ten of forty within two days, none later: an editor who expects nine of ten is right until then at the most.
    assert_eq!(chosen(&ask(0)), "flowers/gerbera/hopeful");
    assert_eq!(chosen(&ask(3)), "unlikely");
    let silence = ask(3).tip.expect_err("it is silent");
    let said = "0 of 30 such customers, after 3 days without it, came back about “drooping” so far.";
    assert!(silence.detail.starts_with(said), "{}", silence.detail);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// The rule of docs/foresight.md, counted again customer by customer, in each situation of one or two issues.
    #[test]
    fn every_number_at_any_time_can_be_counted_again(all in contacts(), since in 0..40_u32, both in any::<bool>()) {
        let foresight = learned(all.iter().cloned());
        let product = SectionId::new("a");
        let wanted = if both { &["one", "two"][..] } else { &["one"] };
        let had: Vec<Had> =
            wanted.iter().map(|issue| Had { product: Some(product.clone()), issue: IssueId::new(issue) }).collect();
        let outlook = foresight.next(&Asked { had: &had, since_days: since, limit: 50, ..Asked::default() });
        if outlook.basis < Basis::Issue {
            return Ok(());
        }
        // An issue that nobody had says nothing; what was had before it still does.
        let known = |had: &&Had| all.iter().any(|c| c.product == had.product && c.issue.as_ref() == Some(&had.issue));
        let last = had.iter().rev().find(known).cloned();
        let had = if outlook.basis == Basis::Issue { last.as_slice() } else { &had[..] };
        let place = |c: &&Contact| (c.at.is_some(), c.at.or(c.position));
        let moments: Vec<(Contact, Vec<Contact>)> = (0..12).filter_map(|customer| {
            let mut theirs: Vec<&Contact> = all.iter().filter(|c| c.customer == customer).collect();
            theirs.sort_by_key(place);
            let is = |c: &Contact, had: &Had| c.product == had.product && c.issue.as_ref() == Some(&had.issue);
            // The moment that completes just this set: all of it was had by then, and nothing else.
            let places = had.iter().map(|had| theirs.iter().find(|c| is(c, had)).map(place)).collect::<Option<Vec<_>>>()?;
            let moment = *places.iter().max()?;
            // Issues that were new at a moment, and at the one before it that had new ones.
            let is_new = |c: &Contact| !theirs.iter().any(|b| place(b) < place(&c) && b.issue == c.issue && b.product == c.product);
            let news = || theirs.iter().filter(|c| c.issue.is_some() && is_new(c));
            let only = |place_of: _, had: &Had| news().filter(|c| place(c) == place_of).all(|c| is(c, had));
            let right_before = news().map(place).filter(|place| *place < moment).max();
            let pair = || had.len() == 2 && right_before == Some(places[0]) && only(places[0], &had[0]) && only(moment, &had[1]);
            let mut by_then = theirs.iter().filter(|c| place(c) <= moment && c.issue.is_some());
            let others = by_then.clone().any(|c| !had.iter().any(|had| is(c, had)));
            let fits = match outlook.basis {
                Basis::First | Basis::Set => !others,
                Basis::Pair => pair(),
                Basis::Sequence => !others && places.windows(2).all(|two| two[0] < two[1]),
                _ => true,
            };
            let later = theirs.iter().filter(|c| place(c) > moment).map(|c| (*c).clone()).collect();
            fits.then(|| ((*by_then.next_back().expect("the moment itself")).clone(), later))
        }).collect();
        prop_assert_eq!(outlook.of, moments.len() as u64);
        let known = moments.iter().any(|(moment, _)| moment.at.is_some());
        let t = i64::from(since.min(28)) * DAY;
        for next in outlook.next.iter().chain(&outlook.again) {
            let (mut n, mut of) = (0, 0);
            for (moment, later) in &moments {
                let came = later.iter().find(|c| c.issue.as_ref() == Some(&next.issue) && c.product == next.product);
                let (counts, came) = match (moment.at, came) {
                    // Without a time: among all on the day, and left out later.
                    (None, came) => (since == 0 || !known, came.is_some()),
                    (Some(_), None) => (true, false),
                    (Some(from), Some(came)) => {
                        let passed = came.at.expect("what follows a time has one") - from;
                        let horizon = i64::from(HORIZON_DAYS) * DAY;
                        (passed > t || t == 0, passed > t && passed <= t + horizon)
                    }
                };
                (n, of) = (n + u64::from(counts && came), of + u64::from(counts));
            }
            // The same again is always counted of all who had the issue.
            if outlook.again.as_ref() != Some(next) || outlook.basis == Basis::Issue {
                prop_assert_eq!((next.n, next.of), (n, of), "{:?} after {} days", next, since);
            }
            prop_assert!(next.low <= next.p && next.p <= next.high && next.n <= next.of, "{:?}", next);
        }
    }
}
