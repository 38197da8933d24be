//! `outcome`: what became of a tip, and a slip of the finger taken back.

use super::at_ledger::Needs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::OutcomeArgs;
use super::suggest::word;
use super::terminal::{Ink, beside, note};
use super::when;
use crate::app::{RecordError, Report, Reported};
use crate::ledger::{LedgerError, OutcomeKind, Reason};
use crate::tip::TipId;
use chrono::Utc;
use serde_json::json;

/// Wide enough for the longest label, "Follow-up:", and two spaces.
const COLUMN: usize = 12;

pub(super) fn run(desk: &Desk, asked: &OutcomeArgs) -> Run {
    match &asked.withdraw {
        Some(id) => withdraw(desk, id),
        None => record(desk, asked),
    }
}

fn record(desk: &Desk, asked: &OutcomeArgs) -> Run {
    let kinds = OutcomeKind::ALL.into_iter().map(OutcomeKind::as_str);
    let (Some(tip), Some(typed)) = (&asked.tip, &asked.outcome) else {
        let all = kinds.collect::<Vec<_>>().join(", ");
        return Err(Failure::Said(format!("what became of the tip? One of {all} is expected")));
    };
    let Some(outcome) = OutcomeKind::parse(typed) else {
        let all = kinds.collect::<Vec<_>>().join(", ");
        return Err(Failure::Said(format!("{typed}: one of {all} is expected after the tip's id")));
    };
    let reasons = Reason::ALL.into_iter().map(Reason::as_str);
    let report = Report {
        tip: TipId::new(tip),
        outcome,
        reason: word(asked.reason.as_deref(), "reason", Reason::parse, reasons)?,
        suggestion: asked.suggestion.clone(),
        customer: asked.customer.clone(),
        agent: asked.agent.clone(),
        channel: asked.channel.clone(),
        at: asked.at.as_deref().map(|typed| when::happened(typed, "at")).transpose()?,
        follow_up: asked.follow_up,
    };
    let reported =
        desk.at_ledger(Needs::Place, async |app| Ok(app.record_outcome(report, None, Utc::now()).await?))?;
    print(desk, asked, &reported)?;
    Ok(Ended::Done)
}

fn print(desk: &Desk, asked: &OutcomeArgs, reported: &Reported) -> Result<(), Failure> {
    let Reported { id, follow_up } = reported;
    if desk.json {
        desk.out.json(&json!({"id": id, "follow_up": follow_up}))?;
    } else {
        let label =
            |label: &str, text: &str| desk.out.line(beside(label, &desk.out.paint(Ink::Strong, label), COLUMN, text));
        label("Outcome:", id)?;
        if let Some(promise) = follow_up {
            label("Follow-up:", promise)?;
        }
    }
    if asked.follow_up && follow_up.is_none() {
        note("There is nothing to follow up: the tip does not say after what time that shows, or it was not told.");
    }
    if asked.customer.is_none() {
        note("Without --customer nobody is remembered: the tip can be suggested to this customer again.");
    }
    note(&format!("To take it back:  stemwire outcome --withdraw {id}"));
    Ok(())
}

fn withdraw(desk: &Desk, id: &str) -> Run {
    let there = desk.at_ledger(Needs::Records, async |app| match app.withdraw_outcome(id).await {
        Ok(()) => Ok(true),
        Err(RecordError::Ledger(LedgerError::NotFound(_))) => Ok(false),
        Err(error) => Err(error.into()),
    })?;
    if !there {
        note("There is no outcome with this id, or it was taken back before.");
        return Ok(Ended::No);
    }
    note("It is taken back: it counts no more.");
    Ok(Ended::Done)
}
