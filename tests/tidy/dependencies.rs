//! Every crate has a permissive licence, and every one that is chosen has its reason.

use super::{none, root, text};
use std::process::Command;

/// Licences that let anyone use, change and pass on the binary, closed or open.
const PERMISSIVE: &[&str] = &[
    "MIT",
    "MIT-0",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "ISC",
    "Zlib",
    "Unicode-3.0",
    "CC0-1.0",
    "0BSD",
    "Unlicense",
    "CDLA-Permissive-2.0",
];

#[test]
fn every_licence_is_permissive() {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let output = Command::new(cargo)
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", &host()])
        .current_dir(root())
        .output()
        .expect("cargo runs: it built this test");
    assert!(output.status.success(), "cargo metadata: {}", String::from_utf8_lossy(&output.stderr));
    let metadata: serde_json::Value = serde_json::from_slice(&output.stdout).expect("cargo metadata is JSON");
    let packages = metadata["packages"].as_array().expect("it lists packages");
    assert!(packages.len() > 100, "only {} packages: this looks at the wrong thing", packages.len());
    let wrong = packages
        .iter()
        .filter(|package| !package["license"].as_str().is_some_and(permissive))
        .map(|package| format!("{} {}: {}", package["name"], package["version"], package["license"]))
        .collect();
    none("a licence that is not permissive", wrong);
}

fn host() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs: it built this test");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    text.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

/// An SPDX expression in which one choice is wholly on the list. `/` is how old crates write `OR`.
fn permissive(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let bare = |part: &str| part.trim().trim_matches(['(', ')']).trim().to_owned();
    // `(A OR B) AND C`: every part needs a choice that is on the list.
    expression.split(" AND ").all(|part| part.split(" OR ").any(|one| PERMISSIVE.contains(&bare(one).as_str())))
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = toml::Value::Table(text("Cargo.toml").parse().expect("Cargo.toml is TOML"));
    let contributing = text("CONTRIBUTING.md");
    let section = contributing.split("\n## Dependencies").nth(1).expect("CONTRIBUTING.md has a section Dependencies");
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut wrong = Vec::new();
    let mut named = Vec::new();
    // Those of one system alone stand below its own table.
    let of_systems = manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(|all| all.values());
    let tables = of_systems
        .chain([&manifest])
        .flat_map(|above| ["dependencies", "dev-dependencies", "build-dependencies"].map(|table| above.get(table)));
    for names in tables.flatten().filter_map(toml::Value::as_table) {
        for name in names.keys() {
            named.push(name.clone());
            let reason = section.lines().find(|line| line.contains(&format!("`{name}`")));
            let words = reason.map_or(0, |line| line.split_whitespace().count());
            // A mark, the name and three words: less is no reason.
            if words < 5 {
                wrong.push(format!("{name}: {}", if words == 0 { "no line" } else { "no reason" }));
            }
        }
    }
    for line in section.lines().filter(|line| line.starts_with("- `") || line.starts_with("| `")) {
        let name = line.split('`').nth(1).unwrap_or_default();
        if !named.iter().any(|known| known == name) {
            wrong.push(format!("{name} is no dependency any more"));
        }
    }
    none("CONTRIBUTING.md, Dependencies: each crate with why it is here", wrong);
}

#[test]
fn licences_are_read() {
    assert!(permissive("MIT OR Apache-2.0") && permissive("Apache-2.0/MIT") && permissive("GPL-3.0 OR MIT"));
    assert!(permissive("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!permissive("MPL-2.0") && !permissive("MIT AND GPL-2.0"));
}
