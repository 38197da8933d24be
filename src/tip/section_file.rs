//! Reads an `_index.md`: what its folder is about, its issues, and the defaults of everything below.

use super::draft::{bad_name, fits, open};
use super::front::SECTION_KEYS;
use super::nearest::fold;
use super::node::{Entry, Node, Value};
use super::problem::Problems;
use super::section::title_of;
use super::value::Said;
use super::{Code, Issue, Problem, Section, body, front, links, section_of};

/// Every key of an issue that is written as a group.
const ISSUE_KEYS: &[&str] = &["title", "says"];

/// Reads one section's file. There is a section as far as the file could be read, also beside errors; none where
/// the path is not one of an `_index.md` or the text cannot be one.
pub fn parse_section(file: &str, text: &str) -> (Option<Section>, Vec<Problem>) {
    let mut problems = Problems::new(file, text);
    let Some(id) = section_of(file) else {
        problems.found.push(bad_name(file));
        return (None, problems.found);
    };
    if !fits(&mut problems) {
        return (None, problems.found);
    }
    let (entries, start) = open(&mut problems);
    front::repeated(&entries, &mut problems);
    let heading = body::read(text, start).question.unwrap_or_default().text;
    let mut section = Section { title: title_of(&id), id, file: Some(file.to_owned()), ..Section::default() };
    if !heading.is_empty() {
        section.title = heading;
    }
    section.body = text[start..].trim().to_owned();
    section.links = links::find(text, start).links;
    section.text = text.to_owned();
    for entry in &entries {
        take(&mut section, entry, &entries, &mut problems);
    }
    (Some(section), problems.found)
}

fn take(section: &mut Section, entry: &Entry<'_>, all: &[Entry<'_>], problems: &mut Problems<'_>) {
    match entry.key.as_ref() {
        "title" => section.title = problems.text_of(entry).map_or(std::mem::take(&mut section.title), |said| said.text),
        "aliases" => section.aliases = unlike(problems.texts_of(entry)),
        "issues" => section.issues = issues(entry, problems),
        "lang" => section.lang = front::lang_of(entry, problems),
        "review" => section.review = problems.review_of(entry),
        "owner" => section.owner = problems.text_of(entry).map(|said| said.text),
        _ => front::unknown(entry, all, SECTION_KEYS, problems),
    }
}

/// Texts without those that are there already.
fn unlike(texts: Vec<Said>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::with_capacity(texts.len());
    let mut seen = std::collections::HashSet::new();
    for said in texts {
        if seen.insert(fold(&said.text)) {
            kept.push(said.text);
        }
    }
    kept
}

fn issues(entry: &Entry<'_>, problems: &mut Problems<'_>) -> Vec<Issue> {
    let help = "Write one issue a line with the words customers use: `drooping: [flopping over, gone limp]`.";
    match &entry.node.value {
        Value::Null => Vec::new(),
        Value::Map(entries) => {
            front::repeated(entries, problems);
            entries.iter().filter_map(|entry| issue(entry, problems)).collect()
        }
        Value::List(items) if items.iter().all(|item| matches!(item.value, Value::Text(_))) => {
            let names = problems.texts_of(entry);
            names.into_iter().filter_map(|name| named(&name, problems)).collect()
        }
        _ => {
            problems.wrong(entry, &entry.node, "names of issues with their words", help);
            Vec::new()
        }
    }
}

/// An issue without words of its own.
fn named(name: &Said, problems: &mut Problems<'_>) -> Option<Issue> {
    let text = name.text.trim();
    if text.is_empty() || text.contains([':', '/']) || text.chars().any(char::is_control) || text.len() > 200 {
        problems.note(
            Code::WrongValue,
            name.span.clone(),
            format!("`{}` cannot be the name of an issue.", text.escape_debug()),
            "A name is a word or a few, without `:` and `/`, for instance `drooping` or `late-delivery`.",
        );
        return None;
    }
    let title = title_of(&super::SectionId::new(text));
    Some(Issue { name: text.to_owned(), title, says: Vec::new() })
}

fn issue(entry: &Entry<'_>, problems: &mut Problems<'_>) -> Option<Issue> {
    let name = Said { text: entry.key.to_string(), span: entry.key_span.clone() };
    let mut issue = named(&name, problems)?;
    let Node { value: Value::Map(keys), .. } = &entry.node else {
        issue.says = unlike(problems.texts_of(entry));
        return Some(issue);
    };
    front::repeated(keys, problems);
    for key in keys {
        match key.key.as_ref() {
            "title" => issue.title = problems.text_of(key).map_or(issue.title, |said| said.text),
            "says" => issue.says = unlike(problems.texts_of(key)),
            _ => front::unknown(key, keys, ISSUE_KEYS, problems),
        }
    }
    Some(issue)
}
