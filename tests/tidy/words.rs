//! What must not stand in the code: shortcuts that were meant to go, waits, ways out, places of one machine.

use super::sources::{blanked, rust_files, sources};
use super::{none, root};
use std::process::Command;

/// The words are put together here, so that this file does not find itself.
fn joined(parts: &[&str]) -> String {
    parts.concat()
}

#[test]
fn nothing_unwraps_outside_tests() {
    let needle = joined(&[".unwrap", "()"]);
    let mut found = Vec::new();
    for source in sources() {
        for (number, _) in source.code.lines().enumerate().filter(|(_, line)| line.contains(&needle)) {
            found.push(format!("{}:{}", source.path, number + 1));
        }
    }
    none("unwrap: say what cannot fail and why with `expect`, or pass the error on", found);
}

#[test]
fn nothing_is_left_for_later() {
    let code_words = [
        joined(&["todo", "!("]),
        joined(&["unimplemented", "!("]),
        joined(&["dbg", "!("]),
        joined(&["#[", "ignore"]),
        joined(&["thread::", "sleep"]),
        joined(&["time::", "sleep"]),
    ];
    let text_words = [joined(&["FIX", "ME"]), joined(&["TO", "DO:"]), joined(&["XX", "X:"])];
    let mut found = Vec::new();
    for path in ["src", "tests", "benches"].iter().flat_map(|folder| rust_files(folder)) {
        let text = super::text(&path);
        let code = blanked(&text);
        for (number, (line, code)) in text.lines().zip(code.lines()).enumerate() {
            let in_code = code_words.iter().filter(|word| code.contains(word.as_str()));
            // Serving may pace itself; tests wait for a condition with a deadline.
            let in_code = in_code.filter(|word| path.starts_with("tests/") || !word.ends_with("sleep"));
            for word in in_code.chain(text_words.iter().filter(|word| line.contains(word.as_str()))) {
                found.push(format!("{path}:{}: {word}", number + 1));
            }
        }
    }
    none("something left for later, or a wait", found);
}

/// Files that git knows; all of them where the project is not a checkout.
pub fn tracked() -> Vec<String> {
    let listed = Command::new("git").args(["ls-files", "-co", "--exclude-standard"]).current_dir(root()).output();
    if let Ok(output) = listed.as_ref()
        && output.status.success()
    {
        return String::from_utf8_lossy(&output.stdout).lines().map(str::to_owned).collect();
    }
    let hidden = |name: &str| matches!(name, "target" | "node_modules" | ".git" | "index");
    walkdir::WalkDir::new(root())
        .into_iter()
        .filter_entry(|entry| !hidden(&entry.file_name().to_string_lossy()))
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| super::sources::from_root(entry.path()))
        .collect()
}

#[test]
fn no_place_of_one_machine_is_named() {
    let places = [
        joined(&["/wo", "rk/"]),
        joined(&["/ro", "ot/"]),
        joined(&["/ho", "me/"]),
        joined(&["/Us", "ers/"]),
        joined(&["/tm", "p/"]),
        joined(&["C:", "\\Users"]),
    ];
    let mut found = Vec::new();
    for path in tracked() {
        let Ok(text) = std::fs::read_to_string(root().join(&path)) else { continue };
        for (number, line) in text.lines().enumerate() {
            // A folder of that name inside an address or a longer path is none of a machine.
            let place = places.iter().find(|place| {
                line.match_indices(place.as_str()).any(|(at, _)| {
                    !line[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || "./}_-".contains(c))
                })
            });
            if let Some(place) = place {
                found.push(format!("{path}:{}: {place}", number + 1));
            }
        }
    }
    none("a path of one machine", found);
}
