//! The Rust sources as the rules see them: without comments, strings and unit tests, and as a tree of modules.

use super::root;
use std::collections::BTreeMap;
use std::path::Path;

/// One file below `src`.
pub struct Source {
    /// From the root, with `/`: `src/app/suggest.rs`.
    pub path: String,
    /// `["app", "suggest"]`; a `mod.rs` or `lib.rs` is the module of its folder.
    pub module: Vec<String>,
    pub text: String,
    /// Of the same length in lines: comments and the insides of strings are blank, unit tests are gone.
    pub code: String,
}

/// Every file below `src`, by path.
pub fn sources() -> Vec<Source> {
    let mut files: Vec<_> = rust_files("src")
        .into_iter()
        .map(|path| {
            let text = super::text(&path);
            let mut module: Vec<String> =
                path.trim_start_matches("src/").trim_end_matches(".rs").split('/').map(str::to_owned).collect();
            if matches!(module.last().map(String::as_str), Some("mod" | "lib")) {
                module.pop();
            }
            let code = without_tests(&blanked(&text)).to_owned();
            Source { path, module, text, code }
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// Paths of all Rust files below a folder, from the root, with `/`.
pub fn rust_files(folder: &str) -> Vec<String> {
    let mut paths: Vec<String> = walkdir::WalkDir::new(root().join(folder))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "rs"))
        .map(|entry| from_root(entry.path()))
        .collect();
    paths.sort();
    paths
}

pub fn from_root(path: &Path) -> String {
    path.strip_prefix(root()).expect("it lies below the root").to_string_lossy().replace('\\', "/")
}

/// What stands before the file's unit tests: by custom they end it.
pub fn without_tests(code: &str) -> &str {
    code.find("#[cfg(test)]").map_or(code, |at| &code[..at])
}

/// The code with comments, strings and characters blanked; line ends stay where they are.
pub fn blanked(text: &str) -> String {
    let bytes: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut i = 0;
    let blank = |c: char| if c == '\n' { '\n' } else { ' ' };
    while i < bytes.len() {
        let end = match bytes[i] {
            '/' if bytes.get(i + 1) == Some(&'/') => end_of_line(&bytes, i),
            '/' if bytes.get(i + 1) == Some(&'*') => end_of_comment(&bytes, i),
            'r' if starts_raw(&bytes, i) => end_of_raw(&bytes, i),
            '"' => end_of_string(&bytes, i),
            '\'' => end_of_char(&bytes, i),
            _ => i,
        };
        if end > i {
            out.extend(bytes[i..end].iter().map(|c| blank(*c)));
            i = end;
        } else {
            out.push(bytes[i]);
            i += 1;
        }
    }
    out
}

fn end_of_line(text: &[char], at: usize) -> usize {
    text[at..].iter().position(|c| *c == '\n').map_or(text.len(), |n| at + n)
}

fn end_of_comment(text: &[char], at: usize) -> usize {
    let (mut i, mut depth) = (at + 2, 1);
    while i < text.len() && depth > 0 {
        match (text[i], text.get(i + 1)) {
            ('/', Some('*')) => (depth, i) = (depth + 1, i + 2),
            ('*', Some('/')) => (depth, i) = (depth - 1, i + 2),
            _ => i += 1,
        }
    }
    i.min(text.len())
}

fn starts_raw(text: &[char], at: usize) -> bool {
    let word_before = at > 0 && (text[at - 1].is_alphanumeric() || text[at - 1] == '_') && text[at - 1] != 'b';
    let hashes = text[at + 1..].iter().take_while(|c| **c == '#').count();
    !word_before && text.get(at + 1 + hashes) == Some(&'"')
}

fn end_of_raw(text: &[char], at: usize) -> usize {
    let hashes = text[at + 1..].iter().take_while(|c| **c == '#').count();
    let mut i = at + 2 + hashes;
    while i < text.len() {
        if text[i] == '"' && text[i + 1..].iter().take(hashes).filter(|c| **c == '#').count() == hashes {
            return i + 1 + hashes;
        }
        i += 1;
    }
    text.len()
}

fn end_of_string(text: &[char], at: usize) -> usize {
    let mut i = at + 1;
    while i < text.len() {
        match text[i] {
            '\\' => i += 2,
            '"' => return i + 1,
            _ => i += 1,
        }
    }
    text.len()
}

/// A character's end; a lifetime is none and ends where it begins.
fn end_of_char(text: &[char], at: usize) -> usize {
    match (text.get(at + 1), text.get(at + 2)) {
        (Some('\\'), _) => text[at + 3..].iter().position(|c| *c == '\'').map_or(at, |n| at + 4 + n),
        (Some(_), Some('\'')) => at + 3,
        _ => at,
    }
}

/// Paths that the code names, from `start` (`crate`, `super`, `self`): each as its segments, groups taken apart.
pub fn paths_from(code: &str, start: &str) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(&format!("{start}::")) {
        let before = code[..at].chars().next_back();
        // `pub(in crate::…)` says who may see an item; it needs nobody.
        let seen_by = code[..at].ends_with("pub(in ");
        if seen_by || before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        read_path(&code[at..], &mut Vec::new(), &mut found);
    }
    found
}

/// Reads one path, with its group if it has one; gives back how many bytes it took.
fn read_path(code: &str, lead: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let mut at = 0;
    let depth = lead.len();
    loop {
        let name: String = code[at..].chars().take_while(|c| c.is_alphanumeric() || *c == '_' || *c == '*').collect();
        if !name.is_empty() {
            at += name.len();
            lead.push(name);
            if code[at..].starts_with("::") {
                at += 2;
                continue;
            }
        } else if code[at..].starts_with('{') {
            at += read_group(&code[at..], lead, found);
            lead.truncate(depth);
            return at;
        }
        found.push(lead.clone());
        lead.truncate(depth);
        return at;
    }
}

fn read_group(code: &str, lead: &mut Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    let mut at = 1;
    while at < code.len() && !code[at..].starts_with('}') {
        let gap = code[at..].len() - code[at..].trim_start_matches([' ', '\n', ',']).len();
        if gap > 0 {
            at += gap;
            continue;
        }
        let taken = read_path(&code[at..], lead, found);
        // `as Name` after an item: the name is of no interest.
        let rest = code[at + taken..].find([',', '}']).unwrap_or(0);
        at += (taken + rest).max(1);
    }
    (at + 1).min(code.len())
}

/// Names that a file gives out from elsewhere: name → path as written.
pub fn reexports(code: &str) -> BTreeMap<String, Vec<String>> {
    names_of_uses(code, |before| before.ends_with("pub") || before.ends_with(')'))
}

/// Names that a file takes in by any `use`: name → path as written.
pub fn taken_in(code: &str) -> BTreeMap<String, Vec<String>> {
    names_of_uses(code, |_| true)
}

fn names_of_uses(code: &str, hit: impl Fn(&str) -> bool) -> BTreeMap<String, Vec<String>> {
    let mut names = BTreeMap::new();
    for (at, found) in code.match_indices("use ") {
        let fresh = code[..at].chars().next_back().is_none_or(|c| c == ' ' || c == '\n');
        if !fresh || !hit(code[..at].trim_end()) {
            continue;
        }
        let mut paths = Vec::new();
        read_path(&code[at + found.len()..], &mut Vec::new(), &mut paths);
        for path in paths {
            if let Some(name) = path.last() {
                names.insert(name.clone(), path);
            }
        }
    }
    names
}

#[test]
fn blanking_keeps_lines_and_hides_what_is_not_code() {
    let text = "let a = \"x // y\"; // c\nlet b = r#\"\"q\"\"#; let c = '\\''; fn f<'a>() {}\n/* a /* b */ c */ d";
    let code = blanked(text);
    assert_eq!(code.lines().count(), 3);
    assert!(
        !code.contains('x') && !code.contains("// c") && !code.contains('q') && code.contains("fn f<'a>()"),
        "{code}"
    );
    assert!(code.ends_with(" d"), "{code}");
}

#[test]
fn paths_are_taken_apart() {
    let paths = paths_from("use crate::a::{b, c::{D, E}};\nlet x = crate::f::g();", "crate");
    let joined: Vec<String> = paths.iter().map(|p| p.join(".")).collect();
    assert_eq!(joined, ["crate.a.b", "crate.a.c.D", "crate.a.c.E", "crate.f.g"]);
}
