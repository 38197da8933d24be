//! Imports go down only, and no two rooms need each other: between the floors, and inside each of them.

use super::none;
use super::sources::{Source, paths_from, reexports, sources, taken_in};
use std::collections::{BTreeMap, BTreeSet};

/// Floor by floor from the ground: a module may name those of lower floors, never one of its own or above.
const FLOORS: &[&[&str]] = &[&["tip"], &["engine"], &["library", "index", "ledger"], &["app"], &["http", "cli"]];
/// Settings lie beside the floors: they name none, and the door that reads them is the command line's.
const SETTINGS: &str = "config";
const READS_SETTINGS: &str = "cli";

fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

#[test]
fn every_module_has_its_floor() {
    let unknown = sources()
        .iter()
        .filter_map(|s| s.module.first().cloned())
        .filter(|module| module != "main" && module != SETTINGS && floor(module).is_none())
        .collect::<BTreeSet<_>>();
    none("a module without a floor: give it one in tests/tidy/floors.rs", unknown.into_iter().collect());
}

#[test]
fn imports_go_down_only() {
    let tree = Tree::new(sources());
    let mut upward = Vec::new();
    for (from, to) in tree.references() {
        let (Some(here), Some(there)) = (from.module.first(), to.first()) else { continue };
        if here == there || here == "main" {
            continue;
        }
        let allowed = match (floor(here), floor(there)) {
            (Some(here), Some(there)) => there < here,
            (_, None) if there == SETTINGS => here == READS_SETTINGS,
            (None, _) => false,
            (Some(_), None) => true,
        };
        if !allowed {
            upward.push(format!("{} names `{}`", from.path, to.join("::")));
        }
    }
    upward.dedup();
    none("imports go down only: main → cli · http → app → library · index → engine → tip", upward);
}

/// At every level of every folder: if one room reaches another, the other does not reach back.
#[test]
fn there_are_no_circles() {
    let tree = Tree::new(sources());
    let mut levels: BTreeMap<Vec<String>, BTreeMap<String, BTreeSet<String>>> = BTreeMap::new();
    for (from, to) in tree.references() {
        let shared = from.module.iter().zip(&to).take_while(|(a, b)| a == b).count();
        let room = |module: &[String]| module.get(shared).cloned().unwrap_or_else(|| "mod.rs".to_owned());
        let (here, there) = (room(&from.module), room(&to));
        if here != there {
            levels.entry(to[..shared].to_vec()).or_default().entry(here).or_default().insert(there);
        }
    }
    let mut circles = Vec::new();
    for (folder, rooms) in &levels {
        // Every import that lies on some circle; taking enough of them away breaks it.
        for (a, b) in rooms.iter().flat_map(|(a, next)| next.iter().map(move |b| (a, b))) {
            if reaches(rooms, b, a) {
                circles.push(format!("src/{}: `{a}` needs `{b}`, which comes back to it", folder.join("/")));
            }
        }
    }
    none("a circle: move what both need into a file of its own", circles);
}

fn reaches(rooms: &BTreeMap<String, BTreeSet<String>>, from: &str, to: &str) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(at) = next.pop() {
        if at == to {
            return true;
        }
        if seen.insert(at) {
            next.extend(rooms.get(at).into_iter().flatten().map(String::as_str));
        }
    }
    false
}

/// All modules, and what each gives out from elsewhere.
struct Tree {
    sources: Vec<Source>,
    modules: BTreeMap<Vec<String>, BTreeMap<String, Vec<String>>>,
}

impl Tree {
    fn new(sources: Vec<Source>) -> Tree {
        let modules = sources.iter().map(|s| (s.module.clone(), given_out(s))).collect();
        Tree { sources, modules }
    }

    /// Each file with each module that it names, itself left out. Giving a name out is not using it.
    fn references(&self) -> Vec<(&Source, Vec<String>)> {
        let mut all = Vec::new();
        for source in &self.sources {
            let own = match source.path.ends_with("mod.rs") {
                true => without_uses(&source.code),
                false => without_reexports(&source.code),
            };
            let paths = ["crate", "super", "self"].iter().flat_map(|start| paths_from(&own, start));
            let mut targets: BTreeSet<Vec<String>> =
                paths.filter_map(|path| self.resolve(&source.module, &path, 0)).collect();
            // What a folder's own file takes in for itself, and not only for its rooms.
            if source.path.ends_with("mod.rs") {
                let body = without_uses(&source.code);
                let used = taken_in(&source.code).into_iter().filter(|(name, _)| has_word(&body, name));
                targets.extend(used.filter_map(|(_, path)| self.resolve(&source.module, &path, 0)));
            }
            // A folder's own file also names its rooms without a prefix.
            for child in self.modules.keys().filter(|m| m.len() == source.module.len() + 1) {
                if child.starts_with(&source.module) && !source.module.is_empty() {
                    let name = child.last().expect("it is longer than its folder");
                    for path in paths_from(&own, name) {
                        targets.extend(self.resolve(&source.module, &path, 0));
                    }
                }
            }
            targets.remove(&source.module);
            all.extend(targets.into_iter().map(|target| (source, target)));
        }
        all
    }

    /// The module in whose file the item of a path is written.
    fn resolve(&self, from: &[String], path: &[String], depth: usize) -> Option<Vec<String>> {
        // Names given out twice over are followed; a chain longer than this would be a riddle for readers too.
        if depth > 8 {
            return None;
        }
        let mut at = from.to_vec();
        let mut rest = path;
        while let Some((first, tail)) = rest.split_first() {
            match first.as_str() {
                "crate" => at.clear(),
                "self" => {}
                "super" => drop(at.pop()),
                name => {
                    let mut child = at.clone();
                    child.push(name.to_owned());
                    if self.modules.contains_key(&child) {
                        at = child;
                    } else if let Some(given) = self.modules.get(&at).and_then(|names| names.get(name)) {
                        return self.resolve(&at, given, depth + 1);
                    } else {
                        break;
                    }
                }
            }
            rest = tail;
        }
        self.modules.contains_key(&at).then_some(at)
    }
}

/// What a module gives out from elsewhere. In a folder's own file every `use` gives out: the rooms below see it.
fn given_out(source: &Source) -> BTreeMap<String, Vec<String>> {
    if source.path.ends_with("mod.rs") { taken_in(&source.code) } else { reexports(&source.code) }
}

fn has_word(code: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(word).any(|(at, _)| {
        !code[..at].chars().next_back().is_some_and(part) && !code[at + word.len()..].chars().next().is_some_and(part)
    })
}

/// The code with `pub use …;` blanked.
fn without_reexports(code: &str) -> String {
    without(code, |before| before.ends_with("pub") || before.ends_with(')'))
}

/// The code with every `use …;` blanked.
fn without_uses(code: &str) -> String {
    without(code, |before| before.is_empty() || before.ends_with([';', '}', ')', '{', ']']) || before.ends_with("pub"))
}

fn without(code: &str, hit: impl Fn(&str) -> bool) -> String {
    let mut out = code.to_owned();
    for (at, _) in code.match_indices("use ") {
        if hit(code[..at].trim_end()) {
            let end = code[at..].find(';').map_or(code.len(), |n| at + n + 1);
            let gap: String = code[at..end].bytes().map(|b| if b == b'\n' { '\n' } else { ' ' }).collect();
            out.replace_range(at..end, &gap);
        }
    }
    out
}
