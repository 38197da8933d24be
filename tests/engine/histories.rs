//! Histories that are unlike most: with issues nobody had, of few customers, and longer than one person's.

use super::counted::answer;
use super::foresight::{contact, learned};
use super::made::{buying, chosen, gerbera};
use stemwire::engine::foresight::{Asked, Basis, Contact, Had, Outlook};
use stemwire::engine::{Earlier, Situation};
use stemwire::tip::IssueId;

fn ask(contacts: Vec<Contact>, issues: &[&str]) -> Outlook {
    let had: Vec<Had> = issues.iter().map(|issue| Had { product: None, issue: IssueId::new(issue) }).collect();
    learned(contacts).next(&Asked { had: &had, limit: 50, ..Asked::default() })
}

#[test]
fn an_issue_that_nobody_had_takes_nothing_from_what_was_had_before_it() {
    let mut contacts = Vec::new();
    for customer in 0..40 {
        contacts.push(contact(customer, 0.0, "", "buying"));
        contacts.extend((customer < 20).then(|| contact(customer, 2.0, "", "drooping")));
        contacts.push(contact(customer + 100, 0.0, "", "billing"));
    }
    let outlook = ask(contacts.clone(), &["buying", "never heard of"]);
    assert_eq!((outlook.basis, outlook.of), (Basis::Issue, 40));
    assert_eq!((outlook.next[0].issue.as_str(), outlook.next[0].n, outlook.next[0].of), ("drooping", 20, 40));
    assert!(outlook.again.is_none(), "the last issue never came: {outlook:?}");
    // Where nothing of it is known, everyone speaks.
    assert_eq!(ask(contacts, &["never heard of"]).basis, Basis::Popularity);
}

/// Customers `of` whom `back` come back about drooping two days after `issues`, one a day; they are numbered from `from`.
fn came((from, of, back): (u64, u64, u64), issues: &[&str]) -> Vec<Contact> {
    let one = |customer: u64| {
        let day = |nth: usize| nth as f64;
        let had = issues.iter().enumerate().map(move |(nth, issue)| contact(customer, day(nth), "", issue));
        had.chain((customer < from + back).then(|| contact(customer, day(issues.len() + 1), "", "drooping")))
    };
    (from..from + of).flat_map(one).collect()
}

#[test]
fn the_last_two_issues_are_a_situation_of_their_own() {
    // Who came about a vase right after buying comes back, whatever was before; who came about it after moving does not.
    let mut contacts: Vec<Contact> = Vec::new();
    for (nth, before) in ["billing", "opening hours", "delivery"].into_iter().enumerate() {
        let from = 1000 * nth as u64;
        contacts.extend(came((from, 20, 16), &[before, "buying", "vase"]));
        contacts.extend(came((from + 500, 20, 1), &[before, "moving", "vase"]));
    }
    for (before, n) in [("buying", 48), ("moving", 3)] {
        // Nobody had just these three.
        let outlook = ask(contacts.clone(), &["a card", before, "vase"]);
        let next = outlook.next.iter().find(|next| next.issue.as_str() == "drooping").expect("it is known");
        assert_eq!((outlook.basis, next.n, next.of), (Basis::Pair, n, 60), "{outlook:?}");
        assert!((next.p - n as f64 / 60.0).abs() < 0.05 && next.low < next.p && next.p < next.high, "{next:?}");
    }
    // What came at the same moment is in no order, and is no pair.
    let at_once = |customer: u64| [contact(customer, 3.0, "", "buying"), contact(customer, 3.0, "", "vase")];
    contacts.extend((5000..5010).flat_map(at_once));
    assert_eq!(ask(contacts, &["a card", "buying", "vase"]).of, 60);
}

#[test]
fn just_these_issues_say_more_than_the_last_two_of_them() {
    // Who had a gift before both nearly always comes back; who had those two alone, and in the other order, seldom.
    let mut contacts = came((0, 100, 90), &["gift", "buying", "vase"]);
    contacts.extend(came((1000, 100, 10), &["vase", "buying"]));
    let outlook = ask(contacts, &["buying", "vase"]);
    let next = outlook.next.iter().find(|next| next.issue.as_str() == "drooping").expect("it is known");
    assert_eq!((outlook.basis, next.n, next.of), (Basis::Set, 10, 100));
    assert!(next.low < 0.1 && 0.1 < next.high && next.p < 0.2, "{next:?}");
}

#[test]
fn what_came_after_an_issue_is_no_history_before_it() {
    let drooping = "flowers/gerbera:drooping";
    let of = |from: u64, back: u64, issues: &[&str]| {
        came((from, 100, back), issues).into_iter().map(|c| match c.issue.as_ref().map(IssueId::as_str) {
            Some("drooping") => Contact { issue: Some(IssueId::new(drooping)), ..c },
            _ => c,
        })
    };
    let foresight = learned(of(0, 90, &["gift", "fading", "buying"]).chain(of(1000, 5, &["gift", "buying", "fading"])));
    let had = |issue: &str, days: u32| Earlier {
        had: Had { product: None, issue: IssueId::new(issue) },
        days_ago: Some(days),
    };
    // Nothing is heard but the product. They bought, and their flowers faded since.
    let earlier = [had("a card", 6), had("buying", 5), had("fading", 2)];
    let silent = Situation { issues: Vec::new(), bare: true, ..buying() };
    let told = answer(&foresight, &earlier, &silent, [gerbera("wire", 0.9)]);
    // Of all who bought and had not come back for five days, none did, whatever came before or after.
    let silence = told.tip.expect_err("it is silent");
    let said = "0 of 105 such customers, after 5 days without it, came back about “drooping” so far.";
    assert!(silence.detail.starts_with(said), "{}", silence.detail);
}

#[test]
fn two_customers_of_the_same_history_do_not_outvote_all_who_had_the_issue() {
    let known = |issues: &[&str]| -> Vec<Earlier> {
        let had = |issue: &&str| Had { product: None, issue: IssueId::new(*issue) };
        issues.iter().map(|issue| Earlier { had: had(issue), days_ago: None }).collect()
    };
    // Of those who buy, half come back about drooping; of the two who had moved before, none did.
    let said = |of_movers: u64| {
        let mut contacts = came((0, 300, 150), &["buying"]);
        contacts.extend(came((1000, of_movers, 0), &["moving", "buying"]));
        let contacts = contacts.into_iter().map(|c| match c.issue.as_ref().map(IssueId::as_str) {
            Some("drooping") => Contact { issue: Some(IssueId::new("flowers/gerbera:drooping")), ..c },
            _ => c,
        });
        answer(&learned(contacts), &known(&["moving"]), &buying(), [gerbera("wire", 0.9)])
    };
    assert_eq!(chosen(&said(2)), "flowers/gerbera/wire");
    let why = said(2).tip.expect("a tip").why.join(" ");
    assert!(why.contains("150 of 302 customers who got in touch about “buying”"), "{why}");
    // Two hundred of them know better.
    assert_eq!(chosen(&said(200)), "unlikely");
}

#[test]
fn what_follows_is_counted_in_a_history_of_hundreds_of_issues() {
    let issue = |nth: u32| format!("issue-{nth:03}");
    let history = |customer: u64| (0..200).map(move |nth| contact(customer, f64::from(nth) * 0.5, "", &issue(nth)));
    let contacts: Vec<Contact> = (0..5).flat_map(history).collect();
    for nth in [3, 62, 63, 64, 120, 198] {
        let outlook = ask(contacts.clone(), &[&issue(nth)]);
        let next = outlook.next.iter().find(|next| next.issue.as_str() == issue(nth + 1));
        assert_eq!(next.map(|next| (next.n, next.of)), Some((5, 5)), "after {nth}");
    }
}
