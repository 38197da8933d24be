//! Counts of one tip: of the rows under its id and under those it had before, given back under the first of them.

use super::value::Value;
use crate::tip::TipId;

/// Parts of a statement that counts by tip, of one tip or of all.
pub(super) struct OneTip<'a> {
    /// What to give back as the tip.
    pub tip: String,
    /// What has to hold of a row.
    pub is: String,
    ids: &'a [TipId],
}

impl<'a> OneTip<'a> {
    /// Of all tips where no ids are named; of none where none is among them. `from` is the number of the first value
    /// that no other part of the statement takes.
    pub fn new(of: Option<&'a [TipId]>, from: usize) -> Self {
        match of {
            None => Self { tip: "tip".to_owned(), is: "1 = 1".to_owned(), ids: &[] },
            Some([]) => Self { tip: "''".to_owned(), is: "1 = 0".to_owned(), ids: &[] },
            Some(ids) => {
                let places: Vec<String> = (from..from + ids.len()).map(|n| format!("${n}")).collect();
                Self { tip: format!("${from}"), is: format!("tip IN ({})", places.join(", ")), ids }
            }
        }
    }

    /// The statement's own values, then the ids.
    pub fn after(&self, own: impl IntoIterator<Item = Value>) -> Vec<Value> {
        own.into_iter().chain(self.ids.iter().map(|id| id.as_str().into())).collect()
    }
}
