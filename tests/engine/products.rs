//! Of which product's customers is counted: those with the product at hand or below it, and never another's.

use super::counted::answer;
use super::foresight::{contact, learned};
use super::made::{buying, chosen, gerbera};
use stemwire::engine::foresight::{Asked, Basis, Contact, Had};
use stemwire::tip::{IssueId, SectionId};

fn had(product: Option<&str>, issue: &str) -> [Had; 1] {
    [Had { product: product.map(SectionId::new), issue: IssueId::new(issue) }]
}

#[test]
fn another_products_customers_say_nothing_of_the_one_at_hand() {
    let drooping = "flowers/gerbera:drooping";
    // Of those who bought roses nobody came back drooping; nobody bought a gerbera.
    let mut contacts: Vec<Contact> = (0..60).map(|n| contact(n, 0.0, "flowers/rose", "buying")).collect();
    contacts.extend([contact(90, 0.0, "flowers/gerbera", "planting"), contact(90, 1.0, "flowers/gerbera", drooping)]);
    let of_roses = learned(contacts.clone());
    let wire = answer(&of_roses, &[], &buying(), [gerbera("wire", 0.3)]);
    assert_eq!(chosen(&wire), "flowers/gerbera/wire");
    let why = wire.tip.expect("a tip").why.join(" ");
    assert!(!why.contains("of 60"), "{why}");
    let gerberas = SectionId::new("flowers/gerbera");
    let asked = |product| Asked { product: Some(product), had: &[], limit: 5, ..Asked::default() };
    let bought = had(None, "buying");
    let outlook = of_roses.next(&Asked { had: &bought, ..asked(&gerberas) });
    assert_eq!((outlook.basis, outlook.had), (Basis::Product, bought.to_vec()));
    // Whoever asks about flowers means these, too.
    let flowers = SectionId::new("flowers");
    let outlook = of_roses.next(&Asked { had: &bought, ..asked(&flowers) });
    assert_eq!((outlook.of, outlook.had), (60, had(Some("flowers/rose"), "buying").to_vec()));
}

#[test]
fn whoever_named_no_product_counts_where_the_issue_belongs() {
    // A contact about an issue of flowers that names no product stands under flowers.
    let come = |n: u64| [contact(n, 0.0, "flowers", "flowers:buying"), contact(n, 2.0, "flowers", "flowers:drooping")];
    let foresight = learned((0..50).flat_map(come));
    let (gerberas, bought) = (SectionId::new("flowers/gerbera"), had(None, "flowers:buying"));
    let asked = Asked { product: Some(&gerberas), had: &bought, limit: 5, ..Asked::default() };
    let outlook = foresight.next(&asked);
    assert_eq!((outlook.basis, outlook.of, outlook.next[0].n), (Basis::First, 50, 50));
}

#[test]
fn what_came_without_a_product_is_asked_about_by_itself() {
    // Two customers wanted their money back for flowers, one for nothing that is known; that one came back.
    let contacts = [
        contact(1, 0.0, "flowers", "refund"),
        contact(2, 0.0, "flowers", "refund"),
        contact(3, 0.0, "", "refund"),
        contact(3, 2.0, "", "moon"),
    ];
    let foresight = learned(contacts);
    let refund = had(None, "refund");
    let asked = Asked { had: &refund, bare: true, ..Asked::default() };
    let (next, _) = foresight.chance(&asked, &IssueId::new("moon")).expect("it is known");
    assert_eq!((next.n, next.of), (1, 1));
    assert_eq!(foresight.before(None, &IssueId::new("moon"), 3), refund);
    // Who names no product is asked about as most customers had it.
    let asked = Asked { bare: false, ..asked };
    let (next, _) = foresight.chance(&asked, &IssueId::new("moon")).expect("it is known");
    assert_eq!((next.n, next.of), (0, 2));
}

#[test]
fn days_until_an_issue_are_those_with_whatever_product_whichever_came_first() {
    let one = [contact(1, 0.0, "flowers", "buying"), contact(1, 5.0, "flowers", "drooping")];
    // The second time, with another product, is not when they came back.
    let other = [
        contact(2, 0.0, "flowers", "buying"),
        contact(2, 2.0, "flowers/gerbera", "drooping"),
        contact(2, 6.0, "flowers", "drooping"),
    ];
    let flowers = SectionId::new("flowers");
    let bought = had(Some("flowers"), "buying");
    let asked = Asked { product: Some(&flowers), had: &bought, ..Asked::default() };
    for contacts in [one.iter().chain(&other), other.iter().chain(&one)] {
        let came = learned(contacts.cloned()).came_back(&asked, &IssueId::new("drooping")).expect("it is known");
        // The lower of two in the middle.
        assert_eq!((came.n, came.of, came.median_days), (2, 2, Some(2.0)));
    }
}

#[test]
fn what_a_first_contact_was_about_does_not_follow_it_with_another_product() {
    let contacts = [
        contact(1, 0.0, "flowers", "drooping"),
        contact(1, 2.0, "roses", "drooping"),
        contact(2, 0.0, "flowers", "buying"),
        contact(2, 2.0, "roses", "drooping"),
    ];
    let foresight = learned(contacts);
    let flowers = SectionId::new("flowers");
    // For a tip without `when`: of both who came about flowers, one came back drooping.
    let asked = Asked { product: Some(&flowers), ..Asked::default() };
    let came = foresight.came_back(&asked, &IssueId::new("drooping")).expect("it is known");
    assert_eq!((came.basis, came.n, came.of), (Basis::Product, 1, 2));
}
