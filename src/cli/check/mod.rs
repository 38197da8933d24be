//! `check`: what is wrong with the library, in the shape that a person or a machine wants to read.

mod excerpt;
mod github;
mod human;
mod json;
mod sarif;
mod tally;

use super::args::{CheckArgs, CheckFormat};
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::opening;
use super::terminal::note;
use crate::app::{Checked, check_folder};
use tally::counted;

/// A mend may bring the next mistake to light; deeper than this, mends would be undoing each other.
const ROUNDS: usize = 8;

pub(super) fn run(desk: &Desk, asked: &CheckArgs) -> Run {
    let format = asked.format.unwrap_or(if desk.json { CheckFormat::Json } else { CheckFormat::Human });
    let mut checked = look(desk, asked)?;
    let mut mended = 0;
    for _ in 0..ROUNDS {
        let more = if asked.fix { crate::app::mend(&desk.config.library, &checked)? } else { 0 };
        if more == 0 {
            break;
        }
        mended += more;
        checked = look(desk, asked)?;
    }
    if mended > 0 {
        note(&format!("Mended {}.", counted(mended, "problem")));
    }
    match format {
        CheckFormat::Human => human::print(desk, &checked)?,
        CheckFormat::Json => desk.out.json(&json::report(&checked, desk.base()))?,
        CheckFormat::Github => desk.out.put(github::annotations(&checked, &desk.config.library))?,
        CheckFormat::Sarif => desk.out.json(&sarif::log(&checked, &desk.config.library))?,
    }
    Ok(if checked.problems.is_empty() { Ended::Done } else { Ended::No })
}

fn look(desk: &Desk, asked: &CheckArgs) -> Result<Checked, Failure> {
    desk.settings().there().map_err(opening::said)?;
    check_folder(&desk.config.library, asked.path.as_deref()).map_err(Failure::Said)
}
