//! Making the lens anew, beside everything else: tips are served with the lens there is until the new one is ready.

use super::settings::OpenError;
use super::snapshot::Shared;
use crate::engine::Lens;
use crate::engine::lens::Table;
use crate::index::{IndexError, Searcher, guarded};
use crate::tip::Sections;
use std::path::Path;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

/// What a lens is made with, and whether one is wanted.
pub(super) struct Lenses {
    /// None: the table that is compiled in.
    table: Option<Table>,
    wanted: Mutex<Wanted>,
    changed: Condvar,
}

#[derive(Default)]
struct Wanted {
    lens: bool,
    end: bool,
}

impl Lenses {
    /// With the table in the folder `model`, or the one that is compiled in.
    pub(super) fn new(model: Option<&Path>) -> Result<Lenses, OpenError> {
        let table = model.map(read_table).transpose()?;
        Ok(Lenses { table, wanted: Mutex::default(), changed: Condvar::new() })
    }

    pub(super) fn build(&self, sections: &Sections, searcher: &Searcher) -> Result<Lens, IndexError> {
        let table = self.table.as_ref().unwrap_or_else(|| Table::embedded());
        Ok(Lens::build(sections, &searcher.words()?, table))
    }

    /// A new lens is wanted. Returns at once; many wants before one is begun make one lens.
    pub(super) fn want(&self) {
        self.wanted().lens = true;
        self.changed.notify_all();
    }

    /// Makes `run` return.
    pub(super) fn end(&self) {
        self.wanted().end = true;
        self.changed.notify_all();
    }

    /// Makes each lens that is wanted and puts it into the snapshot, until the end.
    pub(super) fn run(&self, shared: &Shared) {
        loop {
            let mut wanted = self.wanted();
            while !wanted.lens && !wanted.end {
                wanted = self.changed.wait(wanted).unwrap_or_else(PoisonError::into_inner);
            }
            if wanted.end {
                return;
            }
            wanted.lens = false;
            drop(wanted);
            self.renew(shared);
        }
    }

    /// Makes the lens of what is served now.
    pub(super) fn renew(&self, shared: &Shared) {
        let snapshot = shared.snapshot.load_full();
        match guarded(|| self.build(&snapshot.sections, &snapshot.searcher)) {
            Ok(lens) => shared.swap(|snapshot| snapshot.lens = Arc::new(lens)),
            Err(error) => {
                tracing::error!(%error, "the lens could not be made anew; the old one stays");
                shared.doubt();
            }
        }
    }

    fn wanted(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn read_table(folder: &Path) -> Result<Table, OpenError> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read(&path).map_err(|error| OpenError::Model(format!("{}: {error}", path.display())))
    };
    let (vectors, tokenizer, config) = (read("model.safetensors")?, read("tokenizer.json")?, read("config.json")?);
    Table::from_bytes(&vectors, &tokenizer, &config)
        .map_err(|why| OpenError::Model(format!("the model in {} cannot be used: {why}", folder.display())))
}
