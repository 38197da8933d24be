//! Simulated balloons, promises and searches: of every age and state, so that an inbox has something in it.

use super::super::App;
use super::super::contacts::by_name;
use super::super::record::RecordError;
use super::customer::name_of;
use super::dice::Dice;
use crate::ledger::{Ledger, LedgerError, Missed, NewBalloon, NewPromise, PromiseFilter};
use crate::tip::{SectionId, TipId};
use chrono::{DateTime, Utc};
use std::collections::HashSet;

/// What became of a balloon, and so many hours after it was given.
enum Fate {
    Waits,
    Seen(f64),
    Adopted(f64, &'static str),
    Declined(f64, &'static str),
}

/// A simulated balloon.
struct Sample {
    said: &'static str,
    product: &'static str,
    /// In days before now.
    age: f64,
    /// Role and name; two where two said the same.
    givers: &'static [(&'static str, Option<&'static str>)],
    fate: Fate,
}

const BALLOONS: [Sample; 9] = [
    Sample {
        said: "Two customers today had a leaking vase. Could we sell a liner?",
        product: "flowers",
        age: 0.1,
        givers: &[("agent", None)],
        fate: Fate::Waits,
    },
    Sample {
        said: "People ask whether the phone still works when the router is off.",
        product: "internet/house-phone",
        age: 1.2,
        givers: &[("agent", Some("Mina")), ("customer", None)],
        fate: Fate::Waits,
    },
    Sample {
        said: "A sticker with the allergy number on every box.",
        product: "takeaway",
        age: 4.5,
        givers: &[("driver", None)],
        fate: Fate::Waits,
    },
    Sample {
        said: "Nobody knows that the locker keeps a parcel for three days only.",
        product: "parcels/lockers",
        age: 9.0,
        givers: &[("customer", None)],
        fate: Fate::Waits,
    },
    Sample {
        said: "Say before the trip that the card may be asked for its PIN at the pump.",
        product: "cards/credit-card",
        age: 6.0,
        givers: &[("agent", None)],
        fate: Fate::Seen(20.0),
    },
    Sample {
        said: "Show how to find the old phone's code before it is traded in.",
        product: "phones/trade-in",
        age: 14.0,
        givers: &[("agent", Some("Jo"))],
        fate: Fate::Seen(5.0),
    },
    Sample {
        said: "Give wire with the gerberas, they always droop.",
        product: "flowers/gerbera",
        age: 48.0,
        givers: &[("customer", Some("Mrs Lind")), ("agent", None)],
        fate: Fate::Adopted(60.0, "flowers/gerbera/wire"),
    },
    Sample {
        said: "Hide the queue, it makes people nervous.",
        product: "",
        age: 33.0,
        givers: &[("agent", None)],
        fate: Fate::Declined(50.0, "People who know how long it takes wait more calmly; we tried both."),
    },
    Sample {
        said: "A second pair of chopsticks in every bag.",
        product: "takeaway/noodles",
        age: 75.0,
        givers: &[("agent", None)],
        fate: Fate::Declined(30.0, "Most bags are for one; we ask instead."),
    },
];

/// Words that nothing was found for, with how often.
const SEARCHES: [(&str, usize); 6] = [
    ("gift voucher", 9),
    ("vase rental", 6),
    ("invoice with company name", 4),
    ("wheelchair entrance", 3),
    ("recycle flower pots", 4),
    ("lost umbrella", 3),
];

/// What is promised, and by whom.
const PROMISES: [(&str, &str); 6] = [
    ("Call back about the delivery time", "Dispatch"),
    ("Send the replacement", "Stock room"),
    ("Refund the difference", "Accounts"),
    ("Ask the workshop about the repair", "Workshop"),
    ("Look into the bill and write", "Accounts"),
    ("Find out where the parcel is", "Dispatch"),
];

/// Due in so many days, from long ago to soon; what is past was kept but for every eighth, the last two are overdue.
const DUE_DAYS: [f64; 30] = [
    -80.0, -77.0, -71.0, -69.0, -64.0, -60.0, -57.0, -52.0, -49.0, -45.0, -41.0, -38.0, -34.0, -31.0, -27.0, -24.0,
    -20.0, -18.0, -15.0, -12.0, -10.0, -8.0, -6.0, -4.0, -2.2, -0.6, 0.1, 0.5, 1.5, 4.0,
];
/// Places in `DUE_DAYS` from which on a promise is still open.
const OPEN_FROM: usize = 24;
const EVERY_BROKEN: usize = 8;

/// What was put in, beside balloons.
pub(super) struct Filled {
    pub promises: u64,
    pub searches: u64,
}

const HOUR_MS: f64 = 3_600_000.0;
const DAY_MS: f64 = 24.0 * HOUR_MS;

impl App {
    /// Puts in what is not there yet.
    pub(super) async fn fill_inbox(&self, ledger: &Ledger, now: DateTime<Utc>) -> Result<Filled, RecordError> {
        let now_ms = now.timestamp_millis();
        let there = said(ledger).await?;
        for sample in BALLOONS.iter().filter(|sample| !there.contains(sample.said)) {
            self.let_go(ledger, sample, now_ms).await?;
        }
        Ok(Filled { promises: promise(ledger, now_ms).await?, searches: search(ledger, now_ms).await? })
    }

    async fn let_go(&self, ledger: &Ledger, sample: &Sample, now_ms: i64) -> Result<(), RecordError> {
        let snapshot = self.snapshot.load_full();
        let product = Some(sample.product.to_owned()).filter(|name| !name.is_empty());
        // A library of another trade has no such product.
        let known = |id: &SectionId| snapshot.sections.get(id).is_some();
        let product = by_name(&snapshot.sections, &snapshot.lens, &(product, None)).0.filter(known);
        let given_ms = now_ms - (sample.age * DAY_MS) as i64;
        let mut id = String::new();
        for (later, (role, name)) in (0_i64..).zip(sample.givers) {
            let balloon = NewBalloon {
                said: sample.said.to_owned(),
                product: product.clone(),
                issue: None,
                name: name.map(str::to_owned),
                role: Some((*role).to_owned()),
                contact: None,
            };
            // The second giver comes within the hour, before anybody can have decided.
            id = ledger.give_balloon(&balloon, None, given_ms + later * 1_800_000).await?.id;
        }
        let after = |hours: f64| given_ms + (hours * HOUR_MS) as i64;
        match &sample.fate {
            Fate::Waits => {}
            Fate::Seen(hours) => drop(ledger.acknowledge_balloon(&id, None, after(*hours)).await?),
            Fate::Declined(hours, reason) => {
                ledger.acknowledge_balloon(&id, None, after(*hours / 3.0)).await?;
                ledger.decline_balloon(&id, reason, None, after(*hours)).await?;
            }
            Fate::Adopted(hours, tip) => {
                ledger.acknowledge_balloon(&id, None, after(*hours / 3.0)).await?;
                if let Some(stored) = self.tip(&TipId::new(tip))? {
                    ledger.adopt_balloon(&id, &stored.tip.id, None, after(*hours)).await?;
                }
            }
        }
        Ok(())
    }
}

/// What the balloons that are there say.
async fn said(ledger: &Ledger) -> Result<HashSet<String>, LedgerError> {
    let (mut said, mut cursor) = (HashSet::new(), None);
    loop {
        let page = ledger.balloons(None, cursor.as_deref(), 500).await?;
        said.extend(page.items.into_iter().map(|balloon| balloon.said));
        cursor = page.next;
        if cursor.is_none() {
            return Ok(said);
        }
    }
}

async fn promise(ledger: &Ledger, now_ms: i64) -> Result<u64, LedgerError> {
    let there = promised(ledger).await?;
    let mut made = 0;
    for (place, days) in DUE_DAYS.iter().enumerate() {
        let (what, owner) = PROMISES[place % PROMISES.len()];
        let Some(customer) = ledger.customer(&name_of(place)) else { continue };
        let key = (what.to_owned(), Some(customer.id().to_string()));
        if there.contains(&key) {
            continue;
        }
        let mut dice = Dice::named(&format!("promise {place}"));
        let due_ms = now_ms + (days * DAY_MS) as i64;
        let made_ms = (due_ms - (dice.between(0.3, 3.0) * DAY_MS) as i64).min(now_ms);
        let promise = NewPromise {
            what: what.to_owned(),
            due_ms,
            customer: Some(customer),
            owner: Some(owner.to_owned()),
            tip: None,
        };
        let id = ledger.make_promise(&promise, None, made_ms).await?;
        made += 1;
        if place < OPEN_FROM {
            let kept = place % EVERY_BROKEN != EVERY_BROKEN - 1;
            let hours = if kept { -dice.between(0.5, 6.0) } else { dice.between(2.0, 40.0) };
            ledger.settle_promise(&id, kept, None, (due_ms + (hours * HOUR_MS) as i64).min(now_ms)).await?;
        }
    }
    Ok(made)
}

/// Promises that are there: what, and to whom.
async fn promised(ledger: &Ledger) -> Result<HashSet<(String, Option<String>)>, LedgerError> {
    let (mut there, mut cursor) = (HashSet::new(), None);
    loop {
        let page = ledger.promises(PromiseFilter::default(), cursor.as_deref(), 500).await?;
        there.extend(page.items.into_iter().map(|promise| (promise.what, promise.customer)));
        cursor = page.next;
        if cursor.is_none() {
            return Ok(there);
        }
    }
}

async fn search(ledger: &Ledger, now_ms: i64) -> Result<u64, LedgerError> {
    let there: HashSet<String> = ledger.misses(u32::MAX >> 1).await?.into_iter().map(|miss| miss.words).collect();
    let mut misses = Vec::new();
    for (words, times) in SEARCHES.iter().filter(|(words, _)| !there.contains(*words)) {
        let mut dice = Dice::named(words);
        let at_ms = |dice: &mut Dice| now_ms - (dice.between(0.2, 30.0) * DAY_MS) as i64;
        let missed = |_| Missed { words: (*words).to_owned(), at_ms: at_ms(&mut dice), said: false };
        misses.extend((0..*times).map(missed));
    }
    if !misses.is_empty() {
        ledger.record_misses(&misses).await?;
    }
    Ok(misses.len() as u64)
}
