//! What customers were told, as the learner takes it: who was told against an issue counts in no rate of that issue.

use super::super::App;
use super::super::snapshot::Snapshot;
use crate::engine::foresight::Learner;
use crate::ledger::{Ledger, LedgerError, Telling, TellingsMark};
use crate::tip::{IssueId, TipId};
use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Weak};

/// Tellings that are read at once: some 10 MB.
const BATCH: u32 = 50_000;

/// Outcomes that are looked up one by one; of more at a time, all tellings are read.
const MOST: usize = 100;

/// Whose tellings may be others than before.
#[derive(Debug, Default)]
pub(super) enum Whose {
    #[default]
    Nobodys,
    /// Of those whom these outcomes are about.
    Of(Vec<String>),
    Everybodys,
}

impl Whose {
    /// Adds an outcome; none where nobody knows which.
    pub fn add(&mut self, outcome: &str) {
        *self = match std::mem::take(self) {
            Whose::Everybodys => Whose::Everybodys,
            _ if outcome.is_empty() => Whose::Everybodys,
            Whose::Nobodys => Whose::Of(vec![outcome.to_owned()]),
            Whose::Of(outcomes) if outcomes.len() >= MOST => Whose::Everybodys,
            Whose::Of(mut outcomes) => {
                outcomes.push(outcome.to_owned());
                Whose::Of(outcomes)
            }
        };
    }
}

/// What is known of tips that somebody was told.
#[derive(Default)]
pub(super) struct Tellings {
    /// What each of them prevents, by the id under which it was told.
    prevented: HashMap<TipId, Option<IssueId>>,
    /// The library as it was then.
    library: Weak<Snapshot>,
    /// Of the ledger when all were read: it is another one where some came or went. None until they were, and once they
    /// mean something else.
    mark: Option<TellingsMark>,
}

/// Issues that customers were told against, with when they were; by the customer's short hash.
#[derive(Default)]
pub(super) struct Told {
    by_customer: HashMap<u64, Vec<(IssueId, i64)>>,
    /// True where nobody else was told anything.
    everybody: bool,
}

impl Tellings {
    /// Reads the tellings that may be others than before; none where there are none such.
    pub async fn read(&mut self, app: &App, ledger: &Ledger, whose: &Whose) -> Result<Option<Told>, LedgerError> {
        self.look_again(app);
        if self.mark.is_none() {
            return self.all(app, ledger).await.map(Some);
        }
        match whose {
            Whose::Nobodys => Ok(None),
            Whose::Of(outcomes) => match ledger.tellings_of(outcomes).await? {
                Some((customers, tellings)) => {
                    let mut told = Told::default();
                    told.by_customer.extend(customers.iter().map(|customer| (customer.short(), Vec::new())));
                    self.add(app, &mut told, tellings);
                    Ok(Some(told))
                }
                None => self.all(app, ledger).await.map(Some),
            },
            Whose::Everybodys if Some(ledger.tellings_mark().await?) == self.mark => Ok(None),
            Whose::Everybodys => self.all(app, ledger).await.map(Some),
        }
    }

    async fn all(&mut self, app: &App, ledger: &Ledger) -> Result<Told, LedgerError> {
        // Asked before they are read: what comes meanwhile is read again.
        let mark = ledger.tellings_mark().await?;
        let mut told = Told { everybody: true, ..Told::default() };
        let mut last: Option<Telling> = None;
        loop {
            let batch = ledger.tellings(last.as_ref(), BATCH).await?;
            let whole = batch.len() == BATCH as usize;
            last = batch.last().cloned();
            self.add(app, &mut told, batch);
            if !whole {
                self.mark = Some(mark);
                return Ok(told);
            }
        }
    }

    fn add(&mut self, app: &App, told: &mut Told, tellings: Vec<Telling>) {
        for Telling { customer, tip, at_ms } in tellings {
            let prevented = self.prevented.entry(tip).or_insert_with_key(|tip| prevented(app, tip));
            if let Some(issue) = prevented {
                told.by_customer.entry(customer.short()).or_default().push((issue.clone(), at_ms));
            }
        }
    }

    /// Where one of these tips prevents something else by now, or nothing any more, all are read again.
    fn look_again(&mut self, app: &App) {
        let library = Arc::downgrade(&app.snapshot.load());
        if Weak::ptr_eq(&library, &self.library) {
            return;
        }
        for (tip, before) in &mut self.prevented {
            let now = prevented(app, tip);
            if *before != now {
                *before = now;
                self.mark = None;
            }
        }
        self.library = library;
    }
}

/// None where there is no such tip any more; and where it cannot be read, of which the index tells.
fn prevented(app: &App, tip: &TipId) -> Option<IssueId> {
    app.tip_or_draft(tip).ok().flatten().and_then(|stored| stored.tip.prevents.clone())
}

impl Told {
    /// Tells the learner. True where that is something new.
    pub fn teach(self, learner: &mut Learner) -> bool {
        let Told { by_customer, everybody } = self;
        let mut new = false;
        if everybody {
            let gone: HashSet<u64> = learner.told().filter(|customer| !by_customer.contains_key(customer)).collect();
            gone.into_iter().for_each(|customer| new |= learner.tell(customer, &[]));
        }
        by_customer.iter().for_each(|(customer, told)| new |= learner.tell(*customer, told));
        new
    }
}
