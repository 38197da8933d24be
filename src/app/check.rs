//! What `check` finds: in a folder, in what is served, and in a text that is not saved yet.

use super::App;
use super::checked::Checked;
use super::cores::on_all_cores;
use super::snapshot::Snapshot;
use crate::index::Search;
use crate::library::{Library, is_section_file};
use crate::tip::{self, Draft, LibraryView, Problem, Section, Sections, Tip, TipId};
use chrono::{NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::convert::Infallible;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::sync::{Arc, PoisonError};

/// Checks the library folder that `path` is or lies in; where it is a file or a folder below, only what lies there
/// is reported. Needs no index.
///
/// # Errors
/// A sentence where there is nothing to check.
pub fn check_folder(library: &Path, path: Option<&Path>) -> Result<Checked, String> {
    let folder = Library::open(library).map_err(|error| error.to_string())?;
    let below = path.map(|path| below(&folder, path)).transpose()?.unwrap_or_default();
    let mut checked = check(&folder, today())?;
    if !below.is_empty() {
        let lies = |file: &str| file.strip_prefix(&*below).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        checked.problems.retain(|problem| lies(&problem.file));
        checked.sources.retain(|file, _| lies(file));
        let scan = folder.scan().map_err(|error| error.to_string())?;
        let looked: Vec<&str> = scan.files.iter().map(|seen| seen.file.as_str()).filter(|file| lies(file)).collect();
        checked.files = looked.len() + unread(&checked.problems, |file| looked.binary_search(&file).is_ok());
        checked.tips = looked.iter().filter(|file| !is_section_file(file)).count();
    }
    Ok(checked)
}

impl App {
    /// What `check` finds in the library that is served; made once a change of the folder.
    pub fn problems(&self) -> Arc<Checked> {
        let (changes, today) = (self.shared.changes.load(Ordering::Acquire), today());
        // Held while it is made, so that many who ask at once wait for one making.
        let mut cache = self.checked.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((of, on, checked)) = &*cache
            && (*of, *on) == (changes, today)
        {
            return checked.clone();
        }
        match check(&self.library, today) {
            Ok(checked) => {
                let checked = Arc::new(checked);
                *cache = Some((changes, today, checked.clone()));
                checked
            }
            Err(error) => {
                tracing::warn!(%error, "the library cannot be checked now; what was found before stands");
                cache.as_ref().map(|(_, _, checked)| checked.clone()).unwrap_or_default()
            }
        }
    }

    /// What `check` would find if `text` were the file of tip `id`: in it, between it and what is served. Of tips that
    /// answer the same question, only those that a search for it finds.
    pub fn check_text(&self, id: &str, text: &str) -> Vec<Problem> {
        self.try_text(id, text).0
    }

    /// The same, and the tip as it would be served; none where it could not be.
    pub fn try_text(&self, id: &str, text: &str) -> (Vec<Problem>, Option<Tip>) {
        let file = tip::file_of(&TipId::new(id));
        if text.len() > tip::MAX_FILE_BYTES {
            return (vec![tip::too_large(&file, text.len())], None);
        }
        let (draft, mut problems) = tip::parse_tip(&file, text);
        let mut tried = None;
        if let Some(draft) = &draft {
            let others = self.library.namesakes(&file).into_iter();
            let others = others.filter(|other| tip::id_of(other).is_some_and(|id| id != *draft.id()));
            problems.extend(others.map(|other| tip::same_id(&file, &other, draft.id())));
            let snapshot = self.snapshot.load();
            let (tip, found) = tip::resolve(draft, &snapshot.sections, None);
            problems.extend(found);
            problems.extend(self.check_beside(&snapshot, draft, tip.as_ref()));
            tried = tip;
        }
        sort(&mut problems);
        (problems, tried)
    }

    /// Problems of a draft with what is served.
    fn check_beside(&self, snapshot: &Snapshot, draft: &Draft, tip: Option<&Tip>) -> Vec<Problem> {
        let searcher = &snapshot.searcher;
        // An index that cannot be read is told of where it is asked for itself.
        let known = |id: &TipId| searcher.tip(id).ok().flatten();
        let is_there = |path: &String| {
            let page = path.trim_matches('/').trim_end_matches(".md");
            known(&TipId::new(page)).is_some() || self.library.holds(path)
        };
        let files = tip::link_targets(draft).into_iter().filter(is_there).collect();
        let claimed = std::iter::once(draft.id()).chain(draft.aliases()).filter_map(known);
        let alike = Search { text: draft.question().to_owned(), limit: ALIKE, ..Search::default() };
        let alike = searcher.search(&alike).map(|found| found.hits).unwrap_or_default();
        let mut beside: Vec<TipId> = claimed.map(|stored| stored.tip.id.clone()).collect();
        beside.extend(alike.into_iter().map(|hit| hit.tip.id.clone()));
        beside.sort();
        beside.dedup();
        let beside = beside.iter().filter(|id| *id != draft.id()).filter_map(known);
        let beside: Vec<(Draft, Arc<Tip>)> =
            beside.filter_map(|s| Some((tip::parse_tip(&s.tip.file, &s.source).0?, s.tip))).collect();
        let mut tips: Vec<(&Draft, Option<&Tip>)> = beside.iter().map(|(draft, tip)| (draft, Some(&**tip))).collect();
        // Last, so that what is found between two is found in this one.
        tips.push((draft, tip));
        let view = LibraryView { sections: &snapshot.sections, tips, files: Some(&files), today: today() };
        let mut problems = tip::check_together(&view);
        problems.retain(|problem| problem.file == draft.file());
        // An alias of another tip is found at that one; here the text that would take it over is the newcomer.
        let leads = known(draft.id()).filter(|stored| stored.tip.id != *draft.id());
        problems.extend(leads.map(|stored| tip::is_alias(draft.file(), draft.id(), &stored.tip.file)));
        problems
    }
}

/// Tips that may answer the same question as a new text: a search puts the likeliest first.
const ALIKE: usize = 10;

fn today() -> NaiveDate {
    Utc::now().date_naive()
}

/// Path of what lies in the library, below it; refused where it lies elsewhere.
fn below(library: &Library, path: &Path) -> Result<String, String> {
    let lost = |error: std::io::Error| match error.kind() {
        std::io::ErrorKind::NotFound => format!("there is nothing at {}, here or in the library", path.display()),
        _ => format!("{} cannot be looked at: {error}", path.display()),
    };
    // As one is shown it: from where the command runs, or from the library on.
    let real = path.canonicalize().or_else(|_| library.root().join(path).canonicalize()).map_err(lost)?;
    let root = library.root().canonicalize().map_err(lost)?;
    let below = real.strip_prefix(&root).map_err(|_| format!("{} is not in the library", path.display()))?;
    let parts: Option<Vec<&str>> = below.components().map(|c| c.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| format!("{} has a name that is not text", path.display()))
}

/// One file, read and taken for itself.
struct Looked {
    file: String,
    text: Option<String>,
    draft: Option<Draft>,
    section: Option<Section>,
    problems: Vec<Problem>,
}

fn check(library: &Library, today: NaiveDate) -> Result<Checked, String> {
    let scan = library.scan().map_err(|error| error.to_string())?;
    let mut all = Vec::with_capacity(scan.files.len());
    let Ok(()) = on_all_cores(
        &scan.files,
        |seen| look_at(library, &seen.file),
        |looked| {
            all.extend(looked);
            Ok::<(), Infallible>(())
        },
    );
    all.sort_by(|a, b| a.file.cmp(&b.file));
    let folders = all.iter().map(|looked| super::known::folder_of(&looked.file));
    let sections = Sections::new(all.iter().filter_map(|looked| looked.section.clone()), folders);
    let days = library.commit_days();
    let mut problems = scan.problems;
    let drafts: Vec<&Draft> = all.iter().filter_map(|looked| looked.draft.as_ref()).collect();
    let resolve =
        |draft: &&Draft| (draft.id().clone(), tip::resolve(draft, &sections, days.get(draft.file()).copied()));
    let mut tips = HashMap::with_capacity(drafts.len());
    let Ok(()) = on_all_cores(&drafts, resolve, |(id, (tip, found))| {
        tips.extend(tip.map(|tip| (id, tip)));
        problems.extend(found);
        Ok::<(), Infallible>(())
    });
    let files = library.every_file();
    let tips = drafts.iter().map(|draft| (*draft, tips.get(draft.id()))).collect();
    problems.extend(tip::check_together(&LibraryView { sections: &sections, tips, files: Some(&files), today }));
    problems.extend(all.iter_mut().flat_map(|looked| std::mem::take(&mut looked.problems)));
    sort(&mut problems);
    let tip_files = all.iter().filter(|looked| !is_section_file(&looked.file)).count();
    let files = all.len() + unread(&problems, |file| all.binary_search_by(|looked| (*looked.file).cmp(file)).is_ok());
    let sources = sources(all, &problems);
    Ok(Checked { problems, sources, tips: tip_files, files })
}

fn look_at(library: &Library, file: &str) -> Option<Looked> {
    let mut looked = Looked { file: file.to_owned(), text: None, draft: None, section: None, problems: Vec::new() };
    match library.read(file)? {
        Err(problem) => {
            looked.text = library.read_lossy(file);
            looked.problems.push(problem);
        }
        Ok((text, _)) => {
            if is_section_file(file) {
                (looked.section, looked.problems) = tip::parse_section(file, &text);
            } else {
                (looked.draft, looked.problems) = tip::parse_tip(file, &text);
            }
            looked.text = Some(text);
        }
    }
    Some(looked)
}

/// Texts of the files that have a problem.
fn sources(all: Vec<Looked>, problems: &[Problem]) -> BTreeMap<String, String> {
    let mut named: Vec<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    named.dedup();
    let texts = all.into_iter().filter(|looked| named.binary_search(&looked.file.as_str()).is_ok());
    texts.filter_map(|looked| Some((looked.file, looked.text?))).collect()
}

/// Files and links that have a problem and are none of those that were read, which are sorted by name.
fn unread(problems: &[Problem], read: impl Fn(&str) -> bool) -> usize {
    let named: BTreeSet<&str> = problems.iter().map(|problem| problem.file.as_str()).collect();
    named.into_iter().filter(|file| !read(file)).count()
}

/// By file, then place; the same problem once.
fn sort(problems: &mut Vec<Problem>) {
    let order = |p: &Problem| (p.file.clone(), p.line, p.column, p.code, p.message.clone());
    problems.sort_by_cached_key(order);
    problems.dedup_by(|a, b| order(a) == order(b));
}
