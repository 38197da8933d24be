//! One simulated customer: why they got in touch, what they were told, and what they came back about.

use super::super::record::RecordError;
use super::dice::Dice;
use super::world::{About, Situation, Trade, World};
use crate::engine::SilenceCode;
use crate::engine::experiment::Lot;
use crate::ledger::{Arm, Customer, Exposure, NewContact, NewOutcome, OutcomeKind, Reason, SuggestionNote};
use crate::tip::{Substance, Tip, TipId};
use std::sync::Arc;

/// Contacts of one customer at most: a chain that goes on beyond is not what is to be shown.
const MOST: usize = 9;

/// How often stemwire is asked on a contact, in the first week and in the last: a new thing takes time to be used.
const ASKED: (f64, f64) = (0.35, 0.75);

/// How often nothing is understood of what is typed.
const NOT_UNDERSTOOD: f64 = 0.04;

/// How often the same comes again because it was not solved; how often something else does, that no tip is written for;
/// and how often a customer comes back weeks later about something of their own.
const AGAIN: f64 = 0.06;
const GAP: f64 = 0.05;
const ANEW: f64 = 0.38;

/// What becomes of a tip that is shown, in a hundred; of the rest, nothing is reported.
const OUTCOMES: [(OutcomeKind, f64); 4] =
    [(OutcomeKind::Told, 72.0), (OutcomeKind::Sent, 7.0), (OutcomeKind::Declined, 5.0), (OutcomeKind::Dismissed, 7.0)];
const UNREPORTED: f64 = 9.0;

/// Why tips are dismissed, in a hundred. That one is wrong or unsafe would take it out until an editor has looked.
const REASONS: [(Reason, f64); 5] = [
    (Reason::NoTime, 35.0),
    (Reason::AlreadyKnew, 25.0),
    (Reason::WrongSituation, 20.0),
    (Reason::AlreadyTold, 10.0),
    (Reason::Unclear, 10.0),
];

/// How often a customer who was told is asked later whether it helped, and says yes.
const HELPED: f64 = 0.05;

const HOUR_MS: f64 = 3_600_000.0;
const DAY_MS: f64 = 24.0 * HOUR_MS;

/// What a simulated customer is called; it also begins the ids of their records, so that doing it again adds nothing.
pub(super) fn name_of(number: usize) -> String {
    format!("sample-{number:05}")
}

/// Everything that is to be recorded.
#[derive(Default)]
pub(super) struct Story {
    pub contacts: Vec<NewContact>,
    pub suggestions: Vec<SuggestionNote>,
    pub exposures: Vec<Exposure>,
    pub outcomes: Vec<(String, NewOutcome)>,
}

/// The time that is simulated, in milliseconds UTC.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub from_ms: i64,
    pub now_ms: i64,
}

/// One customer while their story is told.
pub(super) struct Teller<'a, 'w> {
    pub world: &'a mut World<'w>,
    pub lot: Option<Arc<Lot>>,
    pub span: Span,
    pub story: &'a mut Story,
    pub dice: Dice,
    pub customer: Customer,
    /// Begins every id of this customer's records.
    pub name: String,
    /// Tips that they were told.
    pub heard: Vec<TipId>,
}

/// A contact that is to come.
struct Coming {
    at_ms: i64,
    about: About,
}

impl Teller<'_, '_> {
    /// Tells the whole story.
    pub fn tell(mut self, trade: usize) -> Result<(), RecordError> {
        let length = (self.span.now_ms - self.span.from_ms) as f64;
        let first = self.span.from_ms + (length * self.dice.share()) as i64;
        let begin = Self::begin(&mut self.dice, &self.world.trades[trade]);
        let mut coming = vec![Coming { at_ms: by_day(first, &mut self.dice), about: begin }];
        for number in 0..MOST {
            // The soonest; of two at once the one that was known first.
            let Some(next) = (0..coming.len()).min_by_key(|n| coming[*n].at_ms) else { break };
            let now = coming.swap_remove(next);
            if now.at_ms >= self.span.now_ms {
                continue;
            }
            self.meet(&now, number, trade, &mut coming)?;
        }
        Ok(())
    }

    fn begin(dice: &mut Dice, trade: &Trade) -> About {
        let begin = dice.one_of(&trade.begins, |(_, weight)| *weight).unwrap_or_default();
        trade.begins[begin].0.clone()
    }

    fn meet(&mut self, now: &Coming, number: usize, trade: usize, coming: &mut Vec<Coming>) -> Result<(), RecordError> {
        let situation = self.world.situation(&now.about)?;
        let id = format!("{}-{number}", self.name);
        self.story.contacts.push(NewContact {
            id: Some(id.clone()),
            reported: None,
            customer: self.customer.clone(),
            at_ms: Some(now.at_ms),
            position: None,
            product: now.about.0.clone(),
            issue: Some(now.about.1.clone()),
        });
        let passed = (now.at_ms - self.span.from_ms) as f64 / (self.span.now_ms - self.span.from_ms) as f64;
        if self.dice.falls(ASKED.0 + (ASKED.1 - ASKED.0) * passed) {
            self.ask(now, &id, &situation);
        }
        for follow in &situation.follows {
            let told = follow.tips.iter().filter(|(tip, _)| self.heard.contains(tip)).map(|(_, leaves)| *leaves);
            let chance = follow.chance * told.fold(1.0, f64::min);
            if self.dice.falls(chance) {
                let days = self.dice.between(follow.after.0, follow.after.1) * self.dice.stretch();
                self.later(coming, now.at_ms, days, (now.about.0.clone(), follow.issue.clone()));
            }
        }
        if self.dice.falls(AGAIN) {
            let days = self.dice.between(0.5, 4.0);
            self.later(coming, now.at_ms, days, now.about.clone());
        }
        if self.dice.falls(GAP)
            && let Some(gap) = self.gap(trade, &now.about)
        {
            let days = self.dice.between(1.0, 6.0);
            self.later(coming, now.at_ms, days, gap);
        }
        if self.dice.falls(ANEW) {
            let days = self.dice.between(8.0, 70.0);
            let about = Self::begin(&mut self.dice, &self.world.trades[trade]);
            self.later(coming, now.at_ms, days, about);
        }
        Ok(())
    }

    /// What this product's customers come back about though no tip prevents it: always the same few.
    fn gap(&mut self, trade: usize, about: &About) -> Option<About> {
        let gaps: Vec<&About> = self.world.trades[trade].gaps.iter().filter(|(of, _)| *of == about.0).collect();
        let few = &gaps[..gaps.len().min(3)];
        // The first most: a gap that stands out is one worth filling.
        let one = self.dice.one_of(few, |gap| if gap == &few[0] { 3.0 } else { 1.0 })?;
        Some((*few.get(one)?).clone())
    }

    fn later(&mut self, coming: &mut Vec<Coming>, from_ms: i64, days: f64, about: About) {
        let at_ms = from_ms + (days * DAY_MS) as i64;
        // What happens within hours happens then; what happens in days is heard of when people are awake.
        let at_ms = if days < 0.75 { at_ms } else { by_day(at_ms, &mut self.dice) };
        coming.push(Coming { at_ms: at_ms.max(from_ms + 60_000), about });
    }

    /// The agent asks stemwire: it volunteers a tip or stays silent.
    fn ask(&mut self, now: &Coming, id: &str, situation: &Situation) {
        let lot = self.lot.clone();
        let drawn = |tip: &Tip| lot.as_ref().filter(|_| tip.takes_part());
        let fresh = situation.line_up.iter().find(|tip| tip.again || !self.heard.contains(&tip.id)).cloned();
        let mut note = SuggestionNote {
            id: id.to_owned(),
            at_ms: now.at_ms,
            customer: Some(self.customer.clone()),
            tip: None,
            silence: None,
            beside: Vec::new(),
            product: now.about.0.clone(),
            issue: Some(now.about.1.clone()),
            arm: None,
        };
        if self.dice.falls(NOT_UNDERSTOOD) {
            (note.product, note.issue) = (None, None);
            note.silence = Some(SilenceCode::NoSituation.as_str().to_owned());
        } else if let Some(tip) = fresh {
            note.tip = Some(tip.id.clone());
            if let Some(lot) = drawn(&tip) {
                let held_out = lot.holds_out(self.customer.oldest().bytes(), &tip.id);
                let arm = if held_out { Arm::HeldOut } else { Arm::Told };
                note.arm = Some(arm);
                note.silence = held_out.then(|| SilenceCode::HeldOut.as_str().to_owned());
                self.story.exposures.push(Exposure {
                    customer: self.customer.clone(),
                    tip: tip.id.clone(),
                    at_ms: now.at_ms,
                    arm,
                    product: now.about.0.clone(),
                    issue: tip.prevents.clone(),
                    lot: lot.share(),
                });
            }
            if note.silence.is_none() {
                self.report(now, id, &tip);
            }
        } else if let Some(first) = situation.line_up.first() {
            note.tip = Some(first.id.clone());
            note.silence = Some(SilenceCode::AlreadyTold.as_str().to_owned());
        } else {
            note.tip = situation.silence.1.clone();
            note.silence = Some(situation.silence.0.as_str().to_owned());
        }
        self.story.suggestions.push(note);
    }

    /// What becomes of a tip that is shown.
    fn report(&mut self, now: &Coming, id: &str, tip: &Tip) {
        if self.dice.falls(UNREPORTED / 100.0) {
            return;
        }
        let kind = self.dice.one_of(&OUTCOMES, |(_, weight)| *weight).map_or(OutcomeKind::Told, |n| OUTCOMES[n].0);
        // What is handed over with it is given.
        let kind = if kind == OutcomeKind::Told && !tip.wire.is_empty() { OutcomeKind::Given } else { kind };
        let reason = match kind {
            OutcomeKind::Dismissed => self.dice.one_of(&REASONS, |(_, weight)| *weight).map(|n| REASONS[n].0),
            _ => None,
        };
        self.outcome(now.at_ms + 60_000, id, tip, kind, reason);
        if matches!(kind, OutcomeKind::Told | OutcomeKind::Given | OutcomeKind::Sent) {
            self.heard.push(tip.id.clone());
            let asked_ms = now.at_ms + (self.dice.between(8.0, 12.0) * DAY_MS) as i64;
            if self.dice.falls(HELPED) && asked_ms < self.span.now_ms {
                self.outcome(asked_ms, &format!("{id}-helped"), tip, OutcomeKind::Helped, None);
            }
        }
    }

    fn outcome(&mut self, at_ms: i64, id: &str, tip: &Tip, kind: OutcomeKind, reason: Option<Reason>) {
        let channel = ["phone", "chat", "counter"][(self.name.len() + self.story.outcomes.len()) % 3];
        let suggestion = (kind != OutcomeKind::Helped).then(|| id.to_owned());
        let outcome = NewOutcome {
            at_ms: at_ms.min(self.span.now_ms),
            tip: tip.id.clone(),
            substance: Some(Substance::of(tip).as_str().to_owned()),
            kind,
            reason,
            suggestion,
            customer: Some(self.customer.clone()),
            // Nobody is named: no measure is about one agent.
            agent: None,
            channel: Some(channel.to_owned()),
        };
        self.story.outcomes.push((id.to_owned(), outcome));
    }
}

/// The same day at an hour at which people call, most around noon: between 8 and 20 o'clock UTC.
fn by_day(at_ms: i64, dice: &mut Dice) -> i64 {
    let day = at_ms.div_euclid(DAY_MS as i64) * DAY_MS as i64;
    let hours = 8.0 + 6.0 * (dice.share() + dice.share());
    day + (hours * HOUR_MS) as i64
}
