//! Small files and small functions, each file with its purpose on top.

use super::none;
use super::sources::{Source, blanked, rust_files, sources, without_tests};

/// HOUSE: median file 130 lines or fewer, p90 300, none over 400 without its tests, no function over 70.
const MEDIAN: usize = 130;
const P90: usize = 300;
const LONGEST_FILE: usize = 400;
const LONGEST_FUNCTION: usize = 70;

fn lines(source: &Source) -> usize {
    without_tests(&source.text).trim_end().lines().count()
}

#[test]
fn no_file_is_too_long() {
    let sources = sources();
    let long = sources.iter().filter(|s| lines(s) > LONGEST_FILE);
    none(
        "a file over 400 lines: it holds more than one room",
        long.map(|s| format!("{}: {}", s.path, lines(s))).collect(),
    );

    let mut counts: Vec<usize> = sources.iter().map(lines).collect();
    counts.sort_unstable();
    let (median, p90) = (counts[counts.len() / 2], counts[counts.len() * 9 / 10]);
    assert!(median <= MEDIAN, "the median file has {median} lines, over {MEDIAN}");
    assert!(p90 <= P90, "a tenth of the files has {p90} lines or more, over {P90}");
}

#[test]
fn no_function_is_too_long() {
    let mut long = Vec::new();
    for source in sources() {
        for (name, line, count) in functions(&source.code) {
            if count > LONGEST_FUNCTION {
                long.push(format!("{}:{line}: `{name}` has {count} lines", source.path));
            }
        }
    }
    none("a function over 70 lines: name its parts", long);
}

/// Name, first line and number of lines of each function with a body.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("fn ") {
        if code[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_') {
            continue;
        }
        let name: String = code[at + 3..].chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let Some(body) = code[at..].find(['{', ';']).filter(|n| code[at + n..].starts_with('{')) else { continue };
        let mut depth = 0;
        let end = code[at + body..].find(|c| {
            depth += i32::from(c == '{') - i32::from(c == '}');
            depth == 0
        });
        if let (false, Some(end)) = (name.is_empty(), end) {
            let line = code[..at].matches('\n').count() + 1;
            found.push((name, line, code[at..at + body + end].matches('\n').count() + 1));
        }
    }
    found
}

#[test]
fn every_file_says_what_it_is_for() {
    let mut silent = Vec::new();
    for path in ["src", "tests", "benches"].iter().flat_map(|folder| rust_files(folder)) {
        if !super::text(&path).starts_with("//! ") {
            silent.push(path);
        }
    }
    none("a file without `//!` on its first line: say what it is for, and what it must not do", silent);
}

#[test]
fn functions_are_measured() {
    let code = blanked("fn a() {\n  \"}\";\n}\ntrait T { fn b(); }\nfn c() -> [u8; 2] { [0; 2] }");
    assert_eq!(functions(&code)[0], ("a".to_owned(), 1, 3));
}
