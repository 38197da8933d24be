//! Why customers came back: each avoidable contact put down to exactly one cause.

use super::super::App;
use super::super::record::RecordError;
use crate::ledger::Returned;

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
    pub(super) async fn causes(&self, from_ms: i64, now_ms: i64, horizon_ms: i64) -> Result<Causes, RecordError> {
        let ledger = self.ledger()?;
        let mut causes = Causes::default();
        for Returned { product, issue, contacts, .. } in ledger.returned(from_ms, now_ms, horizon_ms).await? {
            let tips: Vec<_> = self.preventing(product.as_ref(), &issue)?.iter().map(|tip| tip.id.clone()).collect();
            if tips.is_empty() {
                causes.no_tip += contacts;
                continue;
            }
            let of = (product.as_ref(), &issue);
            let before = ledger.before(of, &tips, (from_ms, now_ms), horizon_ms).await?;
            causes.failed += before.told;
            causes.held_out += before.held_out;
            causes.not_told += before.shown;
            causes.gated += before.gated;
            causes.not_understood += before.elsewhere;
            causes.not_asked += before.unasked;
        }
        Ok(causes)
    }
}
