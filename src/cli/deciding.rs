//! What editors do with a balloon: acknowledge it, make a draft of it, decline it, merge it into another.

use super::at_ledger::Needs;
use super::balloon_lines::print;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::BalloonDecision;
use super::terminal::{calm, note};
use super::wire;
use crate::app::{Adoption, RecordError};
use crate::ledger::LedgerError;
use chrono::Utc;

/// What is decided, and about which balloon.
pub(super) enum Decision<'a> {
    Acknowledge(&'a str),
    Adopt(&'a str, Adoption),
    Decline(&'a str, &'a str),
    Merge(&'a str, &'a str),
}

impl<'a> Decision<'a> {
    /// None where nothing is to be decided.
    pub fn of(asked: &'a BalloonDecision) -> Option<Self> {
        let id = |of: &'a Option<String>| of.as_deref();
        let adoption =
            || Adoption { id: asked.tip.clone(), question: asked.question.clone(), credit: !asked.no_credit };
        id(&asked.acknowledge)
            .map(Decision::Acknowledge)
            .or_else(|| id(&asked.adopt).map(|id| Decision::Adopt(id, adoption())))
            // The arguments go together, which clap sees to.
            .or_else(|| {
                id(&asked.decline).map(|id| Decision::Decline(id, asked.because.as_deref().unwrap_or_default()))
            })
            .or_else(|| id(&asked.merge).map(|id| Decision::Merge(id, asked.into.as_deref().unwrap_or_default())))
    }
}

pub(super) fn decide(desk: &Desk, decision: Decision<'_>) -> Run {
    if let Decision::Decline(_, because) = &decision
        && because.trim().is_empty()
    {
        return Err(Failure::Said("declining needs a reason: its giver reads it".to_owned()));
    }
    let now = Utc::now();
    let decided = desk.at_ledger(Needs::Records, async |app| {
        let decided = match decision {
            Decision::Acknowledge(id) => app.acknowledge_balloon(id, None, now).await,
            Decision::Adopt(id, how) => app.adopt_balloon(id, how, None, now).await,
            Decision::Decline(id, because) => app.decline_balloon(id, because, None, now).await,
            Decision::Merge(id, into) => app.merge_balloon(id, into, None, now).await,
        };
        match decided {
            Ok(balloon) => Ok(Ok((app.floats_away(&balloon), balloon))),
            Err(RecordError::Ledger(error @ LedgerError::NotFound(_))) => {
                Ok(Err(format!("{error}. See them:  stemwire balloon --list")))
            }
            Err(RecordError::Ledger(LedgerError::Conflict(why))) => Ok(Err(format!("It stays as it is: {why}."))),
            Err(error) => Err(error.into()),
        }
    })?;
    match decided {
        Ok((floats_away, decided)) => {
            if desk.json {
                desk.out.json(&wire::balloon(&decided, floats_away))?;
            } else {
                print(desk, &decided, floats_away)?;
            }
            Ok(Ended::Done)
        }
        Err(why) => {
            note(&calm(&why));
            Ok(Ended::No)
        }
    }
}
