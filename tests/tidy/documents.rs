//! What a document claims is true or not said: names of modules, files, commands, codes.

use super::sources::{blanked, rust_files, sources};
use super::{none, root, text};
use std::collections::BTreeSet;
use stemwire::tip::Code;

/// Every markdown document of the project that talks about the project itself.
fn documents() -> Vec<String> {
    let about_itself = |path: &str| {
        let top = !path.contains('/');
        let notes = path == "CHANGELOG.md";
        (top || path.starts_with("docs/")) && path.ends_with(".md") && !notes
    };
    super::words::tracked().into_iter().filter(|path| about_itself(path)).collect()
}

/// What stands between single backticks outside code blocks, with its line.
fn quoted(document: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in document.lines().enumerate() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if !fenced {
            found.extend(line.split('`').skip(1).step_by(2).map(|name| (number + 1, name.to_owned())));
        }
    }
    found
}

#[test]
fn modules_that_documents_name_exist() {
    let modules: BTreeSet<String> = sources().iter().map(|s| s.module.join("::")).collect();
    let rooms: BTreeSet<&str> = modules.iter().filter_map(|m| m.split("::").next()).filter(|m| !m.is_empty()).collect();
    let items: String = sources().iter().map(|s| s.code.clone()).collect();
    let mut wrong = Vec::new();
    for path in documents() {
        for (line, name) in quoted(&text(&path)) {
            let segments: Vec<&str> = name.trim_end_matches("()").split("::").collect();
            if segments.len() > 1 && rooms.contains(segments[0]) {
                let last = segments[segments.len() - 1];
                let item = ["fn", "struct", "enum", "trait", "const", "mod", "type", "static"]
                    .iter()
                    .any(|kind| items.contains(&format!("{kind} {last}")));
                if !item && !modules.contains(&segments.join("::")) {
                    wrong.push(format!("{path}:{line}: `{name}`"));
                }
            }
        }
    }
    // The first column of ARCHITECTURE.md's table of rooms.
    for row in text("ARCHITECTURE.md").lines().filter_map(|line| line.strip_prefix("| `")) {
        let room = row.split('`').next().unwrap_or_default();
        if !rooms.contains(room) {
            wrong.push(format!("ARCHITECTURE.md: there is no room `{room}`"));
        }
    }
    for room in rooms.iter().filter(|room| **room != "main") {
        if !text("ARCHITECTURE.md").contains(&format!("`{room}`")) {
            wrong.push(format!("ARCHITECTURE.md does not name the room `{room}`"));
        }
    }
    none("a document names a module that is not there", wrong);
}

#[test]
fn files_that_documents_name_exist() {
    let folders = ["src/", "tests/", "docs/", "benches/", "model/", ".ci/"];
    let mut wrong = Vec::new();
    for path in documents() {
        for (line, name) in quoted(&text(&path)) {
            let plain = !name.contains([' ', '*', '<', '{', '$']) && !name.chars().any(char::is_uppercase);
            let ours = plain && folders.iter().any(|folder| name.starts_with(folder));
            if ours && !root().join(&name).exists() {
                wrong.push(format!("{path}:{line}: `{name}`"));
            }
        }
        for (line, target) in links(&text(&path)) {
            let from = root().join(&path);
            let target = target.split('#').next().unwrap_or_default().to_owned();
            if !target.is_empty() && !from.parent().is_some_and(|folder| folder.join(&target).exists()) {
                wrong.push(format!("{path}:{line}: a link to {target}"));
            }
        }
    }
    none("a document names a file that is not there", wrong);
}

/// Targets of relative links outside code.
fn links(document: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    let mut fenced = false;
    for (number, line) in document.lines().enumerate() {
        fenced ^= line.trim_start().starts_with("```");
        let prose: String = line.split('`').step_by(2).collect();
        if fenced {
            continue;
        }
        for piece in prose.split("](").skip(1) {
            let target = piece.split([')', ' ']).next().unwrap_or_default();
            if !target.contains("://") && !target.starts_with(['#', '/']) && !target.starts_with("mailto:") {
                found.push((number + 1, target.to_owned()));
            }
        }
    }
    found
}

/// Every line of a document that calls `stemwire` is one that the command line takes.
#[test]
fn commands_that_documents_show_are_taken() {
    let mut wrong = Vec::new();
    for path in documents() {
        let document = text(&path);
        let mut fenced = false;
        for (number, line) in document.lines().enumerate() {
            if line.trim_start().starts_with("```") {
                fenced = !fenced;
                continue;
            }
            let spans: Vec<&str> = if fenced { vec![line] } else { line.split('`').skip(1).step_by(2).collect() };
            for span in spans {
                if let Some(error) = refused(span) {
                    wrong.push(format!("{path}:{}: {span}\n      {error}", number + 1));
                }
            }
        }
    }
    none("a document shows a command that is not taken", wrong);
}

/// Why the command line does not take this line; none where it is not one of ours, or good.
fn refused(line: &str) -> Option<String> {
    let line = line.trim().trim_start_matches("$ ");
    let call = line.split(" | ").map(str::trim).find(|part| *part == "stemwire" || part.starts_with("stemwire "))?;
    let call = call.split([';', '>', '#', '&']).next().unwrap_or(call);
    let words = words(call);
    // A place to fill in stands for anything, also for a value of a closed list.
    let open = |word: &String| word.chars().all(|c| c.is_uppercase() || c == '…' || c == '.') || word.contains('…');
    if words.iter().skip(1).any(open) {
        let name = words.get(1).filter(|word| !word.starts_with('-') && !open(word));
        let known = name.is_none_or(|name| stemwire::cli::command().find_subcommand(name).is_some());
        return (!known).then(|| "there is no such command".to_owned());
    }
    // A command's bare name speaks about it.
    if let [_, name] = &words[..]
        && stemwire::cli::command().find_subcommand(name).is_some()
    {
        return None;
    }
    match stemwire::cli::command().try_get_matches_from(words) {
        Err(error) if error.use_stderr() => Some(error.to_string().lines().next().unwrap_or_default().to_owned()),
        _ => None,
    }
}

/// A line's words as a shell would take them apart.
fn words(line: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quote = None;
    for c in line.trim().chars() {
        match (quote, c) {
            (Some(open), _) if c == open => quote = None,
            (None, '"' | '\'') => quote = Some(c),
            (None, ' ') => words.push(String::new()),
            _ => words.last_mut().expect("it begins with one").push(c),
        }
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Every route that a document names is one of the API's own document, and every method one that it takes there.
#[test]
fn routes_that_documents_name_exist() {
    let api: serde_json::Value =
        serde_json::from_str(stemwire::http::openapi_document()).expect("the document of the API is JSON");
    let paths = api["paths"].as_object().expect("it has paths");
    let mut wrong = Vec::new();
    for path in documents() {
        for (line, span) in quoted(&text(&path)) {
            let (method, route) = match span.split_once(' ') {
                Some((method, rest)) if METHODS.contains(&method) => (Some(method), rest),
                _ => (None, span.as_str()),
            };
            let route = route.split(['?', ' ']).next().unwrap_or_default();
            let ours = method.is_some() || route.starts_with("/v1/");
            // An id may hold slashes, so that several may fit.
            let mut known = paths.iter().filter(|(known, _)| same_route(known, route));
            let taken = known.any(|(_, item)| method.is_none_or(|m| !item[m.to_lowercase()].is_null()));
            if ours && route.starts_with('/') && !taken {
                wrong.push(format!("{path}:{line}: `{span}`"));
            }
        }
    }
    none("a document names a route that is not in the API's own", wrong);
}

const METHODS: [&str; 6] = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"];

/// Part by part; what stands in braces fits anything, and as the last part also a path of several.
fn same_route(known: &str, named: &str) -> bool {
    let (mut known, mut named) = (known.split('/'), named.split('/'));
    loop {
        match (known.next(), named.next()) {
            (None, None) => return true,
            (Some(k), Some(_)) if k.starts_with('{') => {
                if known.clone().next().is_none() {
                    return true;
                }
            }
            (Some(k), Some(n)) if k == n => {}
            _ => return false,
        }
    }
}

#[test]
fn every_command_is_in_the_readme() {
    let readme = text("README.md");
    let missing = stemwire::cli::command()
        .get_subcommands()
        .filter(|command| {
            !readme.contains(&format!("stemwire {}", command.get_name())) && command.get_name() != "serve"
        })
        .map(|command| command.get_name().to_owned())
        .collect();
    none("a command that README.md does not name", missing);
}

#[test]
fn every_problem_code_has_its_page() {
    let mut wrong = Vec::new();
    let codes: BTreeSet<String> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
    assert_eq!(codes.len(), Code::ALL.len(), "a code is there twice");
    let pages: BTreeSet<String> = super::words::tracked()
        .iter()
        .filter_map(|path| path.strip_prefix("docs/problems/")?.strip_suffix(".md").map(str::to_owned))
        .filter(|name| name.starts_with("SW"))
        .collect();
    wrong.extend(codes.difference(&pages).map(|code| format!("{code} has no page")));
    wrong.extend(pages.difference(&codes).map(|page| format!("docs/problems/{page}.md explains no code")));
    for code in Code::ALL {
        let page = code.explain();
        if !page.lines().next().is_some_and(|line| line.starts_with(&format!("# {}", code.as_str()))) {
            wrong.push(format!("{}: its page does not begin with the code", code.as_str()));
        }
        if page.split_whitespace().count() < 20 {
            wrong.push(format!("{}: its page explains nothing", code.as_str()));
        }
    }
    for path in documents() {
        for (number, line) in text(&path).lines().enumerate() {
            for (at, _) in line.match_indices("SW") {
                let code: String = line[at..].chars().take(5).collect();
                let digits = code.len() == 5 && code[2..].chars().all(|c| c.is_ascii_digit());
                if digits && !codes.contains(&code) {
                    wrong.push(format!("{path}:{}: there is no {code}", number + 1));
                }
            }
        }
    }
    none("problem codes and their pages differ", wrong);
}

#[test]
fn every_signal_has_a_case() {
    let cases: String = walkdir::WalkDir::new(root().join("tests/cases"))
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == "md"))
        .filter_map(|entry| {
            let name = entry.path().file_stem()?.to_string_lossy().into_owned();
            Some(format!("`{name}` {}", std::fs::read_to_string(entry.path()).ok()?))
        })
        .collect();
    let missing = rust_files("src/engine/signals")
        .iter()
        .filter_map(|path| path.rsplit('/').next()?.strip_suffix(".rs").map(str::to_owned))
        .filter(|name| name != "mod" && !cases.contains(&format!("`{name}`")) && !cases.contains(&format!("{name}:")))
        .collect();
    none("a signal without a case in tests/cases: name it there in backticks, or name the file after it", missing);
}

#[test]
fn words_are_taken_apart_as_a_shell_does() {
    assert_eq!(words("stemwire new \"What now?\" --section a/b"), ["stemwire", "new", "What now?", "--section", "a/b"]);
    assert!(refused("stemwire sugest x").is_some());
    assert!(refused("cat chat.txt | stemwire suggest -").is_none());
    assert_eq!(blanked("// a").trim(), "");
}
