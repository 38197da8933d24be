//! Issues of the root, and the product that whoever is in touch about them most likely has.

use super::made::{answer, chosen, heard, tip};
use stemwire::engine::{Homes, Situation};
use stemwire::tip::{IssueId, SectionId, Tip, TipId};

fn extending(id: &str) -> Tip {
    let (when, prevents) = (vec![IssueId::new("extend")], Some(IssueId::new("late-back")));
    Tip { when, prevents, expected: 0.5, expected_given: true, ..tip(id) }
}

fn homes(tips: &[Tip]) -> Homes {
    Homes::new(tips.iter().map(|tip| (tip.when.iter().collect(), tip.products.as_slice(), 1)))
}

fn placed(tips: &[Tip], mut situation: Situation) -> Situation {
    homes(tips).bring(&mut situation, |id: &SectionId| id.as_str().to_uppercase());
    situation
}

#[test]
fn where_one_product_is_all_there_is_its_name_need_not_be_said() {
    let tips = [extending("cars/two-days"), extending("cars/vans/two-days")];
    let situation = placed(&tips, heard(&[], &[("extend", 0.98)]));
    assert_eq!(situation.products[0].id, SectionId::new("cars"));
    assert_eq!(situation.products[0].title, "CARS");
    assert!(situation.products[0].confidence > 0.85);
    let found = answer(&situation, tips);
    assert_eq!(chosen(&found), "cars/two-days");
    assert!(found.others.iter().any(|other| other.tip.id == TipId::new("cars/vans/two-days")));
}

#[test]
fn of_several_products_one_is_named_where_most_tips_for_the_issue_are_for_it() {
    let mut tips: Vec<Tip> = (0..8).map(|n| extending(&format!("cars/{n}"))).collect();
    tips.extend([tip("vans/size"), tip("bikes/lock")]);
    // (8 + 1) / (8 + 3) of them have a car.
    let confidence = placed(&tips, heard(&[], &[("extend", 0.8)])).products[0].confidence;
    assert!((confidence - 0.8 * 9.0 / 11.0).abs() < 1e-4, "{confidence}");
    // One for three cars is one tip, and not three: of three products, customers of the others may be meant, too.
    let products = ["hatch", "estate", "van"].map(|car| SectionId::new(format!("cars/{car}"))).to_vec();
    let one =
        [Tip { products, ..extending("cars/a") }, tip("boats/b"), Tip { products: Vec::new(), ..extending("any") }];
    assert!(placed(&one, heard(&[], &[("extend", 0.98)])).products.is_empty());
    // Of a single tip over three products that cannot be said.
    let few = [extending("cars/a"), tip("vans/size"), tip("bikes/lock"), tip("trams/ticket")];
    assert!(placed(&few, heard(&[], &[("extend", 0.98)])).products.is_empty());
}

#[test]
fn what_was_named_or_given_and_what_is_for_everybody_brings_no_product() {
    let tips = [extending("cars/a"), tip("vans/size")];
    let named = placed(&tips, heard(&[("cars/small", 0.95)], &[("extend", 0.98)]));
    assert_eq!(named.products.len(), 1);
    let other = placed(&tips, heard(&[("vans", 0.95)], &[("extend", 0.98)]));
    assert!(other.products[1..].iter().all(|cars| cars.confidence < 0.05), "{other:?}");
    let any = |id: &str| Tip { products: Vec::new(), ..extending(id) };
    let everywhere = [any("any"), any("all"), extending("cars/a")];
    assert!(placed(&everywhere, heard(&[], &[("extend", 0.98)])).products.is_empty());
}
