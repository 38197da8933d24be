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
use super::settings::OpenError;
use super::snapshot::{Shared, Snapshot};
use crate::index::{Change, Index, IndexError, Stamp, Writer};
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
    /// Section files as they were last read whole.
    written: BTreeMap<String, Section>,
    /// Day of each file's last commit, once it was asked for.
    days: Option<HashMap<String, NaiveDate>>,
    shared: Arc<Shared>,
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
}

impl Keeper {
    /// A keeper of what the index holds. Empty where it holds nothing.
    pub(super) fn new(library: Library, index: Index, shared: Arc<Shared>, lenses: Arc<Lenses>) -> Keeper {
        let (known, written, days) = (Known::default(), BTreeMap::new(), None);
        Keeper { library, known, index, writer: None, written, days, shared, lenses }
    }

    /// Takes up what the index serves.
    pub(super) fn recall(&mut self) -> Result<(), IndexError> {
        let searcher = self.index.searcher()?;
        self.known = Known::from_stamps(searcher.stamps()?);
        self.written = written_sections(searcher.sections()?);
        Ok(())
    }

    /// Becomes the one who writes to the index.
    pub(super) fn take_writer(&mut self) -> Result<(), IndexError> {
        if self.writer.is_none() {
            self.writer = Some(self.index.writer()?);
        }
        Ok(())
    }

    /// Something in the folder changed that is not served: what was found wrong may be different now.
    pub(super) fn noticed(&self) {
        self.shared.changed();
    }

    /// Lets go of what may be spoilt after an error, and goes on from what the index serves.
    pub(super) fn recover(&mut self) -> Result<(), IndexError> {
        self.writer = None;
        self.recall()
    }

    /// Reads what was found changed, writes it into the index, and serves it. One commit; none where nothing that is
    /// served changed.
    pub(super) fn catch_up(&mut self, found: Found, progress: Progress<'_>) -> Result<(), IndexError> {
        let mut done = Done { put: found.everything, ..Done::default() };
        let before = self.shared.snapshot.load_full();
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
        self.read_tips(&tip_files, &sections, &before, &mut done, progress)?;
        if moved.rules() && !before.searcher.is_empty() {
            self.resolve_again(&moved, &sections, &before, &tip_files, &mut done)?;
        }
        self.serve(sections, &before, done)
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
        let ids = again::tips(&before.searcher, |tip| moved.touches(tip) && unread(tip))?;
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
        for (file, outcome) in outcomes {
            match outcome {
                Ok((tip, source, stamp)) => self.take(&file, Outcome::Tip(tip, source, stamp), done)?,
                Err(problems) => done.judged |= self.known.judge(&file, problems),
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
            let (changed, removed) = (done.changed, done.removed);
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

/// What the index keeps of the section files, as sections. One that no longer parses is passed over: it is read anew.
pub(super) fn written_sections(stored: Vec<(String, String, Stamp)>) -> BTreeMap<String, Section> {
    let parsed = stored.into_iter().filter_map(|(file, text, _)| {
        let (section, _) = tip::parse_section(&file, &text);
        Some((file, section?))
    });
    parsed.collect()
}

/// A snapshot of what an index holds.
pub(super) fn snapshot_of(index: &Index, lenses: &Lenses, known: &Known) -> Result<Snapshot, OpenError> {
    let searcher = index.searcher()?;
    let written = written_sections(searcher.sections()?);
    let sections = Arc::new(Sections::new(written.into_values(), known.folders()));
    let lens = Arc::new(lenses.build(&sections, &searcher)?);
    Ok(Snapshot { sections, lens, searcher, fingerprint: known.fingerprint(), read_at: Utc::now() })
}
