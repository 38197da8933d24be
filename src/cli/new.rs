//! `new`: a tip's file from its question, ready to be written; or a sample library to start from.

use super::args::NewArgs;
use super::desk::Desk;
use super::ended::{Ended, Failure, Run};
use super::terminal::note;
use super::{opening, sample};
use crate::app::{plant, sections};
use crate::tip::{TipId, UNWRITTEN, nearest, slug};
use std::path::Path;

pub(super) fn run(desk: &Desk, asked: &NewArgs) -> Run {
    if let Some(folder) = &asked.sample {
        return sample::unpack(desk, folder);
    }
    let library = &desk.config.library;
    desk.settings().there().map_err(opening::said)?;
    let question = asked.question.as_deref().unwrap_or_default();
    let id = id_of(asked.section.as_deref(), question)?;
    let file = format!("{id}.md");
    let near = asked.section.as_deref().and_then(|section| new_section(library, section));
    plant(library, &file, &template(question))?;
    let path = library.join(&file);
    if desk.json {
        desk.out.json(&serde_json::json!({"id": id, "file": path.to_string_lossy()}))?;
    } else {
        desk.out.line(path.to_string_lossy())?;
    }
    if let Some(said) = near {
        note(&said);
    }
    note("Write the line to say below the question, and take `draft: true` out when it is ready to be told.");
    Ok(Ended::Done)
}

/// What to say of a section that is not there yet: it may be a slip.
fn new_section(library: &Path, section: &str) -> Option<String> {
    let section = section.trim_matches('/');
    if section.is_empty() || library.join(section).is_dir() {
        return None;
    }
    let known = sections(library);
    Some(match nearest(section, known.iter().map(String::as_str), 1).first() {
        Some(near) => format!("{section} is a new section. Did you mean {near}? Then move the file there."),
        None => format!("{section} is a new section."),
    })
}

/// The section and the question's words.
pub(super) fn id_of(section: Option<&str>, question: &str) -> Result<String, Failure> {
    let slug = slug(question);
    if slug.is_empty() {
        return Err(Failure::Said("the question has no words to make an id of".to_owned()));
    }
    let section = section.unwrap_or_default().trim_matches('/');
    let id = if section.is_empty() { slug } else { format!("{section}/{slug}") };
    if TipId::valid(&id) {
        return Ok(id);
    }
    Err(Failure::Said(format!("{section:?} cannot be a section: letters, digits, `-` and `_`, with `/` between parts")))
}

/// A tip that is not served until somebody has written it.
fn template(question: &str) -> String {
    let question = question.split_whitespace().collect::<Vec<_>>().join(" ");
    format!(
        "---\n\
         # when: [buying]                  issues in which to volunteer it\n\
         # prevents: drooping              the issue it saves the customer from coming back with\n\
         # after: 3 days                   how long until that would happen\n\
         # wire: Two pieces of wire        what to hand over\n\
         draft: true\n\
         ---\n\
         # {question}\n\
         \n\
         {UNWRITTEN}\n"
    )
}
