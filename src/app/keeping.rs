//! The thread in which the keeper lives while a library is served: it gathers hints until it is quiet for a moment,
//! then lets the keeper catch up. Nothing that happens to the folder or the index ends it.

use super::keeper::Keeper;
use super::look::{Away, Found, Hints, look};
use super::snapshot::Shared;
use crate::index::{Damage, IndexError, guarded};
use crate::library::{Hint, History, Identity, Watch};
use chrono::NaiveDate;
use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::Ordering;
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
/// An index that cannot be built is tried again after `RETRY`, doubled at most so many times: to about a minute.
const DOUBLINGS: u32 = 5;

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
    /// There is no index that could be worked with, and when to try to build one again.
    ruined: Option<Instant>,
    /// Panics, and failed attempts to build the index anew, since something last went well.
    stumbles: u32,
    /// When the index's files are looked at though nothing seems wrong …
    examine_at: Instant,
    /// … and, where something does, not before this.
    doubted_at: Instant,
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
        let (retry_at, doubt, ruined, stumbles) = (None, None, None, 0);
        let (examine_at, doubted_at) = (now + POLL, now);
        Keeping {
            keeper,
            watch,
            inbox,
            root,
            linked,
            poll_at,
            retry_at,
            doubt,
            ruined,
            stumbles,
            examine_at,
            doubted_at,
            history,
            outbox,
        }
    }

    /// Brings the index up to date with the folder, before anybody is served.
    pub(super) fn build(&mut self, progress: super::keeper::Progress<'_>) -> Result<(), IndexError> {
        self.keeper.take_writer()?;
        match self.look(&Hints::once()) {
            Some(found) => self.keeper.build(found, progress),
            None => Ok(()),
        }
    }

    /// Keeps what is served in step with the folder until told to end.
    pub(super) fn run(mut self) {
        loop {
            let gathered = self.gather();
            if gathered.end {
                return;
            }
            let (hints, days) = (gathered.hints, gathered.days);
            // What a turn leaves half-done is made again from the folder and the index in the next.
            if catch_unwind(AssertUnwindSafe(|| self.turn(&hints, days))).is_err() {
                tracing::error!("stemwire itself stumbled; what is served stays, and all is looked at again");
                self.retry_at = Some(Instant::now() + RETRY);
            }
            for reply in gathered.waiting {
                // Whoever waited may have given up.
                let _ = reply.try_send(());
            }
        }
    }

    fn turn(&mut self, hints: &Hints, days: Option<HashMap<String, NaiveDate>>) {
        self.examine();
        match self.ruined {
            Some(at) if at <= Instant::now() => self.build_anew(),
            // Whatever is hinted at, all is read when the index is built.
            Some(_) => return,
            None if !hints.is_empty() => self.catch_up(hints),
            None => {}
        }
        if let Some(days) = days.filter(|_| self.ruined.is_none()) {
            let taken = guarded(|| self.keeper.take_days(days));
            self.survive(taken);
        }
        if self.history.moved() {
            self.ask_for_days();
        }
    }

    /// Waits for hints, or for the time to look without any.
    fn gather(&mut self) -> Gathered {
        let mut gathered = Gathered::default();
        match self.inbox.recv_timeout(self.due().saturating_duration_since(Instant::now())) {
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

    /// When to look at the root again, or at what is due before.
    fn due(&self) -> Instant {
        let glance = Instant::now() + if self.root.is_some() { GLANCE } else { GLANCE_AWAY };
        match self.ruined {
            // Nothing else is done until there is an index again, however long it has been due.
            Some(at) => at.min(glance),
            None => {
                let others = self.retry_at.into_iter().chain(self.doubt.as_ref().map(|doubt| doubt.until));
                others.fold(self.poll_at.min(glance), Instant::min)
            }
        }
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
        let caught_up = guarded(|| self.keeper.catch_up(found, &|_, _| {}));
        self.survive(caught_up);
    }

    /// After an error of the index, goes on from what it holds, and tries again in a moment; where it is damaged, builds
    /// it anew.
    fn survive(&mut self, result: Result<(), IndexError>) {
        let Err(error) = result else {
            self.stumbles = 0;
            return;
        };
        let error = self.keeper.explain(error);
        tracing::error!(%error, "the index could not be brought up to date; what is served stays");
        self.retry_at = Some(Instant::now() + RETRY);
        self.stumbles += u32::from(matches!(error, IndexError::Stumbled(_)));
        let unreadable = |error: IndexError| Damage { reason: error.to_string(), in_place: false };
        let recovered = guarded(|| self.keeper.recover()).map_err(unreadable);
        let again = if self.stumbles > 1 { Err(unreadable(error)) } else { Ok(()) };
        if let Err(damage) = self.keeper.examine(true).and(recovered).and(again) {
            self.ruin(&damage);
        }
    }

    /// Looks at the index's files now and then, and soon where an answer failed.
    fn examine(&mut self) {
        let now = Instant::now();
        let doubted = self.shared().doubted.load(Ordering::Acquire) && self.doubted_at <= now;
        if self.ruined.is_some() || !(doubted || self.examine_at <= now) {
            return;
        }
        self.shared().doubted.fetch_and(!doubted, Ordering::AcqRel);
        let examined = self.keeper.examine(doubted);
        let rest = now.elapsed() * POLL_SHARE;
        (self.examine_at, self.doubted_at) = (now + POLL.max(rest), now + RETRY.max(rest));
        if let Err(damage) = examined {
            self.ruin(&damage);
        }
    }

    fn shared(&self) -> &Arc<Shared> {
        &self.keeper.shared
    }

    /// The index can no longer be used: it is built anew.
    fn ruin(&mut self, damage: &Damage) {
        tracing::warn!(reason = damage.reason, "the index is damaged; it is built anew from the library");
        self.shared().spoilt.fetch_or(damage.in_place, Ordering::AcqRel);
        self.build_anew();
    }

    /// Builds the index anew from the folder, once that is there.
    fn build_anew(&mut self) {
        let there = self.keeper.library.scan().is_ok_and(|scan| !scan.bare);
        let away = || IndexError::Read("the library is away".to_owned());
        let begun = if there { guarded(|| self.keeper.start_anew()) } else { Err(away()) };
        let found = begun.and_then(|()| self.look(&Hints::once()).ok_or_else(away));
        let built = found.and_then(|found| guarded(|| self.keeper.build(found, &|_, _| {})));
        match built {
            Ok(()) => {
                (self.ruined, self.retry_at, self.stumbles) = (None, None, 0);
                self.shared().spoilt.store(false, Ordering::Release);
                tracing::info!("the index is whole again");
            }
            Err(error) => {
                tracing::error!(%error, "the index could not be built; it is tried again in a moment");
                self.ruined = Some(Instant::now() + RETRY * (1 << self.stumbles.min(DOUBLINGS)));
                self.stumbles += 1;
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
        self.shared().away.store(found.is_err(), Ordering::Release);
        match found {
            Ok(found) => {
                self.keeper.leave_out(&found);
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
