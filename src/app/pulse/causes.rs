//! Why customers came back: each avoidable contact put down to exactly one cause.

use super::super::App;
use super::super::record::RecordError;
use crate::ledger::Repeats;
use crate::tip::{IssueId, SectionId, TipId};
use std::collections::HashMap;

/// Contacts that came back within the horizon about something else than before, by cause. They sum to the whole.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Causes {
    /// No tip is written that prevents it.
    pub no_tip: u64,
    /// stemwire was asked, and the tip did not come up.
    pub not_understood: u64,
    /// A gate kept the tip back: unlikely, overdue, asked …
    pub gated: u64,
    /// The lot kept it back.
    pub held_out: u64,
    /// It was shown, and not told.
    pub not_told: u64,
    /// It was told, and they came back all the same.
    pub failed: u64,
    /// Nobody asked stemwire.
    pub not_asked: u64,
}

impl Causes {
    pub fn whole(&self) -> u64 {
        let Causes { no_tip, not_understood, gated, held_out, not_told, failed, not_asked } = *self;
        no_tip + not_understood + gated + held_out + not_told + failed + not_asked
    }
}

impl App {
    pub(super) fn causes(&self, repeats: &[Repeats]) -> Result<Causes, RecordError> {
        let mut causes = Causes::default();
        let mut preventing: HashMap<(Option<SectionId>, IssueId), Vec<TipId>> = HashMap::new();
        for repeat in repeats {
            let Some(issue) = repeat.next_issue.clone().filter(|next| repeat.issue.as_ref() != Some(next)) else {
                // The same again was not solved; no tip could have told them.
                continue;
            };
            let about = (repeat.next_product.clone(), issue);
            let tips = match preventing.get(&about) {
                Some(tips) => tips,
                None => {
                    let tips = self.preventing(about.0.as_ref(), &about.1)?;
                    preventing.entry(about).or_insert(tips.iter().flat_map(|tip| tip.ids().cloned()).collect())
                }
            };
            *causes.of(repeat, tips) += repeat.times;
        }
        Ok(causes)
    }
}

impl Causes {
    /// The one cause that these contacts are put down to, given the tips that prevent what they were about.
    fn of(&mut self, repeat: &Repeats, tips: &[TipId]) -> &mut u64 {
        if tips.is_empty() {
            return &mut self.no_tip;
        }
        let came_up = repeat.tip.as_ref().is_some_and(|tip| tips.contains(tip));
        match (came_up, repeat.silence.as_deref()) {
            (true, _) if repeat.told => &mut self.failed,
            (true, Some("held_out")) => &mut self.held_out,
            (true, Some(_)) => &mut self.gated,
            (true, None) => &mut self.not_told,
            (false, _) if repeat.asked => &mut self.not_understood,
            _ => &mut self.not_asked,
        }
    }
}
