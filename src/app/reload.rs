//! Opening a library, once or to be kept in step with its folder.

use super::keeper::{Keeper, Progress};
use super::keeping::{Keeping, Message};
use super::lenses::Lenses;
use super::live::Event;
use super::look::{Hints, look};
use super::recall::taken_up;
use super::settings::{OpenError, Settings};
use super::snapshot::{Shared, Snapshot};
use crate::index::{Index, IndexError, Opening, guarded};
use crate::library::Library;
use arc_swap::ArcSwap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

/// The use cases of one library.
pub struct App {
    pub(super) settings: Settings,
    pub(super) snapshot: Arc<ArcSwap<Snapshot>>,
    pub(super) shared: Arc<Shared>,
    pub(super) library: Library,
    pub(super) upkeep: Upkeep,
    pub(super) checked: super::checked::Cache,
    pub(super) roll: super::roll::Cache,
    pub(super) memory: super::memory::Memory,
    /// Taken while a file is written through us, so that nobody writes between a look and a write.
    pub(super) writing: Mutex<()>,
    /// Removed last of all.
    _scratch: Option<Scratch>,
}

/// Who keeps what is served in step with the folder.
pub(super) enum Upkeep {
    /// Nobody, unless a file is written through us: for one-shot commands.
    Once(Box<Mutex<Keeper>>, Arc<Lenses>),
    /// Threads of our own.
    Always { outbox: Sender<Message>, lenses: Arc<Lenses>, threads: Vec<JoinHandle<()>> },
}

impl App {
    /// Opens the library once, brings the index up to date with the folder, and does not watch. For one-shot commands.
    /// `progress` is told (done, total) while an index is built.
    ///
    /// Where another process writes to the index, it keeps the index up to date, and what it has is served; where it
    /// has nothing yet, or the index cannot be written, an index of our own is made for the moment.
    pub fn open(settings: Settings, progress: Progress<'_>) -> Result<App, OpenError> {
        let library = settings.folder()?;
        match open_once(&settings, &library, &settings.index, progress) {
            Ok(app) => Ok(app),
            Err(first @ OpenError::Index(IndexError::Busy(_) | IndexError::Unusable { .. } | IndexError::Read(_))) => {
                let scratch = Scratch::new().map_err(|error| OpenError::Library(error.to_string()))?;
                // Where that cannot be written either, it is the first error that says something.
                let mut app = open_once(&settings, &library, &scratch.0, progress).map_err(|_| first)?;
                app._scratch = Some(scratch);
                Ok(app)
            }
            Err(error) => Err(error),
        }
    }

    /// Opens what the index has at once, then brings it up to date with the folder and keeps watching, in threads
    /// of its own that end when the `App` is dropped.
    pub fn serve(settings: Settings, progress: Progress<'_>) -> Result<Arc<App>, OpenError> {
        let library = settings.folder()?;
        let lenses = Arc::new(Lenses::new(settings.model.as_deref())?);
        let (shared, mut keeper, mut opening) = begin(&settings, &library, &settings.index, &lenses)?;
        // Now, so that a second server says at once that there is one already.
        match guarded(|| keeper.take_writer()) {
            Ok(()) => {}
            Err(error @ (IndexError::Busy(_) | IndexError::Unusable { .. })) => return Err(error.into()),
            // Nothing is damaged, and what cannot be written cannot be built anew either.
            Err(error @ IndexError::Read(_)) if keeper.examine(true).is_ok() => {
                return Err(keeper.explain(error).into());
            }
            Err(error) => {
                keeper.start_anew()?;
                opening = Opening::Empty { reason: error.to_string() };
            }
        }
        let (outbox, inbox) = channel();
        let mut keeping = Keeping::new(keeper, inbox, outbox.clone());
        if let Opening::Empty { reason } = opening {
            tracing::info!(%reason, "building the index");
            keeping.build(progress)?;
            lenses.renew(&shared);
        }
        let mut threads = vec![thread("keeper", move || keeping.run())?];
        let (making, served) = (lenses.clone(), shared.clone());
        threads.push(thread("lens", move || making.run(&served))?);
        Ok(Arc::new(App::new(settings, library, shared, Upkeep::Always { outbox, lenses, threads })))
    }

    fn new(settings: Settings, library: Library, shared: Arc<Shared>, upkeep: Upkeep) -> App {
        let snapshot = shared.snapshot.clone();
        let (checked, roll, memory, writing, _scratch) = Default::default();
        App { settings, snapshot, shared, library, upkeep, checked, roll, memory, writing, _scratch }
    }

    /// True while what is served can be trusted: not where the index was damaged under it, until it is built anew.
    pub fn ready(&self) -> bool {
        !self.shared.spoilt.load(Ordering::Acquire)
    }

    /// To be called where an answer failed on our side: the keeper looks whether the index is damaged.
    pub fn doubt(&self) {
        self.shared.doubt();
    }

    /// Events after `last`, oldest first, or `None` where the past is gone and a client must start anew;
    /// and a receiver of those to come.
    pub fn live(&self, last: Option<u64>) -> (Option<Vec<Event>>, tokio::sync::broadcast::Receiver<Event>) {
        self.shared.live.since(last)
    }
}

impl Drop for App {
    fn drop(&mut self) {
        if let Upkeep::Always { outbox, lenses, threads } = &mut self.upkeep {
            // It can only have ended already.
            let _ = outbox.send(Message::End);
            lenses.end();
            for thread in threads.drain(..) {
                let _ = thread.join();
            }
        }
    }
}

/// What an index of this library is marked with, so that it is not taken for another's.
fn origin(library: &Library) -> String {
    library.identity().map_or_else(String::new, |identity| identity.path().display().to_string())
}

/// A keeper that knows what the index in `dir` holds, and the snapshot of it. An index that cannot be read is wiped.
fn begin(
    settings: &Settings,
    library: &Library,
    dir: &Path,
    lenses: &Arc<Lenses>,
) -> Result<(Arc<Shared>, Keeper, Opening), OpenError> {
    let (mut index, mut opening) = Index::open(dir, &origin(library))?;
    index.serve_drafts(settings.drafts);
    let (recalled, first) = match guarded(|| taken_up(&index, lenses)) {
        Err(error) if opening == Opening::Warm => {
            tracing::warn!(%error, "the index is damaged; it is built anew from the library");
            index = index.anew()?;
            opening = Opening::Empty { reason: error.to_string() };
            taken_up(&index, lenses)?
        }
        taken => taken?,
    };
    let shared = Shared::new(first);
    let keeper = Keeper::new(library.clone(), index, recalled, shared.clone(), lenses.clone());
    Ok((shared, keeper, opening))
}

fn open_once(settings: &Settings, library: &Library, index: &Path, progress: Progress<'_>) -> Result<App, OpenError> {
    let lenses = Arc::new(Lenses::new(settings.model.as_deref())?);
    let (shared, mut keeper, opening) = begin(settings, library, index, &lenses)?;
    let warm = opening == Opening::Warm;
    let gone = || OpenError::NoLibrary(settings.library.clone());
    match look(library, None, &keeper.known, &Hints::once(), &mut false) {
        Ok(found) if warm && found.read.is_empty() && found.gone.is_empty() => {}
        Ok(found) if warm => match guarded(|| keeper.catch_up(found, progress)) {
            Ok(()) => lenses.renew(&shared),
            // The one who writes is keeping it up to date.
            Err(IndexError::Busy(_)) => keeper.recover()?,
            Err(error @ IndexError::Unusable { .. }) => return Err(error.into()),
            // A full disk damages nothing: what the index has stays.
            Err(error @ IndexError::Read(_)) if keeper.examine(true).is_ok() => {
                return Err(keeper.explain(error).into());
            }
            Err(error) => {
                tracing::warn!(%error, "the index is built anew");
                keeper.start_anew()?;
                let all = look(library, None, &keeper.known, &Hints::once(), &mut false).map_err(|_| gone())?;
                keeper.build(all, progress)?;
                lenses.renew(&shared);
            }
        },
        Ok(found) => {
            keeper.build(found, progress)?;
            lenses.renew(&shared);
        }
        Err(_) if warm => {}
        Err(_) => return Err(gone()),
    }
    Ok(App::new(settings.clone(), library.clone(), shared, Upkeep::Once(Box::new(Mutex::new(keeper)), lenses)))
}

fn thread(name: &str, work: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>, OpenError> {
    let failed = |error: std::io::Error| OpenError::Library(format!("no thread could be started: {error}"));
    std::thread::Builder::new().name(name.to_owned()).spawn(work).map_err(failed)
}

/// A folder for an index that lives no longer than the process.
struct Scratch(PathBuf);

/// Numbers the scratch folders of this process.
static TURN: AtomicU64 = AtomicU64::new(0);

impl Scratch {
    fn new() -> std::io::Result<Scratch> {
        let turn = TURN.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("stemwire-{}-{turn}", std::process::id()));
        // A folder that is there already is somebody else's.
        std::fs::create_dir(&path)?;
        Ok(Scratch(path))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // What cannot be removed is the system's to clean.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
