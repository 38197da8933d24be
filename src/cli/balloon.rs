//! `balloon`: an idea handed in within five seconds, what became of one, those that are there, what is done with one.

use super::at_ledger::Needs;
use super::balloon_lines::{COLUMN, print};
use super::deciding::{Decision, decide};
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::ledger_args::{BalloonArgs, BalloonLook, ROWS};
use super::suggest::{word, words};
use super::terminal::{Ink, beside, note};
use super::wire;
use crate::app::{RecordError, Released};
use crate::ledger::{Balloon, BalloonState, LedgerError, Page};
use chrono::{DateTime, Utc};

pub(super) fn run(desk: &Desk, asked: &BalloonArgs) -> Run {
    match (&asked.look.receipt, Decision::of(&asked.decision)) {
        (Some(receipt), _) => look_up(desk, receipt),
        (None, Some(decision)) => decide(desk, decision),
        (None, None) if asked.look.list => list(desk, &asked.look),
        (None, None) => give(desk, asked),
    }
}

/// Options that are subcommands elsewhere: whoever types one of these words alone means the option.
const OPTIONS: [&str; 7] = ["list", "receipt", "acknowledge", "adopt", "decline", "merge", "help"];

fn give(desk: &Desk, asked: &BalloonArgs) -> Run {
    let text = words(&asked.text)?;
    if text.trim().is_empty() {
        return Err(Failure::Said(
            "a balloon says something\n\n  stemwire balloon \"Sell vases with the roses\"".to_owned(),
        ));
    }
    if OPTIONS.contains(&text.trim()) {
        let word = text.trim();
        return Err(Failure::Said(format!(
            "{word:?} alone would be handed in as a balloon; did you mean the option?\n\n  stemwire balloon --{word}"
        )));
    }
    let longest = desk.config.limits.get("text_chars").copied().unwrap_or(u64::MAX);
    if text.chars().count() as u64 > longest {
        return Err(Failure::Said(format!("the words are longer than {longest} characters (limits.text_chars)")));
    }
    let released = Released {
        text,
        product: asked.product.clone(),
        issue: asked.issue.clone(),
        from: asked.from.clone(),
        role: asked.role.clone(),
        contact: asked.contact.clone(),
    };
    let given = desk.at_ledger(Needs::Place, async |app| Ok(app.give_balloon(released, None, Utc::now()).await?))?;
    if desk.json {
        desk.out.json(&serde_json::json!({"id": given.id, "receipt": given.receipt, "joined": given.joined}))?;
    } else {
        let label =
            |label: &str, text: &str| desk.out.line(beside(label, &desk.out.paint(Ink::Strong, label), COLUMN, text));
        label("Balloon:", &given.id)?;
        label("Receipt:", &given.receipt)?;
    }
    if given.joined {
        note("Somebody said the same before: you are now among its givers.");
    }
    note(&format!("What becomes of it:  stemwire balloon --receipt {}", given.receipt));
    Ok(Ended::Done)
}

fn look_up(desk: &Desk, receipt: &str) -> Run {
    let found = desk.at_ledger(Needs::Records, async |app| match app.balloon_by_receipt(receipt).await {
        Ok(balloon) => Ok(Some((app.floats_away(&balloon), balloon))),
        Err(RecordError::Ledger(LedgerError::NotFound(_))) => Ok(None),
        Err(error) => Err(error.into()),
    })?;
    let Some((floats_away, balloon)) = found else {
        note("There is no balloon with this receipt. It is the row of 32 letters and digits that was shown at once.");
        return Ok(Ended::No);
    };
    if desk.json {
        desk.out.json(&wire::balloon_for_giver(&balloon, floats_away))?;
    } else {
        print(desk, &balloon, floats_away)?;
    }
    Ok(Ended::Done)
}

fn list(desk: &Desk, asked: &BalloonLook) -> Run {
    let names = BalloonState::ALL.iter().map(|state| state.as_str());
    let state = word(asked.state.as_deref(), "state", BalloonState::parse, names)?;
    let (cursor, limit) = (asked.cursor.as_deref(), u32::from(asked.limit.unwrap_or(ROWS)));
    desk.at_ledger(Needs::Records, async |app| {
        let page = app.balloons(state, cursor, limit).await?;
        print_page(desk, &page, |balloon| app.floats_away(balloon))
    })
}

fn print_page(desk: &Desk, page: &Page<Balloon>, floats_away: impl Fn(&Balloon) -> Option<DateTime<Utc>>) -> Run {
    if desk.json {
        desk.out.json(&wire::balloons(page, floats_away))?;
        return Ok(Ended::Done);
    }
    for (place, balloon) in page.items.iter().enumerate() {
        if place > 0 {
            desk.out.line("")?;
        }
        print(desk, balloon, floats_away(balloon))?;
    }
    match &page.next {
        Some(next) => note(&format!("There are more; go on with --cursor {next}")),
        None if page.items.is_empty() => note("There is no balloon here."),
        None => {}
    }
    Ok(Ended::Done)
}
