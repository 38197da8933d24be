//! The keeper: it alone decides what is served. It turns what changed in the folder into changes of the index, one
//! commit and one new snapshot.
//!
//! What it knows can always be made again from the index and the folder, so after an error it starts from there.

use super::again;
use super::cores::on_all_cores;
use super::known::{Known, folder_of};
use super::lenses::Lenses;
use super::live::EventKind;
use super::look::Found;
use super::outcome::{Outcome, read_section, read_tip};
use super::recall::{Recalled, recall};
use super::snapshot::{Shared, Snapshot};
use crate::index::{Change, Damage, Hold, Index, IndexError, Stamp, Writer, guarded};
use crate::library::{Library, Seen, is_section_file};
use crate::tip::{self, Section, Sections, Tip, TipId};
use chrono::{NaiveDate, Utc};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

/// Told (done, total) while files are read.
pub(super) type Progress<'a> = &'a (dyn Fn(usize, usize) + Sync);

pub(super) struct Keeper {
    pub library: Library,
    pub known: Known,
    index: Index,
    writer: Option<Writer>,
    /// Kept from the first writing on, whatever becomes of the writer: nobody else may write between two of ours.
    hold: Option<Hold>,
    /// Section files as they were last read whole.
    written: BTreeMap<String, Section>,
    /// Day of each file's last commit, once it was asked for.
    days: Option<HashMap<String, NaiveDate>>,
    pub shared: Arc<Shared>,
    lenses: Arc<Lenses>,
}

/// What came of it all, for the event.
#[derive(Default)]
pub(super) struct Done {
    changed: BTreeSet<String>,
    removed: BTreeSet<String>,
    /// The index was given something.
    put: bool,
    /// What is broken changed.
    judged: bool,
    /// Words that the lens learns from changed.
    words: bool,
    /// All was read, whatever was served before.
    anew: bool,
}

impl Keeper {
    /// A keeper of what was recalled from the index.
    pub(super) fn new(
        library: Library,
        index: Index,
        Recalled { known, written }: Recalled,
        shared: Arc<Shared>,
        lenses: Arc<Lenses>,
    ) -> Keeper {
        Keeper { library, known, index, writer: None, hold: None, written, days: None, shared, lenses }
    }

    /// Takes up what the index serves.
    pub(super) fn recall(&mut self) -> Result<(), IndexError> {
        let (Recalled { known, written }, _) = recall(&self.index)?;
        (self.known, self.written) = (known, written);
        Ok(())
    }

    /// Becomes the one who writes to the index.
    pub(super) fn take_writer(&mut self) -> Result<(), IndexError> {
        if self.writer.is_none() {
            let hold = self.take_hold()?;
            self.writer = Some(self.index.writer_held(&hold)?);
        }
        Ok(())
    }

    fn take_hold(&mut self) -> Result<Hold, IndexError> {
        let hold = self.hold.take().filter(Hold::stands).map_or_else(|| self.index.hold(), Ok)?;
        Ok(self.hold.insert(hold).clone())
    }

    /// Tells an error by its cause; see `Index::explain`.
    pub(super) fn explain(&self, error: IndexError) -> IndexError {
        self.index.explain(error)
    }

    /// Something in the folder changed that is not served: what was found wrong may be different now.
    pub(super) fn noticed(&self) {
        self.shared.changed();
    }

    /// Lets go of what may be spoilt after an error, and goes on from what the index serves.
    pub(super) fn recover(&mut self) -> Result<(), IndexError> {
        self.let_go();
        self.recall()
    }

    fn let_go(&mut self) {
        let writer = self.writer.take();
        let let_go = || {
            drop(writer);
            Ok(())
        };
        if let Err(error) = guarded(let_go) {
            tracing::debug!(%error, "the writer of the index did not end well");
        }
    }

    /// Looks at the index's files; see `Index::examine`.
    pub(super) fn examine(&self, thorough: bool) -> Result<(), Damage> {
        let looked = guarded(|| Ok(self.index.examine(thorough)));
        looked.unwrap_or_else(|error| Err(Damage { reason: error.to_string(), in_place: true }))
    }

    /// Puts an empty index in the place of one that cannot be used, and forgets what that held. What is served stays
    /// served until `build` is done.
    pub(super) fn start_anew(&mut self) -> Result<(), IndexError> {
        self.let_go();
        let hold = self.take_hold()?;
        self.index = self.index.anew_held(&hold)?;
        (self.known, self.written) = (Known::default(), BTreeMap::new());
        self.take_writer()
    }

    /// Fills an index that is empty with what was found, and serves it. What was served before is not read.
    pub(super) fn build(&mut self, found: Found, progress: Progress<'_>) -> Result<(), IndexError> {
        let served = self.shared.snapshot.load_full();
        let (sections, searcher) = (Arc::new(Sections::new([], [])), self.index.searcher()?);
        let nothing = Snapshot { sections, searcher, ..Snapshot::clone(&served) };
        self.bring(Found { everything: true, ..found }, &nothing, progress)
    }

    /// Reads what was found changed, writes it into the index, and serves it. One commit; none where nothing that is
    /// served changed.
    pub(super) fn catch_up(&mut self, found: Found, progress: Progress<'_>) -> Result<(), IndexError> {
        let before = self.shared.snapshot.load_full();
        self.bring(found, &before, progress)
    }

    fn bring(&mut self, found: Found, before: &Snapshot, progress: Progress<'_>) -> Result<(), IndexError> {
        let anew = found.everything;
        let mut done = Done { put: anew, judged: anew, anew, ..Done::default() };
        for file in &found.gone {
            self.remove(file, &mut done)?;
        }
        let (section_files, mut tip_files): (Vec<String>, Vec<String>) =
            found.read.into_iter().partition(|file| is_section_file(file));
        self.read_sections(&section_files, &mut done)?;
        let sections = Arc::new(self.sections(&tip_files));
        let moved = again::Moved::between(&before.sections, &sections);
        if moved.any() {
            let broken = self.known.broken().keys().filter(|file| !is_section_file(file));
            tip_files.extend(broken.cloned());
            tip_files.sort();
            tip_files.dedup();
        }
        self.read_tips(&tip_files, &sections, before, &mut done, progress)?;
        if moved.rules() && !before.searcher.is_empty() {
            self.resolve_again(&moved, &sections, before, &tip_files, &mut done)?;
        }
        self.serve(sections, before, done)
    }

    /// Takes the days of the last commits, and resolves the tips anew whose day is another than they were given.
    pub(super) fn take_days(&mut self, days: HashMap<String, NaiveDate>) -> Result<(), IndexError> {
        if days.is_empty() {
            return Ok(());
        }
        let mut done = Done::default();
        let before = self.shared.snapshot.load_full();
        let other = |tip: &Tip| days.get(&tip.file).is_some_and(|day| tip.verified != Some(*day));
        let broken = self.known.broken();
        let ids = again::tips(&before.searcher, |tip| other(tip) && !broken.contains_key(&tip.file))?;
        self.days = Some(days);
        self.take_again(&ids, &before.sections.clone(), &before, &mut done)?;
        if done.put { self.serve(before.sections.clone(), &before, done) } else { Ok(()) }
    }

    /// The tree of all sections, those of `coming` files included.
    fn sections(&self, coming: &[String]) -> Sections {
        let mut folders = self.known.folders();
        folders.extend(coming.iter().map(|file| folder_of(file)));
        Sections::new(self.written.values().cloned(), folders)
    }

    fn remove(&mut self, file: &str, done: &mut Done) -> Result<(), IndexError> {
        done.judged |= self.known.broken().contains_key(file);
        let section = is_section_file(file);
        if section {
            self.written.remove(file);
        }
        if self.known.forget(file) {
            self.put(Change::Remove { file: file.to_owned() }, done)?;
            if !section {
                done.removed.extend(tip::id_of(file).map(|id| id.to_string()));
            }
            done.words = true;
        }
        Ok(())
    }

    fn read_sections(&mut self, files: &[String], done: &mut Done) -> Result<(), IndexError> {
        let (library, known) = (&self.library, &self.known);
        let mut outcomes = Vec::new();
        on_all_cores(
            files,
            |file| (file.clone(), read_section(library, known, file)),
            |read| {
                outcomes.push(read);
                Ok::<(), IndexError>(())
            },
        )?;
        outcomes.into_iter().try_for_each(|(file, outcome)| self.take(&file, outcome, done))
    }

    fn read_tips(
        &mut self,
        files: &[String],
        sections: &Sections,
        before: &Snapshot,
        done: &mut Done,
        progress: Progress<'_>,
    ) -> Result<(), IndexError> {
        if files.is_empty() {
            return Ok(());
        }
        let days = self.days_of(files);
        let total = files.len();
        // Read in portions, so that the readers can borrow what the taking changes.
        for (portion, files) in files.chunks(PORTION).enumerate() {
            let (library, known) = (&self.library, &self.known);
            let mut outcomes = Vec::with_capacity(files.len());
            on_all_cores(
                files,
                |file| (file.clone(), read_tip(library, known, sections, days.get(file).copied(), file)),
                |read| {
                    outcomes.push(read);
                    Ok::<(), IndexError>(())
                },
            )?;
            for (at, (file, outcome)) in outcomes.into_iter().enumerate() {
                if let Outcome::Tip(tip, ..) = &outcome {
                    done.words |= again::words_differ(before, tip, total)?;
                }
                self.take(&file, outcome, done)?;
                if at % PROGRESS_STEP == 0 {
                    progress(portion * PORTION + at, total);
                }
            }
        }
        progress(total, total);
        Ok(())
    }

    /// Tips whose file did not change, where the sections they refer to did.
    fn resolve_again(
        &mut self,
        moved: &again::Moved,
        sections: &Sections,
        before: &Snapshot,
        read: &[String],
        done: &mut Done,
    ) -> Result<(), IndexError> {
        let unread = |tip: &Tip| read.binary_search_by(|file| file.as_str().cmp(&tip.file)).is_err();
        // What was served before may be gone with its section.
        let there = |tip: &Tip| self.known.contains(&tip.file);
        let ids = again::tips(&before.searcher, |tip| moved.touches(tip) && unread(tip) && there(tip))?;
        done.words = true;
        self.take_again(&ids, sections, before, done)
    }

    /// Resolves served tips anew from their stored sources, and takes those that mean something else now.
    fn take_again(
        &mut self,
        ids: &[TipId],
        sections: &Sections,
        before: &Snapshot,
        done: &mut Done,
    ) -> Result<(), IndexError> {
        let days = self.days.as_ref();
        let mut outcomes = Vec::new();
        on_all_cores(
            ids,
            |id| again::resolve(&before.searcher, sections, days, id),
            |outcome| {
                outcomes.extend(outcome?);
                Ok::<(), IndexError>(())
            },
        )?;
        for (file, tip, source, stamp, problems) in outcomes {
            if problems.is_empty() {
                self.take(&file, Outcome::Tip(tip, source, stamp), done)?;
            } else if self.known.judge(&file, problems) {
                done.judged = true;
                // The file looks as it did: without a time, it is read and judged again at the next start.
                let stamp = Stamp { modified_ns: 0, ..stamp };
                self.put(Change::Tip { tip, source, stamp }, done)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, file: &str, outcome: Outcome, done: &mut Done) -> Result<(), IndexError> {
        match outcome {
            Outcome::Gone => return self.remove(file, done),
            Outcome::Same(seen) => self.known.note(&seen),
            Outcome::Broken(seen, problems) => {
                // One that could not even be looked at is looked at again next time.
                let unlike = || Seen { file: file.to_owned(), modified_ns: 0, size: 0 };
                self.known.note(&seen.unwrap_or_else(unlike));
                done.judged |= self.known.judge(file, problems);
            }
            Outcome::Section(section, source, stamp) => {
                done.judged |= self.known.broken().contains_key(file);
                self.known.serve(file, stamp);
                self.written.insert(file.to_owned(), *section);
                self.put(Change::Section { file: file.to_owned(), source, stamp }, done)?;
                done.words = true;
            }
            Outcome::Tip(tip, source, stamp) => {
                done.judged |= self.known.broken().contains_key(file);
                self.known.serve(file, stamp);
                done.changed.insert(tip.id.to_string());
                self.put(Change::Tip { tip, source, stamp }, done)?;
            }
        }
        Ok(())
    }

    fn put(&mut self, change: Change, done: &mut Done) -> Result<(), IndexError> {
        self.take_writer()?;
        done.put = true;
        self.writer.as_mut().map_or(Ok(()), |writer| writer.put(change))
    }

    /// Commits and swaps the snapshot. The lens follows at its own pace.
    fn serve(&mut self, sections: Arc<Sections>, before: &Snapshot, done: Done) -> Result<(), IndexError> {
        let fingerprint = self.known.fingerprint();
        if done.put {
            self.take_writer()?;
            self.writer.as_mut().map_or(Ok(()), |writer| writer.commit(&fingerprint))?;
        }
        let sections_changed = *sections != *before.sections;
        let same = done.anew && self.shared.snapshot.load().fingerprint == fingerprint;
        if done.put || sections_changed {
            let searcher = self.index.searcher()?;
            self.shared.swap(|snapshot| {
                snapshot.searcher = searcher;
                snapshot.sections = sections;
                snapshot.fingerprint = fingerprint.clone();
                snapshot.read_at = Utc::now();
            });
            if done.words || sections_changed {
                self.lenses.want();
            }
        }
        if done.judged {
            self.shared.broken.store(Arc::new(self.known.broken().values().flatten().cloned().collect()));
        }
        self.shared.changed();
        if done.put || done.judged || sections_changed {
            let (changed, removed) = if same { Default::default() } else { (done.changed, done.removed) };
            let removed = removed.into_iter().filter(|id| !changed.contains(id)).collect();
            let changed = changed.into_iter().collect();
            self.shared.live.tell(EventKind::Library { fingerprint, changed, removed });
        }
        Ok(())
    }

    /// Commit days of these files: from what was asked before, or asked now.
    fn days_of(&mut self, files: &[String]) -> HashMap<String, NaiveDate> {
        let known = |days: &HashMap<String, NaiveDate>| {
            files.iter().filter_map(|file| Some((file.clone(), *days.get(file)?))).collect()
        };
        match &self.days {
            Some(days) => known(days),
            None if files.len() < WORTH_ALL_DAYS => {
                self.library.commit_days_of(&files.iter().map(String::as_str).collect::<Vec<_>>())
            }
            None => known(self.days.insert(self.library.commit_days())),
        }
    }
}

/// Files read between two takings: large enough that the cores seldom wait for each other.
const PORTION: usize = 4096;

/// Files between two tellings of progress.
const PROGRESS_STEP: usize = 64;

/// From so many files on, git is asked for the whole history at once, which is then kept.
const WORTH_ALL_DAYS: usize = 100;
