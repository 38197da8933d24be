//! `completions`: the shells' completion scripts, made from the same definition as the help.

use super::args::{CompletionsArgs, command};
use super::desk::Desk;
use super::ended::{Ended, Run};

pub(super) fn run(desk: &Desk, asked: &CompletionsArgs) -> Run {
    let mut script = Vec::new();
    clap_complete::generate(asked.shell, &mut command(), "stemwire", &mut script);
    desk.out.put(&script)?;
    Ok(Ended::Done)
}
