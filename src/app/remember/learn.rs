//! Learning from the ledger: contacts become foresight, dismissals become flags. New ones count within a second.

use super::super::App;
use super::super::live::EventKind;
use super::names::Naming;
use super::tellings::{Tellings, Whose};
use crate::engine::Flagged;
use crate::engine::foresight::{Contact, Learner};
use crate::ledger::{ChangeKind, Changed, CustomerId, KeptContact, Lead, Ledger, LedgerError};
use crate::tip::Substance;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};
use tokio_util::sync::CancellationToken;

/// Contacts that are read at once: some 10 MB.
const BATCH: u32 = 50_000;

/// Changes are gathered this long before they are learned together: with the fit itself, well within a second.
const GATHER: Duration = Duration::from_millis(200);

/// How long to wait after the ledger failed, or while another process does what is to be done once.
const AGAIN: Duration = Duration::from_secs(2);

/// What was learned so far, and up to which contact.
#[derive(Default)]
struct Learned {
    learner: Learner,
    tellings: Tellings,
    seq: i64,
    /// The ledger's mark before any of them was read; none where none was.
    mark: Option<i64>,
    /// Held by the one server that fits the weights.
    lead: Option<Lead>,
    /// Contacts were forgotten since the weights were fitted.
    anew: bool,
    /// Weights were fitted that the other servers do not have yet.
    unshared: bool,
    /// Tellings were learned that no answer goes by yet.
    unseen: bool,
}

impl Learned {
    /// Begins anew, but for the lead.
    fn forget(&mut self) {
        *self = Learned { lead: self.lead.take(), anew: true, ..Learned::default() };
    }
}

/// Learns whatever is there, once.
pub(super) async fn catch_up(app: &App) -> Result<(), LedgerError> {
    let learned = Arc::new(Mutex::new(Learned::default()));
    learn_tellings(app, &learned, &Whose::Everybodys).await?;
    learn_contacts(app, &learned).await?;
    learn_flags(app).await
}

/// Learns until `stop`.
pub(super) async fn keep_learning(app: &App, mut changes: Receiver<Changed>, stop: CancellationToken) {
    let learned = Arc::new(Mutex::new(Learned::default()));
    let (mut todo, mut naming, mut trouble) = (Todo::default().all(), Naming::default(), Trouble::default());
    loop {
        let named = naming.work(app).await;
        // What moved is told to all, and learned once that is heard.
        let moved = matches!(named, Ok(true));
        let done = if moved { Ok(()) } else { todo.work(app, &learned).await };
        if done.is_ok() {
            todo = Todo::default();
        }
        // Under which names contacts stand is one thing, what they teach another: neither waits for the other.
        let done = app.memory.seen(done.and(named.map(drop)));
        let failed = done.is_err();
        trouble.tell(app, &learned, done);
        let pause = if failed { AGAIN } else { GATHER };
        if !failed {
            tokio::select! {
                () = stop.cancelled() => return,
                changed = changes.recv() => if !todo.add(app, changed) { return },
                () = app.shared.swapped.notified() => {}
                () = tokio::time::sleep(AGAIN), if naming.waits => {}
            }
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(pause) => {}
        }
        todo.add_all(app, &mut changes);
    }
}

/// Whether learning failed the last time.
#[derive(Default)]
struct Trouble {
    failing: bool,
}

impl Trouble {
    /// Tells the log once when learning fails and once when it goes on. What waiting will not mend keeps no server from
    /// being ready: it goes on with what it could count.
    fn tell(&mut self, app: &App, learned: &Mutex<Learned>, done: Result<(), LedgerError>) {
        let Err(error) = done else {
            if std::mem::take(&mut self.failing) {
                tracing::info!("contacts are learned from again");
            }
            return;
        };
        if !std::mem::replace(&mut self.failing, true) {
            tracing::warn!(%error, "contacts cannot be learned from now; it is tried again every few seconds");
        }
        if !error.passes() && !app.memory.has_learned() {
            app.memory.foresight.store(Some(Arc::new(held(learned).learner.counted())));
        }
    }
}

/// What has to be looked at.
#[derive(Default)]
struct Todo {
    contacts: bool,
    flags: bool,
    tellings: Whose,
    anew: bool,
    /// Something happened of which nobody knows what: contacts may be gone, too.
    unsure: bool,
    /// Customers who stand under another hash now.
    renamed: Vec<(CustomerId, CustomerId)>,
}

impl Todo {
    /// Everything, and whoever was renamed.
    fn all(&mut self) -> Self {
        let renamed = std::mem::take(&mut self.renamed);
        Todo { contacts: true, flags: true, tellings: Whose::Everybodys, renamed, ..Todo::default() }
    }

    /// False where no change will ever come any more.
    fn add(&mut self, app: &App, changed: Result<Changed, RecvError>) -> bool {
        match changed {
            Ok(changed) => {
                match changed.kind {
                    ChangeKind::Contacts => self.contacts = true,
                    ChangeKind::Outcome => {
                        self.flags = true;
                        self.tellings.add(&changed.id);
                    }
                    ChangeKind::Erased => *self = Todo { anew: true, ..self.all() },
                    ChangeKind::Anything => *self = Todo { anew: self.anew, unsure: true, ..self.all() },
                    ChangeKind::Model => self.contacts = true,
                    ChangeKind::Renamed => {
                        self.renamed.extend(renamed(&changed.id));
                        self.contacts = true;
                    }
                    ChangeKind::Balloon | ChangeKind::Promise => {}
                }
                if changed.kind == ChangeKind::Erased {
                    app.memory.lately.erased(&changed.id);
                }
                app.tell_ledger(&changed);
            }
            Err(RecvError::Lagged(_)) => {
                *self = Todo { anew: self.anew, unsure: true, ..self.all() };
                app.tell_of_anything();
            }
            Err(RecvError::Closed) => return false,
        }
        true
    }

    /// Adds what came meanwhile; where some of it was lost, everything.
    fn add_all(&mut self, app: &App, changes: &mut Receiver<Changed>) {
        loop {
            let changed = match changes.try_recv() {
                Ok(changed) => Ok(changed),
                Err(TryRecvError::Lagged(lost)) => Err(RecvError::Lagged(lost)),
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            };
            self.add(app, changed);
        }
    }

    async fn work(&mut self, app: &App, learned: &Arc<Mutex<Learned>>) -> Result<(), LedgerError> {
        // Each once, also where what comes after it fails and is tried again.
        for (before, now) in std::mem::take(&mut self.renamed) {
            let mut learned = held(learned);
            learned.learner.rename(before.short(), now.short());
            learned.mark = learned.mark.map(|mark| mark + 1);
        }
        self.begin(app, learned).await?;
        learn_tellings(app, learned, &self.tellings).await?;
        if self.contacts || held(learned).unseen {
            learn_contacts(app, learned).await?;
        }
        if self.flags {
            learn_flags(app).await?;
        }
        Ok(())
    }

    /// Begins anew where contacts that were learned from are gone, or stand under other names: this process was told so, or
    /// another one may have done it and the ledger's mark is another by now.
    async fn begin(&self, app: &App, learned: &Mutex<Learned>) -> Result<(), LedgerError> {
        let before = held(learned).mark;
        if before.is_some() && !self.anew && !self.unsure {
            return Ok(());
        }
        let mark = app.memory.ledger()?.relearn_mark().await?;
        let mut learned = held(learned);
        if self.anew || before.is_some_and(|before| before != mark) {
            learned.forget();
        }
        learned.mark = Some(mark);
        Ok(())
    }
}

fn renamed(id: &str) -> Option<(CustomerId, CustomerId)> {
    let (before, now) = id.split_once(':')?;
    Some((CustomerId::parse(before)?, CustomerId::parse(now)?))
}

async fn learn_tellings(app: &App, learned: &Arc<Mutex<Learned>>, whose: &Whose) -> Result<(), LedgerError> {
    let ledger = app.memory.ledger()?;
    let mut tellings = std::mem::take(&mut held(learned).tellings);
    let read = tellings.read(app, &ledger, whose).await;
    held(learned).tellings = tellings;
    let Some(told) = read? else { return Ok(()) };
    let teaching = Arc::clone(learned);
    let taught = tokio::task::spawn_blocking(move || {
        let mut learned = held(&teaching);
        let new = told.teach(&mut learned.learner);
        learned.unseen |= new;
    });
    taught.await.map_err(|error| LedgerError::Broken(error.to_string()))
}

async fn learn_contacts(app: &App, learned: &Arc<Mutex<Learned>>) -> Result<(), LedgerError> {
    let ledger = app.memory.ledger()?;
    while read_batch(&ledger, learned).await? {}
    let leads = leads(&ledger, learned).await;
    // Whoever begins goes on with what was fitted before, so that all answer alike, before a restart and after it. Only
    // where contacts are gone or mean something else, the weights that knew them go too.
    let anew = leads && held(learned).anew;
    let known = !anew && ((leads && is_fitted(learned)) || take_weights(&ledger, learned).await?);
    let fit = if leads { !known || held(learned).learner.is_stale() } else { !known };
    let counting = Arc::clone(learned);
    // Both take seconds where there are a million contacts.
    let counted = tokio::task::spawn_blocking(move || {
        let mut learned = held(&counting);
        if fit { learned.learner.refit() } else { learned.learner.counted() }
    });
    let foresight = counted.await.map_err(|error| LedgerError::Broken(error.to_string()))?;
    app.memory.foresight.store(Some(Arc::new(foresight)));
    {
        let mut learned = held(learned);
        learned.unseen = false;
        learned.anew &= !(fit && leads);
        learned.unshared |= fit && leads;
    }
    if held(learned).unshared {
        put_weights(&ledger, learned).await?;
        held(learned).unshared = false;
    }
    Ok(())
}

fn held(learned: &Mutex<Learned>) -> MutexGuard<'_, Learned> {
    learned.lock().unwrap_or_else(PoisonError::into_inner)
}

fn is_fitted(learned: &Mutex<Learned>) -> bool {
    held(learned).learner.fitted_at().is_some()
}

/// What the fitted weights are called among the models.
const WEIGHTS: &str = "foresight";

/// True where this server fits the weights for all: one does, and another takes over once it is gone.
async fn leads(ledger: &Ledger, learned: &Mutex<Learned>) -> bool {
    let mut lead = held(learned).lead.take();
    let holds = match &mut lead {
        Some(lead) => lead.holds().await,
        None => false,
    };
    if !holds {
        lead = ledger.try_lead(WEIGHTS).await;
    }
    let leads = lead.is_some();
    held(learned).lead = lead;
    leads
}

/// Takes the weights that the leading server fitted, or the one before it. False where there are none yet, or another
/// version's.
async fn take_weights(ledger: &Ledger, learned: &Mutex<Learned>) -> Result<bool, LedgerError> {
    let Some(model) = ledger.model(WEIGHTS).await? else { return Ok(false) };
    let (numbers, rest) = model.bytes.as_chunks::<8>();
    let Some((contacts, weights)) = numbers.split_last().filter(|_| rest.is_empty()) else { return Ok(false) };
    let weights: Vec<f64> = weights.iter().map(|bytes| f64::from_le_bytes(*bytes)).collect();
    Ok(held(learned).learner.take_weights(&weights, u64::from_le_bytes(*contacts)))
}

/// Gives the weights to the other servers, with the number of contacts that they were fitted to.
async fn put_weights(ledger: &Ledger, learned: &Mutex<Learned>) -> Result<(), LedgerError> {
    let bytes = {
        let learned = held(learned);
        let weights = learned.learner.weights();
        let contacts = learned.learner.fitted_at().unwrap_or_default();
        weights.iter().map(|weight| weight.to_le_bytes()).chain([contacts.to_le_bytes()]).flatten().collect()
    };
    let now_ms = chrono::Utc::now().timestamp_millis();
    // Newer than what is there, also where a clock was put back.
    let version = ledger.model(WEIGHTS).await?.map_or(now_ms, |there| now_ms.max(there.version + 1));
    ledger.put_model(WEIGHTS, version, bytes, now_ms).await.map(drop)
}

/// True where there may be more.
async fn read_batch(ledger: &Ledger, learned: &Arc<Mutex<Learned>>) -> Result<bool, LedgerError> {
    let from = held(learned).seq;
    let contacts = ledger.contacts_after(from, BATCH).await?;
    let mut learned = held(learned);
    for contact in &contacts {
        learned.seq = learned.seq.max(contact.seq);
        learned.learner.add(meant(contact));
    }
    Ok(contacts.len() == BATCH as usize)
}

fn meant(contact: &KeptContact) -> Contact {
    Contact {
        customer: contact.customer.short(),
        at: contact.at_ms,
        position: contact.position,
        product: contact.product.clone(),
        issue: contact.issue.clone(),
    }
}

async fn learn_flags(app: &App) -> Result<(), LedgerError> {
    loop {
        let before = app.memory.flagged();
        let mut flagged = Flagged::new();
        for flag in app.memory.ledger()?.flagged().await? {
            flagged.entry(flag.tip).or_default().push(flag.substance.map(Substance::from_text));
        }
        if app.memory.flagged_anew(&before, flagged) {
            return Ok(());
        }
    }
}

impl App {
    /// Tells those who watch what changed in the ledger.
    fn tell_ledger(&self, changed: &Changed) {
        let id = changed.id.clone();
        match changed.kind {
            ChangeKind::Balloon => self.shared.live.tell(EventKind::Balloon { id }),
            ChangeKind::Outcome => self.shared.live.tell(EventKind::Outcome { id }),
            ChangeKind::Promise => self.shared.live.tell(EventKind::Promise { id }),
            ChangeKind::Anything => self.tell_of_anything(),
            _ => {}
        }
    }

    /// Several things at once, of which nobody knows what: another process wrote. Perhaps it erased a customer.
    fn tell_of_anything(&self) {
        self.memory.lately.forget_answers();
        let id = String::new;
        for kind in [EventKind::Balloon { id: id() }, EventKind::Outcome { id: id() }, EventKind::Promise { id: id() }]
        {
            self.shared.live.tell(kind);
        }
    }
}
