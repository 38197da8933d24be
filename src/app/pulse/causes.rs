//! Why customers came back: each avoidable contact put down to exactly one cause.

use crate::index::{IndexError, Searcher};
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
    /// A gate kept the tip back: unlikely, overdue, told long ago.
    pub gated: u64,
    /// The lot kept it back.
    pub held_out: u64,
    /// It was shown, as the tip, beside it or as an answer, and not told.
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

impl Causes {
    /// Of all that came back, given the tips that there are.
    pub(super) fn of_all(searcher: &Searcher, repeats: &[Repeats]) -> Result<Causes, IndexError> {
        let mut causes = Causes::default();
        let mut preventing: HashMap<(Option<SectionId>, IssueId), Vec<TipId>> = HashMap::new();
        for repeat in repeats {
            let Some(issue) = repeat.issue.clone() else { continue };
            let about = (repeat.product.clone(), issue);
            let tips = match preventing.get(&about) {
                Some(tips) => tips,
                None => {
                    let tips = searcher.preventing(&about.1, about.0.as_ref())?;
                    preventing.entry(about).or_insert(tips.iter().flat_map(|tip| tip.ids().cloned()).collect())
                }
            };
            *causes.of(repeat, tips) += repeat.times;
        }
        Ok(causes)
    }

    /// The one cause that these contacts are put down to, given the tips that prevent what they were about: of all that
    /// was said, what came nearest to telling them. The lot goes before what was only shown, since it kept others back,
    /// too.
    fn of(&mut self, repeat: &Repeats, tips: &[TipId]) -> &mut u64 {
        let any = |of: &[TipId]| of.iter().any(|tip| tips.contains(tip));
        match repeat {
            _ if tips.is_empty() => &mut self.no_tip,
            _ if any(&repeat.told) => &mut self.failed,
            _ if any(&repeat.held_out) => &mut self.held_out,
            _ if any(&repeat.shown) => &mut self.not_told,
            _ if any(&repeat.gated) => &mut self.gated,
            _ if repeat.asked => &mut self.not_understood,
            _ => &mut self.not_asked,
        }
    }
}
