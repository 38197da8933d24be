//! The thread in which the keeper lives while a library is served: it gathers hints until it is quiet for a moment,
//! then lets the keeper catch up. Nothing that happens to the folder or the index ends it.

use super::keeper::Keeper;
use super::look::{Away, Found, Hints, look};
use crate::index::IndexError;
use crate::library::{Hint, History, Identity, Watch};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, SyncSender};
use std::time::{Duration, Instant};

/// Editors save in several steps, checkouts in thousands: hints are gathered until none came for so long …
const QUIET: Duration = Duration::from_millis(50);
/// … but not longer than this, so that a save is served well within a second whatever else goes on.
const AT_MOST: Duration = Duration::from_millis(250);

/// How often it is asked whether the root is still the folder that is watched: a swapped root or mount tells nobody.
const GLANCE: Duration = Duration::from_secs(1);
/// The same while the root is away.
const GLANCE_AWAY: Duration = Duration::from_millis(200);

/// How often everything is looked through though nothing was heard: network and some container mounts tell nothing.
const POLL: Duration = Duration::from_secs(30);
/// The same where the system would not let us watch.
const POLL_BLIND: Duration = Duration::from_secs(2);
/// A look through everything takes at most one part in so many of the time, however large the library.
const POLL_SHARE: u32 = 50;

/// How long the folder has to be quiet before a disappearance of most of the library is believed …
const DOUBT: Duration = Duration::from_secs(2);
/// … but no longer than this altogether: a checkout of a hundred thousand files takes about as long.
const DOUBT_AT_MOST: Duration = Duration::from_secs(30);

/// How long to wait before the index is tried again after an error.
const RETRY: Duration = Duration::from_secs(2);

/// What the keeper is told.
pub(super) enum Message {
    Hint(Hint),
    /// Somebody wrote this file through us and waits until it is served.
    Written {
        file: String,
        reply: SyncSender<()>,
    },
    /// The day of each file's last commit.
    Days(HashMap<String, NaiveDate>),
    End,
}

pub(super) struct Keeping {
    keeper: Keeper,
    watch: Option<Watch>,
    inbox: Receiver<Message>,
    /// The root that is watched; none while it is away.
    root: Option<Identity>,
    linked: bool,
    poll_at: Instant,
    /// When to try again after an error.
    retry_at: Option<Instant>,
    doubt: Option<Doubt>,
    history: History,
    /// Where messages to ourselves go.
    outbox: Sender<Message>,
}

/// Most of the library seems to be gone.
struct Doubt {
    since: Instant,
    /// When it is believed, unless something happens before.
    until: Instant,
}

/// What was gathered before a look.
#[derive(Default)]
struct Gathered {
    hints: Hints,
    waiting: Vec<SyncSender<()>>,
    days: Option<HashMap<String, NaiveDate>>,
    end: bool,
}

impl Keeping {
    /// A keeper that looks at everything first. `outbox` is where its watch's hints go: the other end of `inbox`.
    pub(super) fn new(keeper: Keeper, inbox: Receiver<Message>, outbox: Sender<Message>) -> Keeping {
        let hints = outbox.clone();
        let watch = keeper.library.watch(move |hint| {
            // Nobody listening any more means that the end has come.
            let _ = hints.send(Message::Hint(hint));
        });
        let watch = watch
            .inspect_err(|error| tracing::warn!(%error, "changes are found by looking through the folder instead"))
            .ok();
        let now = Instant::now();
        let history = keeper.library.history();
        let (root, linked, poll_at) = (None, false, now);
        Keeping { keeper, watch, inbox, root, linked, poll_at, retry_at: None, doubt: None, history, outbox }
    }

    /// Brings the index up to date with the folder, before anybody is served.
    pub(super) fn build(&mut self, progress: super::keeper::Progress<'_>) -> Result<(), IndexError> {
        self.keeper.take_writer()?;
        if let Some(found) = self.look(&Hints::once()) {
            let found = Found { everything: true, ..found };
            self.keeper.catch_up(found, progress)?;
        }
        Ok(())
    }

    /// Keeps what is served in step with the folder until told to end.
    pub(super) fn run(mut self) {
        loop {
            let gathered = self.gather();
            if gathered.end {
                return;
            }
            if !gathered.hints.is_empty() {
                self.catch_up(&gathered.hints);
            }
            if let Some(days) = gathered.days {
                let taken = self.keeper.take_days(days);
                self.survive(taken);
            }
            if self.history.moved() {
                self.ask_for_days();
            }
            for reply in gathered.waiting {
                // Whoever waited may have given up.
                let _ = reply.try_send(());
            }
        }
    }

    /// Waits for hints, or for the time to look without any.
    fn gather(&mut self) -> Gathered {
        let mut gathered = Gathered::default();
        let glance = if self.root.is_some() { GLANCE } else { GLANCE_AWAY };
        let now = Instant::now();
        let others = self.retry_at.into_iter().chain(self.doubt.as_ref().map(|doubt| doubt.until));
        let until = [now + glance, self.poll_at].into_iter().chain(others).min();
        let wait = until.unwrap_or(now).saturating_duration_since(now);
        match self.inbox.recv_timeout(wait) {
            Ok(message) => {
                gathered.take(message);
                self.gather_more(&mut gathered);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => gathered.end = true,
        }
        self.glance(&mut gathered.hints);
        gathered
    }

    fn gather_more(&self, gathered: &mut Gathered) {
        let deadline = Instant::now() + AT_MOST;
        // Somebody who waits for an answer is not made to wait for others to fall silent.
        while !gathered.end && gathered.waiting.is_empty() {
            let wait = QUIET.min(deadline.saturating_duration_since(Instant::now()));
            match self.inbox.recv_timeout(wait) {
                Ok(message) => gathered.take(message),
                Err(_) => break,
            }
        }
        while let Ok(message) = self.inbox.try_recv() {
            gathered.take(message);
        }
    }

    /// Adds what the clock and the root call for.
    fn glance(&mut self, hints: &mut Hints) {
        let now = Instant::now();
        if self.keeper.library.identity() != self.root {
            hints.all = true;
        }
        if self.poll_at <= now || self.retry_at.is_some_and(|at| at <= now) {
            self.retry_at = None;
            hints.all = true;
        }
        if let Some(doubt) = &mut self.doubt {
            if !hints.is_empty() {
                doubt.until = (now + DOUBT).min(doubt.since + DOUBT_AT_MOST);
            }
            if doubt.until <= now {
                self.doubt = None;
                (hints.all, hints.sure) = (true, true);
            }
        }
    }

    fn catch_up(&mut self, hints: &Hints) {
        let Some(found) = self.look(hints) else { return };
        if found.doubtful && self.doubt.is_none() {
            tracing::warn!("most of the library is gone; it stays served for a moment in case it comes back");
            let since = Instant::now();
            self.doubt = Some(Doubt { since, until: since + DOUBT });
        }
        if found.read.is_empty() && found.gone.is_empty() {
            if !hints.at.is_empty() {
                // A picture, most likely: nothing that is served, but a link to it may be alive or dead now.
                self.keeper.noticed();
            }
            return;
        }
        let caught_up = self.keeper.catch_up(found, &|_, _| {});
        self.survive(caught_up);
    }

    /// After an error of the index, goes on from what it holds, and tries again in a moment.
    fn survive(&mut self, result: Result<(), IndexError>) {
        if let Err(error) = result {
            tracing::error!(%error, "the index could not be brought up to date; what is served stays");
            self.retry_at = Some(Instant::now() + RETRY);
            if let Err(error) = self.keeper.recover() {
                tracing::error!(%error, "the index cannot be read");
            }
        }
    }

    /// Asks git, which may take its time, and tells ourselves.
    fn ask_for_days(&self) {
        let (library, outbox) = (self.keeper.library.clone(), self.outbox.clone());
        let ask = move || drop(outbox.send(Message::Days(library.commit_days())));
        if let Err(error) = std::thread::Builder::new().name("history".to_owned()).spawn(ask) {
            tracing::warn!(%error, "git was not asked for the days of the last commits");
        }
    }

    /// Looks at the folder; none where it is away.
    fn look(&mut self, hints: &Hints) -> Option<Found> {
        let began = Instant::now();
        let root = self.keeper.library.identity();
        self.unwatch(hints, root.as_ref());
        let mut found = look(&self.keeper.library, self.watch.as_mut(), &self.keeper.known, hints, &mut self.linked);
        if let Err(Away::Other(error)) = &found {
            tracing::warn!(%error, "changes are found by looking through the folder instead");
            self.watch = None;
            found = look(&self.keeper.library, None, &self.keeper.known, hints, &mut self.linked);
        }
        if hints.all {
            let poll = if self.watch.is_some() { POLL } else { POLL_BLIND };
            self.poll_at = Instant::now() + poll.max(began.elapsed() * POLL_SHARE);
        }
        match found {
            Ok(found) => {
                if self.root.is_none() {
                    tracing::info!(path = %self.keeper.library.root().display(), "the library is there");
                }
                self.root = root;
                Some(found)
            }
            Err(_) => {
                if self.root.take().is_some() {
                    let path = self.keeper.library.root().display();
                    tracing::warn!(%path, "the library is away; what was served stays served until it is back");
                }
                None
            }
        }
    }

    /// Folders that may have been swapped for others have to be watched anew.
    fn unwatch(&mut self, hints: &Hints, root: Option<&Identity>) {
        let Some(watch) = &mut self.watch else { return };
        let library = &self.keeper.library;
        if hints.lost || root != self.root.as_ref() {
            watch.forget(library.root());
        }
        hints.at.iter().for_each(|at| watch.forget(&library.root().join(at)));
    }
}

impl Gathered {
    fn take(&mut self, message: Message) {
        match message {
            Message::Hint(hint) => self.hints.add(hint),
            Message::Written { file, reply } => {
                self.hints.add(Hint::At(file));
                self.waiting.push(reply);
            }
            Message::Days(days) => self.days = Some(days),
            Message::End => self.end = true,
        }
    }
}
