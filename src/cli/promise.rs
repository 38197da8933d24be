//! `promise`: one that is made on a contact, those that are there, and what became of one.

use super::at_ledger::Needs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::{PromiseArgs, ROWS};
use super::numbers::{counted, time_for};
use super::suggest::{word, words};
use super::terminal::{Ink, beside, calm, note};
use super::{when, wire};
use crate::app::{PromiseStands, Promised, RecordError};
use crate::ledger::{LedgerError, Page, Promise, PromiseFilter};
use crate::tip::TipId;
use chrono::{DateTime, Utc};

/// Wide enough for the longest label, "Promise:", and two spaces.
const COLUMN: usize = 10;

/// What became of a promise, as said afterwards.
#[derive(Clone, Copy)]
enum Settled {
    Kept,
    Broken,
    OpenAgain,
}

pub(super) fn run(desk: &Desk, asked: &PromiseArgs) -> Run {
    match (&asked.kept, &asked.broken, &asked.open) {
        (Some(id), ..) => settle(desk, id, Settled::Kept),
        (_, Some(id), _) => settle(desk, id, Settled::Broken),
        (.., Some(id)) => settle(desk, id, Settled::OpenAgain),
        _ if asked.list => list(desk, asked),
        _ => make(desk, asked),
    }
}

fn make(desk: &Desk, asked: &PromiseArgs) -> Run {
    let what = words(&asked.what)?.trim().to_owned();
    if what.is_empty() {
        let text =
            "a promise says what was promised\n\n  stemwire promise \"Call back about the refund\" --due '2 days'";
        return Err(Failure::Said(text.to_owned()));
    }
    let longest = desk.config.limits.get("text_chars").copied().unwrap_or(u64::MAX);
    if what.chars().count() as u64 > longest {
        return Err(Failure::Said(format!("the words are longer than {longest} characters (limits.text_chars)")));
    }
    let now = Utc::now();
    let promised = Promised {
        what,
        due: when::due(asked.due.as_deref().unwrap_or_default(), now)?,
        customer: asked.customer.clone(),
        owner: asked.owner.clone(),
        tip: asked.tip.clone().map(TipId::new),
    };
    let promise = desk.at_ledger(Needs::Place, async |app| Ok(app.make_promise(promised, None, now).await?))?;
    show(desk, &promise, now)?;
    note(&format!("When it is kept:  stemwire promise --kept {}", promise.id));
    Ok(Ended::Done)
}

fn settle(desk: &Desk, id: &str, how: Settled) -> Run {
    let now = Utc::now();
    let settled = desk.at_ledger(Needs::Records, async |app| {
        let settled = match how {
            Settled::Kept => app.settle_promise(id, true, None, now).await,
            Settled::Broken => app.settle_promise(id, false, None, now).await,
            Settled::OpenAgain => app.reopen_promise(id, None, now).await,
        };
        match settled {
            Ok(promise) => Ok(Ok(promise)),
            Err(RecordError::Ledger(LedgerError::NotFound(_))) => {
                Ok(Err("There is no promise with this id. See them:  stemwire promise --list".to_owned()))
            }
            Err(RecordError::Ledger(LedgerError::Conflict(why))) => {
                Ok(Err(format!("{why}. To take that back:  stemwire promise --open {id}")))
            }
            Err(error) => Err(error.into()),
        }
    })?;
    match settled {
        Ok(promise) => show(desk, &promise, now).map(|()| Ended::Done),
        Err(why) => {
            note(&calm(&why));
            Ok(Ended::No)
        }
    }
}

fn list(desk: &Desk, asked: &PromiseArgs) -> Run {
    let names = PromiseStands::ALL.into_iter().map(PromiseStands::as_str);
    let stands = word(asked.state.as_deref(), "state", PromiseStands::parse, names)?;
    let now = Utc::now();
    let filter = stands.map_or_else(PromiseFilter::default, |stands| stands.filter(now));
    let (cursor, limit) = (asked.cursor.as_deref(), u32::from(asked.limit.unwrap_or(ROWS)));
    let page = desk.at_ledger(Needs::Records, async |app| Ok(app.promises(filter, cursor, limit).await?))?;
    print_page(desk, &page, now)
}

fn print_page(desk: &Desk, page: &Page<Promise>, now: DateTime<Utc>) -> Run {
    if desk.json {
        desk.out.json(&wire::promises(page, now))?;
        return Ok(Ended::Done);
    }
    for (place, promise) in page.items.iter().enumerate() {
        if place > 0 {
            desk.out.line("")?;
        }
        print(desk, promise, now)?;
    }
    match &page.next {
        Some(next) => note(&format!("There are more; go on with --cursor {next}")),
        None => note(&format!("{} here.", counted(page.items.len() as u64, "promise is", "promises are"))),
    }
    Ok(Ended::Done)
}

fn show(desk: &Desk, promise: &Promise, now: DateTime<Utc>) -> Result<(), Failure> {
    if desk.json {
        return desk.out.json(&wire::promise(promise, now));
    }
    print(desk, promise, now)
}

fn print(desk: &Desk, promise: &Promise, now: DateTime<Utc>) -> Result<(), Failure> {
    desk.out.line(beside("", "", 0, &promise.what))?;
    let label =
        |label: &str, ink: Ink, text: &str| desk.out.line(beside(label, &desk.out.paint(ink, label), COLUMN, text));
    let left = promise.due_ms - now.timestamp_millis();
    let (ink, state) = match PromiseStands::of(promise, now) {
        PromiseStands::Overdue => (Ink::Bad, format!("overdue for {}", time_for(-left))),
        PromiseStands::Due => (Ink::Warn, format!("due in {}", time_for(left))),
        PromiseStands::Open => (Ink::Strong, format!("open, due in {}", time_for(left))),
        PromiseStands::Kept => (Ink::Good, format!("kept on {}", day(promise.settled_ms))),
        PromiseStands::Broken => (Ink::Bad, format!("broken, noted on {}", day(promise.settled_ms))),
    };
    label("State:", ink, &state)?;
    let due = DateTime::from_timestamp_millis(promise.due_ms).unwrap_or_default();
    label("Due:", Ink::Faint, &due.format("%-d %b %Y, %H:%M UTC").to_string())?;
    if let Some(owner) = &promise.owner {
        label("Owner:", Ink::Faint, owner)?;
    }
    if let Some(tip) = &promise.tip {
        label("Tip:", Ink::Faint, tip.as_str())?;
    }
    desk.out.line(format!("{:<COLUMN$}{}", "Promise:", desk.out.paint(Ink::Faint, &promise.id)))
}

fn day(ms: Option<i64>) -> String {
    let day = ms.and_then(DateTime::from_timestamp_millis).unwrap_or_default();
    day.format("%-d %b %Y").to_string()
}
