//! Histories that are unlike most: with issues nobody had, and longer than one person's.

use super::foresight::{contact, learned};
use stemwire::engine::foresight::{Asked, Basis, Contact, Had, Outlook};
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
