//! The command line: alone knows arguments, terminals and exit codes.
//!
//! `run` is one match over the commands; each command is a file that turns arguments into one call of `app` and
//! the answer into text or JSON. Data goes to stdout, all else to stderr.

mod address;
mod args;
mod at_ledger;
mod balloon;
mod balloon_lines;
mod check;
mod columns;
mod completions;
mod deciding;
mod desk;
mod ended;
mod evaluate;
mod explain;
mod export;
mod foresight;
mod gaps;
mod import;
mod learn;
mod ledger;
mod ledger_args;
mod new;
mod numbers;
mod opening;
mod outcome;
mod page;
mod promise;
mod pulse;
mod sample;
mod search;
mod serve;
mod show;
mod suggest;
mod terminal;
mod when;
mod wire;

pub use args::command;
pub use serve::{Ending, Server, Serving};

use crate::config::{Config, truth};
use args::{Args, Command};
use clap::FromArgMatches;
use desk::Desk;
use ended::{Ended, Failure, Run};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use terminal::Terminal;

/// Variables that are read beside those of the settings.
const VARIABLES: [&str; 2] = ["STEMWIRE_CONFIG", "STEMWIRE_JSON"];

/// Runs the command that `arguments` ask for; the first of them is the program's name.
pub fn run(arguments: impl IntoIterator<Item = OsString>, server: Server) -> ExitCode {
    let matches = match command().try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Help and version go to stdout and are what was asked for; all else is an error with exit code 2.
            let code = if error.use_stderr() { 2 } else { 0 };
            drop(error.print());
            return ExitCode::from(code);
        }
    };
    let ended = Args::from_arg_matches(&matches).map_err(Failure::from).and_then(|args| start(args, server));
    match ended {
        Ok(Ended::Done) | Err(Failure::Gone) => ExitCode::SUCCESS,
        Ok(Ended::No) => ExitCode::from(1),
        Err(Failure::Said(text)) => {
            terminal::complain(&text);
            ExitCode::from(2)
        }
        Err(Failure::Logged) => ExitCode::from(2),
    }
}

fn start(args: Args, server: Server) -> Run {
    // An empty variable counts as not set.
    let env = |name: &str| std::env::var(name).ok().filter(|text| !text.is_empty());
    let file = args.common.config.clone().or_else(|| env("STEMWIRE_CONFIG").map(PathBuf::from));
    let said = |reason| Failure::Said(format!("STEMWIRE_JSON: {reason}"));
    let json = args.common.json || env("STEMWIRE_JSON").map_or(Ok(false), |text| truth(&text)).map_err(said)?;
    let names = std::env::vars_os().filter_map(|(name, _)| name.into_string().ok());
    for strange in Config::unknown_variables(names, &VARIABLES, server.limits) {
        terminal::note(&terminal::calm(&strange));
    }
    let config = Config::read(file.as_deref(), &env, &args.common.flags(), server.limits)?;
    let desk = Desk { config, json, out: Terminal::stdout() };
    let ended = match args.command.unwrap_or(Command::Serve) {
        Command::Serve => serve::run(&desk, server),
        Command::Suggest(asked) => suggest::run(&desk, &asked),
        Command::Search(asked) => search::run(&desk, &asked),
        Command::Check(asked) => check::run(&desk, &asked),
        Command::New(asked) => new::run(&desk, &asked),
        Command::Show(asked) => show::run(&desk, &asked),
        Command::Learn(asked) => learn::run(&desk, &asked),
        Command::Foresight(asked) => foresight::run(&desk, &asked),
        Command::Gaps(asked) => gaps::run(&desk, &asked),
        Command::Pulse => pulse::run(&desk),
        Command::Outcome(asked) => outcome::run(&desk, &asked),
        Command::Balloon(asked) => balloon::run(&desk, &asked),
        Command::Promise(asked) => promise::run(&desk, &asked),
        Command::Ledger(asked) => ledger::run(&desk, &asked),
        Command::Evaluate(asked) => evaluate::run(&desk, &asked),
        Command::Import(asked) => import::run(&desk, &asked),
        Command::Export(asked) => export::run(&desk, &asked),
        Command::Explain(asked) => explain::run(&desk, &asked),
        Command::Completions(asked) => completions::run(&desk, &asked),
    }?;
    desk.out.flush()?;
    Ok(ended)
}
