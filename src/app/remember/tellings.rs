//! What customers were told, as the learner takes it: who was told against an issue counts in no rate of that issue.

use super::super::App;
use super::super::snapshot::Snapshot;
use crate::engine::foresight::Learner;
use crate::ledger::{Ledger, LedgerError, Telling};
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
    /// False until all were read once.
    read: bool,
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
        let moved = self.look_again(app)?;
        match whose {
            Whose::Of(outcomes) if self.read && !moved => {
                if let Some((customers, tellings)) = ledger.tellings_of(outcomes).await? {
                    let mut told = Told::default();
                    told.by_customer.extend(customers.iter().map(|customer| (customer.short(), Vec::new())));
                    self.add(app, &mut told, tellings)?;
                    return Ok(Some(told));
                }
            }
            Whose::Nobodys if self.read && !moved => return Ok(None),
            _ => {}
        }
        self.all(app, ledger).await.map(Some)
    }

    async fn all(&mut self, app: &App, ledger: &Ledger) -> Result<Told, LedgerError> {
        let mut told = Told { everybody: true, ..Told::default() };
        let mut last: Option<Telling> = None;
        loop {
            let batch = ledger.tellings(last.as_ref(), BATCH).await?;
            let whole = batch.len() == BATCH as usize;
            last = batch.last().cloned();
            self.add(app, &mut told, batch)?;
            if !whole {
                self.read = true;
                return Ok(told);
            }
        }
    }

    fn add(&mut self, app: &App, told: &mut Told, tellings: Vec<Telling>) -> Result<(), LedgerError> {
        for Telling { customer, tip, at_ms } in tellings {
            let prevented = match self.prevented.get(&tip) {
                Some(prevented) => prevented,
                None => {
                    let prevented = prevented(app, &tip)?;
                    self.prevented.entry(tip).or_insert(prevented)
                }
            };
            if let Some(issue) = prevented {
                told.by_customer.entry(customer.short()).or_default().push((issue.clone(), at_ms));
            }
        }
        Ok(())
    }

    /// True where one of these tips prevents something else by now, or nothing any more.
    fn look_again(&mut self, app: &App) -> Result<bool, LedgerError> {
        let library = Arc::downgrade(&app.snapshot.load());
        if Weak::ptr_eq(&library, &self.library) {
            return Ok(false);
        }
        let mut moved = false;
        for (tip, before) in &mut self.prevented {
            let now = prevented(app, tip)?;
            // Of a tip that is gone, what it prevented stays what was told.
            if now.is_some() && *before != now {
                *before = now;
                moved = true;
            }
        }
        self.library = library;
        Ok(moved)
    }
}

fn prevented(app: &App, tip: &TipId) -> Result<Option<IssueId>, LedgerError> {
    let found = app.tip_or_draft(tip).map_err(|error| LedgerError::Broken(error.to_string()))?;
    Ok(found.and_then(|stored| stored.tip.prevents.clone()))
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
