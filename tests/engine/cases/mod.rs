//! Runs `tests/cases/*.md`: ranking in prose that a support lead can read. `tests/cases/README.md` says how a case
//! is written.

mod read;
mod run;

use read::CaseFile;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn files() -> Vec<CaseFile> {
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder())
        .expect("tests/cases is there")
        .map(|entry| entry.expect("a readable folder").path())
        .filter(|p| p.extension().is_some_and(|e| e == "md") && !p.ends_with("README.md"))
        .collect();
    paths.sort();
    paths.iter().map(|p| CaseFile::read(p)).collect()
}

#[test]
fn every_case_holds() {
    let files = files();
    let wanted = std::env::var("CASE").unwrap_or_default();
    let failures = Mutex::new(Vec::new());
    // Files that name the same folder share its library; every other has its own.
    let mut groups: Vec<Vec<&CaseFile>> = Vec::new();
    for file in &files {
        match groups.iter_mut().find(|group| file.folder.is_some() && group[0].folder == file.folder) {
            Some(group) => group.push(file),
            None => groups.push(vec![file]),
        }
    }
    let next = Mutex::new(groups.iter());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let Some(group) = next.lock().expect("no test thread panics with it").next() else { break };
                    let found = run::failures(group, &wanted);
                    failures.lock().expect("no test thread panics with it").extend(found);
                }
            });
        }
    });
    let mut failures = failures.into_inner().expect("all threads have ended");
    failures.sort();
    let cases: usize = files.iter().map(|f| f.cases.len()).sum();
    assert!(failures.is_empty(), "{} of {cases} cases do not hold:\n\n{}", failures.len(), failures.join("\n"));
}

#[test]
fn there_are_cases_for_every_practice_and_signal() {
    let files = files();
    assert!(files.iter().map(|f| f.cases.len()).sum::<usize>() >= 60);
    for practice in 1..=9 {
        let title = format!("Practice {practice}:");
        assert!(files.iter().any(|f| f.prose.contains(&title)), "no file of cases opens with “{title}”");
    }
    let signals =
        std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/engine/signals")).expect("a folder");
    for entry in signals {
        let name = entry.expect("a readable folder").file_name().to_string_lossy().replace(".rs", "");
        let shown = files.iter().flat_map(|f| &f.cases).any(|c| c.expect.signals.iter().any(|s| s.name == name));
        assert!(name == "mod" || shown, "no case expects the signal “{name}”");
    }
}
