//! Opening the library for a command, with progress on stderr where it takes long.

use super::desk::Desk;
use super::ended::Failure;
use crate::app::{App, LedgerOptions, OpenError, Remembering, Retention, Settings};
use indicatif::{ProgressBar, ProgressStyle};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

/// Shorter work needs no bar: one that flashes by only disturbs.
const BEFORE_A_BAR: Duration = Duration::from_millis(500);

/// A bar that appears once the work has taken longer than half a second; only on a terminal, only on stderr.
pub(super) struct Progress {
    doing: &'static str,
    template: &'static str,
    begun: Instant,
    bar: OnceLock<Mutex<ProgressBar>>,
}

const COUNTED: &str = "{msg} {bar:30} {human_pos} of {human_len}";
const BYTES: &str = "{msg} {bar:30} {binary_bytes} of {binary_total_bytes}, {eta} to go";
const UNBOUNDED: &str = "{msg} {binary_bytes}";

impl Progress {
    pub fn new(doing: &'static str) -> Progress {
        Progress { doing, template: COUNTED, begun: Instant::now(), bar: OnceLock::new() }
    }

    /// For work that is told in bytes; a total of 0 is one that nobody knows.
    pub fn of_bytes(doing: &'static str) -> Progress {
        Progress { doing, template: BYTES, begun: Instant::now(), bar: OnceLock::new() }
    }

    pub fn tell(&self, done: usize, total: usize) {
        if self.begun.elapsed() < BEFORE_A_BAR {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let template = if total == 0 { UNBOUNDED } else { self.template };
            let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
            Mutex::new(ProgressBar::new(total as u64).with_style(style).with_message(self.doing))
        });
        if let Ok(bar) = bar.lock() {
            bar.set_length(total as u64);
            bar.set_position(done as u64);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get()
            && let Ok(bar) = bar.lock()
        {
            bar.finish_and_clear();
        }
    }
}

impl Desk {
    /// What the use cases need to know of the settings.
    pub fn settings(&self) -> Settings {
        Settings {
            library: self.config.library.clone(),
            index: self.config.index.clone(),
            model: self.config.model.clone(),
            drafts: self.config.drafts,
        }
    }

    /// What the use cases need to know of the ledger.
    pub fn remembering(&self) -> Remembering {
        let keep = &self.config.retention;
        let ms = |days: u32| (days > 0).then(|| i64::from(days) * 86_400_000);
        Remembering {
            url: self.config.ledger.clone(),
            options: LedgerOptions {
                key_file: self.config.customer_key.clone(),
                most_bytes: Some(u64::from(self.config.ledger_megabytes) << 20).filter(|bytes| *bytes > 0),
                ..LedgerOptions::default()
            },
            balloon_hours: self.config.balloon_hours,
            held_out: self.config.held_out,
            retention: Retention {
                contacts_ms: ms(keep.contacts),
                outcomes_ms: ms(keep.outcomes),
                suggestions_ms: ms(keep.suggestions),
                exposures_ms: ms(keep.exposures),
                balloons_ms: ms(keep.balloons),
                promises_ms: ms(keep.promises),
                misses_ms: ms(keep.misses),
                // A client that was away for a weekend sends its queue again on Monday.
                answers_ms: ms(7),
            },
        }
    }

    /// The library, open and up to date.
    pub fn open(&self) -> Result<App, Failure> {
        let progress = Progress::new("Indexing");
        App::open(self.settings(), &|done, total| progress.tell(done, total)).map_err(said)
    }
}

/// An error of opening, with what to do about it.
pub(super) fn said(error: OpenError) -> Failure {
    match error {
        OpenError::NoLibrary(path) => Failure::Said(format!(
            "there is no library at {0}\n\n  To start from a sample library:  stemwire new --sample {0}\n  \
             To begin one of your own:        mkdir {0}\n  \
             To use another folder:           stemwire --library DIR",
            path.display()
        )),
        other => Failure::from(other),
    }
}
