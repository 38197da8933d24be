//! A tip's file as typed: read, but with its references not yet looked up.

use super::front::{self, Front};
use super::problem::Problems;
use super::value::Said;
use super::{Code, Problem, TipId, body, fence, id_of, plain, toml_front, yaml};
use std::ops::Range;

/// Largest file that is read as a tip or section, in bytes: a novel's chapter is a tenth of it.
pub const MAX_FILE_BYTES: usize = 1024 * 1024;
/// Longest say line in words: at 183 words a minute aloud (Brysbaert 2019) it takes ten seconds.
pub const MAX_SAY_WORDS: usize = 30;

/// One tip's file as typed. `resolve` makes a tip of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    pub(super) id: TipId,
    pub(super) file: String,
    pub(super) text: String,
    pub(super) front: Front,
    pub(super) question: Said,
    pub(super) say: Said,
    pub(super) detail: String,
    /// True where the file has an error of its own, so that no tip may come of it.
    pub(super) broken: bool,
}

impl Draft {
    pub fn id(&self) -> &TipId {
        &self.id
    }

    /// Path below the library.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The file's whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn question(&self) -> &str {
        &self.question.text
    }

    pub fn aliases(&self) -> impl Iterator<Item = &TipId> {
        self.front.aliases.iter().map(|(id, _)| id)
    }
}

/// Reads one tip's file. There is a draft as far as the file could be read, also beside errors; none where the name
/// cannot be an id or the text cannot be one.
pub fn parse_tip(file: &str, text: &str) -> (Option<Draft>, Vec<Problem>) {
    let mut problems = Problems::new(file, text);
    let Some(id) = id_of(file) else {
        problems.found.push(bad_name(file));
        return (None, problems.found);
    };
    if !fits(&mut problems) {
        return (None, problems.found);
    }
    let (entries, start) = open(&mut problems);
    let mut front = front::read(&entries, &mut problems);
    let body = body::read(text, start);
    let heading = body.question.unwrap_or_default();
    let say = body.say.unwrap_or_default();
    let title = front.title.take().unwrap_or_default();
    let question = if heading.text.is_empty() { title } else { heading.clone() };
    if question.text.is_empty() {
        no_question(&mut problems, heading, start);
    }
    if say.text.is_empty() {
        let span = if question.span.is_empty() { start..start } else { question.span.clone() };
        let message = match question.text.is_empty() {
            true => "This tip has no answer.",
            false => "This tip asks its question and does not answer it.",
        };
        let help = "Add a paragraph below the heading: the line to say aloud, of 30 words or fewer.";
        problems.note(Code::NoAnswer, span, message, help);
    }
    if say.text == UNWRITTEN && !front.draft {
        let message = "The line to say is still that of the template.";
        let help = "Write what will happen and what to do, or leave `draft: true` in until it is written.";
        problems.note(Code::NoAnswer, say.span.clone(), message, help);
    }
    match body.unspoken {
        true => unspoken(&mut problems, &say),
        false => long_say(&mut problems, &say),
    }
    let (broken, found) = (problems.any_error(), problems.found);
    let (file, text, detail) = (file.to_owned(), text.to_owned(), body.detail);
    (Some(Draft { id, file, text, front, question, say, detail, broken }), found)
}

/// Notes what keeps the text from being read at all.
pub(super) fn fits(problems: &mut Problems<'_>) -> bool {
    let text = problems.text;
    if text.len() > MAX_FILE_BYTES {
        problems.found.push(too_large(problems.file, text.len()));
        return false;
    }
    if let Some(at) = text.find('\0') {
        problems.note(
            Code::NotText,
            at..at + 1,
            "There is a NUL character here, which no text contains; the file may be damaged or half written.",
            "Save the file anew as plain UTF-8 text.",
        );
        return false;
    }
    true
}

/// Cuts the front matter off and reads its keys; the second value is where the body starts.
pub(super) fn open<'a>(problems: &mut Problems<'a>) -> (Vec<super::node::Entry<'a>>, usize) {
    let cut = fence::cut(problems.text);
    if let Some(span) = unfenced(problems.text, &cut) {
        problems.note(
            Code::FrontMatter,
            span,
            "This looks like front matter, and no line of exactly `---` stands above it: it would be shown as text.",
            "Put three hyphens, and nothing else, on a line of their own above the first key and below the last.",
        );
    }
    if let Some(span) = cut.unclosed {
        let sign = problems.text[span.clone()].to_owned();
        problems.note(
            Code::FrontMatter,
            span,
            format!("The front matter opens here with `{sign}` and is never closed."),
            format!("Put a line with only `{sign}` below the last key."),
        );
    }
    let entries = match cut.front {
        Some((fence::Language::Yaml, range)) => yaml::read(problems, range),
        Some((fence::Language::Toml, range)) => toml_front::read(problems, range),
        None => Vec::new(),
    };
    (entries, cut.body)
}

/// A known key above the heading of a text without front matter: its fences have a hyphen too many, or are the dash that
/// some writing programs make of hyphens.
fn unfenced(text: &str, cut: &fence::Cut) -> Option<Range<usize>> {
    if cut.front.is_some() || cut.unclosed.is_some() {
        return None;
    }
    let heading = fence::lines(text, cut.body).find(|line| text[line.clone()].starts_with("# "))?;
    let mut above = fence::lines(text, cut.body).take_while(|line| line.start < heading.start);
    let is_key = |key: &str| front::KEYS.contains(&key) || front::SECTION_KEYS.contains(&key);
    let line = above.find(|line| text[line.clone()].split_once(':').is_some_and(|(key, _)| is_key(key)))?;
    Some(line.start..line.start + text[line].trim_end().len())
}

/// What stands below the question of a tip that was made for somebody to write.
pub const UNWRITTEN: &str = "Write here what to say aloud, in 30 words or fewer.";

fn no_question(problems: &mut Problems<'_>, heading: Said, start: usize) {
    let text = problems.text;
    let lower = fence::lines(text, start).find(|line| text[line.clone()].starts_with("##"));
    let first = fence::lines(text, start).map(|line| &text[line]).find(|line| !line.trim().is_empty());
    let bare_key = first.and_then(|line| line.split_once(':')).is_some_and(|(key, _)| front::KEYS.contains(&key));
    let (span, help) = match lower {
        _ if bare_key => {
            (start..start, "The text starts with a key: put a line with only `---` above the front matter.")
        }
        Some(line) if heading.span.is_empty() => (
            line.start..line.start + text[line].trim_end().len(),
            "The question is a heading of level 1: use a single `#`.",
        ),
        _ => (heading.span, "Write it as the first line below the front matter: `# What do I do when …?`"),
    };
    let span = if span.is_empty() { start..start } else { span };
    problems.note(Code::NoQuestion, span, "This tip has no question.", help);
}

fn unspoken(problems: &mut Problems<'_>, say: &Said) {
    let message = "The answer begins with a table or code and has no sentence to say.";
    let help = "Put a sentence above it: what will happen, and what to do.";
    problems.note(Code::Unspoken, say.span.clone(), message, help);
}

fn long_say(problems: &mut Problems<'_>, say: &Said) {
    // A word needs at least one character and a space, so short lines need no counting.
    if say.text.len() < 2 * MAX_SAY_WORDS {
        return;
    }
    let words = plain::count_words(&say.text);
    if words > MAX_SAY_WORDS {
        problems.note(
            Code::LongSay,
            say.span.clone(),
            format!("The say line has {words} words; {MAX_SAY_WORDS} take ten seconds to say."),
            "Keep what will happen and what to do, and move the rest into a paragraph of its own below.",
        );
    }
}

/// The problem of a file over `MAX_FILE_BYTES`.
pub fn too_large(file: &str, bytes: usize) -> Problem {
    let message = format!("This file has {bytes} bytes; at most {MAX_FILE_BYTES} are read.");
    Problem::whole(Code::TooLarge, file, message, "Make several tips of it: one question, one answer, one file.")
}

/// The problem of a file whose path cannot be an id.
pub fn bad_name(file: &str) -> Problem {
    let help = match super::id::proposed(file) {
        Some(name) => format!("Rename it, for instance to `{name}`; the name is the tip's address."),
        None => "Rename it with letters, digits, `-` and `_`; the name is the tip's address.".to_owned(),
    };
    let message = format!("`{}` cannot be the id of a tip.", file.escape_debug());
    Problem::whole(Code::FileName, file, message, help)
}

/// A file's bytes as text, or the problem that keeps them from being text.
pub fn decode(file: &str, bytes: Vec<u8>) -> Result<String, Box<Problem>> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(Box::new(too_large(file, bytes.len())));
    }
    String::from_utf8(bytes).map_err(|error| {
        let (good, bytes) = (error.utf8_error().valid_up_to(), error.as_bytes());
        let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
        let message = match wide {
            true => "This file is UTF-16 text, and tips are UTF-8.".to_owned(),
            false => format!("Byte {} of this file (0x{:02x}) is not UTF-8 text.", good + 1, bytes[good]),
        };
        let before = std::str::from_utf8(&bytes[..good]).unwrap_or_default();
        let help = "Save it as UTF-8; most editors offer that under \"Save with encoding\".";
        let mut problem = Problem::at(Code::NotText, file, before, good..good, message, help);
        problem.span = 0..0;
        Box::new(problem)
    })
}
