//! What reading one file comes to: a tip, a section, or the problems that keep it from being one.

use super::known::{Known, hash_of};
use crate::index::Stamp;
use crate::library::{Library, Seen};
use crate::tip::{self, Code, Problem, Section, Sections, Tip};
use chrono::NaiveDate;

/// What one file turned out to be.
pub(super) enum Outcome {
    /// It is no more.
    Gone,
    /// It is served as it stands.
    Same(Seen),
    Broken(Option<Seen>, Vec<Problem>),
    Section(Box<Section>, String, Stamp),
    Tip(Box<Tip>, String, Stamp),
}

/// Reads a section's file.
pub(super) fn read_section(library: &Library, known: &Known, file: &str) -> Outcome {
    unless_it_stumbles(file, || section(library, known, file))
}

/// Reads a tip's file. `day` is that of its last commit.
pub(super) fn read_tip(
    library: &Library,
    known: &Known,
    sections: &Sections,
    day: Option<NaiveDate>,
    file: &str,
) -> Outcome {
    unless_it_stumbles(file, || tip(library, known, sections, day, file))
}

/// A mistake of ours that one file brings to light must not keep the others from being served.
fn unless_it_stumbles(file: &str, read: impl FnOnce() -> Outcome) -> Outcome {
    // Nothing that is shared is changed while a file is read, so nothing is left half-done.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(read)).unwrap_or_else(|_| {
        let message = "stemwire itself stumbled over this file, which no file should make it do.";
        let help = "Please report it, with the file; until it is mended, try to word it in another way.";
        Outcome::Broken(None, vec![Problem::whole(Code::Unreadable, file, message, help)])
    })
}

fn section(library: &Library, known: &Known, file: &str) -> Outcome {
    let (text, seen, hash) = match read(library, known, file) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    let (section, problems) = tip::parse_section(file, &text);
    match section {
        Some(section) if !problems.iter().any(Problem::is_error) => {
            Outcome::Section(Box::new(section), text, stamp(&seen, hash))
        }
        _ => Outcome::Broken(Some(seen), errors(problems)),
    }
}

fn tip(library: &Library, known: &Known, sections: &Sections, day: Option<NaiveDate>, file: &str) -> Outcome {
    let (text, seen, hash) = match read(library, known, file) {
        Ok(read) => read,
        Err(outcome) => return outcome,
    };
    match parse(file, &text, sections, day) {
        Ok(tip) => Outcome::Tip(tip, text, stamp(&seen, hash)),
        Err(problems) => Outcome::Broken(Some(seen), problems),
    }
}

/// Text, look and hash of a file that has to be parsed.
fn read(library: &Library, known: &Known, file: &str) -> Result<(String, Seen, u128), Outcome> {
    match library.read(file) {
        None => Err(Outcome::Gone),
        Some(Err(problem)) => Err(Outcome::Broken(None, vec![problem])),
        Some(Ok((text, seen))) => {
            let hash = hash_of(file, &text);
            if known.serves(file, hash) { Err(Outcome::Same(seen)) } else { Ok((text, seen, hash)) }
        }
    }
}

/// The tip that a text is, or the errors that keep it from being one.
pub(super) fn parse(
    file: &str,
    text: &str,
    sections: &Sections,
    day: Option<NaiveDate>,
) -> Result<Box<Tip>, Vec<Problem>> {
    let (draft, mut problems) = tip::parse_tip(file, text);
    let tip = draft.and_then(|draft| {
        let (tip, more) = tip::resolve(&draft, sections, day);
        problems.extend(more);
        tip
    });
    match tip {
        Some(tip) if !problems.iter().any(Problem::is_error) => Ok(Box::new(tip)),
        _ => Err(errors(problems)),
    }
}

fn errors(problems: Vec<Problem>) -> Vec<Problem> {
    problems.into_iter().filter(Problem::is_error).collect()
}

fn stamp(seen: &Seen, hash: u128) -> Stamp {
    Stamp { modified_ns: seen.modified_ns, size: seen.size, hash }
}
