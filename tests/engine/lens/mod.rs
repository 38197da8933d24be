//! The lens: table, recognition of issues and products, long texts, and what must hold for any input.

mod always;
mod issues;
mod matters;
mod products;
mod table;
mod uneven;

use stemwire::engine::Situation;
use stemwire::engine::lens::{Given, Lens, Table, TipWords};
use stemwire::tip::{Issue, Section, SectionId, Sections};

fn issue(name: &str, title: &str, says: &[&str]) -> Issue {
    Issue { name: name.into(), title: title.into(), says: says.iter().map(|s| s.to_string()).collect() }
}

fn section(id: &str, title: &str, aliases: &[&str], issues: Vec<Issue>) -> Section {
    Section {
        id: SectionId::new(id),
        title: title.into(),
        aliases: aliases.iter().map(|s| s.to_string()).collect(),
        issues,
        ..Section::default()
    }
}

/// A florist's library with two flowers, and a shop that also sells routers.
fn florist() -> Sections {
    Sections::new(
        [
            section(
                "",
                "Library",
                &[],
                vec![
                    issue("buying", "Buying", &["a bunch of", "bouquet for my wife", "which flowers do you have"]),
                    issue("delivery", "Delivery", &["my parcel is late", "where is my order", "when will it arrive"]),
                ],
            ),
            section("flowers", "Flowers", &[], vec![]),
            section(
                "flowers/gerbera",
                "Gerbera daisies",
                &["gerbera", "gerber daisy", "daisies"],
                vec![issue("drooping", "Stems droop", &["flopping over", "heads hang down", "gone limp"])],
            ),
            section(
                "flowers/rose",
                "Roses",
                &[],
                vec![issue("thorns", "Thorns", &["pricked my finger", "how do I take off the thorns"])],
            ),
            section(
                "router",
                "Router",
                &["wifi box"],
                vec![issue(
                    "offline",
                    "No connection",
                    &["no internet", "the light blinks red", "wifi keeps dropping"],
                )],
            ),
        ],
        [],
    )
}

fn lens(sections: &Sections, words: &[TipWords]) -> Lens {
    Lens::build(sections, words, Table::embedded())
}

fn said(lens: &Lens, text: &str) -> Situation {
    lens.recognise(Given { text, products: &[], issues: &[] })
}

fn given(lens: &Lens, text: &str, products: &[&str], issues: &[&str]) -> Situation {
    let own = |all: &[&str]| all.iter().map(|s| s.to_string()).collect::<Vec<_>>();
    lens.recognise(Given { text, products: &own(products), issues: &own(issues) })
}

fn product_ids(situation: &Situation) -> Vec<&str> {
    situation.products.iter().map(|p| p.id.as_str()).collect()
}

fn issue_ids(situation: &Situation) -> Vec<&str> {
    situation.issues.iter().map(|i| i.id.as_str()).collect()
}
